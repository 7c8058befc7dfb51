"""Checks of anything that is owned: its owner has left, its day to look again has passed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.insight.checks.check import Check, Limit, Look, Rows
from polku.insight.checks.services import STALE_DAYS
from polku.insight.checks.standing import left, nobody, owned, rows_of
from polku.journeys.models import Journey, Touchpoint
from polku.kernel.answers import Sentence
from polku.people.models import Persona, Segment, Stakeholder
from polku.portfolio.models import Component, Offering, Requirement, ServicePackage, StrategyGoal


@dataclass(frozen=True)
class Kept:
    """A kind whose owner and day are watched while it is in use; services have their own checks."""

    name: str
    kind: str
    model: type[Any]
    in_use: Q
    left: Sentence
    stale: Sentence
    looks_at: Sentence
    feature: str
    rests_on: frozenset[str] = frozenset()


KEPT: tuple[Kept, ...] = (
    Kept("goal", "strategy_goal", StrategyGoal, Q(state="active"), _("Goals whose owner has left"),
         _("Goals to look at again"),
         _("Active goals"), "strategy"),
    Kept("wish", "requirement", Requirement, Q(state__in=["asked", "will_do", "later"]),
         _("Wishes whose owner has left"),
         _("Wishes to look at again"),
         _("Wishes that are neither done nor refused"), "requirements"),
    Kept("offering", "offering", Offering, ~Q(state="withdrawn"),
         _("What people can get, and its owner has left"),
         _("What people can get, to look at again"),
         _("What people can get, drafts and published"), "portfolio"),
    Kept("package", "service_package", ServicePackage, ~Q(state="withdrawn"),
         _("Packages whose owner has left"),
         _("Packages to look at again"),
         _("Packages, drafts and published"), "packages"),
    Kept("part", "component", Component, ~Q(state="retired"),
         _("Parts whose owner has left"),
         _("Parts to look at again"),
         _("Parts, planned and in use"), "components"),
    Kept("touchpoint", "touchpoint", Touchpoint, ~Q(state="removed"),
         _("Meeting points whose owner has left"),
         _("Meeting points to look at again"),
         _("Meeting points that were not removed"), "meeting_points"),
    Kept("journey", "journey", Journey, ~Q(state="outdated"),
         _("Journeys whose owner has left"),
         _("Journeys to look at again"),
         _("Journeys that are not outdated"), "journeys",
         frozenset({"review_due", "state", "archived"})),
    Kept("segment", "segment", Segment, ~Q(state="dropped"),
         _("Groups whose owner has left"),
         _("Groups to look at again"),
         _("Groups that were not dropped"), "people"),
    Kept("persona", "persona", Persona, Q(), _("Typical customers whose owner has left"),
         _("Typical customers to look at again"),
         _("Typical customers"), "people"),
    Kept("stakeholder", "stakeholder", Stakeholder, Q(),
         _("People with a stake, and the owner has left"),
         _("People with a stake, to look at again"),
         _("People and groups with an interest"), "people"),
)  # fmt: skip


def _gone(look: Look, rows: Rows) -> Rows:
    return rows.filter(left(look))


def _overdue(look: Look, rows: Rows) -> Rows:
    return rows.filter(review_due__lt=look.before("days"))


def _left(kept: Kept) -> Check:
    return Check(
        f"L38-{kept.name}", kept.kind, "attention",
        lambda look: rows_of(kept.model, look.workspace).filter(kept.in_use), _gone,
        kept.left, kept.looks_at, _("The owner has left."),
        _("Its owner has left, and nobody answers for it."),
        _("Somebody else has to take it over."), "field:owner_party", feature=kept.feature,
        hears={"party": owned(kept.model)},
    )  # fmt: skip


def _stale(kept: Kept) -> Check:
    return Check(
        f"D14-{kept.name}", kept.kind, "attention",
        lambda look: rows_of(kept.model, look.workspace).filter(
            kept.in_use, review_due__isnull=False
        ),
        _overdue, kept.stale, kept.looks_at,
        _("The day to look again passed more than %(days)s ago."),
        _("Its day to look again passed more than %(days)s ago."),
        _("Look whether it is still true, and set the next day."), "field:review_due",
        feature=kept.feature, window="days", rests_on=kept.rests_on,
        limits=(
            Limit("days", STALE_DAYS, "days", 0, 366, _("How long after its day it may wait")),
        ),
    )  # fmt: skip


def _decisive(look: Look) -> Rows:
    return rows_of(Touchpoint, look.workspace).filter(moment_of_truth=True, state="live")


def _unowned(look: Look, rows: Rows) -> Rows:
    return rows.filter(nobody(look))


# Whose missing owner is told by a check of their own
OWNERS_ASKED = frozenset({"touchpoint", "journey"})

KEEPING: tuple[Check, ...] = (
    *(_left(kept) for kept in KEPT if kept.name not in OWNERS_ASKED),
    Check("L38-touchpoint", "touchpoint", "attention", _decisive, _unowned,
          _("Decisive moments without an owner"),
          _("Live meeting points that are a decisive moment"),
          _("Nobody is named as owner, or the owner has left."),
          _("It is a decisive moment, and nobody answers for it."),
          _("Without an owner nobody hears what goes wrong."), "field:owner_party",
          feature="meeting_points", hears={"party": owned(Touchpoint)}),
    *(_stale(kept) for kept in KEPT),
)  # fmt: skip
