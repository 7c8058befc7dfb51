"""The walk in the database: the one module of this room with SQL written by hand.

One statement gives the edges among all things that can be reached from a start. A recursive walk
collects the things, each once, nearest first, so that circles end by themselves; it stops at
:data:`MOST` of them, and the rows of the ways between them are read. How far each thing is and how
gravely it is touched is worked out from the edges in :mod:`polku.insight.impact.weighing`: had the
walk itself carried the distance, it would visit a thing once for each distance.

The text is made of names of tables and columns and of our own words; values of a request are
parameters. Things and what an edge says come as whole numbers, which are read in a fifth of the
time that names take.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache

from django.db import connection
from django.db.models import Model

from polku.insight.impact.questions import Question
from polku.insight.impact.ways import EFFECTS, End, Way
from polku.kernel.models import Link
from polku.kernel.registry import entities
from polku.tenancy.models import CoreEntity, WorkspaceRow

MOST = 2000

# A thing: its inner number, and in the last six bits the place of its kind in the registry
type Node = int
# What the edge is, where it is walked from and to, and its days as "from/until" where it has any
type Edge = tuple[int, Node, Node, str | None]

# What an edge is, in bits from the right: guess 1, rank of the effect 3, words 4, way the rest
GUESS, RANK, TOLD, WAY = 1, 1, 4, 8
RANKS = {effect: len(EFFECTS) - place for place, effect in enumerate(EFFECTS)}
KIND_BITS = 6
_COUNT = -1  # stands for what an edge is in the one row that carries the count

# SQLite plans a statement anew whenever a parameter that guided its plan is bound: 2 ms each time.
# A sum is no guide, and as a limit stands the number itself.
_WORKSPACE = "(%(workspace)s + 0)"
_PLACE = f"(w.node & {(1 << KIND_BITS) - 1})"  # of the kind of the thing that is walked from


@cache
def _kinds() -> tuple[str, ...]:
    kinds = tuple(row.kind for row in entities())
    if len(kinds) > 1 << KIND_BITS:
        raise ValueError("more kinds than a node has room for")
    return kinds


def node_of(kind: str, number: int) -> Node:
    """A thing as one number."""
    return (number << KIND_BITS) + _kinds().index(kind)


def pair_of(node: Node) -> tuple[str, int]:
    """The kind and the inner number of a thing."""
    return _kinds()[node & ((1 << KIND_BITS) - 1)], node >> KIND_BITS


def mark_of(way: int, effect: str, *, told: int = 0, is_guess: bool = False) -> int:
    """What an edge is, as one number."""
    return (way << WAY) + (told << TOLD) + (RANKS[effect] << RANK) + int(is_guess)


def edges_from(
    start: tuple[str, int], question: Question, *, workspace: int, day: date
) -> tuple[list[Edge], int]:
    """Edges that hold on *day* among the things reached from *start*, and how many these are.

    The count is one above :data:`MOST` when there are more; then the nearest were walked, and the
    edges also name things beyond them.
    """
    values: dict[str, str | int] = {
        "workspace": workspace,
        "day": day.isoformat(),
        "start": node_of(*start),
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(question, connection.vendor), values)
        rows: list[Edge] = cursor.fetchall()
    place = next(place for place, row in enumerate(rows) if row[0] == _COUNT)
    return rows[:place] + rows[place + 1 :], rows[place][1]


@lru_cache(maxsize=32)
def _statement(question: Question, vendor: str) -> str:
    arms = [_Arm(n, way) for n, way in enumerate(question.ways)]
    begin = "SELECT CAST(%(start)s AS bigint)"
    if vendor == "postgresql":  # knows one recursive term alone, and looks sideways within it
        inner = " UNION ALL ".join(f"SELECT {arm.to} {arm.rows('')}" for arm in arms)
        beside = f"walk w CROSS JOIN LATERAL ({inner}) AS e(node)"
        walk = f"{begin} UNION SELECT e.node FROM {beside}"  # noqa: S608  # nosec
    else:
        steps = [f"SELECT {arm.to} {arm.rows('walk w')}" for arm in arms]
        walk = " UNION ".join([begin, *steps])
    count = f"SELECT {_COUNT}, COUNT(*), 0, CAST(NULL AS text) FROM reached"  # noqa: S608  # nosec
    edges = [f"SELECT {arm.edge} {arm.rows('reached w')}" for arm in arms]
    found = " UNION ALL ".join([count, *edges])
    nearest = f"SELECT node FROM walk LIMIT {MOST + 1}"  # noqa: S608  # nosec
    return f"WITH RECURSIVE walk(node) AS ({walk}), reached AS MATERIALIZED ({nearest}) {found}"


class _Arm:
    """What one way adds to the statement."""

    def __init__(self, n: int, way: Way) -> None:
        self.way = way
        self.to = self._to_node()
        mark = f"{n << WAY} + {_told(way)} + {_rank(way)} + {_guess(way)}"
        self.edge = f"{mark}, w.node, {self.to}, {_days(way)}"

    def rows(self, walk: str) -> str:
        """Tables and conditions, from the things walked in the table *walk*."""
        tables = " CROSS JOIN ".join([walk, *_tables(self.way)] if walk else _tables(self.way))
        return f"FROM {tables} WHERE {' AND '.join(_conditions(self.way))}"

    def _to_node(self) -> str:
        model, end = self.way.model, self.way.to
        kind = _column(model, end.kind_field) if end.kind_field else ""
        return f"{_column(model, end.number)} * {1 << KIND_BITS} + {_place(end, kind)}"


def _place(end: End, column: str) -> str:
    """The place of an end's kind in the registry."""
    if end.kind:
        return str(_kinds().index(end.kind))
    return _case(column, {kind: _kinds().index(kind) for kind in end.kinds if kind in _kinds()})


