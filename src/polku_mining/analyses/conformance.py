"""Each path against a designed journey: what an optimal alignment costs, and its moves."""

from itertools import islice, pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from polku_mining.analyses.paths import flat_paths, path_lists, paths_of
from polku_mining.arrow import as_column
from polku_mining.design.aligning import Alignment
from polku_mining.design.costs import costs_of
from polku_mining.design.model import Design
from polku_mining.design.moves import moves_of
from polku_mining.events import Codes, Events, Longs

MOVE = pa.struct([
    ("kind", pa.string()), ("activity", pa.string()), ("position", pa.int32()),
    ("place", pa.string()),
])  # fmt: skip


def conformance(
    events: Events, design: Any, *, moves: bool | int = True
) -> tuple[pa.Table, float | None]:
    """``path, cases, cost, moves`` of each path; and the fit, which nothing has of no cases.

    *moves* is of how many paths they are told, the most walked ones; the others have null.
    """
    found = paths_of(events)
    alignment = Alignment(Design.of(design), events.names)
    codes, offsets = flat_paths(events, found)
    costs = costs_of(alignment, codes, offsets)
    table = pa.table({
        "path": path_lists(events.names, codes, offsets),
        "cases": as_column(found.cases), "cost": as_column(costs),
        "moves": _moves(alignment, codes, offsets, len(costs) if moves is True else int(moves)),
    })  # fmt: skip
    return table, fit_of(found.cases, costs)


def fit_of(cases: Longs, costs: np.ndarray) -> float | None:
    """The share of cases that walk as designed; None of no cases."""
    return int(cases[costs == 0].sum()) / int(cases.sum()) if len(cases) else None


def _moves(alignment: Alignment, codes: Codes, offsets: Longs, most: int) -> pa.Array:
    """The moves of so many paths; null for the rest."""
    rows: list[list[dict[str, Any]] | None] = [
        [{"kind": m.kind, "activity": m.activity, "position": m.position, "place": m.place}
         for m in moves_of(alignment, codes[begin:end])]
        for begin, end in islice(pairwise(offsets.tolist()), most)
    ]  # fmt: skip
    return pa.array(rows + [None] * (len(offsets) - 1 - len(rows)), pa.list_(MOVE))
