"""From any frame of Spark to rows that take part: ``case, activity, time, row``, the rest told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from polku_mining.events import Flags, Longs
from polku_mining.problems import Problems
from polku_mining.times import NO_ZONE, read_times

FILE_SHIFT = 40  # bits for the number of a row inside its file
LINE = (1 << FILE_SHIFT) - 1
SCHEMA = pa.schema([
    ("case", pa.string()), ("activity", pa.string()), ("time", pa.int64()), ("row", pa.int64()),
    ("reason", pa.string()), ("value", pa.string()), ("n", pa.int64()),
])  # fmt: skip
DDL = "case string, activity string, time long, row long, reason string, value string, n long"
REMARK, REST = "remark", -1
PHASE = "phase"  # how the column of phases is called on its way


@dataclass(frozen=True)
class Prepare:
    """Reads times and sets bad rows apart, batch by batch, with the kernels of the local engine.

    Batches have ``case, activity, time, row`` and, where rows are numbered by file, ``file``;
    where activities have phases, ``phase``.
    """

    zone: str | None
    files: tuple[str, ...] = ()

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Good rows have no reason, and their phase as value; others say their reason, the value
        and how many they stand for."""
        for batch in batches:
            if batch.num_rows:
                yield from self.one(batch)

    def one(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """The good rows of a batch, then its problems."""
        row = self.numbers(batch)
        problems = Problems()
        lines = (row & LINE) + 1
        case, activity = (batch.column(name).cast(pa.string()) for name in ("case", "activity"))
        kept = _there(case, lines, "no_case", problems)
        kept &= _there(activity, lines, "no_activity", problems)
        time, readable = read_times(batch.column("time"), lines, problems, self.zone)
        mask = pa.array(kept & readable)
        good = [case, activity, pa.array(time, pa.int64()), pa.array(row), _phases(batch)]
        *columns, phase = [column.filter(mask) for column in good]
        n = len(phase)
        yield _batch([*columns, pa.nulls(n, pa.string()), phase,
                      pa.array(np.ones(n, np.int64))])  # fmt: skip
        if problems.counts or problems.remarks:
            yield _told(problems)

    def numbers(self, batch: pa.RecordBatch) -> Longs:
        """The number of arrival of each row: by file, then by place in the file."""
        row: Longs = batch.column("row").to_numpy().astype(np.int64)
        if not self.files:
            return row
        place = pc.index_in(batch.column("file"), value_set=pa.array(self.files, pa.string()))
        row |= place.to_numpy().astype(np.int64) << FILE_SHIFT
        return row


def _phases(batch: pa.RecordBatch) -> pa.Array:
    """The phase of each row; null where none is told."""
    if PHASE not in batch.schema.names:
        return pa.nulls(batch.num_rows, pa.string())
    column = batch.column(PHASE).cast(pa.string())
    return pc.if_else(_blank(column), pa.scalar(None, pa.string()), column)


def _blank(column: pa.Array) -> pa.Array:
    return pc.equal(pc.utf8_trim_whitespace(column), "").fill_null(True)


def _there(column: pa.Array, lines: Longs, reason: str, problems: Problems) -> Flags:
    missing = np.asarray(_blank(column).to_numpy(zero_copy_only=False))
    for place in np.flatnonzero(missing):
        problems.add(int(lines[place]), reason)
    return ~missing


def _batch(columns: list[pa.Array]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


def _told(problems: Problems) -> pa.RecordBatch:
    rows: list[tuple[int, str, str, int]] = [
        (p.line, p.reason, p.value, 1) for p in problems.examples
    ]
    for reason, n in problems.counts.items():
        rest = n - sum(1 for p in problems.examples if p.reason == reason)
        rows += [(REST, reason, "", rest)] * (rest > 0)
    rows += [(REST, REMARK, str(remark), 1) for remark in problems.remarks]
    lines, reasons, values, counts = zip(*rows, strict=True)
    none = pa.nulls(len(rows), pa.string())
    return _batch([none, none, pa.nulls(len(rows), pa.int64()), pa.array(lines, pa.int64()),
                   pa.array(reasons), pa.array(values), pa.array(counts, pa.int64())])  # fmt: skip


def problems_of(rows: Iterable[Any], total: int) -> Problems:
    """The problems of the whole from the rows that tell them, by line."""
    found = Problems(rows=total)
    known = sorted(rows, key=lambda row: (row["row"] == REST, row["row"], row["reason"]))
    for row in known:
        if row["reason"] == REMARK:
            remark = NO_ZONE if row["value"] == NO_ZONE else row["value"]
            if remark not in found.remarks:
                found.remarks.append(remark)
        elif row["row"] == REST:
            found.counts[row["reason"]] += row["n"]
        else:
            found.add(row["row"], row["reason"], row["value"])
    return found
