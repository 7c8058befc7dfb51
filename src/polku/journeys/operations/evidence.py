"""What a pain point rests on: one thing learnt, written down and tied in one go."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from polku.journeys.models import Journey, PainPoint
from polku.kernel.actor import Actor, party_of
from polku.kernel.answers import NotFound, require
from polku.kernel.audit import one_operation
from polku.kernel.changes import create_object
from polku.kernel.links import tie
from polku.kernel.policy import may_change, may_create
from polku.kernel.registry import entity
from polku.people.models import Insight

BASED_ON = "L34"


def add_evidence(
    about: Journey | PainPoint, values: Mapping[str, Any], *, by: Actor, why: str = ""
) -> Insight:
    """Write down one thing we learnt and tie it to a journey or to where it hurts.

    *values* are outside values of an insight. Raises BadInput, NotAllowed or Refused.
    """
    if about.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_change(by, about))
    row = entity("insight")
    require(may_create(by, row))
    with transaction.atomic(), one_operation():
        made: Insight = create_object(row, {"owner_party": party_of(by), **values}, by=by)
        tie(BASED_ON, about, made, by=by, why=why)
    return made
