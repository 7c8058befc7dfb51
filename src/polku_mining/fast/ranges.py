"""Ranges of cases with about as many events each, run in threads: the passes keep no lock."""

import os
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from polku_mining.events import Longs

ALONE = 250_000  # below so many events a second thread costs more than it gives
MOST_THREADS = 8

type Range = tuple[int, int]


def threads() -> int:
    """How many threads work at once."""
    usable = getattr(os, "sched_getaffinity", None)
    return min(MOST_THREADS, len(usable(0)) if usable else os.cpu_count() or 1)


def ranges(offsets: Longs) -> list[Range]:
    """Cut cases into one range for each thread; a short log is not cut."""
    cases, events = len(offsets) - 1, int(offsets[-1])
    parts = threads() if events > ALONE else 1
    marks = np.searchsorted(offsets, [events * part // parts for part in range(1, parts)])
    bounds = [0, *(int(mark) for mark in marks), cases]
    found = [(a, b) for a, b in pairwise(bounds) if b > a]
    return found or [(0, 0)]


def spans(n: int) -> list[Range]:
    """Cut *n* values likewise."""
    parts = threads() if n > ALONE else 1
    bounds = [n * part // parts for part in range(parts + 1)]
    return [(a, b) for a, b in pairwise(bounds) if b > a]


def each[T](work: Callable[..., T], parts: Sequence[tuple[Any, ...]]) -> list[T]:
    """Run *work* for each part, side by side."""
    if len(parts) < 2:
        return [work(*part) for part in parts]
    from concurrent.futures import ThreadPoolExecutor  # not for a short log

    with ThreadPoolExecutor(len(parts)) as pool:
        return list(pool.map(lambda part: work(*part), parts))
