"""Checks of goals and of wishes: what is served, what was promised, where it comes from."""

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from polku.insight.checks.check import Check, Limit, Look, Rows
from polku.insight.checks.standing import (
    IN_LIFE,
    SELF,
    ends_of,
    every,
    owned,
    rows_of,
    tied,
    used,
)
from polku.kernel.models import Transition
from polku.portfolio.models import ProductVersion, Requirement, ServiceProduct, StrategyGoal

GOAL, SERVICE, WISH = "strategy_goal", "service_product", "requirement"
VERSION = "product_version"
UNPLANNED_DAYS = 90


def _unserved(look: Look, rows: Rows) -> Rows:
    alive = rows_of(ServiceProduct, look.workspace).filter(managed_state__in=IN_LIFE).values("pk")
    links = tied(look, "L01").filter(to_kind=GOAL, to_id=SELF, from_id__in=alive)
    return rows.exclude(Exists(links))


def _aimless(look: Look, rows: Rows) -> Rows:
    return rows.exclude(Exists(tied(look, "L01").filter(from_kind=SERVICE, from_id=SELF)))


def _unplanned(look: Look, rows: Rows) -> Rows:
    lately = Transition.objects.filter(
        workspace=look.workspace, object_kind=WISH, object_id=SELF, to_state="will_do",
        effective_on__gt=look.before("days"), cancelled_at__isnull=True,
    )  # fmt: skip
    versions = rows_of(ProductVersion, look.workspace).exclude(release_state="withdrawn")
    planned = tied(look, "L02").filter(
        from_kind=WISH, from_id=SELF, to_kind=VERSION, to_id__in=versions.values("pk")
    )
    return rows.exclude(Exists(lately)).exclude(Exists(planned))


def _rootless(look: Look, rows: Rows) -> Rows:
    links = tied(look, "L03").filter(from_kind=WISH, from_id=SELF)
    nobody = rows.filter(origin_kind="unknown", raised_by_party__isnull=True)
    return nobody.exclude(Exists(links))


GOALS: tuple[Check, ...] = (
    Check("L01-goal", GOAL, "attention", every(StrategyGoal, state="active"), _unserved,
          _("Goals that nothing serves"),
          _("Active goals"),
          _("No service that is an idea, in the making, live or ending is tied to it."),
          _("No service serves this goal."), _("A goal that nothing serves stays a wish."),
          "tie:L01-from", feature="strategy",
          least=used("L01", _("ties between services and goals")),
          hears={SERVICE: ends_of("L01", "to", "from", SERVICE)}),
    Check("L01", SERVICE, "note", every(ServiceProduct, managed_state="live"), _aimless,
          _("Live services without a goal"),
          _("Live services"), _("It is tied to no goal."),
          _("It serves no goal that we know of."), _("Why do we do it?"), "tie:L01-to",
          feature="strategy", least=used("L01", _("ties between services and goals"))),
    Check("L02", WISH, "attention", every(Requirement, state="will_do"), _unplanned,
          _("Promised, and not planned"),
          _("Wishes that stand at “will do”"),
          _("It was said yes to %(days)s ago or earlier, is not done, and is tied to no version."),
          _("We said yes more than %(days)s ago, and nothing says when."),
          _("Do it, plan it, or say that it will be later."), "step", feature="requirements",
          limits=(Limit("days", UNPLANNED_DAYS, "days", 1, 3660,
                        _("How long a wish may wait after a yes")),),
          window="days", least=used("L02", _("ties from wishes to what they ask for")),
          hears={VERSION: ends_of("L02", "from", "to", VERSION)}),
    Check("L03", WISH, "note", every(Requirement, state__in=["will_do", "done"]), _rootless,
          _("Wishes of which nobody knows the origin"),
          _("Wishes that were said yes to, or are done"),
          _("Nobody is named who asked, no source is said, and no tie says where it comes from."),
          _("Not yet a genuine need: nobody knows who asked for it or why."),
          _("Say who asked, or tie it to the goal it comes from."), "field:raised_by_party",
          feature="requirements", hears={"party": owned(Requirement, "raised_by_party_id")},
          least=used("L03", _("ties from wishes to where they come from"))),
)  # fmt: skip
