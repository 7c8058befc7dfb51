"""From any table to a log: which column is what, which rows take part, what is told of the rest."""

from collections.abc import Container
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from polku_mining.events import Flags, Longs
from polku_mining.log import Log, from_arrays
from polku_mining.problems import BadLog, Problems
from polku_mining.reading.personal import personal_columns, veiled
from polku_mining.sentences import Sentence
from polku_mining.times import read_times

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
    """Names of the three columns that matter; None is to be guessed."""

    case: str | None = None
    activity: str | None = None
    time: str | None = None


@dataclass
class Source:
    """A table in arrival order, the line of each row, and what was odd already while reading."""

    table: pa.Table
    lines: Longs | None = None
    problems: Problems = field(default_factory=Problems)

    def line_numbers(self) -> Longs:
        """The line of each row; rows count from 1 where the file has no lines."""
        if self.lines is not None:
            return self.lines
        return np.arange(1, self.table.num_rows + 1, dtype=np.int64)


@dataclass(frozen=True)
class Taken:
    """The three columns of a source, and which of its rows take part."""

    names: dict[str, str]
    case: pa.Array
    activity: pa.Array
    time: Longs
    kept: Flags


def log_of(source: Source, wanted: Columns, *, zone: str | None, salt: str | None) -> Log:
    """The log of a table; every row that takes no part is told with its line and reason."""
    taken = _taken(source, wanted, zone)
    case, activity, time, kept = taken.case, taken.activity, taken.time, taken.kept
    if not kept.all():
        mask = pa.array(kept)
        case, activity, time = case.filter(mask), activity.filter(mask), time[kept]
    log = from_arrays(case, activity, time, source.problems)
    return pseudonymous(log, salt) if salt is not None else log


def events_of(source: Source, wanted: Columns, *, zone: str | None, salt: str | None) -> pa.Table:
    """``case, activity, time`` (UTC) and every other column, of the rows that take part, in
    arrival order."""
    taken = _taken(source, wanted, zone)
    case = veiled(_plain(taken.case), salt) if salt is not None else _plain(taken.case)
    columns = {
        "case": case, "activity": _plain(taken.activity),
        "time": pa.array(taken.time, pa.timestamp("us", "UTC")),
    }  # fmt: skip
    for name in source.table.column_names:
        if name not in taken.names.values():
            columns[_free(name, columns)] = source.table.column(name)
    table = pa.table(columns)
    return table if taken.kept.all() else table.filter(pa.array(taken.kept))


def _plain(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _free(name: str, taken: Container[str]) -> str:
    return name if name not in taken else _free(f"{name} 2", taken)


def _taken(source: Source, wanted: Columns, zone: str | None) -> Taken:
    table, problems = source.table, source.problems
    names = {what: _choose(table, what, getattr(wanted, what), problems) for what in KNOWN}
    problems.rows = max(problems.rows, table.num_rows)
    found = personal_columns(table, set(names.values()))
    problems.personal = list(dict.fromkeys([*found, *problems.personal]))
    lines = source.line_numbers()
    case, activity = (_whole(table, names[what]) for what in ("case", "activity"))
    if wanted.activity is None:
        activity = _with_phases(table, activity, problems)
    kept = _there(case, lines, "no_case", problems) & _there(
        activity, lines, "no_activity", problems
    )
    time, readable = _times(table, names["time"], lines, problems, zone)
    kept &= readable
    _duplicates(case, activity, time, kept, lines, problems)
    return Taken(names, case, activity, time, kept)


def _choose(table: pa.Table, what: str, name: str | None, problems: Problems) -> str:
    if name is not None:
        if name not in table.column_names:
            raise BadLog(Sentence(
                "There is no column '{name}'. The columns are: {columns}.", name=name,
                columns=", ".join(table.column_names),
            ))  # fmt: skip
        return name
    folded = {column.casefold().strip(): column for column in reversed(table.column_names)}
    found = next((folded[word] for word in KNOWN[what] if word in folded), None)
    if found is None:
        raise BadLog(Sentence(
            NOT_FOUND[what], columns=", ".join(table.column_names) or "–",
        ))  # fmt: skip
    problems.guessed[what] = found
    return str(found)


def _whole(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    whole = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    return whole if pa.types.is_dictionary(whole.type) else whole.cast(pa.large_string())


PHASE = "lifecycle:transition"
PLUS = pa.scalar("+", pa.large_string())


def _with_phases(table: pa.Table, activity: pa.Array, problems: Problems) -> pa.Array:
    """Activity and phase in one, ``Repair+start``, where a log tells several phases apart."""
    if PHASE not in table.column_names:
        return activity
    phase = _whole(table, PHASE)
    if len(pc.unique(phase).drop_null()) < 2:
        return activity
    problems.remarks.append(Sentence(
        "Activities have phases; both together are taken as what happened."
    ))  # fmt: skip
    plain = [c.dictionary_decode() if pa.types.is_dictionary(c.type) else c
             for c in (activity, phase)]  # fmt: skip
    texts = [column.cast(pa.large_string()) for column in plain]
    return pc.if_else(pc.is_valid(texts[1]), pc.binary_join_element_wise(*texts, PLUS), texts[0])


def _there(column: pa.Array, lines: Longs, reason: str, problems: Problems) -> Flags:
    """Rows that say something: neither null nor blank."""
    texts = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    blank = pc.equal(pc.utf8_trim_whitespace(texts.cast(pa.large_string())), "")
    missing = np.asarray(blank.fill_null(True).to_numpy(zero_copy_only=False))
    for row in np.flatnonzero(missing):
        problems.add(int(lines[row]), reason)
    return ~missing


def _times(
    table: pa.Table, name: str, lines: Longs, problems: Problems, zone: str | None
) -> tuple[Longs, Flags]:
    column = table.column(name)
    whole = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if pa.types.is_dictionary(whole.type):
        whole = whole.dictionary_decode()
    return read_times(whole, lines, problems, zone)


def _duplicates(
    case: pa.Array, activity: pa.Array, time: Longs, kept: Flags, lines: Longs, problems: Problems
) -> None:
    """Rows equal to one before: told, and kept, since the same may well happen twice at once."""
    codes = [pc.dictionary_encode(column).indices for column in (case, activity)]
    if pa.types.is_dictionary(case.type):
        codes[0] = case.indices
    if pa.types.is_dictionary(activity.type):
        codes[1] = activity.indices
    numbers = [code.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64) for code in codes]
    rows = np.flatnonzero(kept)
    order = np.lexsort((rows, time[rows], numbers[1][rows], numbers[0][rows]))
    rows = rows[order]
    same = np.ones(max(len(rows) - 1, 0), dtype=np.bool_)
    for column in (numbers[0], numbers[1], time):
        same &= column[rows[1:]] == column[rows[:-1]]
    for row in np.sort(rows[1:][same]):
        problems.add(int(lines[row]), "duplicate")


def pseudonymous(log: Log, salt: str) -> Log:
    """The same log with case keys as salted hashes."""
    return replace(log, events=replace(log.events, cases=veiled(log.events.cases, salt)))
