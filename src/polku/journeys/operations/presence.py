"""Where somebody is in a journey, for the others who look on."""

from django.utils import timezone

from polku.journeys.models import Journey, JourneyPlace
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound


def note_place(journey: Journey, step: int | None, row: str = "", *, by: Actor) -> None:
    """Say that the actor is at a row of a step (inner number) now; no step is the whole journey.

    No edit and no history: it is forgotten in a minute.
    """
    if journey.workspace_id != by.workspace.pk or not by.is_internal or by.user_id is None:
        raise NotFound
    now = {"step": step, "row": row[:20], "seen_at": timezone.now()}
    rows = JourneyPlace.objects.filter(journey=journey, user_id=by.user_id)
    if not rows.update(**now):
        JourneyPlace.objects.update_or_create(
            journey=journey, user_id=by.user_id,
            defaults=now | {"workspace_id": journey.workspace_id},
        )  # fmt: skip


def leave_place(journey: Journey, *, by: Actor) -> None:
    """The actor is not there any more."""
    rows = JourneyPlace.objects.filter(journey=journey, workspace=by.workspace)
    rows.filter(user_id=by.user_id).delete()
