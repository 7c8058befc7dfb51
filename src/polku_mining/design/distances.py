"""The cheapest model moves between any two markings."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from polku_mining.design.model import Arc, Design

FAR = 2**28  # beyond any real cost, and several of it still fit a whole number of 32 bits

type Costs = NDArray[np.int32]


def distances(design: Design) -> Costs:
    """``costs[m, n]``: how many steps must be skipped to come from marking *m* to *n*.

    0-1 breadth first from every marking: silent steps cost nothing. ``FAR`` where no way leads.
    """
    n = len(design.markings)
    costs = np.full((n, n), FAR, dtype=np.int32)
    free = [[arc.target for arc in row if not arc.cost] for row in design.outgoing]
    paid = [[arc.target for arc in row if arc.cost] for row in design.outgoing]
    for source in range(n):
        _spread(source, free, paid, costs[source])
    return costs


def _spread(source: int, free: list[list[int]], paid: list[list[int]], row: Costs) -> None:
    cost, frontier = 0, [source]
    seen: set[int] = set()
    while frontier:
        level: list[int] = []
        stack = frontier
        while stack:
            at = stack.pop()
            if at not in seen:
                seen.add(at)
                row[at] = cost
                level.append(at)
                stack += free[at]
        frontier = [target for at in level for target in paid[at] if target not in seen]
        cost += 1


def way(design: Design, source: int, target: int) -> list[Arc]:
    """One cheapest way from a marking to another; the first in the order of the design."""
    back: dict[int, Arc | None] = {source: None}
    done: set[int] = set()
    cost = {source: 0}
    queue = deque([source])
    while queue:
        at = queue.popleft()
        if at in done:
            continue
        done.add(at)
        if at == target:
            break
        for arc in design.outgoing[at]:
            new = cost[at] + arc.cost
            if new < cost.get(arc.target, FAR):
                cost[arc.target], back[arc.target] = new, arc
                (queue.append if arc.cost else queue.appendleft)(arc.target)
    return _traced(back, target)


def _traced(back: dict[int, Arc | None], target: int) -> list[Arc]:
    found: list[Arc] = []
    arc = back[target]
    while arc is not None:
        found.append(arc)
        arc = back[arc.source]
    return found[::-1]
