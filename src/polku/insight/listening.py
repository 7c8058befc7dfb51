"""What this room hears of, and what it does then."""

from collections.abc import Collection

from django.db.models import Count

from polku.insight.checks.rows import CHECKS
from polku.insight.operations import note_progress, refresh, refresh_check, refresh_objects
from polku.kernel.actor import Actor, system_actor
from polku.kernel.events import Event, answers, on
from polku.kernel.models import LooseEnd
from polku.kernel.schedule import at_each_tick, daily
from polku.kernel.transitions import apply_due
from polku.portfolio.telling import wholes_of
from polku.tenancy.models import Workspace

WISH = "requirement"


def start() -> None:
    """Register the handlers and daily jobs of this room."""
    on("import.completed", _all)
    on("import.undone", _all)
    on("workspace.*", _all)
    on("*", _few)
    for name in sorted({name.partition(":")[0] for name in _awaited()}):
        on(name, _wake)
    answers("loose_end_counts", counts)
    at_each_tick("planned-steps", _planned_steps)
    daily("loose-ends", _loose_ends)


def _awaited() -> list[str]:
    return [name for check in CHECKS if check.least for name in check.least.wakes_on]


def counts(actor: Actor, kind: str, numbers: Collection[int]) -> dict[int, int]:
    """Open ends of many objects of one kind, by inner number; the team's own."""
    rows = LooseEnd.objects.filter(
        workspace=actor.workspace, object_kind=kind, object_id__in=numbers,
        state=LooseEnd.State.OPEN,
    )  # fmt: skip
    found = rows.values("object_id").annotate(n=Count("pk")).order_by()
    return dict(found.values_list("object_id", "n")) if actor.is_internal else {}


def _all(event: Event) -> None:
    refresh(event.by.workspace)


def _few(event: Event) -> None:
    """Look again at what was touched; an import is looked at once, when it is complete."""
    if event.by.channel == "import":
        return
    workspace = event.by.workspace
    refresh_objects(workspace, event.kind, [obj.pk for obj in event.objects], fields=event.fields)
    if event.kind == WISH:
        for kind, numbers in _became(event).items():
            refresh_objects(workspace, kind, numbers)


def _became(event: Event) -> dict[str, list[int]]:
    """The objects at which hung what became these wishes, or those of which they are parts."""
    wishes = [each for obj in event.objects for each in (obj, *wholes_of(obj))]
    ends = LooseEnd.objects.filter(
        workspace=event.by.workspace, state=LooseEnd.State.DISMISSED,
        turned_into_code__in=[wish.code for wish in wishes],
    )  # fmt: skip
    found: dict[str, list[int]] = {}
    for kind, number in ends.values_list("object_kind", "object_id"):
        found.setdefault(kind, []).append(number)
    return found


def _wake(event: Event) -> None:
    """What was awaited came for the first time: the checks that slept until then look around."""
    names = {event.name, *(f"{event.name}:{code}" for code in event.fields)}
    for check in CHECKS:
        least = check.least
        if least and names.intersection(least.wakes_on) and least.is_just_met(event.by.workspace):
            refresh_check(event.by.workspace, check.code)


def _planned_steps() -> str:
    active = Workspace.objects.filter(state=Workspace.State.ACTIVE)
    done = sum(apply_due(system_actor(workspace)) for workspace in active)
    return f"{done} planned steps taken"


def _loose_ends() -> str:
    active = Workspace.objects.filter(state=Workspace.State.ACTIVE)
    n = 0
    for workspace in active:
        n += refresh(workspace)
        note_progress(workspace)
    return f"{n} open"
