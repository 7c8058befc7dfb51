"""Whether a journey still says what is true, or a service overtook it (lifecycles.md 7).

Three answers. ``fresh``; ``look``: its day to look again has come, or one of its services (or a
version of one) went live after somebody looked; ``stale``: that was more than sixty days ago, or
it is outdated.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from polku.journeys.models import Journey
from polku.kernel.actor import Actor
from polku.kernel.clock import today_in
from polku.kernel.models import Transition
from polku.portfolio.models import ProductVersion
from polku.tenancy.models import Workspace

FRESH, LOOK, STALE = "fresh", "look", "stale"
PATIENCE = dt.timedelta(days=60)
LOOK_EVERY = dt.timedelta(days=90)


@dataclass(frozen=True)
class Freshness:
    """``code`` is ``fresh``, ``look`` or ``stale``; ``since`` the day on which it began to be so;
    ``words`` why."""

    code: str
    words: str = ""
    since: dt.date | None = None


def freshness(actor: Actor, journey: Journey) -> Freshness:
    """How fresh one journey is today; its services are not read again where they were."""
    day = today_in(actor.workspace)
    services = {journey.pk: [service.pk for service in journey.services.all()]}
    return _judged(journey, _overtaken(actor.workspace, services, day).get(journey.pk), day)


def freshness_of(actor: Actor, journeys: Iterable[Journey]) -> dict[int, Freshness]:
    """How fresh each of these is today, by inner number; three statements for all."""
    journeys = list(journeys)
    day = today_in(actor.workspace)
    overtaken = overtaken_on(actor.workspace, [journey.pk for journey in journeys], day)
    return {row.pk: _judged(row, overtaken.get(row.pk), day) for row in journeys}


def looked_day(journey: Journey) -> dt.date:
    """The day on which somebody looked last: pressed still true, agreed, or wrote the first."""
    return journey.looked_on or journey.created_at.date()


def overtaken_on(workspace: Workspace, journeys: Iterable[int], day: dt.date) -> dict[int, dt.date]:
    """The last day, up to *day*, on which a service of the journey or a version of one went
    live, by the journey's inner number."""
    pairs = Journey.services.through.objects.filter(journey__in=list(journeys))
    services: dict[int, list[int]] = {}
    for journey, service in pairs.values_list("journey_id", "serviceproduct_id"):
        services.setdefault(journey, []).append(service)
    return _overtaken(workspace, services, day)


def _overtaken(
    workspace: Workspace, services: Mapping[int, Sequence[int]], day: dt.date
) -> dict[int, dt.date]:
    known = {number for few in services.values() for number in few}
    if not known:
        return {}
    lived = _live_since(workspace, known, day)
    found = {
        journey: max((lived[number] for number in few if number in lived), default=None)
        for journey, few in services.items()
    }
    return {journey: last for journey, last in found.items() if last is not None}


def _live_since(workspace: Workspace, services: set[int], day: dt.date) -> dict[int, dt.date]:
    versions = ProductVersion.objects.filter(
        workspace=workspace, product__in=services, live_from__lte=day, archived=False
    )
    steps = Transition.objects.filter(
        workspace=workspace, object_kind="service_product", object_id__in=services,
        to_state="live", effective_on__lte=day, applied_at__isnull=False,
        cancelled_at__isnull=True,
    )  # fmt: skip
    found = dict(steps.values_list("object_id").annotate(Max("effective_on")))
    for number, last in versions.values_list("product_id").annotate(Max("live_from")):
        found[number] = max(last, found.get(number, last))
    return found


def _judged(journey: Journey, overtaken: dt.date | None, day: dt.date) -> Freshness:
    if journey.state == Journey.State.OUTDATED:
        return Freshness(STALE, _("It is marked as outdated."))
    if overtaken is not None and overtaken > looked_day(journey):
        words = _("A service of it changed on %(day)s, and nobody looked since.")
        code = STALE if day - overtaken > PATIENCE else LOOK
        return Freshness(code, words % {"day": overtaken.isoformat()}, overtaken)
    if journey.review_due is not None and journey.review_due < day:
        words = _("The day to look again was %(day)s.")
        code = STALE if day - journey.review_due > PATIENCE else LOOK
        return Freshness(code, words % {"day": journey.review_due.isoformat()}, journey.review_due)
    return Freshness(FRESH, "", looked_day(journey))
