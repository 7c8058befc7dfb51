"""What was done otherwise than designed: each move, with its place in the design."""

from dataclasses import dataclass

import numpy as np

from polku_mining.design.aligning import Alignment
from polku_mining.design.distances import way
from polku_mining.design.model import Arc, Step

WALKED, SKIPPED, ADDED, REPEATED, MOVED = "walked", "skipped", "added", "repeated", "out_of_order"
BEFORE, AT_END = "before ", "at the end"  # of places that are those of no step


@dataclass(frozen=True, slots=True)
class Move:
    """One move of an alignment.

    ``kind``: *walked* as designed; *skipped* (designed, not walked); walked and not designed
    there: *out_of_order* when it was skipped elsewhere in this path, *repeated* when it was walked
    as designed elsewhere, else *added*. ``position`` is the place in the path from
    0, and of a skipped step the place before which it was missed. ``place`` is where it stands
    in the design; of the last three, where the path stood then.
    """

    kind: str
    activity: str
    position: int
    place: str

    @property
    def cost(self) -> int:
        """1 for all but what was walked as designed."""
        return int(self.kind != WALKED)


def moves_of(alignment: Alignment, path: np.ndarray) -> list[Move]:
    """The moves of one optimal alignment; among equals the one that walks late and skips early.

    They sum up to the cost, and the walked and added ones replay the path.
    """
    tables = [alignment.begin(1)]
    for code in path:
        tables.append(alignment.walk(tables[-1], int(code)))
    at = int(np.argmin(tables[-1][0] + alignment.costs[:, alignment.design.final]))
    tail = _skips(alignment, at, alignment.design.final, len(path))
    found = tail[::-1]
    for position in range(len(path) - 1, -1, -1):
        before, code = tables[position][0], int(path[position])
        arc, source = _came_by(alignment, before, int(tables[position + 1][0][at]), at, code)
        if arc is None:
            found.append(Move(ADDED, alignment.names[code], position, _standing(alignment, at)))
            continue
        step = alignment.design.steps[arc.step]
        found.append(Move(WALKED, alignment.names[code], position, step.place))
        found += _skips(alignment, source, arc.source, position)[::-1]
        at = source
    return _told_apart(found[::-1])


def _came_by(
    alignment: Alignment, before: np.ndarray, cost: int, at: int, code: int
) -> tuple[Arc | None, int]:
    """The arc walked into marking *at* and the marking before it; None for a log move."""
    for arc in alignment.walks[code]:
        if arc.target == at:
            ways = before + alignment.costs[:, arc.source]
            if int(ways.min()) == cost:
                return arc, int(np.argmin(ways))
    return None, at


def _skips(alignment: Alignment, source: int, target: int, position: int) -> list[Move]:
    steps = _between(alignment, source, target)
    return [Move(SKIPPED, step.label or "", position, step.place) for step in steps]


def _between(alignment: Alignment, source: int, target: int) -> list[Step]:
    """The labelled steps of one cheapest way, looked up once for each pair of markings."""
    known = alignment.ways.get((source, target))
    if known is None:
        design = alignment.design
        known = [design.steps[arc.step] for arc in way(design, source, target) if arc.cost]
        alignment.ways[source, target] = known
    return known


def _standing(alignment: Alignment, marking: int) -> str:
    """Where one stands at a marking: before which designed steps."""
    ahead = [
        alignment.design.steps[arc.step].place
        for arc in alignment.design.outgoing[marking]
        if arc.cost
    ]
    return BEFORE + ahead[0] if ahead else AT_END


def _told_apart(moves: list[Move]) -> list[Move]:
    """Name the added ones by what the path and the design say of them."""
    skipped = [move.activity for move in moves if move.kind == SKIPPED]
    walked = {move.activity for move in moves if move.kind == WALKED}
    found = []
    for move in moves:
        kind = move.kind
        if kind == ADDED and move.activity in skipped:
            kind = MOVED
            skipped.remove(move.activity)
        elif kind == ADDED and move.activity in walked:
            kind = REPEATED
        found.append(Move(kind, move.activity, move.position, move.place))
    return found
