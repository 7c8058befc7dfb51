"""What is not said about services, as an import leaves it: each gap a filter of their list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.journeys.models import Touchpoint
from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence
from polku.kernel.listing import listing
from polku.kernel.models import ImportRun
from polku.portfolio.entities import SERVICE


@dataclass(frozen=True)
class Gap:
    """One gap: its words, the filter that lists it, and how many of how many services have it."""

    code: str
    words: Sentence
    query: dict[str, str]
    n: int = 0
    of: int = 0


GAPS: Sequence[Gap] = (
    Gap("owner", _("Without an owner"), {"owner_party": "none"}),
    Gap("state", _("Without a state"), {"managed_state": "none"}),
    Gap("review", _("Never reviewed, as far as anybody said"), {"without": "last_reviewed_on"}),
    Gap("feedback", _("Without a way to give feedback"), {"without": "feedback_channel"}),
    Gap("meeting", _("Without a meeting point"), {"without": "meeting_point"}),
)


def without(kind: str, name: str) -> Q | None:
    """Answers ``list_without``: services that nobody meets anywhere, or cannot tell anything."""
    if kind != SERVICE.kind:
        return None
    ties = Touchpoint.services.through.objects
    if name == "meeting_point":
        return ~Q(pk__in=ties.values("serviceproduct_id"))
    if name == "feedback_channel":
        told = ties.filter(touchpoint__attributes__use="feedback", touchpoint__archived=False)
        return ~Q(pk__in=told.values("serviceproduct_id"))
    return None


def gaps_of(actor: Actor, run: ImportRun) -> list[Gap]:
    """The gaps among the services that the rows of this import stand for."""
    numbers = run.rows.filter(object_kind=SERVICE.kind, object_id__isnull=False)
    mine = numbers.values("object_id")
    total = listing(actor, SERVICE, {}).rows.filter(pk__in=mine).count()
    feedback = uses_feedback(actor)
    found = []
    for gap in GAPS:
        if gap.code == ("meeting" if feedback else "feedback"):
            continue
        n = listing(actor, SERVICE, gap.query).rows.filter(pk__in=mine).count()
        found.append(Gap(gap.code, gap.words, gap.query, n, total))
    return found if total else []


def uses_feedback(actor: Actor) -> bool:
    """Whether any meeting point is known as a way to give feedback."""
    points: Any = Touchpoint.objects.filter(workspace=actor.workspace, archived=False)
    return bool(points.filter(attributes__use="feedback").exists())
