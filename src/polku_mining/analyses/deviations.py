"""Where in a design people walk otherwise: the moves of all cases, added up by place."""

from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa

from polku_mining.analyses.conformance import fit_of
from polku_mining.analyses.paths import flat_paths, paths_of
from polku_mining.design.aligning import Alignment
from polku_mining.design.costs import costs_of
from polku_mining.design.model import Design
from polku_mining.design.moves import WALKED, moves_of
from polku_mining.events import Events

type Key = tuple[str, str, str]


def deviations(events: Events, design: Any) -> tuple[pa.Table, float | None]:
    """``kind, activity, place, cases, n, share``, in most cases first; and the fit.

    *kind* and *place* are those of the moves of an optimal alignment: ``skipped`` at the place of
    the designed step, ``added``, ``repeated`` and ``out_of_order`` where the path stood then.
    ``cases`` is how many cases do so at all, ``n`` how often, ``share`` of all cases.
    """
    paths = paths_of(events)
    codes, offsets = flat_paths(events, paths)
    alignment = Alignment(Design.of(design), events.names)
    costs = costs_of(alignment, codes, offsets)
    cases: Counter[Key] = Counter()
    times: Counter[Key] = Counter()
    for path in np.flatnonzero(costs):
        moves = moves_of(alignment, codes[offsets[path] : offsets[path + 1]])
        found = Counter((m.kind, m.activity, m.place) for m in moves if m.kind != WALKED)
        for key, n in found.items():
            cases[key] += int(paths.cases[path])
            times[key] += n * int(paths.cases[path])
    rows = sorted(cases, key=lambda key: (-cases[key], key))
    base = events.n_cases
    return pa.table({
        "kind": pa.array([key[0] for key in rows], pa.string()),
        "activity": pa.array([key[1] for key in rows], pa.string()),
        "place": pa.array([key[2] for key in rows], pa.string()),
        "cases": pa.array([cases[key] for key in rows], pa.int64()),
        "n": pa.array([times[key] for key in rows], pa.int64()),
        "share": pa.array([cases[key] / base for key in rows], pa.float64()),
    }), fit_of(paths.cases, costs)  # fmt: skip
