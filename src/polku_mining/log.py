"""A log: what happened in which case, and the questions one asks of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from polku_mining.analyses import follows, funnels, gaps, paths
from polku_mining.answers import Answer, Period, moment
from polku_mining.attributes import Attribute
from polku_mining.design.aligning import Alignment
from polku_mining.design.costs import costs_of
from polku_mining.design.model import Design
from polku_mining.design.moves import moves_of
from polku_mining.events import Events, Flags, Longs, small, sort_events
from polku_mining.problems import Problems
from polku_mining.times import microseconds

QUANTILES = (0.0, 0.25, 0.5, 0.75, 0.95, 1.0)
SECOND = gaps.SECOND


@dataclass(frozen=True)
class Log:
    """Events with their problems, ready to be asked.

    Times are UTC. ``problems`` tells what was left out and guessed when the log was opened;
    ``attributes`` what is known of cases as a whole.
    """

    events: Events
    problems: Problems = field(default_factory=Problems)
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    @property
    def n_events(self) -> int:
        """How many events take part."""
        return self.events.n_events

    @property
    def n_cases(self) -> int:
        """How many cases."""
        return self.events.n_cases

    @property
    def n_activities(self) -> int:
        """How many different activities occur."""
        return len(np.unique(self.events.activity))

    @property
    def activities(self) -> list[str]:
        """Their names, in the order in which they first arrived."""
        present = np.unique(self.events.activity)
        return [self.events.names[int(code)] for code in present]

    @cached_property
    def period(self) -> Period:
        """From the first to the last event."""
        if not self.n_events:
            return Period(None, None)
        time = self.events.time
        return Period(moment(int(time.min())), moment(int(time.max())))

    @property
    def n_ties(self) -> int:
        """Neighbours inside a case at the very same time: there arrival decides the order."""
        same = np.diff(self.events.time) == 0
        return int(np.count_nonzero(same & self.events.within))

    def _answer(self, table: pa.Table, **facts: Any) -> Answer:
        return Answer(table, self.n_cases, self.period, **facts)

    def variants(self, *, coded: bool = False) -> Answer:
        """``path list<string>, cases, share, median_s``: the different paths, most walked first.

        With *coded* the names in ``path`` are an Arrow dictionary: a tenth of the room.
        """
        return self._answer(paths.variants(self.events, coded=coded))

    def directly_follows(self, quantiles: Sequence[float] = (0.95,)) -> Answer:
        """``source, target, n, cases, mean_s, median_s, q95_s``: what comes right after what."""
        return self._answer(follows.directly_follows(self.events, tuple(quantiles)))

    def durations(self, quantiles: Sequence[float] = QUANTILES) -> Answer:
        """``q, seconds`` from the first to the last event of cases; type-7 quantiles."""
        return self._answer(paths.durations(self.events, tuple(quantiles)))

    def starts(self) -> Answer:
        """``activity, cases``: with what cases begin."""
        return self._answer(paths.ends_of(self.events, last=False))

    def ends(self) -> Answer:
        """``activity, cases``: with what cases end."""
        return self._answer(paths.ends_of(self.events, last=True))

    def rework(self) -> Answer:
        """``activity, cases, extra`` of what is walked again; fact ``cases_with_rework``."""
        chosen, table = paths.repeats(self.events)
        return self._answer(table, cases_with_rework=int(np.count_nonzero(chosen)))

    def funnel(
        self, steps: Sequence[str], *, window_s: float | None = None, strict: bool = False
    ) -> Answer:
        """``step, reached, share, median_s_to_next``: how many get how far.

        Greedy: the first of step 1, then the first later one of step 2, and so on; with *strict*
        each must come right after the one before. *window_s*: only within so many seconds of the
        case's step 1.
        """
        window = None if window_s is None else round(window_s * SECOND)
        table = funnels.funnel(self.events, list(steps), window=window, strict=strict)
        return self._answer(table)

    def conformance(self, design: Any, *, moves: bool = True) -> Answer:
        """``path, cases, cost, moves`` of each variant against a designed journey.

        *cost* is that of an optimal alignment: 1 for each step skipped and each one added.
        Fact ``fit``: cases of cost 0 of all. *moves* are ``{kind, activity, position, place}``;
        without them the column is null. Raises :class:`DesignError`.
        """
        found = paths.paths_of(self.events)
        alignment = Alignment(_design(design), self.events.names)
        costs = costs_of(alignment, *paths.flat_paths(self.events, found))
        codes = paths.path_codes(self.events, found) if moves else None
        fitting = int(found.cases[costs == 0].sum())
        table = pa.table({
            "path": paths.path_lists(self.events, found), "cases": pa.array(found.cases),
            "cost": pa.array(costs), "moves": _moves(alignment, codes, costs),
        })  # fmt: skip
        return self._answer(table, fit=fitting / self.n_cases if self.n_cases else None)

    def filter(
        self,
        *,
        cases: Sequence[Any] | Callable[["Log"], Flags] | None = None,
        containing: Sequence[str] = (),
        starting_with: str | None = None,
        ending_with: str | None = None,
        between: tuple[datetime | None, datetime | None] | None = None,
    ) -> "Log":
        """The log of the cases that pass every condition; events are never cut out of a case.

        *between* is a pair of datetimes or ``None``: cases that lie wholly inside, ends included.
        """
        chosen = np.ones(self.n_cases, dtype=np.bool_)
        for condition in (
            _named(self, cases), _having(self, containing), _ending(self, starting_with, 0),
            _ending(self, ending_with, 1), _inside(self, between),
        ):  # fmt: skip
            if condition is not None:
                chosen &= condition
        return self.of_cases(chosen)

    def of_cases(self, chosen: Flags) -> "Log":
        """The log of some cases alone, one flag for each."""
        known = {name: attribute.of_cases(chosen) for name, attribute in self.attributes.items()}
        return replace(self, events=self.events.of_cases(chosen), attributes=known)


def _design(source: Any) -> Design:
    return source if isinstance(source, Design) else Design.read(source)


MOVE = pa.struct([
    ("kind", pa.string()), ("activity", pa.string()), ("position", pa.int32()),
    ("place", pa.string()),
])  # fmt: skip


def _moves(alignment: Alignment, codes: list[np.ndarray] | None, costs: np.ndarray) -> pa.Array:
    if codes is None:
        return pa.nulls(len(costs), pa.list_(MOVE))
    rows = [
        [{"kind": m.kind, "activity": m.activity, "position": m.position, "place": m.place}
         for m in moves_of(alignment, path)]
        for path in codes
    ]  # fmt: skip
    return pa.array(rows, pa.list_(MOVE))


def _named(log: Log, cases: Sequence[Any] | Callable[[Log], Flags] | None) -> Flags | None:
    if cases is None:
        return None
    if callable(cases):
        return np.asarray(cases(log), dtype=np.bool_)
    wanted = pa.array(cases, log.events.cases.type)
    return np.asarray(pc.is_in(log.events.cases, wanted).to_numpy(zero_copy_only=False))


def _having(log: Log, names: Sequence[str]) -> Flags | None:
    if not names:
        return None
    chosen = np.ones(log.n_cases, dtype=np.bool_)
    for name in names:
        has = np.zeros(log.n_cases, dtype=np.bool_)
        if name in log.events.names:
            has[log.events.owner[log.events.activity == log.events.names.index(name)]] = True
        chosen &= has
    return chosen


def _ending(log: Log, name: str | None, end: int) -> Flags | None:
    if name is None:
        return None
    if name not in log.events.names:
        return np.zeros(log.n_cases, dtype=np.bool_)
    offsets = log.events.offsets
    at = offsets[1:] - 1 if end else offsets[:-1]
    chosen: Flags = log.events.activity[at] == log.events.names.index(name)
    return chosen


def _inside(log: Log, between: tuple[datetime | None, datetime | None] | None) -> Flags | None:
    if between is None:
        return None
    chosen = np.ones(log.n_cases, dtype=np.bool_)
    first, last = between
    offsets, time = log.events.offsets, log.events.time
    if first is not None:
        chosen &= time[offsets[:-1]] >= _microseconds(first)
    if last is not None:
        chosen &= time[offsets[1:] - 1] <= _microseconds(last)
    return chosen


def _microseconds(when: datetime) -> int:
    if when.tzinfo is None:
        raise ValueError("Give times with their zone, for example datetime(..., tzinfo=UTC).")
    return microseconds(when)


def from_arrays(
    case: pa.Array, activity: pa.Array, time: Longs, problems: Problems | None = None
) -> Log:
    """A log from whole columns in arrival order, without gaps; *time* in microseconds, UTC."""
    cases, case_codes = _coded(case)
    names, codes = _coded(activity.cast(pa.string()))
    width = tuple(names.to_pylist())
    events = sort_events(case_codes, small(codes, len(width)), time, width, cases)
    return Log(events, Problems(rows=len(time)) if problems is None else problems)


def _coded(column: pa.Array) -> tuple[pa.Array, Longs]:
    """Distinct values in the order of arrival, and the code of each row."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_dictionary(whole.type):
        whole = whole.dictionary_decode()
    coded = pc.dictionary_encode(whole)
    return coded.dictionary, coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
