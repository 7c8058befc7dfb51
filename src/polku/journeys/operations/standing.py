"""Where a journey stands: agreed, in use, still true, outdated (lifecycles.md 7)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from polku.journeys.entities import JOURNEY
from polku.journeys.freshness import LOOK_EVERY, PATIENCE, looked_day, overtaken_on
from polku.journeys.models import Journey
from polku.kernel.actor import Actor, system_actor
from polku.kernel.audit import one_operation
from polku.kernel.changes import change_object
from polku.kernel.clock import today_in
from polku.kernel.models import Transition
from polku.kernel.transitions import Step, move
from polku.tenancy.models import Workspace

AGREED, IN_USE, OUTDATED = Journey.State.AGREED, Journey.State.IN_USE, Journey.State.OUTDATED


def agree(
    journey: Journey, *, by: Actor, answers: Mapping[str, str] | None = None, reason: str = ""
) -> Transition:
    """Agree on the version that is being written: it is kept whole, a change begins the next."""
    return move(journey, Step(AGREED, answers=answers or {}, reason=reason), by=by)


def take_in_use(journey: Journey, *, by: Actor, reason: str = "") -> Transition:
    """People walk this way now. A version that was not agreed is kept like an agreed one."""
    return move(journey, Step(IN_USE, reason=reason), by=by)


def still_true(journey: Journey, *, by: Actor, next_on: dt.date | None = None) -> Journey:
    """Press "still true": looked at today, and again by *next_on* (in three months if not said).

    An outdated journey is in use again.
    """
    today = today_in(by.workspace)
    values: dict[str, Any] = {"looked_on": today, "review_due": next_on or today + LOOK_EVERY}
    with one_operation():
        found: Journey = change_object(JOURNEY, journey, values, by=by, by_verb=True)
        if found.state == OUTDATED:
            move(found, Step(IN_USE, reason=_("Somebody looked: it is still true.")), by=by)
            found.refresh_from_db()
    return found


def look_after(workspace: Workspace, today: dt.date | None = None) -> int:
    """What happens by itself each day: an agreed journey goes into use with its service, one that
    a service overtook sixty days ago is outdated. Returns how many moved."""
    day, by = today or today_in(workspace), system_actor(workspace)
    rows = Journey.objects.filter(
        workspace=workspace, archived=False, pending_run__isnull=True, state__in=(AGREED, IN_USE)
    ).exclude(kind=Journey.Kind.MINED)
    journeys = list(rows)
    lived = overtaken_on(workspace, [row.pk for row in journeys], day)
    moved = 0
    for journey in journeys:
        last = lived.get(journey.pk)
        if last is None:
            continue
        if last > looked_day(journey) and day - last > PATIENCE:
            reason = _("A service of it changed on %(day)s, and nobody looked since.")
            move(journey, Step(OUTDATED, reason=reason % {"day": last.isoformat()}), by=by)
            moved += 1
        elif journey.state == AGREED and _walked(journey):
            move(journey, Step(IN_USE, reason=_("Its service is live.")), by=by)
            moved += 1
    return moved


def _walked(journey: Journey) -> bool:
    """Whether people walk it: its service is live, and went live after a design was agreed."""
    live = journey.services.filter(managed_state="live", archived=False)
    if not live.exists():
        return False
    if journey.kind == Journey.Kind.CURRENT:
        return True
    agreed = Transition.objects.filter(
        workspace=journey.workspace_id, object_kind="journey", object_id=journey.pk,
        to_state=AGREED, cancelled_at__isnull=True,
    ).order_by("-effective_on", "-id").first()  # fmt: skip
    began = Transition.objects.filter(
        workspace=journey.workspace_id, object_kind="service_product", to_state="live",
        object_id__in=live.values("pk"), cancelled_at__isnull=True, applied_at__isnull=False,
    )  # fmt: skip
    return agreed is not None and began.filter(effective_on__gte=agreed.effective_on).exists()


def look_after_all() -> str:
    """The daily job of all workspaces."""
    living = Workspace.objects.filter(state=Workspace.State.ACTIVE)
    return f"{sum(look_after(workspace) for workspace in living)} journeys moved"
