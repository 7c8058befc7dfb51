"""What an end meant when a tie was last looked at, read back from its history."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence
from polku.kernel.audit import kind_of
from polku.kernel.fields import Field
from polku.kernel.fingerprints import EMPTY, canonical, content_of
from polku.kernel.meanings import Meaning
from polku.kernel.models import AuditEvent
from polku.kernel.pieces import PieceKind, home_of, piece_kind
from polku.kernel.registry import Entity, entity_of
from polku.tenancy.models import PieceRow
from polku.tenancy.translated import Translated

# Of whom a change is told: enough to name the one who did it
_COLUMNS = ("actor", "actor_party")


@dataclass(frozen=True)
class FieldChange:
    """One part of the meaning, before and after; ``field`` is its row in the registry, if it has
    one."""

    name: str
    label: str
    before: Any
    after: Any
    field: Field | None = None


@dataclass(frozen=True)
class Told:
    """The newest operation that changed the meaning, and how many there were."""

    event: AuditEvent
    n: int


type Past = tuple[tuple[FieldChange, ...], Told | None]


def told_since(actor: Actor, asked: Sequence[tuple[Any, dt.datetime]]) -> list[Past]:
    """What of each object's meaning differs from its moment, and who changed it last; the history
    of all of them is read in one statement."""
    events = _events_since(actor, asked)
    return [
        _told(obj, [event for event in events[_home(obj)] if event.at > moment])
        for obj, moment in asked
    ]


def _home(obj: Any) -> tuple[str, int]:
    home = home_of(obj)
    return kind_of(home), home.pk


def _events_since(
    actor: Actor, asked: Sequence[tuple[Any, dt.datetime]]
) -> dict[tuple[str, int], list[AuditEvent]]:
    """What happened to the objects since the first of the moments, by object, oldest first."""
    found: dict[tuple[str, int], list[AuditEvent]] = defaultdict(list)
    numbers: dict[str, set[int]] = defaultdict(set)
    for kind, number in (_home(obj) for obj, _moment in asked):
        numbers[kind].add(number)
    if not numbers:
        return found
    about = Q()
    for kind, own in numbers.items():
        about |= Q(object_kind=kind, object_id__in=own)
    rows = AuditEvent.objects.filter(
        about, workspace=actor.workspace, at__gt=min(moment for _obj, moment in asked)
    ).exclude(name__startswith="link.")
    for event in rows.select_related(*_COLUMNS).order_by("at", "id"):
        found[event.object_kind, event.object_id].append(event)
    return found


def _told(obj: Any, events: list[AuditEvent]) -> Past:
    parts = list(_parts(obj))
    if isinstance(obj, PieceRow):
        events = [event for event in events if _names(event, parts, obj)]
    now = content_of(obj)
    fields = tuple(
        change for part in parts if (change := _differs(part, obj, events, now)) is not None
    )
    touching = [event for event in events if any(part.told_by in event.changes for part in parts)]
    return fields, Told(touching[-1], len(touching)) if touching else None


def _names(event: AuditEvent, parts: list["_Part"], piece: PieceRow) -> bool:
    """Whether this event tells of the piece: some keep only the pieces that an edit changed."""
    told = (event.changes.get(name) for name in {part.told_by for part in parts})
    kept = [row for pair in told if pair for rows in pair for row in rows or ()]
    return any(row.get("number") == piece.number for row in kept)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Part:
    """One part of a meaning: where history tells of it, and how a kept value is read."""

    name: str
    label: str
    told_by: str
    field: Field | None = None
    meaning: Meaning | None = None


def _parts(obj: Any) -> Iterable[_Part]:
    piece = piece_kind(kind_of(obj))
    if piece is not None:
        yield from _piece_parts(piece)
        return
    row: Entity = entity_of(obj)
    for name in row.meaning_fields:
        found = row.by_name[name]
        yield _Part(name, found.label(row.model), name, found)
    for part in row.meanings:
        yield _Part(part.name, str(part.label), part.field, row.by_name.get(part.field), part)


def _piece_parts(piece: PieceKind) -> Iterable[_Part]:
    for name in piece.meaning_fields:
        label: Sentence = piece.model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        text = str(label)
        yield _Part(name, text[:1].upper() + text[1:], piece.told_by)


def _differs(
    part: _Part, obj: Any, events: list[AuditEvent], now: dict[str, Any]
) -> FieldChange | None:
    told = [event.changes[part.told_by] for event in events if part.told_by in event.changes]
    if not told:
        return None
    before = _past(part, obj, told[0][0])
    # Lists are read from history on both sides, so that they differ in what differs alone
    after = _past(part, obj, told[-1][1]) if part.meaning else now.get(part.name)
    if canonical(before) == canonical(after) or (before in EMPTY and after in EMPTY):
        return None
    return FieldChange(part.name, part.label, before, after, part.field)


def _past(part: _Part, obj: Any, kept: Any) -> Any:
    """The meaning of a value as history keeps it."""
    if isinstance(obj, PieceRow):
        return _past_of_piece(part, obj, kept)
    if part.meaning is not None:
        return part.meaning.read_past(kept) if part.meaning.read_past else kept
    value = getattr(obj, part.name)
    if isinstance(value, Translated) and isinstance(kept, dict):
        return kept.get(value.source_lang) or next(iter(kept.values()), "") if kept else ""
    return kept


def _past_of_piece(part: _Part, obj: PieceRow, kept: Any) -> Any:
    piece = piece_kind(kind_of(obj))
    rows = kept if isinstance(kept, list) else []
    mine = [row for row in rows if row.get("number") == obj.number]  # type: ignore[attr-defined]
    if not mine or piece is None or piece.read_past is None:
        return None
    return piece.read_past(mine[0]).get(part.name)
