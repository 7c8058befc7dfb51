"""The table of checks: what each says, how grave it is, when it sleeps, and what mends it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from polku.insight.checks import finding
from polku.kernel.answers import Sentence
from polku.kernel.models import Link
from polku.portfolio.models import Offering, ServiceProduct
from polku.tenancy.models import Workspace

type Find = Callable[[Workspace, dt.date], QuerySet[Any]]


@dataclass(frozen=True)
class Check:
    """One check.

    ``awake`` says whether it speaks in a workspace yet; ``after_import`` ones speak about rows
    that came from a file too, counted once per import. ``mend`` names the field, tie or step that
    closes it: ``field:owner_party``, ``tie:L01``, ``step``, ``review``, ``offering``.
    """

    code: str
    kind: str
    severity: str
    find: Find
    sentence: Sentence
    why: Sentence
    mend: str
    feature: str = ""
    after_import: bool = False
    import_sentence: Any = ""
    awake: Callable[[Workspace], bool] = lambda _workspace: True


def _used(code: str) -> Callable[[Workspace], bool]:
    return lambda workspace: Link.objects.filter(workspace=workspace, kind=code).exists()


def _published_once(workspace: Workspace) -> bool:
    return Offering.objects.filter(workspace=workspace, state="published").exists()


def _reviewed_once(workspace: Workspace) -> bool:
    rows = ServiceProduct.objects.filter(workspace=workspace, review_due__isnull=False)
    return rows.exists()


CHECKS: tuple[Check, ...] = (
    Check("L38", "service_product", "urgent", finding.live_without_owner,
          _("Nobody answers for it, and people use it today."),
          _("Without an owner nobody hears what goes wrong."), "field:owner_party",
          after_import=True, import_sentence=ngettext_lazy(
              "%(n)d service in use has no owner.",
              "%(n)d services in use have no owner.", "n")),
    Check("L38-early", "service_product", "attention", finding.other_without_owner,
          _("Nobody answers for it."), _("Somebody has to take the next step."),
          "field:owner_party", after_import=True,
          import_sentence=ngettext_lazy(
              "%(n)d service not in use yet has no owner.",
              "%(n)d services not in use yet have no owner.", "n")),
    Check("no-state", "service_product", "note", finding.without_state,
          _("Nobody said where it stands: an idea, live, ending?"),
          _("It stands in the first column of the board until somebody says."), "step",
          after_import=True, import_sentence=ngettext_lazy(
              "%(n)d service says nothing of its state.",
              "%(n)d services say nothing of their state.", "n")),
    Check("L32", "service_product", "attention", finding.used_by_nobody,
          _("It is live, and we know nobody who uses it."),
          _("Tie it to the customers or groups it is for."), "tie:L06", after_import=True,
          import_sentence=ngettext_lazy(
              "%(n)d live service is tied to nobody who uses it.",
              "%(n)d live services are tied to nobody who uses them.", "n"),
          awake=lambda workspace: _used("L32")(workspace) or _used("L06")(workspace)),
    Check("L01-goal", "strategy_goal", "attention", finding.goal_without_service,
          _("No service serves this goal."), _("A goal that nothing serves stays a wish."),
          "tie:L01", feature="strategy", awake=_used("L01")),
    Check("L01", "service_product", "note", finding.service_without_goal,
          _("It serves no goal that we know of."), _("Why do we do it?"), "tie:L01",
          feature="strategy", awake=_used("L01")),
    Check("L02", "requirement", "attention", finding.wish_without_plan,
          _("We said yes more than 90 days ago, and nothing says when."),
          _("Do it, plan it, or say that it will be later."), "step", feature="requirements",
          awake=_used("L02")),
    Check("L03", "requirement", "note", finding.wish_without_origin,
          _("Not yet a genuine need: nobody knows who asked for it or why."),
          _("Say who asked, or tie it to the goal it comes from."), "field:raised_by_party",
          feature="requirements", awake=_used("L03")),
    Check("L04", "service_product", "attention", finding.live_without_offering,
          _("It is live, and nothing says what people can get."),
          _("Write what one gets, when and for what price, and publish it."), "offering",
          awake=_published_once),
    Check("D14", "service_product", "attention", finding.review_stale,
          _("Its day to look again passed more than a month ago."),
          _("Press “still true”, or change what is not."), "review"),
    Check("D14-unset", "service_product", "note", finding.review_unset,
          _("No day is set to look at it again."), _("What nobody looks at goes stale."),
          "field:review_due", awake=_reviewed_once),
)  # fmt: skip

BY_CODE = {check.code: check for check in CHECKS}
