"""XES 1.0, a trace a case; attributes of cases stand at the trace, of events at the event."""

import gzip
import io
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pyarrow as pa

from polku_mining.problems import BadLog
from polku_mining.sentences import Sentence
from polku_mining.writers.table import as_text, attributes_of, by_case, pieces

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
"""
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NAMES = {"activity": "concept:name", "time": "time:timestamp"}

type Row = dict[str, str | None]


def write_xes(table: pa.Table, path: Path) -> None:
    """Cases together, packed where the name ends in ``.gz``. Raises BadLog for what XML lacks."""
    raw = gzip.GzipFile(path, "wb", mtime=0) if path.name.endswith(".gz") else path.open("wb")
    grouped = by_case(table)
    tags = {name: _tag(grouped.schema.field(name).type) for name in grouped.column_names}
    shared = [name for name in attributes_of(grouped) if _of_cases(grouped, name)]
    with raw, io.TextIOWrapper(raw, "utf-8", newline="\n") as file:
        file.write(HEAD)
        for case, events in groupby(_rows(grouped), key=lambda row: row["case"]):
            file.write(f"<trace>\n{_value('string', 'concept:name', case)}")
            for number, event in enumerate(events):
                if not number:
                    file.writelines(_value(tags[n], n[5:], event[n]) for n in shared)
                file.write(_event(event, tags, shared))
            file.write("</trace>\n")
        file.write("</log>\n")


def _of_cases(table: pa.Table, name: str) -> bool:
    """Whether an attribute says so by its name and has one value in each case."""
    if not name.startswith("case:"):
        return False
    pairs = table.select(["case", name]).group_by(["case", name]).aggregate([])
    return bool(pairs.num_rows == len(table.column("case").unique()))


def _rows(table: pa.Table) -> Iterator[Row]:
    for piece in pieces(table):
        columns = [as_text(column) for column in piece.columns]
        for values in zip(*columns, strict=True):
            yield dict(zip(table.column_names, values, strict=True))


def _event(row: Row, tags: dict[str, str], shared: list[str]) -> str:
    inner = "".join(
        _value(tags[name], NAMES.get(name, name), value)
        for name, value in row.items()
        if name != "case" and name not in shared
    )
    return f"<event>\n{inner}</event>\n"


def _value(tag: str, key: str, value: str | None) -> str:
    if value is None:
        return ""
    return f"<{tag} key={_quoted(key)} value={_quoted(value)}/>\n"


def _quoted(text: str) -> str:
    if found := FORBIDDEN.search(text):
        raise BadLog(Sentence(
            "XML cannot hold the sign U+{code} in {text}. Nothing was written. Take it out, or "
            "write CSV, Parquet or JSON.", code=f"{ord(found[0]):04X}", text=repr(text[:40]),
        ))  # fmt: skip
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _tag(kind: pa.DataType) -> str:
    if pa.types.is_timestamp(kind):
        return "date"
    if pa.types.is_integer(kind):
        return "int"
    if pa.types.is_floating(kind):
        return "float"
    return "boolean" if pa.types.is_boolean(kind) else "string"
