"""The cheapest model moves between any two markings."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from polku_mining.design.model import Arc, Design

FAR = 2**28  # beyond any real cost, and several of it still fit a whole number of 32 bits

type Costs = NDArray[np.int32]


def distances(design: Design) -> Costs:
    """``costs[m, n]``: how many steps must be skipped to come from marking *m* to *n*.

    Silent steps cost nothing; ``FAR`` where no way leads. All markings set out at once and walk
    every arc again until nothing gets nearer: markings are numbered as they are first reached, so
    that one round does it but for loops, which take a round each.
    """
    n = len(design.markings)
    found = np.full((n, n), FAR, dtype=np.int32)  # where one comes to, from where
    np.fill_diagonal(found, 0)
    arcs = sorted(design.arcs, key=lambda arc: arc.source)
    nearer = True
    while nearer:
        nearer = False
        for arc in arcs:
            there = found[arc.source] + np.int32(arc.cost)
            if bool((there < found[arc.target]).any()):
                np.minimum(found[arc.target], there, out=found[arc.target])
                nearer = True
    return np.ascontiguousarray(found.T)


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
