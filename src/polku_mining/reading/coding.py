"""Columns as codes: each distinct value once, so that what is asked of values is asked of few."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from polku_mining.arrow import as_column, as_flags
from polku_mining.events import Events, Flags, Longs, Whole


@dataclass(frozen=True)
class Coded:
    """``values[codes[row]]`` is what stands in a row; -1 where nothing stands."""

    codes: NDArray[np.int32]
    values: pa.Array

    @property
    def said(self) -> Flags:
        """The rows that say something."""
        return np.asarray(self.codes >= 0)

    def texts(self) -> pa.Array:
        """The column itself; null where nothing stands."""
        return self.values.take(as_column(self.codes, there=self.said))

    def of_rows(self, kept: Flags) -> "Coded":
        """Some rows alone; codes stay."""
        return self if kept.all() else Coded(self.codes[kept], self.values)

    def joined(self, more: "Coded", sign: str) -> "Coded":
        """With what stands in another column behind it and *sign* between, where both say
        something; where this one says nothing, nothing."""
        width = len(more.values) + 1
        both = self.codes * _as_wide_as((len(self.values) + 1) * width)(width) + (more.codes + 1)
        found = _codes(as_column(both))
        here, there = np.divmod(found.values.to_numpy(zero_copy_only=False), width)
        ours, theirs = self.values.to_pylist(), more.values.to_pylist()
        texts = [
            ours[a] + sign + theirs[b - 1] if b else ours[a]
            for a, b in zip(here, there, strict=True)
        ]
        codes = np.where(self.said, found.codes, -1)
        return Coded(codes, pa.array(texts, pa.large_string()))

    def by_arrival(self) -> "Coded":
        """Values by their first row, and none that no row has. Every row says something."""
        first = _first_rows(self.codes, len(self.values))
        used = int(np.count_nonzero(first < len(self.codes)))
        if used == len(first) and bool(np.all(first[1:] > first[:-1])):
            return self
        order = np.argsort(first, kind="stable")[:used]
        place = np.zeros(len(first), dtype=np.int32)
        place[order] = np.arange(used, dtype=np.int32)
        return Coded(place[self.codes], self.values.take(as_column(order)))


def _as_wide_as(most: int) -> type[np.int32] | type[np.int64]:
    """The narrower kind of number that holds *most*."""
    return np.int32 if most < 2**31 else np.int64


def _first_rows(codes: NDArray[np.int32], n: int) -> Longs:
    """The first row of each code; behind the last row where none has it."""
    first = np.full(n, len(codes), dtype=np.int64)
    step = max(2**16, n)
    for begin in range(0, len(codes), step):
        part = codes[begin : begin + step]
        here = np.full(n, -1, dtype=np.int64)
        # The last one written stays, so that written backwards the first row of each stays.
        here[part[::-1]] = np.arange(len(part) - 1, -1, -1)
        new = (here >= 0) & (first == len(codes))
        first[new] = begin + here[new]
        if len(codes) not in first:
            break
    return first


def coded(column: pa.ChunkedArray | pa.Array) -> Coded:
    """The codes of a column and its values as texts; blank ones count as nothing."""
    found = _codes(column)
    texts = found.values.cast(pa.large_string())
    import pyarrow.compute as pc

    blank = pc.equal(pc.utf8_trim_whitespace(texts), "").fill_null(True)
    empty = as_flags(blank)
    codes = np.where(empty[found.codes], -1, found.codes) if empty.any() else found.codes
    return Coded(codes, texts)


def _codes(column: pa.ChunkedArray | pa.Array) -> Coded:
    return _close_together(column) or _dictionary(column)


def _close_together(column: pa.ChunkedArray | pa.Array) -> Coded | None:
    """Whole numbers that leave few gaps, as running numbers do: each is its own place."""
    if not pa.types.is_integer(column.type) or column.null_count or not len(column):
        return None
    import pyarrow.compute as pc

    ends = pc.min_max(column)
    low, high = ends["min"].as_py(), ends["max"].as_py()
    if high - low > 2 * len(column) or high >= 2**63:
        return None
    place = np.empty(len(column), dtype=np.int32)
    at = 0
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
        room = place[at : at + len(chunk)]
        np.subtract(chunk.to_numpy(), low, out=room, dtype=np.int64, casting="unsafe")
        at += len(chunk)
    there = np.zeros(high - low + 1, dtype=np.bool_)
    there[place] = True
    codes = np.cumsum(there, dtype=np.int32) - np.int32(1)
    values = as_column(np.flatnonzero(there) + low)
    return Coded(np.take(codes, place, out=place, mode="clip"), values)


def _dictionary(column: pa.ChunkedArray | pa.Array) -> Coded:
    chunked = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
    if pa.types.is_dictionary(chunked.type):
        chunked = chunked.unify_dictionaries()
    else:
        chunked = chunked.dictionary_encode()  # its chunks share one dictionary
    parts = [_indices(chunk) for chunk in chunked.chunks] or [np.zeros(0, np.int32)]
    values = chunked.chunk(chunked.num_chunks - 1).dictionary if chunked.num_chunks else None
    whole = parts[0] if len(parts) == 1 else np.concatenate(parts)
    found = Coded(whole, pa.array([], pa.string()) if values is None else values)
    return _each_once(found) if pa.types.is_dictionary(column.type) else found


def _each_once(found: Coded) -> Coded:
    """A dictionary that was handed in may hold a value twice: one code for both."""
    values = found.values.dictionary_encode()
    if len(values.dictionary) == len(found.values):
        return found
    place = np.append(_indices(values), -1)  # the last one is for -1
    return Coded(place[found.codes].astype(np.int32), values.dictionary)


def _indices(chunk: pa.DictionaryArray) -> NDArray[np.int32]:
    indices = chunk.indices.cast(pa.int32())
    filled = indices.fill_null(-1) if indices.null_count else indices
    return np.asarray(filled.to_numpy(zero_copy_only=False), dtype=np.int32)


def again(events: Events, order: Whole | None) -> Whole:
    """The rows that equal one before them: the same case, activity and time. Only events beside
    one of the same time are looked at, which are few. *order* says from which row each came."""
    ties = np.flatnonzero((events.time[1:] == events.time[:-1]) & events.within)
    if not len(ties):
        return ties
    tied = np.zeros(events.n_events, dtype=np.bool_)  # with the event right before it
    tied[ties + 1] = True
    beside = tied.copy()
    beside[ties] = True
    at = np.flatnonzero(beside)
    begins = ~tied[at]
    run, what = np.cumsum(begins), events.activity[at]
    known = np.lexsort((at, what, run))
    same = (run[known][1:] == run[known][:-1]) & (what[known][1:] == what[known][:-1])
    rows = at[known][1:][same]
    return np.sort(rows if order is None else order[rows])
