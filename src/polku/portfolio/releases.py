"""Reads about versions: which are in force, which come, and the wishes that are in them."""

from dataclasses import dataclass
from typing import Any

from polku.kernel.actor import Actor
from polku.kernel.links import live_links
from polku.kernel.models import Transition
from polku.kernel.queries import Visible, visible
from polku.portfolio.models import ProductVersion, Requirement, ServiceProduct

# What comes next stands first, then what is in force, then what was
ORDER = ("live", "candidate", "draft", "superseded", "withdrawn")
COMING = frozenset({"candidate", "draft"})


@dataclass(frozen=True)
class Planned:
    """A version with the step that lies ahead of it, if it still comes and one is planned."""

    version: ProductVersion
    step: Transition | None


def visible_versions(actor: Actor, *, archived: bool = False) -> Visible[ProductVersion]:
    """Versions that the actor may see."""
    return visible(actor, ProductVersion, archived=archived)


def versions_of(actor: Actor, service: ServiceProduct) -> list[Planned]:
    """Versions of a service: the live ones, candidates, drafts, then the former, newest first."""
    rows = list(visible_versions(actor).filter(product=service))
    ahead = planned_steps(actor, [row for row in rows if row.release_state in COMING])
    rows.sort(key=lambda row: row.pk, reverse=True)
    rows.sort(key=lambda row: ORDER.index(row.release_state))
    return [Planned(row, ahead.get(row.pk)) for row in rows]


def planned_steps(actor: Actor, versions: list[ProductVersion]) -> dict[int, Transition]:
    """The nearest step ahead of each version, by inner number."""
    if not versions:
        return {}
    steps = Transition.objects.filter(
        workspace=actor.workspace, object_kind="product_version",
        object_id__in=[row.pk for row in versions], applied_at__isnull=True,
        cancelled_at__isnull=True,
    ).order_by("-effective_on", "-id")  # fmt: skip
    return {step.object_id: step for step in steps}


def contents_of(actor: Actor, version: ProductVersion) -> list[Requirement]:
    """The wishes that a version answers, those still open first."""
    asked = live_links(actor).filter(kind="L02", to_kind="product_version", to_id=version.pk)
    rows: Any = visible(actor, Requirement).filter(pk__in=asked.values("from_id"))
    order = {"will_do": 0, "asked": 1, "later": 2, "done": 3, "will_not_do": 4}
    found = list(rows.select_related("raised_by_party").order_by("sort_title", "id"))
    return sorted(found, key=lambda wish: order.get(wish.state, 5))
