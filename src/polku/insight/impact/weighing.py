"""How far each thing is and how gravely it is touched, worked out from the edges.

A path is as grave as its mildest edge: what comes through something that only gets worse gets worse
at most. What nobody has said is the mildest, since nobody can promise more. A thing is touched as
gravely as its gravest path does, and is as far away as the shortest of these. Of the edges only
confirmed ones count; what is reached through a guess alone is told apart.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from polku.insight.impact.sql import GUESS, RANK, RANKS, Edge, Node

EFFECT_OF = {rank: effect for effect, rank in RANKS.items()}
WHOLE = RANKS["stops"]
_RANK_BITS = 7

# A thing as gravely touched as this; rank and edges in the order of the walk
type _At = tuple[Node, int]
type _Trail = dict[_At, tuple[_At, Edge]]
type _Ways = dict[Node, list[tuple[int, Node, Edge]]]


class Reached(NamedTuple):
    """One thing with the path that touches it most, which begins at the start."""

    node: Node
    rank: int
    path: tuple[Edge, ...]
    is_guess: bool = False


@dataclass
class Weighed:
    """What was reached; ``beyond`` when more lies farther than was asked for."""

    sure: dict[Node, Reached] = field(default_factory=dict)
    perhaps: dict[Node, Reached] = field(default_factory=dict)
    beyond: bool = False


def weigh(edges: Sequence[Edge], start: Node, far: int, *, weighs: bool = True) -> Weighed:
    """Everything within *far* steps of *start*. Without *weighs* every edge passes all on."""
    found = Weighed()
    sure = [edge for edge in edges if not edge[0] & GUESS]
    best, trail, found.beyond = _walk(_ways(sure, weighs), start, far)
    found.sure = _reached(best, trail, start)
    if len(sure) < len(edges):
        best, trail, beyond = _walk(_ways(edges, weighs), start, far)
        all_reached = _reached(best, trail, start, is_guess=True)
        found.perhaps = {node: at for node, at in all_reached.items() if node not in found.sure}
        found.beyond = found.beyond or beyond
    return found


def seen_only(edges: Iterable[Edge], seen: Container[Node]) -> list[Edge]:
    """Edges of which both ends may be told: a path through anything else is not told either."""
    return [edge for edge in edges if edge[1] in seen and edge[2] in seen]


def _ways(edges: Iterable[Edge], weighs: bool) -> _Ways:
    found: _Ways = defaultdict(list)
    for edge in edges:
        rank = edge[0] >> RANK & _RANK_BITS if weighs else WHOLE
        found[edge[1]].append((rank, edge[2], edge))
    return found


def _walk(ways: _Ways, start: Node, far: int) -> tuple[dict[Node, int], _Trail, bool]:
    """The gravest rank of each thing, and the step by which each rank of it was first reached.

    Step by step outward; a thing is walked on from again only when it turned out graver, so at
    most once for each effect.
    """
    best: dict[Node, int] = {start: WHOLE + 1}
    trail: _Trail = {}
    front: dict[Node, int] = {start: WHOLE}
    for _step in range(far):
        front = _one_step(ways, front, best, trail)
    beyond = any(to not in best for node in front for _rank, to, _edge in ways.get(node, ()))
    return best, trail, beyond


def _one_step(
    ways: _Ways, front: dict[Node, int], best: dict[Node, int], trail: _Trail
) -> dict[Node, int]:
    nearer: dict[Node, int] = {}
    for node, rank in front.items():
        for of_edge, to, edge in ways.get(node, ()):
            graver = rank if rank < of_edge else of_edge  # noqa: FURB136  thousands of times
            if graver > best.get(to, 0):
                best[to] = nearer[to] = graver
                trail[to, graver] = ((node, rank), edge)
    return nearer


def _reached(
    best: dict[Node, int], trail: _Trail, start: Node, *, is_guess: bool = False
) -> dict[Node, Reached]:
    return {
        node: Reached(node, rank, _path(trail, node, rank), is_guess)
        for node, rank in best.items()
        if node != start
    }


def _path(trail: _Trail, node: Node, rank: int) -> tuple[Edge, ...]:
    path = []
    at: _At = (node, rank)
    while at in trail:
        at, edge = trail[at]
        path.append(edge)
    path.reverse()
    return tuple(path)
