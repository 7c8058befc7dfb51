"""XES by Python's expat: one pass, three values an event; DTDs and entities are refused."""

from pathlib import Path
from typing import Any
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from polku_mining.problems import BadLog, Problems
from polku_mining.reading.columns import Source
from polku_mining.reading.packed import Progress, opened
from polku_mining.reading.personal import LOOKED_AT, looks_personal
from polku_mining.sentences import Sentence

CASE, ACTIVITY, TIME, PHASE = (
    "case:concept:name", "concept:name", "time:timestamp", "lifecycle:transition",
)  # fmt: skip
TYPES = {
    "int": pa.int64(), "float": pa.float64(), "boolean": pa.bool_(),
    "date": pa.timestamp("us", "UTC"),
}  # fmt: skip
BLOCK = 2**20

type Values = list[str | None]


class _Reader:
    """Handlers of one file; nested attributes are passed over by depth."""

    def __init__(self, name: str, *, everything: bool) -> None:
        self.name, self.everything, self.depth = name, everything, 0
        self.case: str | None = None
        self.in_trace = self.in_event = 0
        self.event: dict[str, str] = {}
        self.trace: dict[str, str] = {}
        self.cases: Values = []
        self.rows: dict[str, Values] = {ACTIVITY: [], TIME: [], PHASE: []}
        self.more: dict[str, Values] = {}  # other attributes; cases' own begin with "case:"
        self.types: dict[str, str] = {}
        self.known: dict[str, str] = {}
        self.first_of_trace = 0
        self.lines: list[int] = []
        self.traces = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse

    def refuse(self, *_said: Any) -> None:
        """A document type is never needed in a log, and is how files reach out or blow up."""
        raise BadLog(Sentence(
            "{name} declares a document type or entities, which logs never need. It was not read.",
            name=self.name,
        ))  # fmt: skip

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if self.in_event:
            if self.depth == self.in_event + 1:
                self.event_value(tag, attributes)
        elif tag == "event" and self.in_trace:
            self.in_event, self.event = self.depth, {}
        elif tag == "trace":
            self.in_trace, self.case, self.first_of_trace = self.depth, None, len(self.cases)
            self.trace = {}
            self.traces += 1
        elif self.in_trace and self.depth == self.in_trace + 1:
            self.trace_value(tag, attributes)

    def event_value(self, tag: str, attributes: dict[str, str]) -> None:
        """An attribute of an event."""
        key = attributes.get("key")
        if key in self.rows:
            value = attributes.get("value", "")
            self.event[key] = self.known.setdefault(value, value)  # one text for equal ones
        elif key and (self.everything or len(self.cases) < LOOKED_AT):
            self.keep(key, tag, attributes.get("value", ""), len(self.cases))

    def trace_value(self, tag: str, attributes: dict[str, str]) -> None:
        """An attribute of a case."""
        key = attributes.get("key")
        if key == ACTIVITY:
            self.case = attributes.get("value")
        elif key and (self.everything or self.traces < LOOKED_AT):
            self.trace[f"case:{key}"] = attributes.get("value", "")
            self.types.setdefault(f"case:{key}", tag)

    def keep(self, key: str, tag: str, value: str, row: int) -> None:
        """Keep one value of another attribute."""
        self.types.setdefault(key, tag)
        column = self.more.setdefault(key, [])
        column.extend([None] * (row + 1 - len(column)))
        column[row] = value

    def end(self, _tag: str) -> None:
        """An element ends."""
        if self.depth == self.in_event:
            self.cases.append(None)
            self.lines.append(self.parser.CurrentLineNumber)
            for key, column in self.rows.items():
                column.append(self.event.get(key))
            self.in_event = 0
        elif self.depth == self.in_trace:
            for row in range(self.first_of_trace, len(self.cases)):
                self.cases[row] = self.case
                for key, value in self.trace.items():
                    self.keep(key, "string", value, row)
            self.in_trace = 0
        self.depth -= 1


def read_xes(path: Path, *, everything: bool = False, progress: Progress | None = None) -> Source:
    """The events of an XES file, with the case of their trace; *everything* reads the other
    attributes too. Raises BadLog."""
    reader = _Reader(path.name, everything=everything)
    with opened(path, progress) as file:
        try:
            while block := file.read(BLOCK):
                reader.parser.Parse(block, False)
            reader.parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            if isinstance(error, BadLog):
                raise
            raise _not_whole(path.name, error) from error
    return _source(reader, path)


def _not_whole(name: str, error: Exception) -> BadLog:
    line = error.lineno if isinstance(error, expat.ExpatError) else 1
    why = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else error
    return BadLog(Sentence(
        "{name} is no whole XML, line {line}: {error}. Nothing was read.", name=name, line=line,
        error=why,
    ))  # fmt: skip


def _source(reader: _Reader, path: Path) -> Source:
    problems = Problems(rows=len(reader.cases))
    if not reader.traces:
        problems.remarks.append(Sentence("{name} holds no trace.", name=path.name))
    table = {
        CASE: pa.array(reader.cases, pa.large_string()),
        ACTIVITY: pa.array(reader.rows[ACTIVITY], pa.large_string()),
        TIME: pa.array(reader.rows[TIME], pa.large_string()),
        PHASE: pa.array(reader.rows[PHASE], pa.large_string()),
    }
    problems.personal = [
        key for key, values in reader.more.items() if looks_personal(key, values[:LOOKED_AT])
    ]
    if reader.everything:
        n = len(reader.cases)
        for key, values in reader.more.items():
            table.setdefault(key, _typed(values + [None] * (n - len(values)), reader.types[key]))
    return Source(pa.table(table), np.array(reader.lines, dtype=np.int64), problems)


def _typed(values: Values, tag: str) -> pa.Array:
    """Values in the type that the file names, where all of them are of it; else as they stand."""
    texts = pa.array(values, pa.large_string())
    try:
        return texts.cast(TYPES[tag])
    except (KeyError, pa.ArrowInvalid):
        return texts
