"""Cards and passing threads in layers: their order within a layer, and where each comes to stand.

Layers follow each other along *u*; within a layer things stand along *v*. Long threads pass the
layers between through nodes of their own, so that no thread runs behind a card. Sugiyama's way:
order by the mean place of the neighbours, then places of least squares that keep the order
(isotonic regression by pooling neighbours that would overlap).
"""

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SWEEPS = 8
SETTLINGS = 6
PASSING = 7.0  # what a passing thread takes along v
BETWEEN_THREADS = 2.0


@dataclass(slots=True)
class Node:
    """A card, or a long thread on its way past a layer (*card* -1)."""

    layer: int
    size: float
    card: int = -1
    before: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    v: float = 0.0


@dataclass
class Layers:
    """One part of the wall while it is being laid out; *chains* are the nodes along each tie."""

    nodes: list[Node]
    rows: list[list[int]]
    chains: list[list[int]]
    gap: float

    @property
    def extent(self) -> tuple[float, float]:
        """The lowest and the highest v that anything takes."""
        edges = [(node.v - node.size / 2, node.v + node.size / 2) for node in self.nodes]
        return min(low for low, _high in edges), max(high for _low, high in edges)


def layered(
    layers: Sequence[int], ties: Sequence[tuple[int, int]], *, depth: int, size: float, gap: float
) -> Layers:
    """Cards with their *layers* and ties between different layers, ordered and placed."""
    found = _built(layers, ties, depth, size, gap)
    _order(found)
    _settle(found)
    return found


def _built(
    layers: Sequence[int], ties: Sequence[tuple[int, int]], depth: int, size: float, gap: float
) -> Layers:
    nodes = [Node(layer, size, card) for card, layer in enumerate(layers)]
    rows: list[list[int]] = [[] for _layer in range(depth)]
    for number, node in enumerate(nodes):
        rows[node.layer].append(number)
    chains = []
    for a, b in ties:
        chain = [a]
        for layer in range(nodes[a].layer + 1, nodes[b].layer):
            nodes.append(Node(layer, PASSING))
            rows[layer].append(len(nodes) - 1)
            chain.append(len(nodes) - 1)
        chain.append(b)
        for one, next_one in pairwise(chain):
            nodes[one].after.append(next_one)
            nodes[next_one].before.append(one)
        chains.append(chain)
    return Layers(nodes, rows, chains, gap)


def _order(found: Layers) -> None:
    """Sweep to and fro; the order with the fewest crossings stays."""
    best, fewest = [list(row) for row in found.rows], _crossings(found)
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        forward = sweep % 2 == 0
        order = range(1, len(found.rows)) if forward else range(len(found.rows) - 2, -1, -1)
        for layer in order:
            _sort(found, layer, forward=forward)
        now = _crossings(found)
        if now < fewest:
            best, fewest = [list(row) for row in found.rows], now
    found.rows = best


def _sort(found: Layers, layer: int, *, forward: bool) -> None:
    row = found.rows[layer]
    beside = found.rows[layer - 1 if forward else layer + 1]
    place = {number: at for at, number in enumerate(beside)}
    keys = {}
    for at, number in enumerate(row):
        node = found.nodes[number]
        others = node.before if forward else node.after
        known = [place[other] for other in others if other in place]
        keys[number] = sum(known) / len(known) if known else at * len(beside) / max(len(row), 1)
    row.sort(key=lambda number: keys[number])


def _crossings(found: Layers) -> int:
    total = 0
    for layer in range(len(found.rows) - 1):
        place = {number: at for at, number in enumerate(found.rows[layer + 1])}
        seen: list[int] = []
        for number in found.rows[layer]:
            ends = sorted(place[other] for other in found.nodes[number].after)
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _settle(found: Layers) -> None:
    """Give each node its v: in order, apart from each other, near to what it is tied to."""
    for row in found.rows:
        for number, at in zip(row, _apart(found, row), strict=True):
            found.nodes[number].v = at
    for turn in range(SETTLINGS):
        backward = turn % 2 == 1
        for row in reversed(found.rows) if backward else found.rows:
            _settle_row(found, row)
    low, _high = found.extent
    for node in found.nodes:
        node.v = round(node.v - low, 1)


def _settle_row(found: Layers, row: list[int]) -> None:
    wanted, weights = [], []
    for number in row:
        node = found.nodes[number]
        others = [found.nodes[other].v for other in (*node.before, *node.after)]
        wanted.append(sum(others) / len(others) if others else node.v)
        weights.append(3.0 if node.card < 0 else 1.0)
    places = fitted(wanted, weights, _apart(found, row))
    for number, at in zip(row, places, strict=True):
        found.nodes[number].v = at


def _apart(found: Layers, row: list[int]) -> list[float]:
    """The places of a row when it stands as close as it may, from nought."""
    places: list[float] = []
    for at, number in enumerate(row):
        node = found.nodes[number]
        if at == 0:
            places.append(0.0)
            continue
        last = found.nodes[row[at - 1]]
        passing = (node.card < 0) + (last.card < 0)
        gap = (found.gap, found.gap * 0.6, BETWEEN_THREADS)[passing]
        places.append(places[-1] + (node.size + last.size) / 2 + gap)
    return places


def fitted(wanted: list[float], weights: list[float], apart: list[float]) -> list[float]:
    """The places nearest to *wanted* (weighted squares) that keep at least the steps of *apart*."""
    blocks: list[list[float]] = []  # weight, weighted sum, how many
    for want, weight, base in zip(wanted, weights, apart, strict=True):
        blocks.append([weight, weight * (want - base), 1])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][0] > blocks[-1][1] / blocks[-1][0]:
            upper = blocks.pop()
            blocks[-1] = [mine + theirs for mine, theirs in zip(blocks[-1], upper, strict=True)]
    levels = [total / weight for weight, total, count in blocks for _one in range(int(count))]
    return [level + base for level, base in zip(levels, apart, strict=True)]