def _case(column: str, numbers: dict[str, int]) -> str:
    whens = " ".join(f"WHEN '{_plain(word)}' THEN {number}" for word, number in numbers.items())
    return f"CASE {column} {whens} END"


def _told(way: Way) -> str:
    if not way.told_by:
        return "0"
    places = {word: place << TOLD for place, word in enumerate(way.tells)}
    return _case(_column(way.model, way.told_by), places)


def _rank(way: Way) -> str:
    ranks = {effect: rank << RANK for effect, rank in RANKS.items()}
    if way.effect_field:
        return _case(_column(way.model, way.effect_field), ranks)
    if way.softened_by:
        soft = _column(way.model, way.softened_by)
        return f"CASE WHEN {soft} THEN {ranks['degrades']} ELSE {ranks[way.effect]} END"
    return str(ranks[way.effect])


def _guess(way: Way) -> str:
    if not way.guess:
        return "0"
    name, value = way.guess
    return f"CASE WHEN {_column(way.model, name)} = '{_plain(value)}' THEN {GUESS} ELSE 0 END"


def _days(way: Way) -> str:
    if not way.dated:
        return "CAST(NULL AS text)"
    first, last = (_column(way.model, name) for name in way.dated)
    written = " || '/' || ".join(f"COALESCE(CAST({day} AS text), '')" for day in (first, last))
    return f"CASE WHEN {first} IS NOT NULL OR {last} IS NOT NULL THEN {written} END"


def _tables(way: Way) -> list[str]:
    # In this order: from the thing that was reached to the row that leads on
    fixed = {name for name, values in way.only.items() if len(values) == 1}
    if way.through:
        between = _index(way.through.model, way.at.number, frozenset())
        row = _index(way.model, way.through.on, frozenset(fixed))
        return [f"{_table(way.through.model)} v{between}", f"{_table(way.model)} t{row}"]
    fixed |= {way.at.kind_field} if way.at.kind_field else set()
    return [f"{_table(way.model)} t{_index(way.model, way.at.number, frozenset(fixed))}"]


def _index(model: type[Model], number: str, fixed: frozenset[str]) -> str:
    """For SQLite the index by which rows of one thing are found, by name.

    Its planner goes by how many rows a value has on average. Of a column that is empty nearly
    everywhere, such as a supplier, it thinks that reading the whole table were cheaper.
    """
    if connection.vendor != "sqlite" or number == "id":
        return ""
    wanted = _name(model, number)
    known = {_name(model, name) for name in fixed} | {wanted}
    if issubclass(model, WorkspaceRow):
        known.add("workspace_id")
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    fitting = [
        (len(row["columns"]), name) for name, row in found.items()
        if row["index"] and wanted in row["columns"] and known.issuperset(row["columns"])
    ]  # fmt: skip
    return f" INDEXED BY {connection.ops.quote_name(max(fitting)[1])}" if fitting else ""


def _conditions(way: Way) -> Iterator[str]:
    model, at = (way.through.model, "v") if way.through else (way.model, "t")
    if way.at.kind:
        yield f"{_PLACE} = {_kinds().index(way.at.kind)}"
    else:
        words = {kind: _kinds().index(kind) for kind in way.at.kinds if kind in _kinds()}
        whens = " ".join(f"WHEN {n} THEN '{_plain(kind)}'" for kind, n in words.items())
        yield f"{_PLACE} IN ({', '.join(map(str, words.values()))})"
        yield f"{_column(model, way.at.kind_field, at)} = CASE {_PLACE} {whens} END"
    yield f"{_column(model, way.at.number, at)} = w.node >> {KIND_BITS}"
    if way.through:
        ours = _column(way.model, way.through.on)
        yield f"{ours} = {_column(way.through.model, way.through.number, 'v')}"
    yield from _in_use(way.model)
    yield f"{_column(way.model, way.to.number)} IS NOT NULL"
    if way.to.kind_field:
        yield f"{_column(way.model, way.to.kind_field)} IN ({_listed(way.to.kinds)})"
    for name, values in way.only.items():
        yield f"{_column(way.model, name)} IN ({_listed(values)})"
    if way.dated:
        first, last = (_column(way.model, name) for name in way.dated)
        yield f"({first} IS NULL OR {first} <= %(day)s)"
        yield f"({last} IS NULL OR {last} >= %(day)s)"


def _in_use(model: type[Model]) -> Iterator[str]:
    """The row is of this workspace, of a finished import and was not put away or removed."""
    if issubclass(model, WorkspaceRow):
        yield f"t.workspace_id = {_WORKSPACE}"
    if issubclass(model, CoreEntity):
        yield "NOT t.archived AND t.pending_run IS NULL"
    elif model is Link:
        yield "t.state = 'live' AND t.pending_run IS NULL"


def _column(model: type[Model], name: str, alias: str = "t") -> str:
    return f"{alias}.{connection.ops.quote_name(_name(model, name))}"


def _name(model: type[Model], name: str) -> str:
    fields = model._meta.concrete_fields
    return str(next(f.column for f in fields if name in {f.name, f.attname}))


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{_plain(value)}'" for value in values)


def _plain(word: str) -> str:
    """A word of our own data; anything that is not one would be a mistake in this room."""
    if not word.replace("_", "").isalnum():
        raise ValueError(word)
    return word
