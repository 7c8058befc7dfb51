"""What to do now: the reader's loose ends, decisions due, who waits, what changed, what we do not
know."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from polku.insight.portfolio import DueThing, decisions_due
from polku.kernel.actor import Actor
from polku.kernel.clock import today_in
from polku.kernel.loose_ends import visible_loose_ends
from polku.kernel.models import AuditEvent, LooseEnd
from polku.kernel.queries import find_many
from polku.kernel.registry import has_entity
from polku.kernel.reviews import count_mine
from polku.portfolio.models import Requirement
from polku.portfolio.queries import visible_goals, visible_requirements, visible_services

FIRST = 3
SHORT = 4
CHANGED = 8
MONTH = dt.timedelta(days=30)
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Unknowns:
    """What nobody has said yet, each of how many."""

    services: int = 0
    without_owner: int = 0
    without_state: int = 0
    without_review: int = 0


@dataclass(frozen=True)
class Home:
    """Everything that the first page shows."""

    ends: list[LooseEnd] = field(default_factory=list)
    things: dict[tuple[str, int], Any] = field(default_factory=dict)
    mine: int = 0
    urgent: int = 0
    open: int = 0
    open_before: int = 0
    due: list[DueThing] = field(default_factory=list)
    due_count: int = 0
    waiting: list[Requirement] = field(default_factory=list)
    waiting_count: int = 0
    changed: list[AuditEvent] = field(default_factory=list)
    unknowns: Unknowns = field(default_factory=Unknowns)
    goals: list[Any] = field(default_factory=list)
    doubts: int = 0  # ties that wait for the reader to look at


def home_of(actor: Actor) -> Home:
    """The first page of one reader; people outside the team get what they may see of it."""
    if not actor.is_internal:
        return Home(waiting=list(visible_requirements(actor).order_by("-id")[:SHORT]))
    mine = my_loose_ends(actor)
    ends = list(mine[:FIRST])
    due = decisions_due(actor)
    waiting = _waiting(actor)
    return Home(
        ends=ends,
        things=objects_of(actor, ends),
        mine=mine.count(),
        urgent=mine.filter(severity="urgent").count(),
        open=visible_loose_ends(actor).count(),
        open_before=open_on(actor, timezone.now() - MONTH),
        due=due[:SHORT],
        due_count=len(due),
        waiting=list(waiting[:SHORT]),
        waiting_count=waiting.count(),
        changed=_changed(actor),
        unknowns=_unknowns(actor),
        goals=_goals_to_look_at(actor),
        doubts=count_mine(actor),
    )


def my_loose_ends(actor: Actor, state: str = LooseEnd.State.OPEN) -> QuerySet[LooseEnd]:
    """What the reader answers for; who may change everything also sees what nobody owns."""
    rows = visible_loose_ends(actor, state)
    if actor.workspace.size_profile == "solo":
        return rows
    mine = Q(owner_party_id=actor.party_id) if actor.party_id else Q(pk__in=[])
    if actor.role in {"admin", "editor"}:
        mine |= Q(owner_party__isnull=True)
    return rows.filter(mine)


def objects_of(actor: Actor, ends: list[LooseEnd]) -> dict[tuple[str, int], Any]:
    """The objects at which these ends hang and those that they name, by kind and number."""
    pairs = {(end.object_kind, end.object_id) for end in ends}
    named = (end.parameters.get("things", {}) for end in ends)
    pairs |= {(kind, number) for things in named for them in things.values()
              for kind, number in them}  # fmt: skip
    return dict(find_many(actor, pairs))


def open_on(actor: Actor, moment: dt.datetime) -> int:
    """How many ends were open at a moment in the past."""
    rows = LooseEnd.objects.filter(workspace=actor.workspace, since__lte=moment)
    return rows.filter(Q(state=LooseEnd.State.OPEN) | Q(changed_at__gt=moment)).count()


def _waiting(actor: Actor) -> QuerySet[Requirement]:
    """Wishes that nobody answered yet, the oldest first."""
    rows = visible_requirements(actor).filter(state="asked")
    return rows.select_related("raised_by_party").order_by("raised_on", "id")


def _changed(actor: Actor) -> list[AuditEvent]:
    """What others did lately."""
    rows = AuditEvent.objects.filter(workspace=actor.workspace).exclude(channel="import")
    if actor.user_id is not None:
        rows = rows.exclude(actor_id=actor.user_id)
    rows = rows.exclude(name__startswith="link.").exclude(object_kind="decision")
    kept: dict[tuple[str, int], AuditEvent] = {}
    for event in rows.select_related("actor", "actor_party").order_by("-id")[: CHANGED * 5]:
        if has_entity(event.object_kind):
            kept.setdefault((event.object_kind, event.object_id), event)
    return list(kept.values())[:CHANGED]


def _unknowns(actor: Actor) -> Unknowns:
    rows = visible_services(actor).exclude(managed_state="ended")
    live = rows.filter(managed_state__in=["live", "ending"])
    return Unknowns(
        services=rows.count(),
        without_owner=rows.filter(owner_party__isnull=True).count(),
        without_state=rows.filter(managed_state="").count(),
        without_review=live.filter(review_due__isnull=True).count(),
    )


def _goals_to_look_at(actor: Actor) -> list[Any]:
    """Active goals that nobody looked at for a year (DECISIONS 39)."""
    if not actor.workspace.has("strategy"):
        return []
    today = today_in(actor.workspace)
    rows = visible_goals(actor).filter(state="active")
    old = rows.filter(
        Q(review_due__lt=today) | Q(review_due=None, updated_at__lt=timezone.now() - YEAR)
    )
    return list(old.order_by("updated_at")[:SHORT])
