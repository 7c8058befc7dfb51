"""Reads of the portfolio, always from an actor."""

from polku.kernel.actor import Actor
from polku.kernel.queries import Visible, visible
from polku.portfolio.models import (
    Component,
    Dependency,
    Offering,
    Requirement,
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
