"""Funnels: how many get how far, and how long the next step takes."""

from itertools import pairwise

import numpy as np
import pyarrow as pa

from polku_mining import engine
from polku_mining.analyses.gaps import SECOND, median_or_none
from polku_mining.events import Events, Longs
from polku_mining.fast import funnels as fast


def funnel(
    events: Events, steps: list[str], *, window: int | None = None, strict: bool = False
) -> pa.Table:
    """``step, reached, share, median_s_to_next``.

    Greedy: the first occurrence of step 1, then the first later occurrence of step 2, and so on.
    *strict*: each step must come right after the one before it, from any occurrence of step 1.
    *window* (microseconds): a step counts only within that time of the case's step 1. A case that
    reached step *k* reached all before it; ``share`` is of all cases; ``median_s_to_next`` is over
    those who reached the next step too.
    """
    reached, waits = _counted(events, _codes(events, steps), window, strict=strict)
    base = events.n_cases
    return pa.table({
        "step": pa.array(steps, pa.string()), "reached": pa.array(reached, pa.int64()),
        "share": pa.array([n / base if base else None for n in reached], pa.float64()),
        "median_s_to_next": pa.array([w and w / SECOND for w in waits], pa.float64()),
    })  # fmt: skip


def _counted(
    events: Events, codes: list[int], window: int | None, *, strict: bool
) -> tuple[list[int], list[float | None]]:
    """How many reach each step, and the median of microseconds to the next."""
    kernel = engine.compiled()
    if kernel is not None and codes:
        return fast.funnel(kernel, events, codes, window, strict=strict)
    at = _found(events, codes, window, strict=strict)
    waits = [
        median_or_none(events.time[after[after >= 0]] - events.time[row[after >= 0]])
        for row, after in pairwise(at)
    ]
    return [int((row >= 0).sum()) for row in at], [*waits, None][: len(codes)]


def _found(events: Events, codes: list[int], window: int | None, *, strict: bool) -> list[Longs]:
    """For each step the event at which each case reached it; -1 where it did not."""
    return (_strict if strict else _greedy)(events, codes, window)


def reached_events(
    events: Events, steps: list[str], window: int | None, *, strict: bool
) -> list[Longs]:
    """For each step the event at which each case reached it; -1 where it did not."""
    return _found(events, _codes(events, steps), window, strict=strict)


def first_after(events: Events, name: str, after: Longs) -> Longs:
    """In each case the first event of an activity behind the event *after*; -1 without one."""
    return _next(events, _codes(events, [name])[0], after, events.offsets[1:])


def _codes(events: Events, steps: list[str]) -> list[int]:
    known = {name: code for code, name in enumerate(events.names)}
    return [known.get(step, -1) for step in steps]


def _greedy(events: Events, codes: list[int], window: int | None) -> list[Longs]:
    """For each step the event at which each case reached it; -1 where it did not."""
    ends = events.offsets[1:]
    at = events.offsets[:-1] - 1
    begun: Longs | None = None
    rows: list[Longs] = []
    for code in codes:
        found = _next(events, code, at, ends)
        if begun is not None and window is not None:
            late = (found >= 0) & (events.time[found] - events.time[begun] > window)
            found = np.where(late, -1, found)
        rows.append(found)
        begun = found if begun is None else begun
        at = np.where(found >= 0, found, ends)  # who stopped finds nothing more
    return rows


def _next(events: Events, code: int, after: Longs, ends: Longs) -> Longs:
    """The first event of *code* behind *after* and before the end of the case; else -1."""
    if code < 0:
        return np.full(len(after), -1, dtype=np.int64)
    places = np.flatnonzero(events.activity == code)
    places = np.append(places, events.n_events + 1)  # beyond the end of any case
    found = places[np.searchsorted(places, after, side="right")]
    return np.where(found < ends, found, -1)


def _strict(events: Events, codes: list[int], window: int | None) -> list[Longs]:
    """The occurrence of step 1 that gets furthest without a gap; the earliest among equals."""
    length = np.zeros(events.n_events, dtype=np.int64)
    if not codes or codes[0] < 0:
        return [np.full(events.n_cases, -1, dtype=np.int64) for _code in codes]
    left = events.offsets[1:][events.owner] - np.arange(events.n_events)
    alive = events.activity == codes[0]
    begun = np.arange(events.n_events)
    for step, code in enumerate(codes):
        there = np.minimum(begun + step, max(events.n_events - 1, 0))
        alive &= (events.activity[there] == code) & (left > step)
        if window is not None:
            alive &= events.time[there] - events.time <= window
        length[alive] = step + 1
    best = np.full(events.n_cases, -1, dtype=np.int64)
    furthest = np.maximum.reduceat(length, events.offsets[:-1]) if events.n_cases else best
    first = np.flatnonzero((length > 0) & (length == furthest[events.owner]))[::-1]
    best[events.owner[first]] = first
    return [np.where(furthest > step, best + step, -1) for step in range(len(codes))]
