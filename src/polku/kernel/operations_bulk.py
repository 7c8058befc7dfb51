"""The verbs for many objects of one kind at once: a few statements, not a few for each.

Imports use them in chunks. They ask the same policy, run the same checks and write the same history
as the verbs for one object.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from polku.kernel import search
from polku.kernel.actor import Actor
from polku.kernel.answers import require
from polku.kernel.audit import Entry, kind_of, one_operation, record_many
from polku.kernel.changes import Values, differences, stamp
from polku.kernel.clock import today_in
from polku.kernel.fingerprints import fingerprint
from polku.kernel.link_history import MADE, remember_many
from polku.kernel.models import Link, Transition
from polku.kernel.parsing import parse_values
from polku.kernel.policy import may_archive, may_change
from polku.kernel.registry import Entity
from polku.kernel.transitions import machine_of

BATCH = 100

type Changed = dict[int, dict[str, list[Any]]]
type Check = Callable[..., None]


def change_objects(
    entity: Entity, wanted: Sequence[tuple[int, Values]], *, by: Actor, note: str = "",
    held: Collection[Check] = (),
) -> Changed:  # fmt: skip
    """Change fields of many objects, each given as (inner number, values); all or none.

    *held* are rules of the entity that the caller held itself, as those that would look for
    objects of an import, which cannot be seen yet.

    For files, which note how things stand already (DECISIONS 17): no verb is asked.
    Returns what differed by inner number, ``{field: [before, after]}``. Raises BadInput, Refused or
    NotAllowed.
    """
    with transaction.atomic(), one_operation():
        now = _locked(entity, by, [number for number, _values in wanted])
        changed: Changed = {}
        columns: set[str] = set()
        for number, values in wanted:
            obj = now[number]
            require(may_change(by, obj))
            parsed, many = parse_values(entity, values, by=by, now=obj, by_verb=True)
            if changes := differences(obj, parsed, many):
                checks = [check for check in entity.checks if check not in held]
                _set(obj, parsed, many, by, checks, frozenset(changes))
                changed[number] = changes
                columns |= set(parsed)
        _store(entity, [now[number] for number in changed], columns)
        entries = [Entry(now[number], changes, note) for number, changes in changed.items()]
        record_many(f"{entity.kind}.changed", by=by, entries=entries)
    return changed


def _locked(entity: Entity, by: Actor, numbers: Sequence[int]) -> dict[int, Any]:
    rows = entity.model.objects.select_related(*entity.refs).select_for_update(of=("self",))
    return {row.pk: row for row in rows.filter(workspace=by.workspace, pk__in=numbers)}


def _set(
    obj: Any, parsed: Mapping[str, Any], many: Mapping[str, Any], by: Actor,
    checks: Iterable[Check], changed: frozenset[str],
) -> None:  # fmt: skip
    for name, value in parsed.items():
        setattr(obj, name, value)
    for check in checks:
        check(obj, by, changed)
    stamp(obj, by)
    obj.refresh_sort_title()
    for name, rows in many.items():
        getattr(obj, name).set(rows)


def _store(entity: Entity, objects: list[Any], columns: set[str]) -> None:
    if not objects:
        return
    stamped = {"revision", "updated_at", "updated_by_id", "sort_title"}
    names = {_attname(entity, name) for name in columns | stamped}
    fields = [field for field in entity.model._meta.concrete_fields if field.attname in names]
    entity.model.objects.bulk_update(objects, [field.name for field in fields], batch_size=BATCH)
    if columns & {*entity.search_fields, entity.title_field}:
        search.index(objects)


def _attname(entity: Entity, name: str) -> str:
    found = entity.by_name.get(name)
    return f"{name}_id" if found is not None and found.type == "ref" else name


def archive_objects(
    entity: Entity, numbers: Sequence[int], *, by: Actor, reason: str = ""
) -> list[Any]:
    """Put many objects away; returns those that were not away already. Nothing is deleted."""
    with transaction.atomic(), one_operation():
        rows = [obj for obj in _locked(entity, by, numbers).values() if not obj.archived]
        for obj in rows:
            require(may_archive(by, obj))
            obj.archived = True
            stamp(obj, by)
        names = ["archived", "revision", "updated_at", "updated_by"]
        entity.model.objects.bulk_update(rows, names, batch_size=BATCH)
        entries = [Entry(obj, {"archived": [False, True]}, reason) for obj in rows]
        record_many(f"{entity.kind}.archived", by=by, entries=entries)
    return rows


def place_objects(
    entity: Entity, wanted: Sequence[tuple[int, str]], *, by: Actor,
    effective_on: dt.date | None = None, reason: str = "",
) -> Changed:  # fmt: skip
    """Say where objects stand, each as (inner number, state), without a gate (DECISIONS 17).

    The transition comes from nothing and takes effect on *effective_on*, today if not said.
    """
    day = effective_on or today_in(by.workspace)
    machine = machine_of(entity).code
    with transaction.atomic(), one_operation():
        now = _locked(entity, by, [number for number, _state in wanted])
        changed: Changed = {}
        for number, state in wanted:
            obj = now[number]
            require(may_change(by, obj))
            if (before := getattr(obj, entity.state_field)) != state:
                setattr(obj, entity.state_field, state)
                if hasattr(obj, "held_from_state"):
                    obj.held_from_state = ""
                stamp(obj, by)
                changed[number] = {entity.state_field: [before, state]}
        rows = [
            Transition(
                workspace_id=by.workspace.pk, object_kind=entity.kind, object_id=number,
                machine=machine, to_state=changes[entity.state_field][1], effective_on=day,
                by_id=by.user_id, by_party_id=by.party_id, reason=reason,
                applied_at=timezone.now(),
            )
            for number, changes in changed.items()
        ]  # fmt: skip
        Transition.objects.bulk_create(rows, batch_size=1000)
        names = [entity.state_field, "revision", "updated_at", "updated_by"]
        if hasattr(entity.model, "held_from_state"):
            names.append("held_from_state")
        objects = [now[number] for number in changed]
        entity.model.objects.bulk_update(objects, names, batch_size=BATCH)
        entries = [Entry(now[number], changes, reason) for number, changes in changed.items()]
        record_many(f"{entity.kind}.moved", by=by, entries=entries)
    return changed


@dataclass(frozen=True)
class NewTie:
    """A tie to be made; its ends were checked by the caller."""

    code: str
    start: Any
    end: Any
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    why: str = ""
    confidence: str = Link.Confidence.CONFIRMED
    properties: Mapping[str, Any] = field(default_factory=dict)


def tie_many(
    ties: Sequence[NewTie], *, by: Actor, pending_run: int | None = None, origin: str = "import"
) -> list[Link]:
    """Make many ties at once. Each stands in the history of both its ends."""
    with transaction.atomic(), one_operation():
        prints: dict[tuple[str, int], str] = {}
        links = [_link(tie, by, pending_run, origin, prints) for tie in ties]
        Link.objects.bulk_create(links, batch_size=500)
        rows = [(link, (tie.start, tie.end), None, tie.why)
                for link, tie in zip(links, ties, strict=True)]  # fmt: skip
        remember_many(MADE, rows, by=by)
    return links


def _link(
    tie: NewTie, by: Actor, pending_run: int | None, origin: str,
    prints: dict[tuple[str, int], str],
) -> Link:  # fmt: skip
    ends = [(kind_of(end), end.pk) for end in (tie.start, tie.end)]
    for place, end in zip(ends, (tie.start, tie.end), strict=True):
        if place not in prints:
            prints[place] = fingerprint(end)
    return Link(
        workspace_id=by.workspace.pk, kind=tie.code, from_kind=ends[0][0], from_id=ends[0][1],
        to_kind=ends[1][0], to_id=ends[1][1], valid_from=tie.valid_from, valid_to=tie.valid_to,
        why=tie.why[:400], origin=origin, made_by_id=by.user_id, confidence=tie.confidence,
        properties=dict(tie.properties),
        from_fingerprint=prints[ends[0]], to_fingerprint=prints[ends[1]], pending_run=pending_run,
    )  # fmt: skip
