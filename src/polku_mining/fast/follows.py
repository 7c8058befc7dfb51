"""Directly-follows in two passes: one counts and adds up, one lays out gaps for the quantiles."""

from itertools import pairwise
from typing import Any

import numpy as np

from polku_mining.analyses.gaps import Follows, Marks, means_of
from polku_mining.events import Events, Longs
from polku_mining.fast.groups import grouped_quantiles
from polku_mining.fast.ranges import Range, each, ranges

WIDEST = 4_096  # activities; wider tables of pairs are for the twin, which lists pairs
MOST_SUM = 2**62
ROOM = 2_000_000  # gaps laid out at once, at the least: what a pass costs, weighed against memory


def can(events: Events) -> bool:
    """Whether the passes answer exactly: the table of pairs is small and no sum can spill over."""
    width = len(events.names)
    if not events.n_events or width > WIDEST or width * width > max(events.n_events, 65_536):
        return False
    took = events.time[events.offsets[1:] - 1] - events.time[events.offsets[:-1]]
    return float(took.sum(dtype=np.float64)) < MOST_SUM  # no pair adds up to more than all


def follows(
    kernel: Any, events: Events, quantiles: tuple[float, ...], *, with_cases: bool = True
) -> Follows:
    """What :func:`polku_mining.analyses.gaps.follows` answers."""
    parts = ranges(events.offsets)
    sums = _sums(kernel, events, parts)
    whole = sum(sums[1:], start=sums[0].copy())
    keys = np.flatnonzero(whole[:, 0])
    n = whole[keys, 0]
    cases = _cases(kernel, events, parts)[keys] if with_cases else None
    marks = _quantiles(kernel, events, parts, [s[:, 0] for s in sums], keys, quantiles)
    return Follows(keys, n, cases, means_of(whole[keys, 1], n), marks, len(events.names))


def _sums(kernel: Any, events: Events, parts: list[Range]) -> list[Longs]:
    size = len(events.names) ** 2
    room = [np.zeros((size, 2), dtype=np.int64) for _part in parts]

    def work(a: int, b: int, sums: Longs) -> None:
        kernel.follow_sums(
            events.activity, events.time, events.offsets, a, b, len(events.names), sums
        )

    each(work, [(*part, sums) for part, sums in zip(parts, room, strict=True)])
    return room


def _cases(kernel: Any, events: Events, parts: list[Range]) -> Longs:
    width = len(events.names)

    def work(a: int, b: int) -> Longs:
        cases = np.zeros(width * width, dtype=np.int64)
        seen = np.full(width * width, -1, dtype=np.int32)
        kernel.follow_cases(events.activity, events.offsets, a, b, width, cases, seen)
        return cases

    found = each(work, parts)
    return sum(found[1:], start=found[0])


def _quantiles(
    kernel: Any, events: Events, parts: list[Range], counts: list[Longs], keys: Longs,
    quantiles: tuple[float, ...],
) -> list[Marks]:  # fmt: skip
    """A batch of pairs at a time, so that what is laid out stays small."""
    if not quantiles:
        return []
    n = sum(counts[1:], start=counts[0])[keys]
    found: list[list[Marks]] = []
    for first, last in _batches(n):
        chosen = keys[first:last]
        bounds = np.append(0, np.cumsum(n[first:last])).astype(np.int64)
        gaps = _laid_out(kernel, events, parts, counts, chosen, bounds)
        found.append(grouped_quantiles(kernel, gaps, bounds, quantiles))
    columns = zip(*found, strict=True)
    return [np.concatenate(column) for column in columns] or [np.zeros(0) for _q in quantiles]


def _batches(n: Longs) -> list[Range]:
    """Neighbouring pairs whose gaps take about a quarter of all, and never little."""
    most = max(ROOM, int(n.sum()) // 4)
    bounds, room = [0], 0
    for place, size in enumerate(n):
        if room and room + int(size) > most:
            bounds.append(place)
            room = 0
        room += int(size)
    bounds.append(len(n))
    return [(a, b) for a, b in pairwise(bounds) if b > a]


def _laid_out(
    kernel: Any, events: Events, parts: list[Range], counts: list[Longs], keys: Longs,
    bounds: Longs,
) -> Longs:  # fmt: skip
    """The gaps of some pairs, each pair in its stretch; each thread has its places in it."""
    whole = int(bounds[-1])
    # One place more for each thread, where what was not asked for is written and forgotten.
    gaps = np.empty(whole + len(parts), dtype=np.int64)
    begin = bounds[:-1].copy()
    work = []
    for number, (part, count) in enumerate(zip(parts, counts, strict=True)):
        place = np.zeros((len(count), 2), dtype=np.int64)
        place[:, 0] = whole + number
        place[keys, 0], place[keys, 1] = begin, 1
        begin = begin + count[keys]
        work.append((*part, place))

    def lay(a: int, b: int, place: Longs) -> None:
        kernel.follow_gaps(
            events.activity, events.time, events.offsets, a, b, len(events.names), place, gaps
        )

    each(lay, work)
    return gaps[:whole]
