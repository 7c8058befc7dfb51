"""Reads of the portfolio, always from an actor."""

from collections.abc import Iterable
from typing import Any

from polku.kernel.actor import Actor
from polku.kernel.links import live_links
from polku.kernel.models import Link
from polku.kernel.queries import Visible, visible, visible_kind
from polku.kernel.registry import entity
from polku.portfolio.models import (
    Component,
    Dependency,
    Offering,
    Requirement,
    ServicePackage,
    ServiceProduct,
    StrategyGoal,
)


def visible_services(actor: Actor, *, archived: bool = False) -> Visible[ServiceProduct]:
    """Services that the actor may see."""
    return visible(actor, ServiceProduct, archived=archived)


def visible_goals(actor: Actor, *, archived: bool = False) -> Visible[StrategyGoal]:
    """Goals that the actor may see."""
    return visible(actor, StrategyGoal, archived=archived)


def visible_offerings(actor: Actor, *, archived: bool = False) -> Visible[Offering]:
    """Offerings that the actor may see."""
    return visible(actor, Offering, archived=archived)


def visible_requirements(actor: Actor, *, archived: bool = False) -> Visible[Requirement]:
    """Requirements that the actor may see."""
    return visible(actor, Requirement, archived=archived)


def visible_components(actor: Actor, *, archived: bool = False) -> Visible[Component]:
    """Components that the actor may see."""
    return visible(actor, Component, archived=archived)


def visible_dependencies(actor: Actor, *, archived: bool = False) -> Visible[Dependency]:
    """Dependencies that the actor may see."""
    return visible(actor, Dependency, archived=archived)


def visible_packages(actor: Actor, *, archived: bool = False) -> Visible[ServicePackage]:
    """Packages that the actor may see."""
    return visible(actor, ServicePackage, archived=archived)


def tied_ends(
    reader: Actor, code: str, from_kind: str, numbers: Iterable[int], to_kind: str
) -> dict[int, list[Any]]:
    """What confirmed ties of one kind lead to from these objects or pieces, by their number.

    Only the far ends must be in the reader's sight: whoever asks showed them the near ones.
    """
    links = live_links(reader).filter(
        kind=code, confidence=Link.Confidence.CONFIRMED, from_kind=from_kind,
        from_id__in=list(numbers), to_kind=to_kind,
    )  # fmt: skip
    pairs = list(links.order_by("id").values_list("from_id", "to_id"))
    rows = visible_kind(reader, entity(to_kind)) if pairs else None
    ends = rows.in_bulk({end for _start, end in pairs}) if rows is not None else {}
    found: dict[int, list[Any]] = {}
    for start, end in dict.fromkeys(pairs):
        if end in ends:
            found.setdefault(start, []).append(ends[end])
    return found


def whole_offerings(reader: Actor) -> Visible[Offering]:
    """Offerings that the reader may see, each with its service or package and its prices."""
    rows = visible_offerings(reader).select_related("product", "package", "calendar")
    return rows.prefetch_related("prices")
