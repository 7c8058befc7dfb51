"""Directly-follows by numpy, the reference: all pairs listed, sorted and cut into groups."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from polku_mining.events import Events, Longs

SECOND = 1_000_000

type Marks = NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """Neighbours inside cases: ``key = source * width + target`` and the gap in microseconds,
    grouped by key: group *g* holds ``starts[g]`` to ``starts[g + 1]``."""

    keys: Longs
    starts: Longs
    gaps: Longs
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
    """All neighbours, grouped by the two activities."""
    width = max(len(events.names), 1)
    inside = events.within
    key = events.activity[:-1].astype(np.int64) * width + events.activity[1:]
    key, gap = key[inside], np.diff(events.time)[inside]
    kind = np.uint16 if width * width <= 65_536 else np.int64
    order = np.argsort(key.astype(kind, copy=False), kind="stable")
    key, gap = key[order], gap[order]
    found, first = np.unique(key, return_index=True)
    bounds = np.append(first, len(key)).astype(np.int64)
    return Pairs(found, bounds, gap, width)


def follows(events: Events, quantiles: tuple[float, ...], *, with_cases: bool = True) -> Follows:
    """Every pair of neighbours; what the compiled passes answer too."""
    pairs = pairs_of(events)
    means = np.asarray(exact_means(pairs.gaps, pairs.starts), dtype=np.float64) / SECOND
    cases = _cases_of(events, pairs) if with_cases else None
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
    ranks = sorted({rank for place in places for rank in (int(place), min(int(place) + 1, last))})
    held = np.partition(values, ranks)
    return [_between(held, place, last) for place in places]


def _between(held: Longs, place: float, last: int) -> float:
    below = int(place)
    low, high = int(held[below]), int(held[min(below + 1, last)])
    return low + (high - low) * (place - below)


def _cases_of(events: Events, pairs: Pairs) -> Longs:
    """In how many cases each pair occurs at all."""
    inside = events.within
    key = events.activity[:-1].astype(np.int64) * pairs.width + events.activity[1:]
    place = np.searchsorted(pairs.keys, key[inside])
    both = np.unique(place * max(events.n_cases, 1) + events.owner[:-1][inside])
    return np.bincount(both // max(events.n_cases, 1), minlength=len(pairs.keys)).astype(np.int64)


def median_or_none(values: Longs) -> float | None:
    """The exact median in microseconds; None of nothing."""
    return _ranked(values, (0.5,))[0] if len(values) else None
