"""The walk in the database: the one module of this room with SQL written by hand.

The walk goes step by step from a start: one statement gives the edges from all things that were
reached by the step before, each thing once, so that circles end by themselves; it stops at
:data:`MOST` of them. How far each thing is and how gravely it is touched is worked out from the
edges in :mod:`polku.insight.impact.weighing`. One recursive statement took a third longer: it has
to read each row twice, once to find the things and once more for the edges between them.

The text is made of names of tables and columns and of our own words; values of a request are
parameters. Things and what an edge says come as whole numbers, which are read in a fifth of the
time that names take.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model

from polku.insight.impact.questions import Question
from polku.insight.impact.ways import EFFECTS, End, Way
from polku.kernel.among import sent
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
    start: tuple[str, int], question: Question, *, workspace: int, day: date, far: int
) -> tuple[list[Edge], int]:
    """Edges that hold on *day* from the things within *far* steps of *start*, and how many these
    are.

    The count is one above :data:`MOST` when there are more; then the nearest were walked from. The
    edges also name the things one step beyond.
    """
    values: dict[str, Any] = {"workspace": workspace, "day": day.isoformat()}
    front = [node_of(*start)]
    reached, found = set(front), list[Edge]()
    with connection.cursor() as cursor:
        for step in range(far + 1):
            statement = _statement(question, _kinds_in(front), connection.vendor)
            if not statement:
                break
            cursor.execute(statement, {**values, "front": sent(front, connection.vendor)})
            rows: list[Edge] = cursor.fetchall()
            found += rows
            if step == far:
                break
            front = sorted({row[2] for row in rows} - reached)[: MOST + 1 - len(reached)]
            reached.update(front)
    return found, len(reached)


def _kinds_in(nodes: Iterable[Node]) -> frozenset[str]:
    return frozenset(_kinds()[place] for place in {node & ((1 << KIND_BITS) - 1) for node in nodes})


@lru_cache(maxsize=256)
def _statement(question: Question, kinds: frozenset[str], vendor: str) -> str:
    """The edges from things of these kinds, as many as stand in *front*; nothing when no way leads
    on from such a kind."""
    arms = [_Arm(n, way) for n, way in enumerate(question.ways)]
    edges = [f"SELECT {arm.edge} {arm.rows}" for arm in arms if arm.starts & kinds]
    if not edges:
        return ""
    front = (
        "SELECT unnest(%(front)s::bigint[])" if vendor == "postgresql"
        else "SELECT value FROM json_each(%(front)s)"
    )  # fmt: skip
    return f"WITH front(node) AS MATERIALIZED ({front}) {' UNION ALL '.join(edges)}"


class _Arm:
    """What one way adds to the statement."""

    def __init__(self, n: int, way: Way) -> None:
        self.way = way
        self.starts = {way.at.kind} if way.at.kind else set(way.at.kinds)
        mark = f"{n << WAY} + {_told(way)} + {_rank(way)} + {_guess(way)}"
        self.edge = f"{mark}, w.node, {self._to_node()}, {_days(way)}"
        tables = " CROSS JOIN ".join(["front w", *_tables(way)])
        self.rows = f"FROM {tables} WHERE {' AND '.join(_conditions(way))}"

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
        pairs = [f"{_table(p.model)} u{_index(p.model, p.at, frozenset())}"
                 for p in (way.through.pairs,) if p]  # fmt: skip
        return [f"{_table(way.through.model)} v{between}", *pairs, f"{_table(way.model)} t{row}"]
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
    fitting = [
        (len(columns), name) for name, columns in _indexes(model._meta.db_table).items()
        if wanted in columns and known.issuperset(columns)
    ]  # fmt: skip
    return f" INDEXED BY {connection.ops.quote_name(max(fitting)[1])}" if fitting else ""


@cache
def _indexes(table: str) -> dict[str, list[str]]:
    """The columns of each index of a table; Django reads them out of its text, 5 ms a table."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    return {name: row["columns"] for name, row in found.items() if row["index"]}


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
        ours, pairs = _column(way.model, way.through.on), way.through.pairs
        theirs = _column(way.through.model, way.through.number, "v")
        if pairs:
            yield f"{theirs} = {_column(pairs.model, pairs.at, 'u')}"
            theirs = _column(pairs.model, pairs.number, "u")
        yield f"{ours} = {theirs}"
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
