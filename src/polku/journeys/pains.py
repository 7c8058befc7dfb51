"""One pain point of a journey, to read."""

from polku.journeys.models import Journey, PainPoint
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, require
from polku.kernel.policy import may_read_inside


def find_pain(actor: Actor, journey: Journey, number: int) -> PainPoint:
    """The standing pain point of this number. Raises NotFound, NotAllowed outside the team."""
    require(may_read_inside(actor))
    rows = PainPoint.objects.filter(
        workspace=actor.workspace, journey=journey, number=number, removed=False
    )
    found = rows.select_related("journey", "step").first()
    if found is None:
        raise NotFound
    return found
