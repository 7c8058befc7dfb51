"""The portfolio's numbers: dials with their unknowns, and what is to be decided by when."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from polku.kernel.actor import Actor
from polku.kernel.clock import today_in
from polku.kernel.entities import DECISION
from polku.kernel.models import Decision, Transition
from polku.kernel.queries import find_many, visible_kind
from polku.kernel.registry import Entity, entities, entity, has_entity
from polku.portfolio.models import ServiceProduct
from polku.portfolio.operations import DIAL_FIELDS
from polku.portfolio.queries import visible_services

DIALS = ("agreement", "cost", "life", "importance", "continuity")
UNKNOWN, NOT_YET = "unknown", "not_yet"
MONTH = dt.timedelta(days=30)

# A service in one of these was never open to anybody yet (DECISIONS 36)
BEFORE_OPENING = frozenset({"idea", "being_made", "in_test"})


def is_before_opening(state: str, held_from: str = "") -> bool:
    """Whether a service is not live yet; one on hold counts as what it was held from."""
    return (held_from if state == "on_hold" else state) in BEFORE_OPENING


def dials_of(
    service: ServiceProduct, state: str | None = None, before: Mapping[str, Any] | None = None
) -> dict[str, str]:
    """The five dials in their order; *before* holds former values by field name.

    A dial nobody has set is ``unknown``, or ``not_yet`` while the service is not live yet.
    """
    stands = service.managed_state if state is None else state
    empty = NOT_YET if is_before_opening(stands, service.held_from_state) else UNKNOWN
    former = before or {}
    found = {}
    for dial in DIALS:
        if dial == "life":
            found[dial] = stands or UNKNOWN
            continue
        name = DIAL_FIELDS[dial]
        value = former.get(name, getattr(service, name)) or UNKNOWN
        found[dial] = empty if value == UNKNOWN else value
    return found


@dataclass(frozen=True)
class DialCount:
    """How many dials are unknown of all that could be known, and how many are not yet."""

    unknown: int = 0
    total: int = 0
    not_yet: int = 0

    @classmethod
    def of(cls, dials: Iterable[Mapping[str, str]]) -> "DialCount":
        """Count over the dials of many services."""
        values = [value for row in dials for value in row.values()]
        not_yet = values.count(NOT_YET)
        return cls(values.count(UNKNOWN), len(values) - not_yet, not_yet)


@dataclass(frozen=True)
class Due:
    """Something to decide by a day: ``look_again``, ``review`` or a ``planned`` step.

    ``state`` is where a planned step leads; ``decision`` is the one to look at again.
    """

    on: dt.date
    kind: str
    object_id: int
    state: str = ""
    decision: Decision | None = None


@dataclass(frozen=True)
class DueThing:
    """A due date with the object it is about."""

    due: Due
    entity: Entity
    obj: Any


def open_look_agains(actor: Actor) -> QuerySet[Decision]:
    """Decisions whose day to look again stands: not revised, not decided about since that day."""
    later = Decision.objects.filter(
        workspace=OuterRef("workspace"), subject_kind=OuterRef("subject_kind"),
        subject_id=OuterRef("subject_id"), decided_on__gte=OuterRef("look_again_on"),
        pk__gt=OuterRef("pk"),
    )  # fmt: skip
    rows = visible_kind(actor, DECISION).filter(
        look_again_on__isnull=False, revised_by__isnull=True
    )
    return rows.filter(~Exists(later))


def planned_steps(actor: Actor) -> QuerySet[Transition]:
    """Steps that lie ahead and were not taken back."""
    return Transition.objects.filter(
        workspace=actor.workspace, applied_at__isnull=True, cancelled_at__isnull=True,
        pending_run__isnull=True,
    )  # fmt: skip


def decisions_due(
    actor: Actor, *, within: dt.timedelta = MONTH, owner_party_id: int | None = None
) -> list[DueThing]:
    """What is to be decided until *within* from today, overdue first, with its object.

    Look-again days of decisions, review days of services, planned steps. With *owner_party_id*
    only what that person answers for. Empty for people of the other side.
    """
    if not actor.is_internal:
        return []
    last = today_in(actor.workspace) + within
    pairs = [*_looks(actor, last), *_plans(actor, last)]
    objects = find_many(actor, {(kind, due.object_id) for kind, due in pairs})
    found = [
        DueThing(due, entity(kind), objects[kind, due.object_id])
        for kind, due in pairs
        if (kind, due.object_id) in objects
    ]
    found = [thing for thing in found if _still_open(thing)] + _reviews(actor, last)
    if owner_party_id is not None:
        found = [thing for thing in found if thing.obj.owner_party_id == owner_party_id]
    return sorted(found, key=lambda thing: (thing.due.on, thing.obj.sort_title))


def _looks(actor: Actor, last: dt.date) -> list[tuple[str, Due]]:
    rows = open_look_agains(actor).filter(look_again_on__lte=last)
    return [
        (row.subject_kind, Due(row.look_again_on, "look_again", row.subject_id, decision=row))
        for row in rows
        if row.subject_id and row.look_again_on and has_entity(row.subject_kind)
    ]


def _plans(actor: Actor, last: dt.date) -> list[tuple[str, Due]]:
    kinds = [row.kind for row in entities() if row.machine]
    rows = planned_steps(actor).filter(effective_on__lte=last, object_kind__in=kinds)
    found = rows.values_list("object_kind", "effective_on", "object_id", "to_state")
    return [(kind, Due(day, "planned", number, state)) for kind, day, number, state in found]


def _still_open(thing: DueThing) -> bool:
    """A look-again day is answered when the object was looked at since."""
    if thing.obj.archived:
        return False
    seen = getattr(thing.obj, "last_reviewed_on", None)
    return not (thing.due.kind == "look_again" and seen and seen >= thing.due.on)


def _reviews(actor: Actor, last: dt.date) -> list[DueThing]:
    rows = visible_services(actor).filter(review_due__lte=last).exclude(managed_state="ended")
    row = entity("service_product")
    return [
        DueThing(Due(service.review_due, "review", service.pk), row, service)
        for service in rows
        if service.review_due
    ]
