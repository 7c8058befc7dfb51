"""Exact quantiles in two passes: histograms say in which bucket a rank lies, then only the values
of those buckets are fetched."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from polku_mining.analyses.gaps import SECOND
from polku_mining.events import Longs
from polku_mining.spark.partials import SHIFT, keyed

type Counts = Mapping[int, int]
type Values = Mapping[int, list[tuple[int, int]]]  # values and how often, by group and bucket


class Ranks:
    """The ranks of some quantiles in groups of values; *histogram* counts groups and buckets."""

    def __init__(self, histogram: Counts, quantiles: Sequence[float]) -> None:
        self.quantiles = tuple(quantiles)
        keys = np.array(sorted(histogram), dtype=np.int64)
        counts = np.array([histogram[int(key)] for key in keys], dtype=np.int64)
        groups, first = np.unique(keys >> SHIFT, return_index=True)
        parts = zip(np.split(keys, first[1:]), np.split(counts, first[1:]), strict=True)
        self.groups = {
            int(group): (part, np.cumsum(n))
            for group, (part, n) in zip(groups, parts, strict=False)
        }

    def places(self, group: int) -> list[tuple[int, int, float]]:
        """For each quantile the two ranks beside it and how far between them it lies (type 7)."""
        last = int(self.groups[group][1][-1]) - 1
        spots = [q * last for q in self.quantiles]
        return [(int(spot), min(int(spot) + 1, last), spot - int(spot)) for spot in spots]

    def wanted(self) -> Longs:
        """The groups and buckets whose values are needed."""
        found = {
            self._bucket(group, rank)[0]
            for group in self.groups
            for low, high, _part in self.places(group)
            for rank in (low, high)
        }
        return np.array(sorted(found), dtype=np.int64)

    def _bucket(self, group: int, rank: int) -> tuple[int, int]:
        """The key of the bucket that holds a rank, and how many values lie before it."""
        keys, ends = self.groups[group]
        at = int(np.searchsorted(ends, rank, side="right"))
        return int(keys[at]), int(ends[at - 1]) if at else 0

    def marks(self, group: int, values: Values) -> list[float]:
        """The quantiles of a group in seconds, from the values of the wanted buckets."""
        found = []
        for low, high, part in self.places(group):
            first, second = (self._value(group, rank, values) for rank in (low, high))
            found.append((first + (second - first) * part) / SECOND)
        return found

    def _value(self, group: int, rank: int, values: Values) -> int:
        key, before = self._bucket(group, rank)
        held = values[key]
        at = int(np.searchsorted(np.cumsum([n for _value, n in held]), rank - before, "right"))
        return held[at][0]


def by_bucket(rows: Iterable[tuple[int, int, int]]) -> Values:
    """Rows of group, value and count under their group and bucket, values rising."""
    found: dict[int, list[tuple[int, int]]] = {}
    for group, value, n in sorted(rows):
        key = int(keyed(group, np.array([value], dtype=np.int64))[0])
        found.setdefault(key, []).append((value, n))
    return found
