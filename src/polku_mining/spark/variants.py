"""Paths on Spark: one row a case, dealt by path, each path's rows together and sorted."""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa

from polku_mining.analyses.gaps import run_medians
from polku_mining.analyses.paths import throughput
from polku_mining.events import Events, Longs
from polku_mining.spark.runs import bounds_of, events_of, whole_runs

WALKS_DDL = "path binary, took long, first long"
PATHS_DDL = "path binary, cases long, first long, median double"
CODE = np.dtype("<u4")


def walks_of(batches: Iterable[pa.RecordBatch], names: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
    """The path of each case as bytes, its microseconds, and the row that arrived first."""
    for table in whole_runs(batches, "case"):
        events, rows = events_of(table, names), table.column("row").to_numpy()
        yield pa.RecordBatch.from_arrays(
            [_paths(events), pa.array(throughput(events)), pa.array(_first(events, rows))],
            names=["path", "took", "first"],
        )


def _paths(events: Events) -> pa.Array:
    codes = events.activity.astype(CODE).tobytes()
    offsets = pa.array((events.offsets * CODE.itemsize).astype(np.int32))
    return pa.Array.from_buffers(
        pa.binary(), events.n_cases, [None, offsets.buffers()[1], pa.py_buffer(codes)]
    )


def _first(events: Events, rows: Longs) -> Longs:
    found: Longs = np.minimum.reduceat(rows, events.offsets[:-1])
    return found


def paths_of(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Each path once: cases, first arrival, exact median; rows come sorted by path and time."""
    for table in whole_runs(batches, "path"):
        bounds = bounds_of(table.column("path"))
        took, first = table.column("took").to_numpy(), table.column("first").to_numpy()
        begin, n = bounds[:-1], np.diff(bounds)
        medians = run_medians(took, begin, n)
        yield pa.RecordBatch.from_arrays(
            [table.column("path").combine_chunks().take(pa.array(begin)), pa.array(n),
             pa.array(np.minimum.reduceat(first, begin)), pa.array(medians)],
            names=["path", "cases", "first", "median"],
        )  # fmt: skip
