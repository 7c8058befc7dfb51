"""Deadlines between two steps, and what people did who left a funnel."""

import numpy as np
import pyarrow as pa

from polku_mining.analyses.funnels import first_after, reached_events
from polku_mining.analyses.gaps import SECOND, exact_quantiles
from polku_mining.analyses.paths import most_first
from polku_mining.arrow import as_column
from polku_mining.events import Events, Longs


def deadline(events: Events, source: str, target: str, within: int, now: int) -> pa.Table:
    """One row: ``source, target, within_s, cases, met, late, pending, never, share_met,
    median_s, q95_s``.

    From the first *source* of a case to the first *target* after it. *met* within the time (the
    last microsecond counts), *late* after it, *never* where the target did not come though the time
    is over at *now*, *pending* where it did not come and the time is not over. ``share_met`` is of
    the cases that are decided: all but the pending ones. Times are of those that came.
    """
    begun = first_after(events, source, events.offsets[:-1] - 1)
    case = np.flatnonzero(begun >= 0)
    begun = begun[case]
    came = first_after(events, target, _back(events, begun, case))[case]
    there = came >= 0
    took = events.time[came[there]] - events.time[begun[there]]
    met = int(np.count_nonzero(took <= within))
    pending = int(np.count_nonzero(now - events.time[begun[~there]] <= within))
    decided = len(case) - pending
    marks = exact_quantiles(took, (0.5, 0.95)) if len(took) else [None, None]
    row = {
        "source": source, "target": target, "within_s": within / SECOND, "cases": len(case),
        "met": met, "late": len(took) - met, "pending": pending,
        "never": len(case) - len(took) - pending,
        "share_met": met / decided if decided else None, "median_s": marks[0], "q95_s": marks[1],
    }  # fmt: skip
    return pa.Table.from_pylist([row], SCHEMA)


SCHEMA = pa.schema([
    ("source", pa.string()), ("target", pa.string()), ("within_s", pa.float64()),
    ("cases", pa.int64()), ("met", pa.int64()), ("late", pa.int64()), ("pending", pa.int64()),
    ("never", pa.int64()), ("share_met", pa.float64()), ("median_s", pa.float64()),
    ("q95_s", pa.float64()),
])  # fmt: skip


def _back(events: Events, begun: Longs, case: Longs) -> Longs:
    """For every case the event to look behind; for those without one the end of the case."""
    after: Longs = events.offsets[1:].copy()
    after[case] = begun
    return after


def drop_off(events: Events, steps: list[str], *, window: int | None, strict: bool) -> pa.Table:
    """``step, next, cases, share``: what those did next who reached a step and not the one after.

    ``next`` is the event right after the one that reached the step, null where the case ends
    there; ``share`` is of all cases that reached the step. Of the last step all are told.
    """
    at = reached_events(events, steps, window, strict=strict)
    rows: list[pa.Table] = []
    for number, (step, here) in enumerate(zip(steps, at, strict=True)):
        got_on = at[number + 1] >= 0 if number + 1 < len(at) else np.zeros(len(here), np.bool_)
        stopped = here[(here >= 0) & ~got_on]
        rows.append(_next_of(events, step, stopped, int(np.count_nonzero(here >= 0))))
    return pa.concat_tables([STOPPED.empty_table(), *rows])


STOPPED = pa.schema([
    ("step", pa.string()), ("next", pa.string()), ("cases", pa.int64()), ("share", pa.float64()),
])  # fmt: skip


def _next_of(events: Events, step: str, stopped: Longs, reached: int) -> pa.Table:
    width = len(events.names)
    codes = np.append(events.activity, 0).astype(np.int64)[stopped + 1]
    codes[stopped + 1 == events.offsets[1:][events.owner[stopped]]] = width
    counts = np.bincount(codes, minlength=width + 1)
    order = most_first(counts)
    names = pa.array([*events.names, None], pa.string()).take(as_column(order))
    return pa.table({
        "step": pa.array([step] * len(order), pa.string()), "next": names,
        "cases": as_column(counts[order], pa.int64()),
        "share": as_column(counts[order] / max(reached, 1)),
    })  # fmt: skip
