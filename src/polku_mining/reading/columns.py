"""From any table to a log: which column is what, which rows take part, what is told of the rest."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from polku_mining.arrow import as_column
from polku_mining.attributes import Attribute, attribute_of
from polku_mining.events import Events, Flags, Longs, small, sorted_events
from polku_mining.log import Log
from polku_mining.problems import KEPT, BadLog, Problems
from polku_mining.reading.coding import Coded, again, coded
from polku_mining.reading.personal import personal_columns, veiled
from polku_mining.sentences import Sentence
from polku_mining.times import Lines, RowNumbers, read_times

KNOWN = {
    "case": ("case:concept:name", "case_id", "caseid", "case", "case id", "trace", "ticket",
             "order_id", "visit", "session", "tapaus", "przypadek", "случай"),
    "activity": ("concept:name", "activity", "event", "action", "step", "task", "touchpoint",
                 "status", "tapahtuma", "czynność", "событие"),
    "time": ("time:timestamp", "timestamp", "ts", "time", "date", "datetime", "at", "aika", "czas",
             "время"),
}  # fmt: skip
NOT_FOUND = {
    "case": "No column looks like the case. Name it; the columns are: {columns}.",
    "activity": "No column looks like the activity. Name it; the columns are: {columns}.",
    "time": "No column looks like the time. Name it; the columns are: {columns}.",
}


@dataclass(frozen=True)
class Columns:
    """Names of the three columns that matter; None is to be guessed.

    Who names the activity has it as it stands; else, and where the format names it, phases are
    told apart.
    """

    case: str | None = None
    activity: str | None = None
    time: str | None = None
    by_format: bool = False


@dataclass
class Source:
    """A table in arrival order, the line of each row, and what was odd already while reading."""

    table: pa.Table
    lines: Longs | None = None
    problems: Problems = field(default_factory=Problems)

    def line_numbers(self) -> Lines:
        """The line of each row; rows count from 1 where the file has no lines."""
        return RowNumbers() if self.lines is None else self.lines


@dataclass(frozen=True)
class Taken:
    """The three columns of a source, and which of its rows take part."""

    names: dict[str, str]
    case: Coded
    activity: Coded
    time: Longs
    kept: Flags


def log_of(
    source: Source, wanted: Columns, *, zone: str | None, salt: str | None,
    attributes: Sequence[str] = (),
) -> Log:  # fmt: skip
    """The log of a table; every row that takes no part is told with its line and reason.

    *attributes* are columns that say something of a case as a whole.
    """
    taken = _taken(source, wanted, zone)
    case = taken.case.of_rows(taken.kept).by_arrival()
    events = _sorted(taken, case, source)
    known = {name: _attribute(source, name, case, taken.kept) for name in attributes}
    log = Log(events, source.problems, known)
    return pseudonymous(log, salt) if salt is not None else log


def events_of(source: Source, wanted: Columns, *, zone: str | None, salt: str | None) -> pa.Table:
    """``case, activity, time`` (UTC) and every other column, of the rows that take part, in
    arrival order. Phases stay a column of their own: whoever reads the table joins them again."""
    table = source.table
    taken = _taken(source, wanted, zone)
    activity = _whole(table, taken.names["activity"])
    source.problems.remarks = [said for said in source.problems.remarks if said != PHASES]
    _sorted(taken, taken.case.of_rows(taken.kept).by_arrival(), source)
    case = taken.case.texts()
    columns = {
        "case": case if salt is None else veiled(case, salt), "activity": _plain(activity),
        "time": as_column(taken.time, pa.timestamp("us", "UTC")),
    }  # fmt: skip
    for name in source.table.column_names:
        if name not in taken.names.values():
            columns[_free(name, columns)] = source.table.column(name)
    table = pa.table(columns)
    return table if taken.kept.all() else table.filter(as_column(taken.kept))


def _plain(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _free(name: str, taken: Container[str]) -> str:
    return name if name not in taken else _free(f"{name} 2", taken)


def _taken(source: Source, wanted: Columns, zone: str | None) -> Taken:
    table, problems = source.table, source.problems
    names = {
        what: chosen(table.column_names, what, getattr(wanted, what), problems) for what in KNOWN
    }
    problems.rows = max(problems.rows, table.num_rows)
    found = personal_columns(table, set(names.values()))
    problems.personal = list(dict.fromkeys([*found, *problems.personal]))
    case = _coded(table, names["case"])
    activity = _coded(table, names["activity"])
    lines = source.line_numbers()
    kept = _there(case, lines, "no_case", problems)
    kept &= _there(activity, lines, "no_activity", problems)
    held = {names["case"], names["activity"]} - {names["time"]}
    source.table = table.drop_columns(sorted(held))  # held as codes now
    del table
    pa.default_memory_pool().release_unused()
    time, readable = read_times(source.table.column(names["time"]), lines, problems, zone)
    kept &= readable
    if (wanted.activity is None or wanted.by_format) and PHASE in source.table.column_names:
        activity = _with_phases(activity, _coded(source.table, PHASE), kept, problems)
    return Taken(names, case, activity, time, kept)


def _sorted(taken: Taken, case: Coded, source: Source) -> Events:
    """The sorted events; rows equal to one before are told."""
    activity = taken.activity.of_rows(taken.kept).by_arrival()
    time = taken.time if taken.kept.all() else taken.time[taken.kept]
    names = tuple(activity.values.to_pylist())
    codes = small(activity.codes, len(names))
    events, order = sorted_events(case.codes, codes, time, names, case.values)
    rows = again(events, order)
    if len(rows):
        first = rows[:KEPT]
        if not taken.kept.all():
            first = np.flatnonzero(taken.kept)[first]
        source.problems.add_rows(source.line_numbers()[first], len(rows), "duplicate")
    return events


def _attribute(source: Source, name: str, case: Coded, kept: Flags) -> Attribute:
    """What a column says of each case; where its rows say different things, the first counts."""
    column = _whole(source.table, chosen(source.table.column_names, "", name, source.problems))
    found, differing = attribute_of(
        column if kept.all() else column.filter(as_column(kept)), case.codes, len(case.values)
    )
    if differing:
        source.problems.remarks.append(Sentence(
            "{n} cases have several values of '{name}'; the first of each was taken.",
            n=differing, name=name,
        ))  # fmt: skip
    return found


def chosen(columns: Sequence[str], what: str, name: str | None, problems: Problems) -> str:
    """The column of a kind: the one that was named, or a guess by known names, which is told.

    Raises :class:`BadLog` when there is none.
    """
    listed = ", ".join(columns) or "–"
    if name is not None:
        if name not in columns:
            raise BadLog(Sentence(
                "There is no column '{name}'. The columns are: {columns}.", name=name,
                columns=listed,
            ))  # fmt: skip
        return name
    folded = {column.casefold().strip(): column for column in reversed(columns)}
    found = next((folded[word] for word in KNOWN[what] if word in folded), None)
    if found is None:
        raise BadLog(Sentence(NOT_FOUND[what], columns=listed))
    problems.guessed[what] = found
    return found


def _whole(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    whole = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    return whole if pa.types.is_dictionary(whole.type) else whole.cast(pa.large_string())


PHASE = "lifecycle:transition"
PHASES = Sentence("Activities have phases; both together are taken as what happened.")


def _with_phases(what: Coded, phase: Coded, kept: Flags, problems: Problems) -> Coded:
    """Activity and phase in one, ``Repair+start``, where rows that take part tell several."""
    said = phase.codes[kept & phase.said]
    if not len(said) or bool(np.all(said == said[0])):
        return what
    problems.remarks.append(PHASES)
    return what.joined(phase, "+")


def _coded(table: pa.Table, name: str) -> Coded:
    column = table.column(name)
    try:
        return coded(column)
    except pa.ArrowException as error:
        raise BadLog(Sentence(
            "What stands in the column '{name}' cannot be read as text: {kind}.", name=name,
            kind=column.type,
        )) from error  # fmt: skip


def _there(column: Coded, lines: Lines, reason: str, problems: Problems) -> Flags:
    """Rows that say something; the others are told."""
    missing = np.flatnonzero(~column.said)
    problems.add_rows(lines[missing[:KEPT]], len(missing), reason)
    return column.said


def pseudonymous(log: Log, salt: str) -> Log:
    """The same log with case keys as salted hashes."""
    return replace(log, events=replace(log.events, cases=veiled(log.events.cases, salt)))
