"""A log: what happened in which case, and the questions one asks of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from polku_mining import analyses
from polku_mining.analyses.gaps import SECOND, quantiles_of
from polku_mining.answers import Answer, Period, moment
from polku_mining.attributes import Attribute
from polku_mining.events import Events, Flags, Longs, small, sort_events
from polku_mining.problems import Problems

if TYPE_CHECKING:
    from polku_mining.calendars import Calendar

QUANTILES = (0.0, 0.25, 0.5, 0.75, 0.95, 1.0)
LONGEST = 2**62  # microseconds; no window needs to be longer


@dataclass(frozen=True)
class Log:
    """Events with their problems, ready to be asked.

    Times are UTC. ``problems`` tells what was left out and guessed when the log was opened;
    ``attributes`` what is known of cases as a whole.
    """

    events: Events
    problems: Problems = field(default_factory=Problems)
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    told_period: Period | None = None  # that of the log itself, where its clock was changed

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
        return len(self.events.present)

    @property
    def activities(self) -> list[str]:
        """Their names, in the order in which they first arrived."""
        return [self.events.names[int(code)] for code in self.events.present]

    @cached_property
    def period(self) -> Period:
        """From the first to the last event."""
        if self.told_period is not None:
            return self.told_period
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
        return self._answer(analyses.paths.variants(self.events, coded=coded))

    def directly_follows(self, quantiles: Sequence[float] = (0.95,)) -> Answer:
        """``source, target, n, cases, mean_s, median_s, q95_s``: what comes right after what."""
        return self._answer(analyses.follows.directly_follows(self.events, quantiles_of(quantiles)))

    def eventually_follows(self, quantiles: Sequence[float] = (0.95,)) -> Answer:
        """``source, target, cases, share, mean_s, median_s, q95_s``: what comes at some time after
        what; from the first source of a case to the first target after it."""
        return self._answer(
            analyses.eventually.eventually_follows(self.events, quantiles_of(quantiles))
        )

    def counts_and_means(self) -> Answer:
        """``source, target, n, mean_s``: directly-follows in one pass, without exact medians."""
        return self._answer(analyses.follows.counts_and_means(self.events))

    def waiting(self, quantiles: Sequence[float] = (0.95,)) -> Answer:
        """``activity, n, mean_s, median_s, q95_s, total_share``: the time since the event before,
        by what was waited for. See :meth:`in_hours` for waiting in business hours."""
        return self._answer(analyses.waits.waiting(self.events, quantiles_of(quantiles)))

    def durations(self, quantiles: Sequence[float] = QUANTILES) -> Answer:
        """``q, seconds`` from the first to the last event of cases; type-7 quantiles."""
        return self._answer(analyses.paths.durations(self.events, quantiles_of(quantiles)))

    def starts(self) -> Answer:
        """``activity, cases``: with what cases begin."""
        return self._answer(analyses.paths.ends_of(self.events, last=False))

    def ends(self) -> Answer:
        """``activity, cases``: with what cases end."""
        return self._answer(analyses.paths.ends_of(self.events, last=True))

    def rework(self) -> Answer:
        """``activity, cases, extra`` of what is walked again; fact ``cases_with_rework``."""
        chosen, table = analyses.paths.repeats(self.events)
        return self._answer(table, cases_with_rework=int(np.count_nonzero(chosen)))

    def loops(self) -> Answer:
        """``activity, cases, at_once, came_back, median_s``: walked again at once, or later."""
        return self._answer(analyses.waits.loops(self.events))

    def funnel(
        self, steps: Sequence[str], *, window_s: float | None = None, strict: bool = False
    ) -> Answer:
        """``step, reached, share, median_s_to_next``: how many get how far.

        Greedy: the first of step 1, then the first later one of step 2, and so on; with *strict*
        each must come right after the one before. *window_s*: only within so many seconds of the
        case's step 1.
        """
        window = window_of(window_s)
        table = analyses.funnels.funnel(self.events, list(steps), window=window, strict=strict)
        return self._answer(table)

    def drop_off(
        self, steps: Sequence[str], *, window_s: float | None = None, strict: bool = False
    ) -> Answer:
        """``step, next, cases, share``: what those did next who reached a step of the funnel and
        not the one after; ``next`` is null where the case ends there."""
        window = window_of(window_s)
        table = analyses.reaching.drop_off(self.events, list(steps), window=window, strict=strict)
        return self._answer(table)

    def deadline(self, source: str, target: str, within_s: float) -> Answer:
        """One row of ``cases, met, late, pending, never, share_met, median_s, q95_s``: from the
        first *source* of a case to the first *target* after it; the log's end is now."""
        now = int(self.events.time.max()) if self.n_events else 0
        within = window_of(within_s) or 0
        return self._answer(analyses.reaching.deadline(self.events, source, target, within, now))

    def arrivals(self, activity: str | None = None, *, zone: str = "UTC") -> Answer:
        """``weekday, hour, n, mean, q95, most``: when cases begin, or when *activity* happens, on
        the clocks of *zone*; 168 rows."""
        at = self.events.offsets[:-1]
        if activity is not None:
            code = self.events.names.index(activity) if activity in self.events.names else -1
            at = np.flatnonzero(self.events.activity == code)
        return self._answer(analyses.moments.arrivals(self.events.time[at], zone), zone=zone)

    def over_time(self, unit: str = "week", *, zone: str = "UTC") -> Answer:
        """``begin, cases, events, median_s, q95_s`` of the cases that began in each *unit*: day,
        week, month, quarter or year on the calendar of *zone*."""
        table = analyses.moments.over_time(self.events, unit, zone)
        return self._answer(table, unit=unit, zone=zone)

    def simplify(self, share: float = 0.8) -> Answer:
        """``source, target, source_kind, target_kind, n, cases, mean_s, median_s``: a map of the
        most walked paths that make up *share* of the cases, and *other paths* for the rest.

        Facts: ``drawn`` cases, ``others``, ``ties_left_out``.
        """
        found = analyses.maps.simplified(self.events, share)
        drawn = int(np.count_nonzero(found.drawn))
        return self._answer(found.table, drawn=drawn, others=self.n_cases - drawn,
                            ties_left_out=found.ties_left_out)  # fmt: skip

    def conformance(self, design: Any, *, moves: bool | int = True) -> Answer:
        """``path, cases, cost, moves`` of each variant against a designed journey.

        *cost* is that of an optimal alignment: 1 for each step skipped and each one added.
        Fact ``fit``: cases of cost 0 of all. *moves* are ``{kind, activity, position, place}``; a
        number asks for those of so many variants, the most walked ones, and without them the
        column is null. Raises :class:`DesignError`.
        """
        table, fit = analyses.conformance.conformance(self.events, design, moves=moves)
        return self._answer(table, fit=fit)

    def deviations(self, design: Any) -> Answer:
        """``kind, activity, place, cases, n, share``: where in a designed journey people walk
        otherwise, in most cases first; fact ``fit``. Raises :class:`DesignError`."""
        table, fit = analyses.deviations.deviations(self.events, design)
        return self._answer(table, fit=fit)

    def by(self, attribute: str, ask: Callable[["Log"], Answer]) -> Answer:
        """An answer for each value of a case attribute, one below the other.

        Columns ``group`` (null: cases of which nothing is said) and ``group_cases`` come first;
        groups with most cases first. ``log.by("channel", lambda part: part.durations())``.
        """
        known = self.attributes[attribute]
        rows = []
        for value in [*known.values.to_pylist(), None]:
            part = self.of_cases(known.having(value))
            if part.n_cases:
                rows.append((part.n_cases, value, ask(part).table))
        rows.sort(key=lambda row: -row[0])
        return self._answer(_stacked(rows, known.values.type))

    def in_hours(self, calendar: "Calendar") -> "Log":
        """The same log on a clock that stands still when nobody works: every time that is then
        asked for is in business hours. The period stays; moments (arrivals) lose their meaning."""
        clock = calendar.clock(self.events.time)
        return replace(self, events=replace(self.events, time=clock), told_period=self.period)

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
        from polku_mining.filtering import ending, having, inside, named

        chosen = np.ones(self.n_cases, dtype=np.bool_)
        chosen_by = np.asarray(cases(self), dtype=np.bool_) if callable(cases) else None
        listed = None if callable(cases) else cases
        for condition in (
            chosen_by, named(self.events, listed), having(self.events, containing),
            ending(self.events, starting_with, 0), ending(self.events, ending_with, 1),
            inside(self.events, between),
        ):  # fmt: skip
            if condition is not None:
                chosen &= condition
        return self.of_cases(chosen)

    def of_cases(self, chosen: Flags) -> "Log":
        """The log of some cases alone, one flag for each."""
        known = {name: attribute.of_cases(chosen) for name, attribute in self.attributes.items()}
        return replace(self, events=self.events.of_cases(chosen), attributes=known)


def window_of(seconds: float | None) -> int | None:
    """Whole microseconds. Raises ValueError for a time below 0, or for none."""
    if seconds is None:
        return None
    if not seconds >= 0:
        raise ValueError(f"A window of {seconds} seconds lies in the past.")
    return round(min(seconds * SECOND, LONGEST))


def _stacked(rows: list[tuple[int, Any, pa.Table]], kind: pa.DataType) -> pa.Table:
    """Tables below each other, with the group that each is of."""
    tables = []
    for cases, value, table in rows:
        group = pa.array([value] * table.num_rows, kind)
        sizes = pa.array([cases] * table.num_rows, pa.int64())
        columns = dict(zip(table.column_names, table.columns, strict=True))
        tables.append(pa.table({"group": group, "group_cases": sizes, **columns}))
    return pa.concat_tables(tables) if tables else pa.table({})


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
    coded = whole.dictionary_encode()
    return coded.dictionary, coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
