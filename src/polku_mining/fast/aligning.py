"""Costs of optimal alignments, path by path: two rows of markings that stay in the cache."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from polku_mining.design.aligning import Alignment
from polku_mining.design.distances import FAR
from polku_mining.events import Codes, Longs
from polku_mining.fast.ranges import Range, each, ranges

NEAR = 12_000  # beyond any real cost of a short path; twice it and the path fit 16 bits
SHORT = 4_000


def costs_of(kernel: Any, alignment: Alignment, codes: Codes, offsets: Longs) -> NDArray[np.int32]:
    """What :func:`polku_mining.design.aligning.costs_of` answers."""
    found = np.zeros(len(offsets) - 1, dtype=np.int32)
    walks, sources, targets = _walks(alignment)
    skips, far = _skips(alignment, int(np.diff(offsets).max(initial=0)))
    final = alignment.design.final

    def work(a: int, b: int) -> None:
        rows = np.empty((2, len(skips)), dtype=skips.dtype)
        kernel.align(codes, offsets, a, b, walks, sources, targets, skips, final, far, rows, found)

    each(work, _parts(offsets, len(skips)))
    return found


def _parts(offsets: Longs, markings: int) -> list[Range]:
    """A wide design makes each event dear, so that fewer of them are worth a second thread."""
    return ranges(offsets * max(markings, 1))


def _walks(alignment: Alignment) -> tuple[Longs, NDArray[np.int32], NDArray[np.int32]]:
    """The arcs of each activity, one list behind the other."""
    starts = np.append(0, np.cumsum([len(arcs) for arcs in alignment.walks])).astype(np.int64)
    flat = [arc for arcs in alignment.walks for arc in arcs]
    sources = np.array([arc.source for arc in flat] or [0], dtype=np.int32)
    targets = np.array([arc.target for arc in flat] or [0], dtype=np.int32)
    return starts, sources, targets


def _skips(alignment: Alignment, longest: int) -> tuple[np.ndarray, int]:
    """Ways between markings, the target first; in 16 bits where every cost fits them."""
    ways = alignment.costs.T
    real = ways[ways < FAR]
    if longest <= SHORT and int(real.max(initial=0)) <= SHORT:
        return np.ascontiguousarray(np.where(ways < FAR, ways, NEAR), dtype=np.int16), NEAR
    return np.ascontiguousarray(ways, dtype=np.int32), FAR
