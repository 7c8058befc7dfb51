"""XES by Python's expat: one pass, three values an event; DTDs and entities are refused."""

from pathlib import Path
from typing import Any
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from polku_mining.problems import BadLog, Problems
from polku_mining.reading.columns import Source
from polku_mining.reading.packed import opened
from polku_mining.sentences import Sentence

CASE, ACTIVITY, TIME, PHASE = (
    "case:concept:name", "concept:name", "time:timestamp", "lifecycle:transition",
)  # fmt: skip
BLOCK = 2**20


class _Reader:
    """Handlers of one file; nested attributes are passed over by depth."""

    def __init__(self, name: str) -> None:
        self.name, self.depth = name, 0
        self.case: str | None = None
        self.in_trace = self.in_event = 0
        self.event: dict[str, str] = {}
        self.cases: list[str | None] = []
        self.rows: dict[str, list[str | None]] = {ACTIVITY: [], TIME: [], PHASE: []}
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
        tag = tag.rpartition(":")[2]
        if tag == "event" and self.in_trace:
            self.in_event, self.event = self.depth, {}
        elif tag == "trace":
            self.in_trace, self.case, self.first_of_trace = self.depth, None, len(self.cases)
            self.traces += 1
        elif self.in_event:
            if self.depth == self.in_event + 1 and (key := attributes.get("key")) in self.rows:
                self.event[key] = attributes.get("value", "")
        elif self._names_trace(attributes):
            self.case = attributes.get("value")

    def _names_trace(self, attributes: dict[str, str]) -> bool:
        inside = self.in_trace and self.depth == self.in_trace + 1
        return bool(inside) and attributes.get("key") == ACTIVITY

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
            self.in_trace = 0
        self.depth -= 1


def read_xes(path: Path) -> Source:
    """The events of an XES file, with the case of their trace. Raises BadLog."""
    reader = _Reader(path.name)
    with opened(path) as file:
        try:
            while block := file.read(BLOCK):
                reader.parser.Parse(block, False)
            reader.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise BadLog(Sentence(
                "{name} is no whole XML, line {line}: {error}. Nothing was read.", name=path.name,
                line=error.lineno, error=expat.ErrorString(error.code),
            )) from error  # fmt: skip
    return _source(reader, path)


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
    return Source(pa.table(table), np.array(reader.lines, dtype=np.int64), problems)
