"""A layered drawing: which layer each node lies in, and in which order within it.

The method of Sugiyama, Tagawa and Toda (1981): turn a few ties round so that none goes in a
circle, put nodes in layers, give long ties a point in every layer they pass, and reorder layers
until few ties cross. Even layers hold nodes, odd ones the labels of ties.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

type Weights = Mapping[tuple[int, int], float]

ROUNDS = 24


@dataclass
class Strand:
    """A tie between two nodes, downwards: its points by layer; *turned* when it is walked up.

    ``points`` are numbers of the drawing: the upper node, one point for each layer between, the
    lower node. ``label`` is the point that holds the tie's label.
    """

    source: int
    target: int
    weight: float
    turned: bool
    points: list[int] = field(default_factory=list)
    label: int = -1


@dataclass
class Layers:
    """Points in their layers. Points below ``n_nodes`` are nodes, the others belong to ties."""

    n_nodes: int
    layer_of: list[int]
    rows: list[list[int]]
    strands: list[Strand]


def layered(n_nodes: int, weights: Weights, first: int, last: int) -> Layers:
    """Nodes 0 to *n_nodes* in layers between *first* and *last*; loops at one node are left out."""
    plain = {pair: w for pair, w in weights.items() if pair[0] != pair[1]}
    rank = {node: place for place, node in enumerate(_in_line(n_nodes, plain, first, last))}
    strands = [
        Strand(*((a, b) if rank[a] < rank[b] else (b, a)), w, rank[a] > rank[b])
        for (a, b), w in plain.items()
    ]
    levels = _levels(n_nodes, strands, rank, first, last)
    layers = Layers(n_nodes, [2 * level for level in levels], [], strands)
    _lay_points(layers)
    _order(layers)
    return layers


def _in_line(n: int, weights: Weights, first: int, last: int) -> list[int]:
    """All nodes in one line, so that little goes back (the heuristic of Eades, Lin and Smyth)."""
    left, head, tail = set(range(n)) - {first, last}, [first], [last]
    while left:
        into, out = dict.fromkeys(left, 0.0), dict.fromkeys(left, 0.0)
        for (a, b), w in weights.items():
            if b in left and a in left:
                out[a] += w
                into[b] += w
        ends = [node for node in sorted(left) if not out[node]]
        begins = [node for node in sorted(left) if not into[node]]
        if begins:
            head.append(begins[0])
        elif ends:
            tail.insert(0, ends[0])
        else:
            head.append(max(sorted(left), key=lambda node: out[node] - into[node]))
        left -= {*head, *tail}
    return head + tail


def _levels(
    n: int, strands: list[Strand], rank: Mapping[int, int], first: int, last: int
) -> list[int]:
    """The longest way from the first; then each node moves towards where more of it hangs."""
    above: dict[int, list[Strand]] = defaultdict(list)
    below: dict[int, list[Strand]] = defaultdict(list)
    for strand in strands:
        above[strand.target].append(strand)
        below[strand.source].append(strand)
    level = [0] * n
    order = sorted(range(n), key=lambda node: rank[node])
    for node in order:
        level[node] = max((level[s.source] + 1 for s in above[node]), default=0)
    level[last] = max([level[last], *(level[node] + 1 for node in range(n) if node != last)])
    for node in reversed(order):
        if node in {first, last} or not below[node]:
            continue
        lowest = min(level[s.target] for s in below[node]) - 1
        pull = sum(s.weight for s in below[node]) - sum(s.weight for s in above[node])
        if pull > 0 and lowest > level[node]:
            level[node] = lowest
    return level


def _lay_points(layers: Layers) -> None:
    """Points of ties in all layers they pass; each label where few others are yet."""
    depth = max(layers.layer_of, default=0) + 1
    layers.rows = [[] for _layer in range(depth)]
    for node in range(layers.n_nodes):
        layers.rows[layers.layer_of[node]].append(node)
    crowd = [0] * depth
    for strand in sorted(layers.strands, key=lambda s: -s.weight):
        top, bottom = layers.layer_of[strand.source], layers.layer_of[strand.target]
        spot = min(range(top + 1, bottom, 2), key=lambda at: (crowd[at], at))
        crowd[spot] += 1
        between = []
        for at in range(top + 1, bottom):
            point = len(layers.layer_of)
            layers.layer_of.append(at)
            layers.rows[at].append(point)
            between.append(point)
        strand.points = [strand.source, *between, strand.target]
        strand.label = between[spot - top - 1]


def _order(layers: Layers) -> None:
    """Reorder by the middle of neighbours, up and down in turn; the best order seen is kept."""
    up, down = _neighbours(layers)
    best, fewest = [list(row) for row in layers.rows], crossings(layers, down)
    for turn in range(ROUNDS):
        downwards = turn % 2 == 0
        rows = layers.rows if downwards else layers.rows[::-1]
        for fixed, row in pairwise(rows):
            _sort_row(row, fixed, up if downwards else down)
        _swap_neighbours(layers, up, down)
        found = crossings(layers, down)
        if found < fewest:
            best, fewest = [list(row) for row in layers.rows], found
    layers.rows = best


type Neighbours = dict[int, list[int]]


def _neighbours(layers: Layers) -> tuple[Neighbours, Neighbours]:
    up: Neighbours = defaultdict(list)
    down: Neighbours = defaultdict(list)
    for strand in layers.strands:
        for a, b in pairwise(strand.points):
            down[a].append(b)
            up[b].append(a)
    return up, down


def _sort_row(row: list[int], fixed: list[int], neighbours: Neighbours) -> None:
    place = {point: number for number, point in enumerate(fixed)}
    middle = {}
    for number, point in enumerate(row):
        found = [place[other] for other in neighbours[point]]
        middle[point] = sum(found) / len(found) if found else number
    row.sort(key=lambda point: middle[point])


def crossings(layers: Layers, down: Neighbours) -> int:
    """How many pairs of ties cross between neighbouring layers."""
    total = 0
    for upper, lower in pairwise(layers.rows):
        place = {point: number for number, point in enumerate(lower)}
        targets = [place[b] for a in upper for b in sorted(down[a], key=lambda b: place[b])]
        total += sum(
            1 for i, first in enumerate(targets) for second in targets[i + 1 :] if second < first
        )
    return total


def _swap_neighbours(layers: Layers, up: Neighbours, down: Neighbours) -> None:
    """Swap two that lie side by side wherever fewer ties cross so."""
    for level, row in enumerate(layers.rows):
        sides = [(up, layers.rows[level - 1])] if level else []
        sides += [(down, layers.rows[level + 1])] if level + 1 < len(layers.rows) else []
        ties = [
            ({p: number for number, p in enumerate(other)}, neighbours)
            for neighbours, other in sides
        ]
        for left in range(len(row) - 1):
            a, b = row[left], row[left + 1]
            won = sum(_won(n[a], n[b], place) for place, n in ties)
            if won > 0:
                row[left], row[left + 1] = b, a


def _won(a: list[int], b: list[int], place: Mapping[int, int]) -> int:
    """How many crossings fewer with *b* before *a*."""
    now = sum(1 for x in a for y in b if place[y] < place[x])
    then = sum(1 for x in a for y in b if place[x] < place[y])
    return now - then
