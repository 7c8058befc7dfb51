"""The one door for creating and changing objects of any registered kind.

Rooms wrap these in verbs of their own; nothing else writes. Each call is one transaction, asks
the policy, writes history, keeps the search words and lets the rooms above react.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polku.kernel import search
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, Refused, require
from polku.kernel.audit import Entry, one_operation, record, record_many
from polku.kernel.codes import give_codes
from polku.kernel.fields import plain
from polku.kernel.models import AuditEvent
from polku.kernel.parsing import parse_values, references_once
from polku.kernel.policy import may_archive, may_change, may_create
from polku.kernel.registry import Entity
from polku.kernel.transitions import begin
from polku.kernel.wording import Wording
from polku.tenancy.models import CoreEntity

type Values = Mapping[str, Any]

BATCH = 500


def create_object(entity: Entity, values: Values, *, by: Actor) -> Any:
    """Create one object from outside values. Raises BadInput, Refused or NotAllowed."""
    return create_objects(entity, [values], by=by)[0]


def create_objects(
    entity: Entity, rows: Sequence[Values], *, by: Actor, pending_run: int | None = None
) -> list[Any]:
    """Create many objects of one kind in one transaction: all or none.

    With *pending_run* the objects stay invisible until that import is complete.
    """
    with transaction.atomic(), one_operation():
        prepared = prepare_objects(entity, rows, by=by, pending_run=pending_run)
        return store_objects(prepared, by=by)


@dataclass(frozen=True)
class Prepared:
    """Objects that were read and checked and are not stored yet."""

    entity: Entity
    objects: list[Any]
    many: list[dict[str, Any]]
    pending_run: int | None = None


def prepare_objects(
    entity: Entity, rows: Sequence[Values], *, by: Actor, pending_run: int | None = None,
    checked: bool = False,
) -> Prepared:  # fmt: skip
    """The part of creating that needs no lock: long imports do it before their turn to write.

    *checked* says that the caller held the entity's own rules already, as an import does whose
    objects cannot be seen yet.
    """
    require(may_create(by, entity))
    with references_once():
        parsed = _parse_all(entity, rows, by)
    objects = [_build(entity, values, by, pending_run) for values, _many in parsed]
    for obj, (values, _many) in zip(objects, () if checked else parsed, strict=False):
        for check in entity.checks:
            check(obj, by, frozenset(values))
    for look in () if checked or len(objects) < 2 else entity.checks_together:
        look(objects, by)
    return Prepared(entity, objects, [many for _values, many in parsed], pending_run)


def store_objects(prepared: Prepared, *, by: Actor) -> list[Any]:
    """Give codes and store, with first states, words to find and history; one transaction."""
    entity, objects = prepared.entity, prepared.objects
    with transaction.atomic(), one_operation():
        codes = give_codes(by.workspace, entity.prefix, len(objects))
        for obj, code in zip(objects, codes, strict=True):
            obj.code = code
            if entity.title_field == "code":
                obj.refresh_sort_title()
        _insert(entity, objects, careful=len(objects) == 1)
        _fill_many(objects, prepared.many)
        begin(entity, objects, by=by, pending_run=prepared.pending_run)
        search.index(objects, fresh=True)
        record_many(f"{entity.kind}.created", by=by, entries=_all_created(prepared))
    return objects


def _parse_all(
    entity: Entity, rows: Sequence[Values], by: Actor
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    parsed = []
    for number, values in enumerate(rows):
        try:
            given = {**(entity.defaults(by) if entity.defaults else {}), **values}
            parsed.append(parse_values(entity, given, by=by, creating=True))
        except BadInput as error:
            if len(rows) == 1:
                raise
            raise BadInput({f"{number}.{k}": v for k, v in error.fields.items()}) from error
    return parsed


def _build(entity: Entity, values: dict[str, Any], by: Actor, pending_run: int | None) -> Any:
    obj = entity.model(
        workspace=by.workspace, created_by_id=by.user_id, updated_by_id=by.user_id,
        pending_run=pending_run, **values,
    )  # fmt: skip
    if by.role == "member" and obj.owner_party_id is None:
        obj.owner_party_id = by.party_id
    obj.refresh_sort_title()
    return obj


def _insert(entity: Entity, objects: list[Any], *, careful: bool) -> None:
    if careful:
        _hold_constraints(objects[0])
    try:
        with transaction.atomic():
            entity.model.objects.bulk_create(objects, batch_size=BATCH)
    except IntegrityError as error:
        raise Refused(
            _("Nothing was saved: two things here cannot stand together. Look for equal rows.")
        ) from error


def _hold_constraints(obj: CoreEntity) -> None:
    try:
        obj.validate_constraints(exclude={"code"})
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _fill_many(objects: list[Any], many: list[dict[str, Any]]) -> None:
    for obj, values in zip(objects, many, strict=True):
        for name, rows in values.items():
            getattr(obj, name).set(rows)


def _all_created(prepared: Prepared) -> list[Entry]:
    rows = zip(prepared.objects, prepared.many, strict=True)
    return [_created(prepared.entity, obj, many) for obj, many in rows]


def _created(entity: Entity, obj: Any, many: Mapping[str, Any]) -> Entry:
    filled: dict[str, list[Any]] = {}
    for field in entity.fields:
        value = _outside(obj, field.name, field.type)
        if value not in (None, "", [], {}):
            filled[field.name] = [None, value]
    for name, rows in many.items():
        if rows:
            filled[name] = [None, sorted(row.code for row in rows)]
    return Entry(obj, filled)


def _outside(obj: Any, name: str, kind: str) -> Any:
    if kind == "object":
        return getattr(obj, f"{name}_code") or None
    if kind == "refs":
        return None
    if kind == "ref":
        row = getattr(obj, name)
        return row.code if row is not None else None
    return plain(getattr(obj, name))


def change_object(
    entity: Entity, obj: Any, values: Values, *, by: Actor, revision: int | None = None,
    note: str = "", by_verb: bool = False, wording_only: bool = False,
) -> Any:  # fmt: skip
    """Change fields of one object; returns it fresh, also when nothing differed.

    *wording_only* claims that the meaning stays: ties to it need no look, and history says who
    claimed it. Only texts can change so; else BadInput.

    *by_verb* is for verbs that ask more than a value, such as a reason, and then change it.

    *revision* is the one the writer started from: when somebody changed one of the same fields
    since, :class:`Conflict` carries both and nothing is saved.
    """
    require(may_change(by, obj))
    with transaction.atomic(), one_operation():
        current = _locked(entity, obj)
        parsed, many = parse_values(entity, values, by=by, now=current, by_verb=by_verb)
        changes = differences(current, parsed, many)
        if not changes:
            return current
        if revision is not None and revision != current.revision:
            hold_both(current, changes, revision)
        claim = Wording(entity, current, changes) if wording_only else None
        _save(entity, current, parsed, many, by, frozenset(changes))
        if claim:
            claim.carry(by.workspace, current)
        name = claim.name if claim else f"{entity.kind}.changed"
        record(name, by=by, obj=current, changes=changes, note=note)
    return current


def _locked(entity: Entity, obj: Any) -> Any:
    rows = entity.model.objects.select_related(*entity.refs)
    return rows.select_for_update(of=("self",)).get(pk=obj.pk, workspace=obj.workspace_id)


def differences(obj: Any, parsed: dict[str, Any], many: dict[str, Any]) -> dict[str, list[Any]]:
    changes = {}
    for name, value in parsed.items():
        now = getattr(obj, name)
        if now != value:
            before = now.code if hasattr(now, "code") else plain(now)
            after = value.code if hasattr(value, "code") else plain(value)
            changes[name] = [before, after]
    for name, rows in many.items():
        before = sorted(row.code for row in getattr(obj, name).all())
        if before != (after := sorted(row.code for row in rows)):
            changes[name] = [before, after]
    return changes


def hold_both(obj: Any, changes: dict[str, list[Any]], revision: int) -> None:
    """Raise :class:`Conflict` when one of these was changed after *revision*, by its history."""
    since = AuditEvent.objects.filter(
        workspace_id=obj.workspace_id, object_kind=obj._meta.db_table, object_id=obj.pk,
        object_revision__gt=revision,
    ).order_by("object_revision")  # fmt: skip
    base: dict[str, Any] = {}
    for event in since:
        for name, (before, _after) in event.changes.items():
            base.setdefault(name, before)
    clashes = {
        name: {"base": base[name], "theirs": theirs, "mine": mine}
        for name, (theirs, mine) in changes.items()
        if name in base
    }
    if clashes:
        raise Conflict(clashes, obj.revision)


def _save(
    entity: Entity, obj: Any, parsed: dict[str, Any], many: dict[str, Any], by: Actor,
    changed: frozenset[str],
) -> None:  # fmt: skip
    for name, value in parsed.items():
        setattr(obj, name, value)
    for check in entity.checks:
        check(obj, by, changed)
    stamp(obj, by)
    obj.refresh_sort_title()
    _hold_constraints(obj)
    obj.save()
    for name, rows in many.items():
        getattr(obj, name).set(rows)
    if changed & {*entity.search_fields, entity.title_field}:
        search.index([obj])


def stamp(obj: Any, by: Actor) -> None:
    """One revision on, by this actor now; the caller saves :data:`STAMPED` with it."""
    obj.revision += 1
    obj.updated_at = timezone.now()
    obj.updated_by_id = by.user_id


STAMPED = ("revision", "updated_at", "updated_by")


def archive_object(entity: Entity, obj: Any, *, by: Actor, reason: str = "") -> Any:
    """Put an object away; nothing is deleted."""
    return _set_archived(entity, obj, True, by=by, reason=reason)


def restore_object(entity: Entity, obj: Any, *, by: Actor, reason: str = "") -> Any:
    """Bring an archived object back."""
    return _set_archived(entity, obj, False, by=by, reason=reason)


def _set_archived(entity: Entity, obj: Any, archived: bool, *, by: Actor, reason: str) -> Any:
    require(may_archive(by, obj))
    with transaction.atomic(), one_operation():
        current = _locked(entity, obj)
        if current.archived == archived:
            return current
        current.archived = archived
        for check in () if archived else entity.checks:  # what was right then may not be so now
            check(current, by, frozenset(entity.by_name))
        stamp(current, by)
        _hold_constraints(current)
        current.save()
        verb = "archived" if archived else "restored"
        changes = {"archived": [not archived, archived]}
        record(f"{entity.kind}.{verb}", by=by, obj=current, changes=changes, note=reason)
    return current
