"""History: one event per operation and object, written by the operation (DECISIONS 15)."""

import contextlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from polku.kernel.actor import Actor
from polku.kernel.events import Event, emit
from polku.kernel.models import AuditEvent

type Changes = Mapping[str, list[Any]]

_operation: ContextVar[uuid.UUID | None] = ContextVar("operation", default=None)


@dataclass(frozen=True)
class Entry:
    """What to record about one object."""

    obj: Any
    changes: Changes = field(default_factory=dict)
    note: str = ""


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
    name: str, *, by: Actor, obj: Any, changes: Changes | None = None, note: str = ""
) -> AuditEvent:
    """Write one event of history and let the rooms above react, in this transaction."""
    return record_many(name, by=by, entries=[Entry(obj, changes or {}, note)])[0]


def record_many(name: str, *, by: Actor, entries: Iterable[Entry]) -> list[AuditEvent]:
    """Write one event for each object of one operation; *name* is dotted and past tense."""
    entries = list(entries)
    number = _operation.get() or uuid.uuid4()
    rows = [_row(name, by, entry, number) for entry in entries]
    AuditEvent.objects.bulk_create(rows, batch_size=1000)
    touched = frozenset(key for entry in entries for key in entry.changes)
    if entries:
        objects = [entry.obj for entry in entries]
        emit(Event(name, kind_of(objects[0]), by, objects, touched))
    return rows


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
