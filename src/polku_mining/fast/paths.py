"""Variants in one pass of prints and one of a table that compares events, never prints alone."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from polku_mining.events import Events
from polku_mining.fast.ranges import each, ranges

type Grouped = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]

FIRST_ROOM = 1_024


def prints(kernel: Any, events: Events) -> NDArray[np.uint64]:
    """A 64-bit print of each path."""
    found = np.empty(events.n_cases, dtype=np.uint64)
    each(
        lambda a, b: kernel.prints(events.activity, events.offsets, a, b, found),
        ranges(events.offsets),
    )
    return found


def grouped(kernel: Any, events: Events) -> Grouped:
    """The path of each case, by first arrival; of each path a case that walked it, and how many."""
    n = events.n_cases
    # Twice as many places as cases: a search meets few others, and empty ones cost nothing.
    table = np.full(1 << max(FIRST_ROOM, 2 * n).bit_length(), -1, dtype=np.int32)
    of_case, first, cases = (np.empty(n, dtype=np.int32) for _column in range(3))
    known = kernel.group_paths(
        events.activity, events.offsets, prints(kernel, events), table, of_case, first, cases
    )
    return of_case, first[:known].copy(), cases[:known].copy()
