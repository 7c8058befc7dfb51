"""Exact quantiles of groups in two passes and little room: one counts how many values of a group
lie in each bucket of a rising scale, one lays out the values of the buckets that hold a rank."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from polku_mining.analyses.gaps import Marks
from polku_mining.events import Longs
from polku_mining.fast.ranges import Range, each, ranges, spans

type Counts = NDArray[np.uint32]
type Slots = NDArray[np.int32]
type Lay = Callable[[Slots, list[Longs], Longs], None]

DOUBLINGS = 64
FINEST = 4  # bits: so many times two steps for each doubling
EXPONENT = 52  # bits of a double behind its exponent
ROOM = 2_000_000  # values laid out at once, at the least: what a pass costs, weighed against memory


@dataclass(frozen=True)
class Scale:
    """Buckets of whole numbers from 0 on: the first bits of ``value + 1`` as a double, without the
    lowest *shift*, less *base*. They rise with the values."""

    shift: int
    base: int
    width: int

    @staticmethod
    def for_groups(groups: int, n: int) -> "Scale":
        """As fine as *groups* tables of it take no more places than there are values; with many
        groups one bucket for all."""
        for bits in range(FINEST, -1, -1):
            if groups * (DOUBLINGS << bits) <= n:
                return Scale(EXPONENT - bits, 1_023 << bits, DOUBLINGS << bits)
        return Scale(63, 0, 1)


def ranked(
    kernel: Any, counts: list[Counts], groups: Longs, quantiles: tuple[float, ...], lay: Lay
) -> list[Marks]:
    """For each quantile one value per group, in the unit of the values; type 7.

    *counts* are what each thread counted, ``[group, bucket]``. *groups*, each with a value at the
    least, are asked for. *lay* puts the values of a group and bucket with a slot above 0 where the
    place of the slot says, for each thread its own places; it is called for some slots at a time.
    """
    chosen = [part[groups] for part in counts]
    spread = sum((part.astype(np.int64) for part in chosen[1:]), start=chosen[0].astype(np.int64))
    ends = np.cumsum(spread, axis=1)
    last = ends[:, -1] - 1
    below = [(q * last).astype(np.int64) for q in quantiles]
    ranks = np.stack([rank for low in below for rank in (low, np.minimum(low + 1, last))])
    bucket = np.stack([np.count_nonzero(ends <= rank[:, None], axis=1) for rank in ranks])
    cell = np.arange(len(groups)) * spread.shape[1] + bucket
    inside = ranks - (ends - spread).ravel()[cell]
    held = _Held(kernel, counts, groups, chosen, lay).values(cell.ravel(), inside.ravel())
    low, high = held.reshape(len(quantiles), 2, len(groups)).transpose(1, 0, 2)
    parts = [q * last - floor for q, floor in zip(quantiles, below, strict=True)]
    return [a + (b - a) * part for a, b, part in zip(low, high, parts, strict=True)]


@dataclass(frozen=True)
class _Held:
    """Fetches the values of ranks inside buckets."""

    kernel: Any
    counts: list[Counts]
    groups: Longs
    chosen: list[Counts]
    lay: Lay

    def values(self, cell: Longs, rank: Longs) -> Longs:
        """The value of each *rank* inside its *cell*, which is a place in ``chosen``."""
        order = np.lexsort((rank, cell))
        wanted, first = np.unique(cell[order], return_index=True)
        asked = np.append(first, len(order))
        sizes = [part.ravel()[wanted].astype(np.int64) for part in self.chosen]
        rising = np.empty(len(order), dtype=np.int64)
        for a, b in batches(sum(sizes[1:], start=sizes[0])):
            some = slice(asked[a], asked[b])
            rising[some] = self.batch(
                wanted[a:b], [size[a:b] for size in sizes], asked[a : b + 1] - asked[a],
                rank[order[some]],
            )  # fmt: skip
        found = np.empty_like(rising)
        found[order] = rising
        return found

    def batch(self, cells: Longs, sizes: list[Longs], asked: Longs, ranks: Longs) -> Longs:
        """The values of ranks of some cells, of which each thread has its part."""
        slots = np.zeros(self.counts[0].shape, dtype=np.int32)
        group, bucket = np.divmod(cells, slots.shape[1])
        slots[self.groups[group], bucket] = np.arange(1, len(cells) + 1, dtype=np.int32)
        bounds = np.append(0, np.cumsum(sum(sizes[1:], start=sizes[0]))).astype(np.int64)
        begin, places = bounds[:-1], []
        for size in sizes:
            places.append(np.append(0, begin))  # slot 0 is what nobody asked for
            begin = begin + size
        laid = np.empty(int(bounds[-1]), dtype=np.int64)
        self.lay(slots, places, laid)
        found = np.empty(len(ranks), dtype=np.int64)
        each(
            lambda a, b: self.kernel.select(laid, bounds, a, b, asked, ranks, found),
            ranges(bounds),
        )
        return found


def one_group(kernel: Any, values: Longs, quantiles: tuple[float, ...]) -> list[float] | None:
    """The quantiles of some values as one group, in their unit; None where any is below 0."""
    scale = Scale.for_groups(1, len(values))
    parts = spans(len(values))
    counts = [np.zeros((1, scale.width), dtype=np.uint32) for _part in parts]

    def spread(a: int, b: int, count: Counts) -> int:
        return int(kernel.spread_values(values, a, b, scale.shift, scale.base, count[0]))

    if min(each(spread, _side_by_side(parts, counts))) < 0:
        return None

    def lay(slots: Slots, places: list[Longs], laid: Longs) -> None:
        def gather(a: int, b: int, place: Longs) -> None:
            kernel.gather_values(values, a, b, scale.shift, scale.base, slots[0], place, laid)

        each(gather, _side_by_side(parts, places))

    marks_of = ranked(kernel, counts, np.zeros(1, dtype=np.int64), quantiles, lay)
    return [float(mark[0]) for mark in marks_of]


def _side_by_side(parts: list[Range], rooms: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Each part with its room."""
    return [(*part, room) for part, room in zip(parts, rooms, strict=True)]


def batches(sizes: Longs) -> list[Range]:
    """Neighbouring cells whose values take little room at once."""
    bounds, room = [0], 0
    for place, size in enumerate(sizes.tolist()):
        if room and room + size > ROOM:
            bounds.append(place)
            room = 0
        room += size
    bounds.append(len(sizes))
    return [(a, b) for a, b in pairwise(bounds) if b > a]
