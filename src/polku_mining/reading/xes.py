"""XES by Python's expat: one pass, three values an event; DTDs and entities are refused."""

from array import array
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from polku_mining.problems import BadLog, Problems
from polku_mining.reading.columns import Source
from polku_mining.reading.growing import Repeated, Times
from polku_mining.reading.packed import Progress, opened
from polku_mining.reading.personal import LOOKED_AT, looks_personal
from polku_mining.sentences import Sentence

OF_CASE = "case:"
ACTIVITY, TIME, PHASE = "concept:name", "time:timestamp", "lifecycle:transition"
CASE = OF_CASE + ACTIVITY
OWN = frozenset({ACTIVITY, TIME, PHASE})
TYPES = {
    "int": pa.int64(), "float": pa.float64(), "boolean": pa.bool_(),
    "date": pa.timestamp("us", "UTC"),
}  # fmt: skip
BLOCK = 2**16


class _Reader:
    """Handlers of one file; nested attributes are passed over by depth.

    Events lie in runs: those of one trace, or some that stand outside of any. What is said of a
    trace is held once for its run.
    """

    def __init__(self, name: str, *, everything: bool) -> None:
        self.name, self.everything, self.depth = name, everything, 0
        self.in_trace = self.in_event = self.traces = 0
        self.outside = False
        self.event: dict[str, str] = {}
        self.activity, self.time, self.phase = Repeated(), Times(), Repeated()
        self.lines = array("q")
        self.begins = array("q")  # the first event of each run
        self.case = Repeated()  # of each run, as are the other attributes of traces
        self.of_events: dict[str, Repeated] = {}
        self.of_runs: dict[str, Repeated] = {}
        self.types: dict[str, str] = {}
        self.parser = expat.ParserCreate()
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
        if not self.in_event:
            self.around_events(tag.rpartition(":")[2], attributes)
        elif self.depth == self.in_event + 1:
            key = attributes.get("key")
            if key in OWN:
                self.event[key] = attributes.get("value", "")
            elif key and (self.everything or len(self.lines) < LOOKED_AT):
                self.keep(self.of_events, key, tag, attributes, len(self.lines))

    def around_events(self, tag: str, attributes: dict[str, str]) -> None:
        """An element that stands in no event begins."""
        if tag == "event":
            self.in_event, self.event = self.depth, {}
            if not (self.in_trace or self.outside):
                self.run(outside=True)
        elif tag == "trace":
            self.in_trace = self.depth
            self.traces += 1
            self.run(outside=False)
        elif self.in_trace and self.depth == self.in_trace + 1:
            self.trace_value(tag, attributes)

    def run(self, *, outside: bool) -> None:
        """Another run of events begins; *outside* of a trace no case owns them."""
        self.outside = outside
        self.begins.append(len(self.lines))
        self.case.add(None)

    def trace_value(self, tag: str, attributes: dict[str, str]) -> None:
        """An attribute of a case."""
        key = attributes.get("key")
        if key == ACTIVITY:
            self.case.put(len(self.begins) - 1, attributes.get("value"))
        elif key and (self.everything or self.traces < LOOKED_AT):
            self.keep(self.of_runs, OF_CASE + key, tag, attributes, len(self.begins) - 1)

    def keep(
        self, columns: dict[str, Repeated], key: str, tag: str, attributes: dict[str, str], row: int
    ) -> None:
        """Keep one value of another attribute; the first tag of its key is its type."""
        column = columns.get(key)
        if column is None:
            column = columns[key] = Repeated()
            self.types.setdefault(key, tag.rpartition(":")[2])
        column.put(row, attributes.get("value", ""))

    def end(self, _tag: str) -> None:
        """An element ends."""
        if self.depth == self.in_event:
            get = self.event.get
            self.activity.add(get(ACTIVITY))
            self.time.add(get(TIME))
            self.phase.add(get(PHASE))
            self.lines.append(self.parser.CurrentLineNumber)
            self.in_event = 0
        elif self.depth == self.in_trace:
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
    n = len(reader.lines)
    problems = Problems(rows=n)
    if not reader.traces:
        problems.remarks.append(Sentence("{name} holds no trace.", name=path.name))
    others = reader.of_events | reader.of_runs
    problems.personal = [
        key for key, column in others.items() if looks_personal(key, column.first(LOOKED_AT))
    ]
    times = np.diff(np.append(reader.begins, n))
    table: dict[str, pa.Array | pa.ChunkedArray] = {
        CASE: reader.case.texts(times), ACTIVITY: reader.activity.texts(),
        TIME: reader.time.column(), PHASE: reader.phase.texts(),
    }  # fmt: skip
    for key, column in others.items() if reader.everything else ():
        column.reach(len(times) if key in reader.of_runs else n)
        found = column.texts(times if key in reader.of_runs else None)
        table.setdefault(key, _typed(found, reader.types[key]))
    return Source(pa.table(table), np.frombuffer(reader.lines, np.int64), problems)


def _typed(column: pa.DictionaryArray, tag: str) -> pa.Array:
    """Values in the type that the file names, where all of them are of it; else as they stand."""
    values = column.dictionary
    with suppress(KeyError, pa.ArrowInvalid):
        values = values.cast(TYPES[tag])
    return values.take(column.indices)
