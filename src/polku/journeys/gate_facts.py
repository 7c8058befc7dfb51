"""What the meeting points of a service say about the questions of its gates."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.journeys.models import Touchpoint
from polku.kernel.actor import Actor
from polku.kernel.audit import kind_of
from polku.kernel.gate_facts import Fact

_ASKED = frozenset({
    "meeting_points_known", "decisive_moments_have_recovery", "accessibility_looked_at",
})  # fmt: skip


def gate_facts(*, actor: Actor, obj: Any, codes: Collection[str]) -> dict[str, Fact]:
    """Facts about a service, or about that of a version."""
    number = {"service_product": obj.pk, "product_version": getattr(obj, "product_id", None)}.get(
        kind_of(obj)
    )
    if number is None or not _ASKED & set(codes):
        return {}
    rows = Touchpoint.objects.filter(workspace=actor.workspace, services=number, archived=False)
    points = list(rows.exclude(state="removed"))
    return {
        "meeting_points_known": _known(points),
        "decisive_moments_have_recovery": _recovery(points),
        "accessibility_looked_at": _for_everyone(points),
    }


def _known(points: list[Touchpoint]) -> Fact:
    n = len(points)
    words = ngettext("%(n)d meeting point is known.", "%(n)d meeting points are known.", n)
    return Fact(words % {"n": n}, "yes" if n else "no")


def _recovery(points: list[Touchpoint]) -> Fact:
    decisive = [point for point in points if point.moment_of_truth]
    ready = sum(bool(point.recovery) for point in decisive)
    if not decisive:
        return Fact(_("No meeting point is marked as a decisive moment."))
    words = ngettext(
        "For %(ready)d of %(n)d decisive moment it is written how we put it right.",
        "For %(ready)d of %(n)d decisive moments it is written how we put it right.",
        len(decisive),
    )
    whole = {"ready": ready, "n": len(decisive)}
    return Fact(words % whole, "yes" if ready == len(decisive) else "no")


def _for_everyone(points: list[Touchpoint]) -> Fact:
    n = len(points)
    looked = sum(bool(point.accessibility_note) for point in points)
    words = ngettext(
        "For %(looked)d of %(n)d meeting point something is written about everyone’s use.",
        "For %(looked)d of %(n)d meeting points something is written about everyone’s use.", n,
    )  # fmt: skip
    return Fact(words % {"looked": looked, "n": n}, "" if looked < n or not n else "yes")
