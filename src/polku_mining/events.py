"""The one layout: events sorted by case, time and arrival, activities as small codes.

Ties decide correctness: equal times inside a case keep the order in which they arrived.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from polku_mining import engine
from polku_mining.arrow import as_column

BLOCK = 2**14  # cases

type Codes = NDArray[np.unsignedinteger]
type Longs = NDArray[np.int64]
type Flags = NDArray[np.bool_]
type Whole = NDArray[np.signedinteger]


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
    paths: Any = None  # what a cache knows of the path of each case: see analyses.paths.Paths

    @property
    def n_events(self) -> int:
        """How many events."""
        return len(self.activity)

    @property
    def n_cases(self) -> int:
        """How many cases."""
        return len(self.offsets) - 1

    @cached_property
    def present(self) -> Longs:
        """The codes that occur, by number."""
        return np.flatnonzero(np.bincount(self.activity, minlength=len(self.names)))

    @cached_property
    def lengths(self) -> Longs:
        """Events of each case."""
        return np.diff(self.offsets)

    @cached_property
    def took(self) -> Longs:
        """First to last event of each case, in microseconds."""
        found = np.empty(self.n_cases, dtype=np.int64)
        for first in range(0, self.n_cases, BLOCK):  # a few at a time: what is fetched stays near
            bounds = self.offsets[first : first + BLOCK + 1]
            begin, end = self.time[bounds[:-1]], self.time[bounds[1:] - 1]
            np.subtract(end, begin, out=found[first : first + BLOCK])
        return found

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
            offsets=starts(self.lengths[chosen]), cases=self.cases.filter(as_column(chosen)),
            paths=None,
        )  # fmt: skip


def starts(lengths: Longs) -> Longs:
    """Offsets from lengths: one longer, beginning with 0."""
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def small(codes: Whole, n: int) -> Codes:
    """Codes below *n* in the smallest unsigned type that holds them."""
    kind = np.uint8 if n <= 256 else np.uint16 if n <= 65_536 else np.uint32
    return codes.astype(kind, copy=False)


def sort_events(case: Longs, activity: Codes, time: Longs, names: tuple[str, ...],
                cases: pa.Array) -> Events:  # fmt: skip
    """Events in arrival order, with coded cases and activities, become sorted ones.

    *case* codes run from 0 in the order of first arrival, none is missing.
    """
    return sorted_events(case, activity, time, names, cases)[0]


def sorted_events(case: Whole, activity: Codes, time: Longs, names: tuple[str, ...],
                  cases: pa.Array) -> tuple[Events, Whole | None]:  # fmt: skip
    """The same, and from which row each event came; None when they came in this order."""
    offsets = starts(_lengths(case, len(cases)))
    order = _order(case, time, offsets)
    if order is not None:
        activity, time = activity[order], time[order]
    return Events(activity, time, offsets, names, cases), order


def _lengths(case: Whole, n: int) -> Longs:
    """How many events each case has; in parts, since numpy counts in copies of 64 bits."""
    found = np.zeros(n, dtype=np.int64)
    step = max(2**20, n)
    for begin in range(0, len(case), step):
        found += np.bincount(case[begin : begin + step], minlength=n)
    return found


def _order(case: Whole, time: Longs, offsets: Longs) -> Whole | None:
    """The stable order by case and time; None when it is there already."""
    later = case[1:] > case[:-1]
    later |= (case[1:] == case[:-1]) & (time[1:] >= time[:-1])
    if bool(later.all()):
        return None
    kernel = engine.compiled()
    if kernel is None:
        return _by_sorting(case, time, len(offsets) - 1)
    order = np.empty_like(case)
    kernel.by_case(case, offsets[:-1].copy(), order)
    return _mended(case, time, offsets, order)


def _mended(case: Whole, time: Longs, offsets: Longs, order: Whole) -> Whole:
    """Sort the cases whose events did not arrive in the order of their times."""
    known = time[order]
    falls = known[1:] < known[:-1]
    falls[offsets[1:-1] - 1] = False
    if not falls.any():
        return order
    torn = np.zeros(len(offsets) - 1, dtype=np.bool_)
    torn[case[order[1:][falls]]] = True
    at = np.flatnonzero(np.repeat(torn, np.diff(offsets)))
    rows = order[at]
    order[at] = rows[np.lexsort((time[rows], case[rows]))]
    return order


def _by_sorting(case: Whole, time: Longs, n: int) -> Longs:
    """By numpy's sorts, which keep equal ones as they came."""
    low = int(time.min())
    span = int(time.max()) - low + 1
    if span * max(n, 1) < 2**62:  # both fit into one number: one sort instead of two
        return np.argsort(case.astype(np.int64) * span + (time - low), kind="stable")
    return np.lexsort((time, case))
