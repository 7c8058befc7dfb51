"""Checks of L09: whether anybody would hear how it went, where it is decisive and of each service.

A meeting point hears when it is there to give feedback, or says how we see what happens at it.
"""

from collections.abc import Iterator

from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from polku.insight.checks.check import Check, Least, Look, Numbers, Rows
from polku.insight.checks.standing import SELF, every, rows_of
from polku.journeys.models import Touchpoint
from polku.portfolio.models import ServiceProduct
from polku.tenancy.models import Workspace

POINT, SERVICE = "touchpoint", "service_product"
# What ``observable_by`` holds where nothing tells what happens
NOTHING_SAID: tuple[list[str], ...] = (
    [], ["none"], ["unknown"], ["none", "unknown"], ["unknown", "none"],
)  # fmt: skip


def _deaf(workspace: Workspace) -> Q:
    said = Q(pk__in=[])
    for words in NOTHING_SAID:
        said |= Q(observable_by=words)
    asked = rows_of(Touchpoint, workspace).filter(attributes__use="feedback")
    return said & ~Q(pk__in=asked.values("pk"))


def _hearing_points(workspace: Workspace) -> Rows:
    there = rows_of(Touchpoint, workspace).exclude(state__in=["planned", "removed"])
    return there.exclude(_deaf(workspace))


def _decisive(look: Look) -> Rows:
    return rows_of(Touchpoint, look.workspace).filter(moment_of_truth=True, state="live")


def _not_heard(look: Look, rows: Rows) -> Rows:
    return rows.filter(_deaf(look.workspace))


def _without_way(look: Look, rows: Rows) -> Rows:
    return rows.exclude(Exists(_hearing_points(look.workspace).filter(services=SELF)))


def _of_points(workspace: Workspace, numbers: Numbers) -> Iterator[int]:
    """From meeting points to the services that they belong to."""
    ties = Touchpoint.services.through.objects
    rows = ties.filter(touchpoint__workspace=workspace, touchpoint__in=numbers)
    yield from rows.values_list("serviceproduct_id", flat=True).distinct()


LEAST = Least((_hearing_points,), _("meeting points at which we see what happens"))

HEARING: tuple[Check, ...] = (
    Check("L09-decisive", POINT, "attention", _decisive, _not_heard,
          _("Decisive moments of which nobody would hear"),
          _("Live meeting points that are a decisive moment"),
          _("It does not say how we see what happens there, and nobody can give feedback there."),
          _("It is decisive, and nobody would hear how it went."),
          _("Ask people there, look, or read the records; then say so here."), "page",
          feature="meeting_points"),
    Check("L09", SERVICE, "attention", every(
              ServiceProduct, managed_state="live", kind="customer_facing"), _without_way,
          _("Live, and nobody hears how it goes"),
          _("Live services that customers meet"),
          _("At none of its meeting points we see what happens, and at none people can give "
            "feedback."),
          _("It is live, and at none of its meeting points we would hear how it goes."),
          _("Say at one of its meeting points how we see what happens there."), "page",
          feature="meeting_points", hears={POINT: _of_points}, least=LEAST),
)  # fmt: skip
