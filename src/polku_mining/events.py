"""The one layout: events sorted by case, time and arrival, activities as small codes.

Ties decide correctness: equal times inside a case keep the order in which they arrived.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

type Codes = NDArray[np.unsignedinteger]
type Longs = NDArray[np.int64]
type Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Events:
    """``activity[i]`` happened at ``time[i]`` (microseconds since 1970, UTC).

    Case *c* owns the events ``offsets[c]`` to ``offsets[c + 1]``, at least one. ``names`` are the
    activities by code, ``cases`` the case keys as they stood in the source, in the order in
    which they first arrived.
    """

    activity: Codes
    time: Longs
    offsets: Longs
    names: tuple[str, ...]
    cases: pa.Array

    @property
    def n_events(self) -> int:
        """How many events."""
        return len(self.activity)

    @property
    def n_cases(self) -> int:
        """How many cases."""
        return len(self.offsets) - 1

    @cached_property
    def lengths(self) -> Longs:
        """Events of each case."""
        return np.diff(self.offsets)

    @cached_property
    def owner(self) -> NDArray[np.int32]:
        """The case of each event."""
        return np.repeat(np.arange(self.n_cases, dtype=np.int32), self.lengths)

    @cached_property
    def within(self) -> Flags:
        """For each pair of neighbours, whether both are of one case; one shorter than events."""
        inside = np.ones(max(self.n_events - 1, 0), dtype=np.bool_)
        inside[self.offsets[1:-1] - 1] = False
        return inside

    def of_cases(self, chosen: Flags) -> "Events":
        """The events of some cases alone; names and codes stay."""
        kept = np.repeat(chosen, self.lengths)
        return replace(
            self, activity=self.activity[kept], time=self.time[kept],
            offsets=starts(self.lengths[chosen]), cases=self.cases.filter(pa.array(chosen)),
        )  # fmt: skip


def starts(lengths: Longs) -> Longs:
    """Offsets from lengths: one longer, beginning with 0."""
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def small(codes: Longs, n: int) -> Codes:
    """Codes below *n* in the smallest unsigned type that holds them."""
    kind = np.uint8 if n <= 256 else np.uint16 if n <= 65_536 else np.uint32
    return codes.astype(kind, copy=False)


def sort_events(case: Longs, activity: Codes, time: Longs, names: tuple[str, ...],
                cases: pa.Array) -> Events:  # fmt: skip
    """Events in arrival order, with coded cases and activities, become sorted ones.

    *case* codes run from 0 in the order of first arrival, none is missing.
    """
    order = _order(case, time, len(cases))
    if order is not None:
        case, activity, time = case[order], activity[order], time[order]
    lengths = np.bincount(case, minlength=len(cases)).astype(np.int64)
    return Events(activity, time, starts(lengths), names, cases)


def _order(case: Longs, time: Longs, n: int) -> Longs | None:
    """The stable order by case and time; None when it is there already."""
    if len(case) < 2:
        return None
    low = int(time.min())
    span = int(time.max()) - low + 1
    if span * max(n, 1) < 2**62:  # both fit into one number: one sort instead of two
        key = case.astype(np.int64) * span + (time - low)
        if bool(np.all(key[1:] >= key[:-1])):
            return None
        return np.argsort(key, kind="stable")
    return np.lexsort((time, case))
