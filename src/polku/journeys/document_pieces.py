"""Reading a few steps of a journey, for painting again what changed."""

from collections.abc import Collection

from polku.journeys.document_reading import whole
from polku.journeys.document_shapes import JourneyDoc
from polku.journeys.models import Journey
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, require
from polku.kernel.policy import may_read_inside


def read_steps(actor: Actor, journey: Journey, steps: Collection[int]) -> JourneyDoc:
    """The journey with these steps alone, by inner number; each keeps its place in the whole.

    For the team, who sees every row.
    """
    require(may_read_inside(actor))
    if journey.workspace_id != actor.workspace.pk:
        raise NotFound
    return whole(actor, journey, only=frozenset(steps))
