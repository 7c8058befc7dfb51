"""A map of the most walked paths, with *other paths* for the rest, so that totals add up."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from polku_mining.analyses.follows import follows
from polku_mining.analyses.gaps import SECOND
from polku_mining.analyses.paths import flat_paths, paths_of
from polku_mining.events import Events, Flags, Longs

START, END, OTHER, ACTIVITY = "start", "end", "other", "activity"


@dataclass(frozen=True)
class Map:
    """The ties of a simplified log, which cases walk on them alone, and how many were left out."""

    table: pa.Table
    drawn: Flags
    ties_left_out: int


def simplified(events: Events, share: float) -> Map:
    """``source, target, source_kind, target_kind, n, cases, mean_s, median_s``, most walked first.

    The most walked paths are taken until they make up *share* of all cases; their ties are drawn.
    Every case whose whole path lies on drawn ties walks there, whichever path it is. All others
    go from start by *other paths* to the end, whole. So each case leaves the start once and comes
    to the end once, and what comes into an activity goes out of it. Kinds are ``start``, ``end``,
    ``other``, ``activity``; only the last has a name. Times are null at start, end and other.
    """
    if not 0 < share <= 1:
        raise ValueError(f"The share lies above 0 and is 1 at most, not {share}.")
    width = max(len(events.names), 1)
    paths = paths_of(events)
    codes, offsets = flat_paths(events, paths)
    keys = codes[:-1].astype(np.int64) * width + codes[1:]
    keys[offsets[1:-1] - 1] = -1  # from one path to another leads no tie
    keys = np.append(keys, -1)[: len(codes)]
    taken = _taken(paths.cases, share * events.n_cases)
    ends = codes[offsets[1:] - 1] if len(codes) else codes
    firsts = codes[offsets[:-1]] if len(codes) else codes
    drawn = np.unique(keys[: offsets[taken]])
    whole = _lying_on(keys, offsets, np.append(drawn, -1))
    whole &= np.isin(firsts, firsts[:taken]) & np.isin(ends, ends[:taken])
    cases = np.asarray(whole[paths.of_case])
    left_out = len(np.setdiff1d(np.unique(keys[keys >= 0]), drawn))
    return Map(_table(events.of_cases(cases), int(np.count_nonzero(~cases))), cases, left_out)


def _taken(cases: Longs, wanted: float) -> int:
    """How many of the most walked paths are needed."""
    if not len(cases):
        return 0
    # Shares are told in a few digits: 0.7 of 10 cases are 7, whatever a float makes of it.
    return min(int(np.searchsorted(np.cumsum(cases), wanted - 1e-9)) + 1, len(cases))


def _lying_on(keys: Longs, offsets: Longs, drawn: Longs) -> Flags:
    """Which paths walk on drawn ties alone."""
    if not len(keys):
        return np.zeros(0, dtype=np.bool_)
    off = np.add.reduceat(~np.isin(keys, drawn), offsets[:-1], dtype=np.int64)
    return np.asarray(off == 0)


def _table(events: Events, others: int) -> pa.Table:
    found = follows(events, (0.5,))
    names = events.names
    source, target = np.divmod(found.keys, max(found.width, 1))
    cases = found.cases if found.cases is not None else found.n
    rows: list[tuple[Any, ...]] = [
        (names[a], names[b], ACTIVITY, ACTIVITY, int(n), int(c), float(mean), float(mid) / SECOND)
        for a, b, n, c, mean, mid in zip(
            source, target, found.n, cases, found.means, found.marks[0], strict=True
        )
    ]
    for kind, at in ((START, events.offsets[:-1]), (END, events.offsets[1:] - 1)):
        for code, n in enumerate(np.bincount(events.activity[at], minlength=len(names))):
            if n:
                pair = (None, names[code]) if kind == START else (names[code], None)
                kinds = (kind, ACTIVITY) if kind == START else (ACTIVITY, kind)
                rows.append((*pair, *kinds, int(n), int(n), None, None))
    if others:
        rows += [
            (None, None, START, OTHER, others, others, None, None),
            (None, None, OTHER, END, others, others, None, None),
        ]
    rows.sort(key=lambda row: -row[4])
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], SCHEMA)


SCHEMA = pa.schema([
    ("source", pa.string()), ("target", pa.string()), ("source_kind", pa.string()),
    ("target_kind", pa.string()), ("n", pa.int64()), ("cases", pa.int64()),
    ("mean_s", pa.float64()), ("median_s", pa.float64()),
])  # fmt: skip
