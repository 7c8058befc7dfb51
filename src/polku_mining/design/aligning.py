"""Optimal alignment costs of many paths at once: min-plus over (position x marking).

A log move (walked, not designed) costs 1 and stays at its marking; a synchronous move is free
after the model moves (designed, not walked) that lead to it, 1 each; silent steps are free.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from polku_mining.design.distances import FAR, Costs, distances
from polku_mining.design.model import Arc, Design, Step

type Table = NDArray[np.int32]

CHUNK = 4_000  # paths looked at together, so that a table of them stays small


@dataclass(frozen=True)
class Alignment:
    """A design made ready for paths over the activities *names*."""

    design: Design
    names: tuple[str, ...]
    ways: dict[tuple[int, int], list[Step]] = field(default_factory=dict)

    @cached_property
    def costs(self) -> Costs:
        """Cheapest model moves between markings."""
        return distances(self.design)

    @cached_property
    def walks(self) -> list[list[Arc]]:
        """For each activity code, the arcs that it walks."""
        rows: list[list[Arc]] = [[] for _name in self.names]
        codes = {name: code for code, name in enumerate(self.names)}
        for arc in self.design.arcs:
            label = self.design.steps[arc.step].label
            if label is not None and label in codes:
                rows[codes[label]].append(arc)
        return rows

    def begin(self, n: int) -> Table:
        """Costs before anything was walked: at the beginning, nowhere else."""
        table = np.full((n, len(self.design.markings)), FAR, dtype=np.int32)
        table[:, 0] = 0
        return table

    def walk(self, table: Table, code: int) -> Table:
        """Costs after one more activity, for rows that all walk the same one."""
        after = table + 1
        for arc in self.walks[code]:
            reached = np.min(table + self.costs[:, arc.source], axis=1)
            np.minimum(after[:, arc.target], reached, out=after[:, arc.target])
        return after

    def end(self, table: Table) -> Table:
        """The cost of each row when it ends here."""
        found: Table = np.min(table + self.costs[:, self.design.final], axis=1)
        return found


def costs_of(alignment: Alignment, paths: list[np.ndarray]) -> Table:
    """The optimal cost of each path (activity codes)."""
    found = np.zeros(len(paths), dtype=np.int32)
    lengths = np.array([len(path) for path in paths], dtype=np.int64)
    order = np.argsort(-lengths, kind="stable")
    for first in range(0, len(paths), CHUNK):
        chosen = order[first : first + CHUNK]
        found[chosen] = _costs(alignment, [paths[i] for i in chosen], lengths[chosen])
    return found


def _costs(alignment: Alignment, paths: list[np.ndarray], lengths: np.ndarray) -> Table:
    """Longest first: those that ended fall off at the lower end of the table."""
    found = np.zeros(len(paths), dtype=np.int32)
    table = alignment.begin(len(paths))
    codes = _padded(paths, lengths)
    alive = len(paths)
    for position in range(int(lengths.max(initial=0)) + 1):
        ended = int(np.searchsorted(-lengths[:alive], -position, side="left"))
        if ended < alive:
            found[ended:alive] = alignment.end(table[ended:alive])
            alive = ended
        if not alive:
            break
        table = _one_on(alignment, table[:alive], codes[:alive, position])
    return found


def _one_on(alignment: Alignment, table: Table, column: np.ndarray) -> Table:
    after = table + 1
    order = np.argsort(column, kind="stable")
    found, first = np.unique(column[order], return_index=True)
    for code, rows in zip(found, np.split(order, first[1:]), strict=True):
        if alignment.walks[int(code)]:
            after[rows] = alignment.walk(table[rows], int(code))
    return after


def _padded(paths: list[np.ndarray], lengths: np.ndarray) -> np.ndarray:
    longest = int(lengths.max(initial=0))
    kind = paths[0].dtype if paths else np.uint8
    codes = np.zeros((len(paths), longest), dtype=kind)
    for row, path in zip(codes, paths, strict=True):
        row[: len(path)] = path
    return codes
