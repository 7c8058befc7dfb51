"""Cases whole again: Arrow batches cut sorted rows anywhere, the open run is carried over."""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from polku_mining.events import Events, Longs, small, starts


def whole_runs(batches: Iterable[pa.RecordBatch], key: str) -> Iterator[pa.Table]:
    """Tables that hold whole runs of equal *key* only; rows come sorted by it."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        if not batch.num_rows:
            continue
        keys = batch.column(key)
        other = pc.not_equal(keys, keys[-1]).to_numpy(zero_copy_only=False)
        begin = int(np.flatnonzero(other)[-1]) + 1 if other.any() else 0
        if begin or (held and held[-1].column(key)[-1] != keys[-1]):
            held.append(batch.slice(0, begin))
            yield pa.Table.from_batches(held).combine_chunks()
            held = []
        held.append(batch.slice(begin))
    if held:
        yield pa.Table.from_batches(held).combine_chunks()


def bounds_of(keys: pa.Array) -> Longs:
    """Where each run of equal keys begins, and the end."""
    array = keys.combine_chunks() if isinstance(keys, pa.ChunkedArray) else keys
    if not len(array):
        return np.zeros(1, dtype=np.int64)
    changed = pc.not_equal(array[1:], array[:-1]).to_numpy(zero_copy_only=False)
    return np.concatenate(([0], np.flatnonzero(changed) + 1, [len(array)])).astype(np.int64)


def events_of(table: pa.Table, names: tuple[str, ...]) -> Events:
    """The one layout from sorted rows of ``case, activity, time``; codes are those of *names*."""
    bounds = bounds_of(table.column("case"))
    codes = pc.index_in(table.column("activity"), value_set=pa.array(names, pa.string()))
    activity = codes.to_numpy().astype(np.int64)
    cases = table.column("case").combine_chunks().take(pa.array(bounds[:-1]))
    time = table.column("time").to_numpy()
    return Events(small(activity, len(names)), time, starts(np.diff(bounds)), names, cases)
