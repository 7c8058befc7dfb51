"""CSV: delimiter and encoding looked for, rows that are not whole told and passed over."""

import csv
import io
from array import array
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa

from polku_mining.events import Longs
from polku_mining.problems import BadLog, Problems
from polku_mining.reading.columns import Source
from polku_mining.reading.growing import BLOCK
from polku_mining.reading.packed import Progress, opened
from polku_mining.sentences import Sentence

SAMPLE = 2**16
DELIMITERS = ",;\t|"
FIELD_LIMIT = 2**20
UNREADABLE = "\ufffd"
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")


def read_csv(path: Path, *, progress: Progress | None = None) -> Source:
    """All columns of a CSV as texts, with the line of each row. Raises BadLog."""
    problems = Problems()
    with opened(path, progress) as file:
        encoding = _encoding(file.peek(SAMPLE) if isinstance(file, io.BufferedReader) else b"")
        text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
        sample = text.read(SAMPLE)
        if not sample.strip():
            raise BadLog(Sentence("{name} is empty.", name=path.name))
        csv.field_size_limit(FIELD_LIMIT)
        rows = csv.reader(_lines(sample, text, problems), delimiter=_delimiter(sample))
        heading = _heading(rows, path.name)
        columns, lines = _columns(rows, heading, problems)
    if encoding != "utf-8-sig":
        problems.remarks.append(Sentence("Read as {encoding}.", encoding=encoding))
    problems.rows = len(lines) + problems.counts["broken_row"]
    table = pa.table(dict(zip(_named(heading), columns, strict=True)))
    return Source(table, lines, problems)


def _heading(rows: Iterator[list[str]], name: str) -> list[str]:
    try:
        return next(row for row in rows if row)
    except (csv.Error, StopIteration) as error:
        raise BadLog(Sentence("{name} has no heading that can be read.", name=name)) from error


def _lines(sample: str, rest: io.TextIOWrapper, problems: Problems) -> Iterator[str]:
    """Lines of what was looked at and of what follows, cut where the file cuts them."""
    head = sample + rest.readline()
    for number, line in enumerate(chain(io.StringIO(head, newline=""), rest), 1):
        if UNREADABLE in line:
            problems.add(number, "unreadable_letters", line.strip())
        yield line


def _encoding(start: bytes) -> str:
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    cut = start[: max(len(start) - 4, 0)] or start
    try:
        cut.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(cut) - 4:
            return "cp1252"
    return "utf-8-sig"


def _delimiter(sample: str) -> str:
    first = sample.splitlines()[0]
    return max(DELIMITERS, key=first.count)


def _named(heading: list[str]) -> list[str]:
    """Names of columns, each once: a name that comes again gets a number."""
    seen: dict[str, int] = {}
    found = []
    for place, name in enumerate(heading, 1):
        plain = name.strip() or f"column {place}"
        seen[plain] = seen.get(plain, 0) + 1
        found.append(plain if seen[plain] == 1 else f"{plain} {seen[plain]}")
    return found


def _columns(
    rows: Iterator[list[str]], heading: list[str], problems: Problems
) -> tuple[list[pa.ChunkedArray], Longs]:
    """The columns and the line of each row; handed to Arrow block by block, where texts take a
    quarter of the room."""
    columns: list[list[str]] = [[] for _name in heading]
    blocks: list[list[pa.Array]] = [[] for _name in heading]
    lines = array("q")
    for line, row in _whole_rows(rows, len(heading), problems):
        for column, value in zip(columns, row, strict=True):
            column.append(value)
        lines.append(line)
        if len(lines) % BLOCK == 0:
            _settle(columns, blocks)
    _settle(columns, blocks)
    return [pa.chunked_array(parts) for parts in blocks], np.frombuffer(lines, np.int64)


def _settle(columns: list[list[str]], blocks: list[list[pa.Array]]) -> None:
    for column, parts in zip(columns, blocks, strict=True):
        parts.append(pa.array(column, pa.large_string()))
        column.clear()


def _whole_rows(
    rows: Iterator[list[str]], width: int, problems: Problems
) -> Iterator[tuple[int, list[str]]]:
    """Rows of so many cells with the line on which each ends; others are told, empty lines not."""
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            problems.add(getattr(rows, "line_num", 0), "broken_row", error)
            continue
        line = getattr(rows, "line_num", 0)
        if len(row) == width:
            yield line, row
        elif row:
            problems.add(line, "broken_row", ",".join(row))
