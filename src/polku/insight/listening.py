"""What this room hears of, and what it does then."""

from collections.abc import Callable, Collection

from django.db.models import Count

from polku.insight.checks.rows import CHECKS
from polku.insight.operations import refresh, refresh_check, refresh_objects
from polku.kernel.actor import Actor, system_actor
from polku.kernel.events import Event, answers, on
from polku.kernel.models import Link, LooseEnd
from polku.kernel.schedule import at_each_tick, daily
from polku.kernel.transitions import apply_due
from polku.portfolio.models import Offering, Requirement, ServiceProduct
from polku.tenancy.models import Workspace

type Touched = list[tuple[str, list[int]]]


def start() -> None:
    """Register the handlers and daily jobs of this room."""
    on("import.completed", _all)
    on("import.undone", _all)
    on("workspace.*", _all)
    on("*", _few)
    on("link.made", _wake)
    answers("loose_end_counts", counts)
    at_each_tick("planned-steps", _planned_steps)
    daily("loose-ends", _loose_ends)


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
    for kind, numbers in _touched(event):
        refresh_objects(event.by.workspace, kind, numbers)


def _touched(event: Event) -> Touched:
    numbers = [obj.pk for obj in event.objects]
    touched: Touched = [(event.kind, numbers)]
    also = _ALSO.get(event.kind)
    return touched + also(numbers) if also else touched


def _of_offerings(numbers: list[int]) -> Touched:
    products = Offering.objects.filter(pk__in=numbers).values_list("product_id", flat=True)
    return [("service_product", list(products))]


def _of_parties(numbers: list[int]) -> Touched:
    services = ServiceProduct.objects.filter(owner_party__in=numbers).values_list("pk", flat=True)
    wishes = Requirement.objects.filter(raised_by_party__in=numbers).values_list("pk", flat=True)
    return [("service_product", list(services)), ("requirement", list(wishes))]


def _of_services(numbers: list[int]) -> Touched:
    goals = Link.objects.filter(
        kind="L01", from_kind="service_product", from_id__in=numbers, state="live"
    )
    return [("strategy_goal", list(goals.values_list("to_id", flat=True)))]


_ALSO: dict[str, Callable[[list[int]], Touched]] = {
    "offering": _of_offerings, "party": _of_parties, "service_product": _of_services,
}  # fmt: skip


def _wake(event: Event) -> None:
    """The first tie of a kind wakes the checks that slept until then."""
    for code in event.fields:
        rows = Link.objects.filter(workspace=event.by.workspace, kind=code)
        if rows[:2].count() == 1:
            for check in CHECKS:
                if check.code.startswith(code) or check.mend == f"tie:{code}":
                    refresh_check(event.by.workspace, check.code)


def _planned_steps() -> str:
    active = Workspace.objects.filter(state=Workspace.State.ACTIVE)
    done = sum(apply_due(system_actor(workspace)) for workspace in active)
    return f"{done} planned steps taken"


def _loose_ends() -> str:
    active = Workspace.objects.filter(state=Workspace.State.ACTIVE)
    return f"{sum(refresh(workspace) for workspace in active)} open"
