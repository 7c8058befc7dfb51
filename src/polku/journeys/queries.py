"""Reads of journeys, always from an actor."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from polku.journeys.models import (
    BlueprintCell,
    Journey,
    JourneyEdit,
    JourneyPlace,
    PainPoint,
    Step,
    Touchpoint,
)
from polku.journeys.models.journeys import JourneyRow
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, require
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import Visible, visible

HERE = dt.timedelta(seconds=60)
MOST_EDITS = 60
# Fields of a step whose change is seen at one place; any other change means to draw it anew
PLACES = {
    "customer_action": "customer_action", "expectation": "expectation", "name": "name",
    "touchpoints": "touchpoint", "emotion_target": "experience", "emotion_assumed": "experience",
    "expected_wait": "wait", "evidence": "customer_action", "evidence_n": "customer_action",
    "evidence_on": "customer_action", "picture_id": "customer_action",
}  # fmt: skip
type Place = tuple[int, str]


def visible_journeys(actor: Actor, *, archived: bool = False) -> Visible[Journey]:
    """Journeys that the actor may see."""
    return visible(actor, Journey, archived=archived)


def visible_touchpoints(actor: Actor, *, archived: bool = False) -> Visible[Touchpoint]:
    """Meeting points that the actor may see."""
    return visible(actor, Touchpoint, archived=archived)


def inner_number(actor: Actor, journey: Journey, model: type[JourneyRow], number: int) -> int:
    """The inner number of a piece by its number in the journey, taken out or not: the verb tells.
    Raises NotFound."""
    rows = model.objects.filter(workspace=actor.workspace, journey=journey, number=number)
    found: int | None = rows.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def cell_by_number(actor: Actor, journey: Journey, number: int) -> BlueprintCell:
    """A cell by its number in the journey, taken out or not. Raises NotFound."""
    rows = BlueprintCell.objects.filter(workspace=actor.workspace, journey=journey)
    found = rows.filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def step_numbers(actor: Actor, journey: Journey) -> dict[int, int]:
    """The number of each step by its inner number."""
    rows = Step.objects.filter(workspace=actor.workspace, journey=journey)
    return dict(rows.values_list("pk", "number"))


@dataclass(frozen=True)
class ChangesSince:
    """What changed since an edit: at which places, as pairs of a step's inner number and the key
    of a lane (or ``name``), or so much (``whole``) that all must be drawn anew. ``edits`` is the
    number to ask from next."""

    edits: int
    places: tuple[Place, ...] = ()
    whole: bool = False


def changes_since(actor: Actor, journey: Journey, edits: int) -> ChangesSince:
    """What changed after the edit of this number."""
    _hold(actor, journey)
    now = Journey.objects.filter(pk=journey.pk).values_list("edits", flat=True).get()
    if now == edits:
        return ChangesSince(now)
    if edits > now or now - edits > MOST_EDITS:
        return ChangesSince(now, whole=True)
    rows = JourneyEdit.objects.filter(journey=journey, number__gt=edits, number__lte=now)
    changes = [change for entry in rows.values_list("changes", flat=True) for change in entry]
    places = _places(changes)
    return ChangesSince(now, whole=True) if places is None else ChangesSince(now, places)


def _places(changes: list[dict[str, Any]]) -> tuple[Place, ...] | None:
    """The places of these changes; None when the order or number of columns changed."""
    found: set[Place] = set()
    cells = [change["id"] for change in changes if change["kind"] == "blueprint_cell"]
    pains = [change["id"] for change in changes if change["kind"] == "pain_point"]
    for change in changes:
        if change["kind"] == "stage":
            return None
        if change["kind"] == "step":
            rows = {PLACES.get(name) for name in change["fields"]}
            if None in rows:
                return None
            found |= {(change["id"], row) for row in rows if row}
    if cells:
        found |= set(BlueprintCell.objects.filter(pk__in=cells).values_list("step_id", "row"))
    if pains:
        steps = PainPoint.objects.filter(pk__in=pains).values_list("step_id", flat=True)
        if None in (places := list(steps)):
            return None
        found |= {(step, "pains") for step in places if step}
    return tuple(sorted(found))


def edits_of(actor: Actor, journey: Journey, limit: int = 30) -> list[JourneyEdit]:
    """The newest edits, the newest first, with who made them."""
    _hold(actor, journey)
    rows = JourneyEdit.objects.filter(workspace=actor.workspace, journey=journey)
    return list(rows.select_related("user").order_by("-number")[:limit])


@dataclass(frozen=True)
class Here:
    """Somebody who is in the journey now; ``step`` is an inner number, or None."""

    user_id: int
    name: str
    step: int | None
    row: str
    seen_at: dt.datetime


def people_here(actor: Actor, journey: Journey) -> list[Here]:
    """Who else was there within the last minute; the team alone is told."""
    _hold(actor, journey)
    rows = JourneyPlace.objects.filter(
        workspace=actor.workspace, journey=journey, seen_at__gte=timezone.now() - HERE
    ).exclude(user_id=actor.user_id)
    return [
        Here(row.user_id, str(row.user), row.step, row.row, row.seen_at)
        for row in rows.select_related("user").order_by("user_id")
    ]


def _hold(actor: Actor, journey: Journey) -> None:
    require(may_read_inside(actor))
    if journey.workspace_id != actor.workspace.pk:
        raise NotFound
