"""Exact quantiles of groups of values, each group in its own stretch of one array."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from polku_mining.analyses.gaps import Marks
from polku_mining.events import Longs
from polku_mining.fast.ranges import each, ranges


def grouped_quantiles(
    kernel: Any, values: Longs, bounds: Longs, quantiles: tuple[float, ...]
) -> list[Marks]:
    """For each quantile one value per group, in the unit of *values*, which are reordered.

    Type 7, as :func:`polku_mining.analyses.gaps.exact_quantiles`; an empty group says 0.
    """
    rising = np.array(sorted(quantiles), dtype=np.float64)
    held = np.zeros((len(bounds) - 1, len(rising), 2), dtype=np.int64)
    each(
        lambda a, b: kernel.pick(values, bounds, a, b, rising, held),
        ranges(np.ascontiguousarray(bounds)),
    )
    last = np.maximum(np.diff(bounds) - 1, 0)
    found = {}
    for k, q in enumerate(rising):
        place = q * last
        low, high = held[:, k, 0], held[:, k, 1]
        found[float(q)] = low + (high - low) * (place - place.astype(np.int64))
    return [found[float(q)] for q in quantiles]


def medians_by(kernel: Any, owner: NDArray[np.int32], values: Longs, sizes: Longs) -> Marks:
    """The exact median of the values of each owner."""
    bounds = np.append(0, np.cumsum(sizes)).astype(np.int64)
    found = np.empty(len(values), dtype=np.int64)
    kernel.group(owner, values, bounds[:-1].copy(), found)
    return grouped_quantiles(kernel, found, bounds, (0.5,))[0]
