"""How far each thing is and how gravely it is touched, worked out from the edges.

A path is as grave as its mildest edge: what comes through something that only gets worse gets worse
at most. What nobody has said is the mildest, since nobody can promise more. A thing is touched as
gravely as its gravest path does, and is as far away as the shortest of these. Of the edges only
confirmed ones count; what is reached through a guess alone is told apart.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from polku.insight.impact.sql import GUESS, RANK, RANKS, Edge, Node

EFFECT_OF = {rank: effect for effect, rank in RANKS.items()}
WHOLE = RANKS["stops"]
_RANK_BITS = 7

# A thing as gravely touched as this
type _At = tuple[Node, int]
# How each was first reached: from what, over which edge, in how many steps
type _Trail = dict[_At, tuple[_At, Edge, int]]
type _Ways = dict[Node, list[Edge]]


class Reached(NamedTuple):
    """One thing as gravely touched as it is: over how many steps, and by which last edge.

    The whole path is traced when it is asked for: a page shows a few of what was reached.
    """

    node: Node
    rank: int
    steps: int
    last: Edge
    trail: _Trail
    is_guess: bool = False

    def back(self) -> Iterator[Edge]:
        """The edges of the path, from the thing to the start."""
        at: _At = (self.node, self.rank)
        while at in self.trail:
            at, edge, _steps = self.trail[at]
            yield edge

    @property
    def path(self) -> tuple[Edge, ...]:
        """The path that touches it most; it begins at the start."""
        return tuple(self.back())[::-1]


@dataclass
class Weighed:
    """What was reached; ``beyond`` when more lies farther than was asked for."""

    sure: dict[Node, Reached] = field(default_factory=dict)
    perhaps: dict[Node, Reached] = field(default_factory=dict)
    beyond: bool = False


def weigh(
    edges: Sequence[Edge], start: Node, far: int, *, weighs: bool = True,
    seen: Container[Node] | None = None,
) -> Weighed:  # fmt: skip
    """Everything within *far* steps of *start*. Without *weighs* every edge passes all on.

    With *seen* only edges of which both ends are in it are walked: a path through what may not be
    told is not told either.
    """
    found, least = Weighed(), 0 if weighs else _RANK_BITS
    sure, guesses = _ways(edges, seen)
    best, trail, found.beyond = _walk(sure, start, far, least)
    found.sure = _reached(best, trail, start)
    if guesses:
        for node, more in guesses.items():
            sure[node] = [*sure.get(node, ()), *more]
        best, trail, beyond = _walk(sure, start, far, least)
        all_reached = _reached(best, trail, start, is_guess=True)
        found.perhaps = {node: at for node, at in all_reached.items() if node not in found.sure}
        found.beyond = found.beyond or beyond
    return found


def _ways(edges: Iterable[Edge], seen: Container[Node] | None) -> tuple[_Ways, _Ways]:
    """Where one gets from each thing: over confirmed edges, and over guesses."""
    sure: _Ways = defaultdict(list)
    guesses: _Ways = defaultdict(list)
    for edge in edges:  # thousands of times: one look at each
        mark, at, to, _days = edge
        if seen is None or (at in seen and to in seen):
            (guesses if mark & GUESS else sure)[at].append(edge)
    return sure, guesses


def _walk(ways: _Ways, start: Node, far: int, least: int) -> tuple[dict[Node, int], _Trail, bool]:
    """The gravest rank of each thing, and the step by which each rank of it was first reached.

    Step by step outward; a thing is walked on from again only when it turned out graver, so at
    most once for each effect. *least* is how much each edge passes on at least, whatever it says.
    """
    best: dict[Node, int] = {start: WHOLE + 1}
    trail: _Trail = {}
    front: dict[Node, int] = {start: WHOLE}
    for step in range(1, far + 1):
        front = _one_step(ways, front, best, trail, step, least)
    beyond = any(edge[2] not in best for node in front for edge in ways.get(node, ()))
    return best, trail, beyond


def _one_step(
    ways: _Ways, front: dict[Node, int], best: dict[Node, int], trail: _Trail, step: int, least: int
) -> dict[Node, int]:
    nearer: dict[Node, int] = {}
    for at in front.items():
        node, rank = at
        for edge in ways.get(node, ()):
            to = edge[2]
            so_far = best.get(to, 0)
            if so_far >= rank:
                continue
            of_edge = edge[0] >> RANK & _RANK_BITS | least
            graver = rank if rank < of_edge else of_edge  # noqa: FURB136  thousands of times
            if graver > so_far:
                best[to] = nearer[to] = graver
                trail[to, graver] = (at, edge, step)
    return nearer


def _reached(
    best: dict[Node, int], trail: _Trail, start: Node, *, is_guess: bool = False
) -> dict[Node, Reached]:
    found = {}
    for node, rank in best.items():
        if node != start:
            _at, last, steps = trail[node, rank]
            found[node] = Reached(node, rank, steps, last, trail, is_guess)
    return found
