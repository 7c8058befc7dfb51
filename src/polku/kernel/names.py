"""A few columns of many things: the question of a kind is put together once and asked again.

It is the question that :func:`~polku.kernel.queries.visible_kind` asks, with other numbers in it.
The mapper takes a third of a millisecond to write it down each time, more than the answer takes;
a page of impact asks ten such questions. For people inside alone: what others may see differs from
one to the next, and is asked anew.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from django.db import connection

from polku.kernel.actor import SYSTEM, Actor
from polku.kernel.among import sent
from polku.kernel.queries import Visible, find_many, titled, visible_kind
from polku.kernel.registry import Entity, entity, has_entity
from polku.tenancy.models import Workspace

type Pair = tuple[str, int]

# Stands for the workspace in a question that is put together; no row has such a number
_NO_WORKSPACE = -7_340_033
# What is read of the two sides after which a customer is named
SIDES = {"relationship": (
    "consumer_party__code", "consumer_party__name", "provider_party__code", "provider_party__name",
    "provider_party__is_internal",
)}  # fmt: skip


def columns_of(
    actor: Actor, row: Entity, columns: tuple[str, ...], numbers: Collection[int], *,
    archived: bool = False,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """These columns of those among the numbers that the actor may see, as ``values_list`` gives
    them, in no order."""
    if not numbers:
        return []
    if not actor.is_internal:
        return list(_asked(actor, row, columns, numbers, archived))
    question = _question(row.kind, columns, archived, connection.vendor)
    return question.answer(actor.workspace.pk, numbers)


def names_of(
    actor: Actor, pairs: Iterable[Pair], *more: str, archived: bool = True
) -> dict[Pair, Any]:
    """The things and pieces of these kinds and numbers with code, title, state and the columns
    *more*; what may not be seen is left out, and so is what was put away unless *archived*.

    Another column of theirs is read, one by one, when it is asked for.
    """
    numbers: dict[str, list[int]] = {}
    for kind, number in pairs:
        numbers.setdefault(kind, []).append(number)
    found: dict[Pair, Any] = {}
    for kind, wanted in numbers.items():
        if not has_entity(kind):  # a piece, which is named after its parent
            found |= find_many(actor, {(kind, number) for number in wanted})
            continue
        row = entity(kind)
        if row.title_field in row.by_name:
            objects = _made(actor, row, wanted, more, archived=archived)
        else:
            rows = _named_after_others(actor, row, more, archived=archived)
            objects = rows.filter(pk__among=wanted)
        found |= {(kind, obj.pk): obj for obj in objects}
    return found


def _made(
    actor: Actor, row: Entity, numbers: list[int], more: tuple[str, ...], *, archived: bool
) -> Iterable[Any]:
    state = (row.state_field,) if row.machine is not None else ()
    columns = ("id", "code", "archived", row.title_field, *state, *more)
    told = columns_of(actor, row, columns, numbers, archived=archived)
    return [row.model.from_db(connection.alias, columns, values) for values in told]


def _named_after_others(
    actor: Actor, row: Entity, more: tuple[str, ...], *, archived: bool
) -> Visible[Any]:  # fmt: skip
    """Things whose names are made of those of others, which are read along."""
    rows = titled(row, visible_kind(actor, row, archived=archived))
    sides = SIDES.get(row.kind)
    return rows.only("code", "archived", row.state_field, *sides, *more) if sides else rows


def _asked(
    actor: Actor, row: Entity, columns: tuple[str, ...], numbers: Collection[int], archived: bool
) -> Visible[Any]:
    rows = visible_kind(actor, row, archived=archived).filter(pk__among=numbers).order_by()
    return rows.values_list(*columns)  # type: ignore[return-value]


@lru_cache(maxsize=256)
def _question(kind: str, columns: tuple[str, ...], archived: bool, _vendor: str) -> "_Question":
    return _Question(kind, columns, archived)


class _Question:
    """One question in the words of the database, with the places of its workspace and numbers."""

    def __init__(self, kind: str, columns: tuple[str, ...], archived: bool) -> None:
        nobody = Actor(workspace=Workspace(pk=_NO_WORKSPACE), role=SYSTEM)
        rows = _asked(nobody, entity(kind), columns, [_NO_WORKSPACE], archived)
        compiler = rows.query.get_compiler(using=rows.db)
        sql, values = compiler.as_sql()
        self.sql, self.values = sql, list(values)
        self.workspace = self.values.index(_NO_WORKSPACE)
        self.numbers = self.values.index(sent([_NO_WORKSPACE], connection.vendor))
        read = [found[0] for found in compiler.select]
        self.converters = list(compiler.get_converters(read).items())

    def answer(self, workspace: int, numbers: Collection[int]) -> list[tuple[Any, ...]]:
        """The rows of this workspace among the numbers."""
        values = [*self.values]
        values[self.workspace], values[self.numbers] = workspace, sent(numbers, connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [self._read(row) for row in rows] if self.converters else rows

    def _read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """As the fields read what the database has stored."""
        found = [*row]
        for place, (converters, column) in self.converters:
            for convert in converters:
                found[place] = convert(found[place], column, connection)
        return tuple(found)
