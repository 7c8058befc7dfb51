"""Funnels in two passes: one counts who gets how far, one lays out how long the next step took."""

from typing import Any

import numpy as np

from polku_mining.events import Events, Longs
from polku_mining.fast.groups import grouped_quantiles
from polku_mining.fast.ranges import each, ranges


def funnel(
    kernel: Any, events: Events, codes: list[int], window: int | None, *, strict: bool
) -> tuple[list[int], list[float | None]]:
    """How many reach each step, and the median of microseconds from each step to the next."""
    steps = np.array(codes, dtype=np.int64)
    parts = ranges(events.offsets)
    limit = -1 if window is None else window
    nothing = np.full(len(codes), -1, dtype=np.int64)

    def work(a: int, b: int, place: Longs, waits: Longs) -> Longs:
        reached = np.zeros(len(codes), dtype=np.int64)
        kernel.funnel(events.activity, events.time, events.offsets, a, b, steps, limit, strict,
                      reached, place, waits)  # fmt: skip
        return reached

    counts = each(work, [(*part, nothing.copy(), np.zeros(0, np.int64)) for part in parts])
    reached = sum(counts[1:], start=counts[0])
    bounds = np.append(0, np.cumsum(reached[1:])).astype(np.int64)
    waits = np.empty(int(bounds[-1]), dtype=np.int64)
    begin = np.append(bounds[:-1], -1)
    rooms = []
    for part, count in zip(parts, counts, strict=True):
        rooms.append((*part, begin.copy(), waits))
        begin[:-1] += count[1:]
    each(work, rooms)
    medians = grouped_quantiles(kernel, waits, bounds, (0.5,))[0]
    told = [float(m) if n else None for m, n in zip(medians, reached[1:], strict=True)]
    return [int(n) for n in reached], [*told, None]
