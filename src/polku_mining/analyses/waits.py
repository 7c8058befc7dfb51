"""Waiting: how long before each activity nothing happened in its case; and coming back."""

import numpy as np
import pyarrow as pa

from polku_mining.analyses.gaps import exact_quantiles
from polku_mining.analyses.groups import figures
from polku_mining.analyses.paths import most_first
from polku_mining.arrow import as_column
from polku_mining.events import Events


def waiting(events: Events, quantiles: tuple[float, ...]) -> pa.Table:
    """``activity, n, mean_s, median_s, q95_s, total_share``: what is waited for longest first.

    The wait of an event is the time since the event before it in the same case; a case's first
    event has none. ``total_share`` is the part of all waiting that lies before this activity.
    """
    inside = events.within
    after = events.activity[1:][inside].astype(np.int64)
    took = np.diff(events.time)[inside]
    table = figures(after, took, len(events.names), quantiles)
    total = np.bincount(after, weights=took, minlength=len(events.names))
    there = np.flatnonzero(table["n"].to_numpy() > 0)
    order = there[np.lexsort((there, -total[there]))]
    whole = float(total.sum())
    share = total / whole if whole else np.zeros(len(total))
    names = pa.array(events.names, pa.string())
    return pa.table({"activity": names, **table, "total_share": as_column(share)}).take(
        as_column(order)
    )


def loops(events: Events) -> pa.Table:
    """``activity, cases, at_once, came_back, median_s``: what is walked again, and how.

    Each walk beyond the first of its case is *at once* when the event right before it is the same
    activity, else it *came back*; ``median_s`` is from the walk before to this one.
    """
    width = max(len(events.names), 1)
    key = events.owner.astype(np.int64) * width + events.activity
    order = np.argsort(key, kind="stable")
    again = np.flatnonzero(key[order][1:] == key[order][:-1]) + 1
    now, before = order[again], order[again - 1]
    of = events.activity[now].astype(np.int64)
    at_once = np.bincount(of[now == before + 1], minlength=width)
    back = np.bincount(of, minlength=width) - at_once
    cases = np.bincount(np.unique(key[now]) % width, minlength=width)
    took = events.time[now] - events.time[before]
    rows = most_first(cases)
    medians = [exact_quantiles(took[of == code], (0.5,))[0] for code in rows]
    return pa.table({
        "activity": pa.array(events.names, pa.string()).take(as_column(rows)),
        "cases": as_column(cases[rows]), "at_once": as_column(at_once[rows]),
        "came_back": as_column(back[rows]), "median_s": pa.array(medians, pa.float64()),
    })  # fmt: skip
