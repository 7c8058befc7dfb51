"""What writers write: one row an event, times as texts that any reader understands."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from polku_mining.arrow import as_column
from polku_mining.log import Log
from polku_mining.times import iso

FIELDS = ("case", "activity", "time")
ROWS = 100_000


def event_table(log: Log | pa.Table) -> pa.Table:
    """``case, activity, time`` of a log's events, case by case; a table as it is."""
    if isinstance(log, pa.Table):
        return log
    events = log.events
    names = pa.array(events.names, pa.string())
    return pa.table({
        "case": events.cases.take(as_column(events.owner)).cast(pa.string()),
        "activity": names.take(as_column(events.activity.astype(np.int64))),
        "time": as_column(events.time, pa.timestamp("us", "UTC")),
    })  # fmt: skip


def attributes_of(table: pa.Table) -> list[str]:
    """The columns beside case, activity and time."""
    return [name for name in table.column_names if name not in FIELDS]


def as_text(column: pa.Array) -> list[str | None]:
    """Values as texts: times in ISO 8601, truth as ``true`` and ``false``."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_timestamp(column.type):
        whole = column.cast(pa.timestamp("us", column.type.tz), safe=False).cast(pa.int64())
        zone = "Z" if column.type.tz else ""
        return [None if us is None else iso(us, zone) for us in whole.to_pylist()]
    if pa.types.is_floating(column.type):
        return [None if value is None else repr(value) for value in column.to_pylist()]
    return list(column.cast(pa.string()).to_pylist())


def pieces(table: pa.Table) -> Iterator[pa.Table]:
    """The table in pieces that fit into memory as Python values."""
    for start in range(0, table.num_rows, ROWS):
        yield table.slice(start, ROWS).combine_chunks()


def by_case(table: pa.Table) -> pa.Table:
    """Cases together in the order of their first event; inside a case the order stays."""
    cases = table.column("case").combine_chunks()
    coded = cases if pa.types.is_dictionary(cases.type) else pc.dictionary_encode(cases)
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    codes = coded.indices.to_numpy(zero_copy_only=False)
    return table.take(as_column(np.argsort(codes, kind="stable")))


def rows_of(table: pa.Table) -> Iterator[dict[str, Any]]:
    """Row by row as Python values, in pieces."""
    for piece in pieces(table):
        yield from piece.to_pylist()
