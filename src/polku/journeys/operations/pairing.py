"""What is and what shall be: a journey and its counterpart, step by step comparable."""

from django.db import transaction
from django.utils.translation import gettext as _

from polku.journeys.document_reading import read_document
from polku.journeys.entities import JOURNEY
from polku.journeys.models import Journey
from polku.journeys.operations.editing import held_journey
from polku.journeys.operations.filling import fill
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.changes import STAMPED, create_object, stamp
from polku.kernel.policy import may_change

_OTHER = {Journey.Kind.CURRENT: Journey.Kind.DESIGNED, Journey.Kind.DESIGNED: Journey.Kind.CURRENT}
_TAKEN = ("owner_party", "audience", "relationship", "happy_path")


def make_counterpart(journey: Journey, *, by: Actor) -> Journey:
    """Make the journey as it shall be of the one as it is, or the other way round: everything
    copied, with the same threads, and each names the other. Raises Refused when it has one."""
    if journey.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_change(by, journey))
    with transaction.atomic(), one_operation():
        first = held_journey(journey)
        if first.pair_id is not None:
            raise Refused(_("It has a counterpart already."))
        kind = _OTHER.get(Journey.Kind(first.kind), Journey.Kind.DESIGNED)
        values = {name: getattr(first, name) for name in _TAKEN}
        second: Journey = create_object(
            JOURNEY,
            values | {"name": first.name, "scenario": first.scenario, "kind": kind,
                      "services": list(first.services.all())},
            by=by,
        )  # fmt: skip
        fill(second, read_document(by, first), by=by)
        _tie(first, second, by)
        _tie(second, first, by)
    journey.pair, journey.revision = second, first.revision
    return second


def _tie(one: Journey, other: Journey, by: Actor) -> None:
    one.pair = other
    stamp(one, by)
    one.save(update_fields=["pair", *STAMPED])
    record("journey.paired", by=by, obj=one, changes={"pair": [None, other.code]})
