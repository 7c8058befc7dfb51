"""The costs of many paths against one design, by the engine that is chosen."""

import numpy as np

from polku_mining import engine
from polku_mining.design import aligning
from polku_mining.design.aligning import Alignment, Table
from polku_mining.events import Codes, Longs
from polku_mining.fast import aligning as fast


def costs_of(alignment: Alignment, codes: Codes, offsets: Longs) -> Table:
    """The optimal cost of each path; path *p* is ``codes[offsets[p]:offsets[p + 1]]``."""
    kernel = engine.compiled()
    if kernel is not None:
        return fast.costs_of(kernel, alignment, codes, offsets)
    paths = np.split(codes, offsets[1:-1]) if len(offsets) > 1 else []
    return aligning.costs_of(alignment, paths)
