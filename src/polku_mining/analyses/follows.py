"""Directly-follows: what comes right after what, how often, and after how long."""

import numpy as np
import pyarrow as pa

from polku_mining import engine
from polku_mining.analyses import gaps
from polku_mining.analyses.gaps import SECOND, Follows, quantile_name
from polku_mining.arrow import as_column
from polku_mining.events import Events, Longs
from polku_mining.fast import follows as fast


def follows(events: Events, quantiles: tuple[float, ...], *, with_cases: bool = True) -> Follows:
    """Pairs of neighbours by the engine that is chosen."""
    kernel = engine.compiled()
    found = kernel and fast.follows(kernel, events, quantiles, with_cases=with_cases)
    return found or gaps.follows(events, quantiles, with_cases=with_cases)


def directly_follows(events: Events, quantiles: tuple[float, ...]) -> pa.Table:
    """``source, target, n, cases, mean_s, median_s, q95_s``: most frequent first.

    Quantiles are exact, with linear interpolation between neighbours.
    """
    found = follows(events, (0.5, *quantiles))
    columns, order = _columns(events, found)
    if found.cases is not None:
        columns["cases"] = as_column(found.cases[order])
    columns["mean_s"] = as_column(found.means[order])
    columns["median_s"] = as_column(found.marks[0][order] / SECOND)
    for q, mark in zip(quantiles, found.marks[1:], strict=True):
        columns[quantile_name(q)] = as_column(mark[order] / SECOND)
    return pa.table(columns)


def counts_and_means(events: Events) -> pa.Table:
    """``source, target, n, mean_s`` alone: one pass, no room for gaps."""
    found = follows(events, (), with_cases=False)
    columns, order = _columns(events, found)
    return pa.table(columns | {"mean_s": as_column(found.means[order])})


def _columns(events: Events, found: Follows) -> tuple[dict[str, pa.Array], Longs]:
    """The names of each pair and how often, most frequent first; and that order."""
    order = np.lexsort((found.keys, -found.n))
    names = pa.array(events.names, pa.string())
    source, target = np.divmod(found.keys[order], max(found.width, 1))
    return {
        "source": names.take(as_column(source)), "target": names.take(as_column(target)),
        "n": as_column(found.n[order], pa.int64()),
    }, order  # fmt: skip
