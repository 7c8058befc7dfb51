"""Conditions on cases: one flag for each case, None where nothing is asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from polku_mining.events import Events, Flags
from polku_mining.times import microseconds


def named(events: Events, cases: Sequence[Any] | None) -> Flags | None:
    """Cases by their keys."""
    if cases is None:
        return None
    import pyarrow.compute as pc

    wanted = pa.array(cases, events.cases.type)
    return np.asarray(pc.is_in(events.cases, wanted).to_numpy(zero_copy_only=False))


def having(events: Events, names: Sequence[str]) -> Flags | None:
    """Cases that have all of some activities."""
    if not names:
        return None
    chosen = np.ones(events.n_cases, dtype=np.bool_)
    for name in names:
        has = np.zeros(events.n_cases, dtype=np.bool_)
        if name in events.names:
            has[events.owner[events.activity == events.names.index(name)]] = True
        chosen &= has
    return chosen


def ending(events: Events, name: str | None, end: int) -> Flags | None:
    """Cases that begin (*end* 0) or end (1) with an activity."""
    if name is None:
        return None
    if name not in events.names:
        return np.zeros(events.n_cases, dtype=np.bool_)
    offsets = events.offsets
    at = offsets[1:] - 1 if end else offsets[:-1]
    chosen: Flags = events.activity[at] == events.names.index(name)
    return chosen


def inside(events: Events, between: tuple[datetime | None, datetime | None] | None) -> Flags | None:
    """Cases that lie wholly between two times, ends included."""
    if between is None:
        return None
    chosen = np.ones(events.n_cases, dtype=np.bool_)
    first, last = between
    offsets, time = events.offsets, events.time
    if first is not None:
        chosen &= time[offsets[:-1]] >= _microseconds(first)
    if last is not None:
        chosen &= time[offsets[1:] - 1] <= _microseconds(last)
    return chosen


def _microseconds(when: datetime) -> int:
    if when.tzinfo is None:
        raise ValueError("Give times with their zone, for example datetime(..., tzinfo=UTC).")
    return microseconds(when)
