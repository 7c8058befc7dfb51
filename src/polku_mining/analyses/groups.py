"""Exact figures of groups of values, by whichever engine answers."""

from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from polku_mining.analyses.gaps import SECOND, exact_means, exact_quantiles, quantile_name
from polku_mining.arrow import as_column
from polku_mining.events import Longs


def figures(group: Longs, values: Longs, n: int, quantiles: tuple[float, ...]) -> dict[str, Any]:
    """``n, mean_s, median_s`` and the quantiles of each of *n* groups; null where one is empty.

    *values* are microseconds.
    """
    order = np.argsort(group, kind="stable")
    counts = np.bincount(group, minlength=n)
    bounds = np.append(0, np.cumsum(counts)).astype(np.int64)
    held = values[order]
    marks = [exact_quantiles(held[a:b], (0.5, *quantiles)) if b > a else None
             for a, b in pairwise(bounds)]  # fmt: skip
    there = counts > 0
    means: NDArray[np.float64] = np.zeros(n)
    means[there] = exact_means(held, np.append(bounds[:-1][there], bounds[-1]))
    names = ("median_s", *(quantile_name(q) for q in quantiles))
    columns = {
        name: pa.array([mark and mark[k] for mark in marks], pa.float64())
        for k, name in enumerate(names)
    }
    mean = as_column(means / SECOND, there=there)
    return {"n": as_column(counts, pa.int64()), "mean_s": mean, **columns}
