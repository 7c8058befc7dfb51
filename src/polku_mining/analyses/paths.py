"""Variants: the different paths, each with its cases; and what is said of cases as a whole."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from polku_mining import engine
from polku_mining.analyses.gaps import SECOND, Marks, exact_quantiles, run_medians
from polku_mining.arrow import as_column
from polku_mining.events import Codes, Events, Flags, Longs, Whole, starts
from polku_mining.fast import paths as fast
from polku_mining.fast.groups import medians_by

SEED = 20_261_122
MOST_LISTED = 2**31
BLOCK = 4_096


@dataclass(frozen=True)
class Paths:
    """Distinct paths: ``of_case[c]`` is the path of case *c*; ``first[p]`` a case that walked it,
    ``cases[p]`` how many did. The most walked come first; equal ones by first arrival."""

    of_case: NDArray[np.int32]
    first: Longs
    cases: Longs


def paths_of(events: Events) -> Paths:
    """Group cases by their whole path, exactly: prints only say whom to compare."""
    if isinstance(events.paths, Paths):
        return events.paths
    kernel = engine.compiled()
    if kernel is not None:
        return _ordered(*fast.grouped(kernel, events))
    prints = _prints(events)
    found, first, place = np.unique(prints, return_index=True, return_inverse=True)
    place = place.reshape(-1)
    if not _all_equal(events, first[place]):
        return _by_bytes(events)
    return _ordered(place, first, np.bincount(place, minlength=len(found)))


def _ordered(place: Whole, first: Whole, cases: Whole) -> Paths:
    """Most walked first; equal ones by first arrival."""
    order = np.lexsort((first, -cases.astype(np.int64)))
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order))
    return Paths(rank[place], first[order].astype(np.int64), cases[order].astype(np.int64))


def _prints(events: Events) -> np.ndarray:
    """A 64-bit print of each path: the same path has the same print."""
    if not events.n_cases:
        return np.zeros(0, dtype=np.uint64)
    random = np.random.default_rng(SEED)
    limit = np.iinfo(np.uint64).max
    words = random.integers(1, limit, len(events.names), np.uint64, endpoint=True)
    longest = int(events.lengths.max())
    places = random.integers(1, limit, longest, np.uint64, endpoint=True) | np.uint64(1)
    at = np.arange(events.n_events, dtype=np.int64) - np.repeat(events.offsets[:-1], events.lengths)
    mixed = (words[events.activity] ^ places[at]) * places[at]
    mixed ^= mixed >> np.uint64(29)
    sums: np.ndarray = np.add.reduceat(mixed, events.offsets[:-1])
    return sums


def _all_equal(events: Events, like: Longs) -> bool:
    """Whether each case walks exactly as the case that it is said to be like."""
    if bool(np.any(events.lengths != events.lengths[like])):
        return False
    shift = np.repeat(events.offsets[:-1][like] - events.offsets[:-1], events.lengths)
    there = np.arange(events.n_events, dtype=np.int64) + shift
    return bool(np.array_equal(events.activity, events.activity[there]))


def _by_bytes(events: Events) -> Paths:
    """The slow and certain way, for the day when two paths share a print."""
    known: dict[bytes, int] = {}
    bounds = zip(events.offsets[:-1], events.offsets[1:], strict=True)
    place = np.array(
        [known.setdefault(events.activity[a:b].tobytes(), len(known)) for a, b in bounds],
        dtype=np.int64,
    )
    found, first = np.unique(place, return_index=True)
    return _ordered(place, first, np.bincount(place, minlength=len(found)))


def flat_paths(events: Events, paths: Paths) -> tuple[Codes, Longs]:
    """The activity codes of the distinct paths one behind the other, and where each begins."""
    lengths = events.lengths[paths.first]
    offsets = starts(lengths)
    shift = events.offsets[:-1][paths.first] - offsets[:-1]
    codes = np.empty(int(offsets[-1]), dtype=events.activity.dtype)
    for first in range(0, len(lengths), BLOCK):  # a few at a time: places take eight bytes each
        some = slice(first, first + BLOCK)
        begin, end = offsets[first], offsets[min(first + BLOCK, len(lengths))]
        place = np.arange(begin, end) + np.repeat(shift[some], lengths[some])
        codes[begin:end] = events.activity[place]
    return codes, offsets


def path_lists(
    names: tuple[str, ...], codes: Codes, offsets: Longs, *, coded: bool = False
) -> pa.Array:
    """Flat paths as lists of activity names; *coded* leaves the names in a dictionary."""
    known = pa.array(names, pa.string())
    if coded:
        values = pa.DictionaryArray.from_arrays(as_column(codes), known)
    else:
        values = known.take(as_column(codes))
    kind = pa.ListArray if offsets[-1] < MOST_LISTED else pa.LargeListArray
    return kind.from_arrays(
        as_column(offsets, pa.int32() if kind is pa.ListArray else None), values
    )


def variants(events: Events, *, coded: bool = False) -> pa.Table:
    """``path, cases, share, median_s``: the most walked first.

    ``share`` is of all cases; ``median_s`` the exact median of first to last event. With *coded*
    the names in ``path`` are a dictionary: the same lists in a tenth of the room.
    """
    paths = paths_of(events)
    took = throughput(events)
    return pa.table({
        "path": path_lists(events.names, *flat_paths(events, paths), coded=coded),
        "cases": as_column(paths.cases),
        "share": as_column(paths.cases / max(events.n_cases, 1)),
        "median_s": as_column(_medians(paths, took) / SECOND),
    })  # fmt: skip


def _medians(paths: Paths, took: Longs) -> Marks:
    """The exact median of each path, in microseconds."""
    kernel = engine.compiled()
    if kernel is not None:
        return medians_by(kernel, paths.of_case, took, paths.cases)
    order = np.lexsort((took, paths.of_case))
    return run_medians(took[order], np.cumsum(paths.cases) - paths.cases, paths.cases)


def throughput(events: Events) -> Longs:
    """First to last event of each case, in microseconds. Not to be written to."""
    return events.took


def durations(events: Events, quantiles: tuple[float, ...]) -> pa.Table:
    """``q, seconds`` of first to last event; exact, linear between neighbours (type 7)."""
    took = throughput(events)
    values = _quantiles(took, quantiles) if len(took) else []
    kept = quantiles if values else ()
    return pa.table({
        "q": pa.array(kept, pa.float64()), "seconds": pa.array(values, pa.float64()),
    })  # fmt: skip


def _quantiles(values: Longs, quantiles: tuple[float, ...]) -> list[float]:
    """Exact quantiles of microseconds, in seconds."""
    kernel = engine.compiled()
    if kernel is None or not quantiles:
        return exact_quantiles(values, quantiles)
    from polku_mining.fast.ranks import one_group

    found = one_group(kernel, values, quantiles)
    return exact_quantiles(values, quantiles) if found is None else [m / SECOND for m in found]


def ends_of(events: Events, *, last: bool) -> pa.Table:
    """``activity, cases``: with what cases begin, or end; the most frequent first."""
    at = events.offsets[1:] - 1 if last else events.offsets[:-1]
    counts = np.bincount(events.activity[at].astype(np.int64), minlength=len(events.names))
    order = most_first(counts)
    names = pa.array(events.names, pa.string()).take(as_column(order))
    return pa.table({"activity": names, "cases": as_column(counts[order])})


def most_first(counts: Longs) -> Longs:
    """The places of counts above 0, the greatest first, equal ones as they stand."""
    order = np.argsort(-counts, kind="stable")
    return order[counts[order] > 0]


def repeats(events: Events) -> tuple[Flags, pa.Table]:
    """Which cases repeat anything, and ``activity, cases, extra`` of what is repeated.

    ``extra`` counts the walks beyond the first of each case.
    """
    width = max(len(events.names), 1)
    key = events.owner.astype(np.int64) * width + events.activity
    found, n = np.unique(key, return_counts=True)
    again, extra = found[n > 1], n[n > 1] - 1
    chosen = np.zeros(events.n_cases, dtype=np.bool_)
    chosen[again // width] = True
    cases = np.bincount(again % width, minlength=width)
    total = np.bincount(again % width, weights=extra, minlength=width).astype(np.int64)
    order = most_first(cases)
    names = pa.array(events.names, pa.string()).take(as_column(order))
    table = {"activity": names, "cases": as_column(cases[order]), "extra": as_column(total[order])}
    return chosen, pa.table(table)
