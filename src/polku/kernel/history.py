"""Reading what happened to one object."""

import datetime as dt
from typing import Any

from django.db.models import Q

from polku.kernel.actor import Actor
from polku.kernel.answers import require
from polku.kernel.audit import kind_of
from polku.kernel.models import AuditEvent, Decision, Transition
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import visible
from polku.kernel.registry import Entity
from polku.kernel.timelines import Placed as Placed
from polku.kernel.timelines import places_on, steps_of_kind

# The whole event, and of the one who did it what a sentence says
EVENT = tuple(column.name for column in AuditEvent._meta.concrete_fields)
NAME = "actor_party__name"
STEP = tuple(column.name for column in Transition._meta.concrete_fields)
BY = ("by__name", "by__email", "by_party__code", "by_party__name")
DECIDED = ("decision__code", "decision__unknowns", "decision__same_person")
# What one line says of a decision
JUDGED = ("code", "archived", "subject_kind", "subject_id", "kind", "question", "outcome",
          "decided_on", "same_person", "unknowns", "look_again_on", "decider_party__code",
          "decider_party__name")  # fmt: skip


def events_of(
    actor: Actor, obj: Any, limit: int = 50, before: int | None = None, field: str = ""
) -> list[AuditEvent]:
    """Events of one object, the newest first.

    *before* is the id to go on from; *field* keeps those that changed it.
    """
    require(may_read_inside(actor))
    rows = AuditEvent.objects.filter(
        workspace=actor.workspace, object_kind=kind_of(obj), object_id=obj.pk
    ).select_related("actor", "actor_party")
    rows = rows.only(*EVENT, "actor__name", "actor__email", "actor_party__code", NAME)
    if before is not None:
        rows = rows.filter(_earlier(actor, before))
    if field:
        rows = rows.filter(changes__has_key=field)
    # By moment: the index of an object's events is in that order
    return list(rows.order_by("-at", "-id")[:limit])


def _earlier(actor: Actor, before: int) -> Q:
    """Events that lie before the one of this number."""
    anchor = AuditEvent.objects.filter(workspace=actor.workspace, pk=before)
    at = anchor.values_list("at", flat=True).first()
    return Q(at__lt=at) | Q(at=at, pk__lt=before) if at else Q(pk__in=[])


def transitions_of(actor: Actor, obj: Any) -> list[Transition]:
    """Dated steps of one object, the newest day first; planned and cancelled ones are marked."""
    rows = Transition.objects.filter(
        workspace=actor.workspace, object_kind=kind_of(obj), object_id=obj.pk,
        pending_run__isnull=True,
    ).select_related("by", "by_party", "decision").only(*STEP, *BY, *DECIDED)  # fmt: skip
    return list(rows.order_by("-effective_on", "-id"))


def decisions_about(actor: Actor, obj: Any) -> list[Decision]:
    """Decisions about one object that the actor may see, the newest day first: what a line says of
    each, and ``is_revised``, whether a later one took its place."""
    rows = visible(actor, Decision).filter(subject_kind=kind_of(obj), subject_id=obj.pk)
    rows = rows.select_related("decider_party").only(*JUDGED)
    found = list(rows.order_by("-decided_on", "-id"))
    later = Decision.objects.filter(revises__in=found) if found else Decision.objects.none()
    revised = set(later.values_list("revises_id", flat=True))
    for row in found:
        row.is_revised = row.pk in revised  # type: ignore[attr-defined]
    return found


def states_on(
    actor: Actor, entity: Entity, day: dt.date, *, known_on: dt.date | None = None
) -> dict[int, Placed]:
    """Where every object of a kind stood (or is planned to stand) on *day*, by inner number.

    With *known_on* only what had been recorded by the end of that day counts.
    """
    steps = steps_of_kind(actor, entity, until=day)
    return places_on(steps, day, actor.workspace, known_on)


def count_events(actor: Actor, obj: Any) -> int:
    """How many events the object has."""
    require(may_read_inside(actor))
    rows = AuditEvent.objects.filter(workspace=actor.workspace, object_kind=kind_of(obj))
    return rows.filter(object_id=obj.pk).count()
