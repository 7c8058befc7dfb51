"""Directly-follows in few passes: one counts and adds up, one fetches what the quantiles need."""

from collections.abc import Callable
from typing import Any

import numpy as np

from polku_mining.analyses.gaps import Follows, means_of
from polku_mining.events import Events, Longs
from polku_mining.fast.ranges import each, ranges
from polku_mining.fast.ranks import Counts, Scale, Slots, ranked

MOST_PAIRS = 2**24  # larger tables of pairs are for the twin, which lists pairs
MOST_EVENTS = 2**31  # a bucket counts in 32 bits
BLOCK = 512  # events looked at at once: what is worked out of them stays in the nearest memory
MOST_SUM = 2**30  # in steps of 2**32: half of what 64 bits hold


def follows(
    kernel: Any, events: Events, quantiles: tuple[float, ...], *, with_cases: bool = True
) -> Follows | None:
    """What :func:`polku_mining.analyses.gaps.follows` answers; None where it has to.

    That is where the table of pairs would be too large, where a sum might spill over, and where a
    case runs back.
    """
    if not _can(events):
        return None
    passes = _Passes(kernel, events)
    return passes.all(quantiles) if quantiles or with_cases else passes.sums()


def _can(events: Events) -> bool:
    pairs = 1 << 2 * _bits(events)
    most = min(max(events.n_events, 65_536), MOST_PAIRS)
    return 0 < events.n_events < MOST_EVENTS and pairs <= most


def _bits(events: Events) -> int:
    """Of the code of an activity."""
    return (len(events.names) - 1).bit_length()


class _Passes:
    """The passes over one log.

    Pairs are ``source * width + target``, where *width* is a power of two: to shift is quicker than
    to multiply. Their tables have one place more, for all that is none.
    """

    def __init__(self, kernel: Any, events: Events) -> None:
        self.kernel, self.events = kernel, events
        self.bits = _bits(events)
        self.width = 1 << self.bits
        self.pairs = self.width * self.width
        self.parts = ranges(events.offsets)

    def run(self, work: Callable[..., Any], *rooms: list[Any]) -> list[Any]:
        """Run a pass, each thread with its own room."""
        columns = self.events.activity, self.events.time, self.events.offsets
        kind = np.uint16 if self.pairs < 2**16 else np.uint32

        def one(a: int, b: int, *own: Any) -> Any:
            return work(*columns, a, b, self.bits, np.empty(BLOCK, kind), *own)

        return each(one, [(*part, *own) for part, *own in zip(self.parts, *rooms, strict=True)])

    def sums(self) -> Follows | None:
        """How often and how long alone."""
        cells = [np.zeros((self.pairs + 1, 2), dtype=np.uint64) for _part in self.parts]
        if _spills(self.run(self.kernel.follow_sums, cells)):
            return None
        n, total = _added(cells, self.pairs).T
        keys = np.flatnonzero(n)
        return Follows(keys, n[keys], None, means_of(total[keys], n[keys]), [], self.width)

    def all(self, quantiles: tuple[float, ...]) -> Follows | None:
        """With the cases of each pair and the quantiles."""
        scale = Scale.for_groups(self.pairs, self.events.n_events)
        cells = [np.zeros((self.pairs + 1, 3), dtype=np.uint64) for _part in self.parts]
        counts = [np.zeros((self.pairs + 1, scale.width), dtype=np.uint32) for _part in self.parts]

        def spread(*words: Any) -> int:
            *columns, cell, count = words
            return int(self.kernel.follow_spread(*columns, scale.shift, scale.base, cell, count))

        if _spills(self.run(spread, cells, counts)):
            return None
        n = np.sum([count[:-1].sum(axis=1, dtype=np.int64) for count in counts], axis=0)
        keys = np.flatnonzero(n)
        total, cases, _last = _added(cells, self.pairs)[keys].T
        marks = self.quantiles(scale, counts, keys, quantiles) if len(keys) else None
        return Follows(keys, n[keys], cases, means_of(total, n[keys]),
                       marks or [np.zeros(0) for _q in quantiles], self.width)  # fmt: skip

    def quantiles(
        self, scale: Scale, counts: list[Counts], keys: Longs, quantiles: tuple[float, ...]
    ) -> list[Any]:
        """The exact quantiles of the gaps of each pair, in microseconds."""
        if not quantiles:
            return []

        def lay(slots: Slots, places: list[Longs], laid: Longs) -> None:
            def gaps(*words: Any) -> None:
                *columns, place = words
                self.kernel.follow_gaps(*columns, scale.shift, scale.base, slots, place, laid)

            self.run(gaps, places)

        return ranked(self.kernel, counts, keys, quantiles, lay)


def _spills(reach: list[int]) -> bool:
    """Whether the cases together took longer than what surely fits a sum, or one ran back."""
    return sum(reach) >= MOST_SUM


def _added(cells: list[Any], pairs: int) -> Longs:
    """What all threads added up, without the place of what is no pair."""
    whole: Longs = sum(cells[1:], start=cells[0].copy())[:pairs].view(np.int64)
    return whole
