"""What the map shows: the ties that most cases walk, and *other paths* for all the rest.

Every figure is of all cases. A step over a tie that is not drawn goes to *other paths* and comes
back from there, so that what comes into each activity goes out of it again.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from polku_mining.log import Log

START, END, OTHER = -1, -2, -3
CANDIDATES = 3_000  # variants looked at when ties are chosen; the rest only count
TRIED = 40
FULL = 0.7  # a map this full was cut for want of room, not because enough was drawn

type Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tie:
    """*n* steps in *cases* cases; the median time is None where a case begins or ends."""

    source: int
    target: int
    n: int
    cases: int
    median_s: float | None = None


@dataclass
class Flow:
    """The drawn part of a log. Nodes are activity codes, ``START`` and ``END``.

    ``visits[a]`` is how often *a* was walked; ``to_other`` and ``from_other`` count steps over
    ties that are not drawn, by node. ``whole`` is how many cases walk on drawn ties alone.
    """

    names: tuple[str, ...]
    ties: list[Tie] = field(default_factory=list)
    visits: dict[int, int] = field(default_factory=dict)
    to_other: dict[int, int] = field(default_factory=dict)
    from_other: dict[int, int] = field(default_factory=dict)
    cases: int = 0
    whole: int = 0
    rare_ties: int = 0
    rare_activities: int = 0
    steps: int = 0
    drawn_steps: int = 0

    @property
    def others(self) -> int:
        """How often cases left for other paths; they came back as often."""
        return sum(self.to_other.values())


def flow_of(log: Log, share: float = 0.9, most: int = 28) -> Flow:
    """The flow whose drawn ties at least *share* of all cases walk, with at most *most* ties."""
    ties = _all_ties(log)
    drawn = _chosen(log, share, most)
    _fill(drawn, ties, most)
    flow = Flow(log.events.names, [tie for tie in ties if (tie.source, tie.target) in drawn])
    flow.cases = log.n_cases
    flow.whole = _whole(log, drawn)
    flow.rare_ties = len(ties) - len(flow.ties)
    counts = np.bincount(log.events.activity, minlength=len(flow.names))
    seen = {code for pair in drawn for code in pair if code >= 0}
    flow.visits = {code: int(counts[code]) for code in sorted(seen)}
    flow.rare_activities = log.n_activities - len(seen)
    flow.steps, flow.drawn_steps = (sum(tie.n for tie in some) for some in (ties, flow.ties))
    _rest(flow)
    return flow


def _rest(flow: Flow) -> None:
    """What each node gives to other paths and takes from them, so that everything adds up."""
    out: Counter[int] = Counter()
    into: Counter[int] = Counter()
    for tie in flow.ties:
        out[tie.source] += tie.n
        into[tie.target] += tie.n
    begun, ended = {START: flow.cases}, {END: flow.cases}
    flow.to_other = _left(flow.visits | begun, out)
    flow.from_other = _left(flow.visits | ended, into)


def _left(totals: dict[int, int], drawn: Counter[int]) -> dict[int, int]:
    return {node: n - drawn[node] for node, n in totals.items() if n > drawn[node]}


def _all_ties(log: Log) -> list[Tie]:
    code = {name: number for number, name in enumerate(log.events.names)}
    between = [
        Tie(code[row["source"]], code[row["target"]], row["n"], row["cases"], row["median_s"])
        for row in log.directly_follows(()).to_pylist()
    ]
    first = [Tie(START, code[name], n, n) for name, n in _pairs(log.starts())]
    last = [Tie(code[name], END, n, n) for name, n in _pairs(log.ends())]
    return sorted([*between, *first, *last], key=lambda tie: -tie.n)


def _pairs(answer: object) -> Iterator[tuple[str, int]]:
    rows = answer.to_pylist()  # type: ignore[attr-defined]
    return ((row["activity"], row["cases"]) for row in rows)


def _chosen(log: Log, share: float, most: int) -> set[Pair]:
    """Ties of whole paths, so that every drawn activity lies on a way from start to end.

    Greedy: again and again the path that wins most cases for each new tie.
    """
    left = _needs(log)
    drawn: set[Pair] = set()
    won, wanted = 0, share * log.n_cases
    while left and won < wanted:
        fitting = [need for need in left if len(need) + len(drawn) <= most or not drawn]
        if not fitting:
            break
        fitting.sort(key=lambda need: -left[need] / len(need))
        best = max(fitting[:TRIED], key=lambda need: _gain(need, left) / len(need))
        drawn |= best
        won += _gain(best, left)
        left = _without(left, best)
    return drawn


def _fill(drawn: set[Pair], ties: list[Tie], most: int) -> None:
    """Room that no whole path fits into is given to the most walked ties of drawn activities."""
    seen = {node for pair in drawn for node in pair}
    if len(drawn) < most * FULL:
        return
    for tie in ties:
        if len(drawn) < most and {tie.source, tie.target} <= seen:
            drawn.add((tie.source, tie.target))


def _needs(log: Log) -> Counter[frozenset[Pair]]:
    """The ties that cases need to be drawn whole, and how many cases need just these."""
    code = {name: number for number, name in enumerate(log.events.names)}
    found: Counter[frozenset[Pair]] = Counter()
    table = log.variants().table.select(["path", "cases"]).slice(0, CANDIDATES)
    for row in table.to_pylist():
        path = [START, *(code[name] for name in row["path"]), END]
        found[frozenset(pairwise(path))] += row["cases"]
    return found


def _gain(need: frozenset[Pair], left: Counter[frozenset[Pair]]) -> int:
    return sum(cases for other, cases in left.items() if other <= need)


def _without(left: Counter[frozenset[Pair]], best: frozenset[Pair]) -> Counter[frozenset[Pair]]:
    found: Counter[frozenset[Pair]] = Counter()
    for need, cases in left.items():
        if rest := need - best:
            found[rest] += cases
    return found


def _whole(log: Log, drawn: set[Pair]) -> int:
    """How many cases walk on drawn ties alone."""
    events, width = log.events, len(log.events.names) + 2
    if not log.n_cases:
        return 0
    keys = np.array([(a % width) * width + b % width for a, b in drawn], dtype=np.int64)
    codes = events.activity.astype(np.int64)
    step = codes[:-1] * width + codes[1:]
    fine = np.ones(events.n_events, dtype=np.bool_)  # fine[i]: the step into event i is drawn
    fine[1:] = np.isin(step, keys)
    first, last = codes[events.offsets[:-1]], codes[events.offsets[1:] - 1]
    fine[events.offsets[:-1]] = np.isin((START % width) * width + first, keys)
    whole = np.logical_and.reduceat(fine, events.offsets[:-1])
    return int(np.count_nonzero(whole & np.isin(last * width + END % width, keys)))
