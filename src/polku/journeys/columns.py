"""The standing columns of a journey from left to right, for verbs that name a neighbour."""

from polku.journeys.models import Journey, Stage, Step
from polku.journeys.queries import visible_journeys
from polku.kernel.actor import Actor


def steps_in_order(actor: Actor, journey: Journey) -> list[Step]:
    """The steps through all stages."""
    own = visible_journeys(actor).filter(pk=journey.pk)
    rows = Step.objects.filter(journey__in=own, removed=False, stage__removed=False)
    return list(rows.order_by("stage__position", "stage_id", "position", "id"))


def stages_in_order(actor: Actor, journey: Journey) -> list[Stage]:
    """The stages."""
    own = visible_journeys(actor).filter(pk=journey.pk)
    return list(Stage.objects.filter(journey__in=own, removed=False))
