"""Directly-follows by numpy, the reference: all pairs listed, sorted and cut into groups."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from polku_mining.events import Events, Longs

SECOND = 1_000_000

type Marks = NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """Neighbours inside cases: ``key = source * width + target`` and the gap in microseconds,
    grouped by key: group *g* holds ``starts[g]`` to ``starts[g + 1]``, of ``cases[g]`` cases."""

    keys: Longs
    starts: Longs
    gaps: Longs
    cases: Longs
    width: int


@dataclass(frozen=True)
class Follows:
    """What the engines tell of each pair, by rising key: how often, in how many cases at all, the
    mean in seconds, and for each quantile asked for one value in microseconds."""

    keys: Longs
    n: Longs
    cases: Longs | None
    means: Marks
    marks: list[Marks]
    width: int


def pairs_of(events: Events) -> Pairs:
    """All neighbours, grouped by the two activities, in the order of cases inside a group."""
    width = max(len(events.names), 1)
    inside = events.within
    kind = np.uint16 if width * width <= 65_536 else np.int64
    source: np.ndarray = events.activity[:-1].astype(kind)
    key = (source * width + events.activity[1:])[inside]
    order = np.argsort(key, kind="stable")
    key, gap = key[order], np.diff(events.time)[inside][order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
    owner = events.owner[:-1][inside][order]
    anew = np.append(True, owner[1:] != owner[:-1])[: len(key)]
    anew[first] = True
    cases = np.add.reduceat(anew, first, dtype=np.int64) if len(first) else first
    bounds = np.append(first, len(key)).astype(np.int64)
    return Pairs(key[first].astype(np.int64), bounds, gap, cases, width)


def follows(events: Events, quantiles: tuple[float, ...], *, with_cases: bool = True) -> Follows:
    """Every pair of neighbours; what the compiled passes answer too."""
    pairs = pairs_of(events)
    means = np.asarray(exact_means(pairs.gaps, pairs.starts), dtype=np.float64) / SECOND
    cases = pairs.cases if with_cases else None
    marks = _quantiles(pairs, quantiles)
    return Follows(pairs.keys, np.diff(pairs.starts), cases, means, marks, pairs.width)


def means_of(sums: Longs, counts: Longs) -> Marks:
    """Seconds from whole sums of microseconds, each rounded once."""
    means = [int(total) / int(n) for total, n in zip(sums, counts, strict=True)]
    return np.asarray(means, dtype=np.float64) / SECOND


def exact_means(values: Longs, bounds: Longs) -> list[float]:
    """Means of groups from exact whole sums; a sum may need more than 64 bits."""
    if len(bounds) < 2:
        return []
    high = np.add.reduceat(values >> 24, bounds[:-1])
    low = np.add.reduceat(values & 0xFFFFFF, bounds[:-1])
    counts = np.diff(bounds)
    return [
        ((int(h) << 24) + int(rest)) / int(n) for h, rest, n in zip(high, low, counts, strict=True)
    ]


def _quantiles(pairs: Pairs, quantiles: tuple[float, ...]) -> list[np.ndarray]:
    """Exact quantiles of each group, in microseconds."""
    marks = [np.zeros(len(pairs.keys)) for _q in quantiles]
    for group, (start, end) in enumerate(zip(pairs.starts[:-1], pairs.starts[1:], strict=True)):
        for mark, value in zip(marks, _ranked(pairs.gaps[start:end], quantiles), strict=True):
            mark[group] = value
    return marks


def exact_quantiles(values: Longs, quantiles: tuple[float, ...]) -> list[float]:
    """Linear interpolation between the two nearest ranks (type 7), of microseconds, in seconds.

    Only the ranks asked for are put in their places, so a group costs its length.
    """
    return [value / SECOND for value in _ranked(values, quantiles)]


def _ranked(values: Longs, quantiles: tuple[float, ...]) -> list[float]:
    last = len(values) - 1
    places = [q * last for q in quantiles]
    if not places:
        return []
    ranks = sorted({rank for place in places for rank in (int(place), min(int(place) + 1, last))})
    held = np.partition(values, ranks)
    return [_between(held, place, last) for place in places]


def _between(held: Longs, place: float, last: int) -> float:
    below = int(place)
    low, high = int(held[below]), int(held[min(below + 1, last)])
    return low + (high - low) * (place - below)


def run_medians(values: Longs, begin: Longs, n: Longs) -> Marks:
    """The exact median of each run of *n* rising values from *begin* on, in their own unit."""
    place = 0.5 * (n - 1)
    below = place.astype(np.int64)
    low, high = values[begin + below], values[begin + np.minimum(below + 1, n - 1)]
    found: Marks = low + (high - low) * (place - below)
    return found


def quantile_name(q: float) -> str:
    """The column of a quantile: ``q95_s``, ``q99.5_s``."""
    return f"q{q * 100:02.12g}_s"


def quantiles_of(asked: Iterable[float]) -> tuple[float, ...]:
    """Quantiles as they are asked for. Raises ValueError for one that is none."""
    found = tuple(asked)
    for q in found:
        if not 0 <= q <= 1:
            raise ValueError(f"A quantile lies from 0 to 1, not at {q}.")
    return found


def median_or_none(values: Longs) -> float | None:
    """The exact median in microseconds; None of nothing."""
    return _ranked(values, (0.5,))[0] if len(values) else None
