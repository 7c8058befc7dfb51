"""History: one event per operation and object, written by the operation (DECISIONS 15)."""

import contextlib
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from polku.kernel.actor import Actor
from polku.kernel.events import Event, emit
from polku.kernel.models import AuditEvent

type Changes = Mapping[str, list[Any]]

_operation: ContextVar[uuid.UUID | None] = ContextVar("operation", default=None)


type Pieces = Mapping[str, Collection[int]]


@dataclass(frozen=True)
class Entry:
    """What to record about one object.

    ``touched`` tells those who listen more closely what changed than the names of ``changes`` do.
    ``pieces`` are the inner numbers of those of its pieces whose meaning changed, by kind, where a
    verb knows them all; None where it does not say.
    """

    obj: Any
    changes: Changes = field(default_factory=dict)
    note: str = ""
    pieces: Pieces | None = None
    touched: Collection[str] = ()


@contextlib.contextmanager
def one_operation(number: uuid.UUID | None = None) -> Iterator[uuid.UUID]:
    """Everything recorded inside carries one operation number."""
    current = _operation.get()
    if current is not None and number is None:
        yield current
        return
    token = _operation.set(number or uuid.uuid4())
    try:
        yield _operation.get()  # type: ignore[misc]
    finally:
        _operation.reset(token)


def record(
    name: str, *, by: Actor, obj: Any, changes: Changes | None = None, note: str = "",
    pieces: Pieces | None = None, touched: Collection[str] = (),
) -> AuditEvent:  # fmt: skip
    """Write one event of history and let the rooms above react, in this transaction."""
    return record_many(name, by=by, entries=[Entry(obj, changes or {}, note, pieces, touched)])[0]


def record_many(name: str, *, by: Actor, entries: Iterable[Entry]) -> list[AuditEvent]:
    """Write one event for each object of one operation; *name* is dotted and past tense."""
    entries = list(entries)
    number = _operation.get() or uuid.uuid4()
    rows = [_row(name, by, entry, number) for entry in entries]
    AuditEvent.objects.bulk_create(rows, batch_size=1000)
    touched = frozenset(key for entry in entries for key in (*entry.changes, *entry.touched))
    if entries:
        objects = [entry.obj for entry in entries]
        emit(Event(name, kind_of(objects[0]), by, objects, touched, _pieces(entries)))
    return rows


def _pieces(entries: list[Entry]) -> Pieces | None:
    """The pieces of all entries together; None when one of them does not say."""
    found: dict[str, set[int]] = {}
    for entry in entries:
        if entry.pieces is None:
            return None
        for kind, numbers in entry.pieces.items():
            found.setdefault(kind, set()).update(numbers)
    return found


def kind_of(obj: Any) -> str:
    """The registry kind of an object; tables without a row go by their table's name."""
    return str(obj._meta.db_table)


def _row(name: str, by: Actor, entry: Entry, number: uuid.UUID) -> AuditEvent:
    return AuditEvent(
        workspace_id=by.workspace.pk,
        name=name,
        object_kind=kind_of(entry.obj),
        object_id=entry.obj.pk,
        object_code=getattr(entry.obj, "code", ""),
        object_revision=getattr(entry.obj, "revision", 0),
        changes=dict(entry.changes),
        note=entry.note,
        operation_id=number,
        actor_id=by.user_id,
        actor_party_id=by.party_id,
        channel=by.channel,
    )
