"""What a verb asks for cannot be had without the verb."""

import pytest

from polku.kernel.answers import BadInput
from polku.kernel.changes import change_object
from polku.kernel.registry import entity
from polku.portfolio.operations import close_to_new, set_dial
from tests.cast import Cast, make

SERVICE = entity("service_product")
BY_VERB = ("dial_agreement", "dial_cost", "dial_continuity", "closed_to_new")


@pytest.mark.parametrize("name", BY_VERB)
def test_a_dial_is_not_set_without_its_reason(cast: Cast, name: str) -> None:
    service = make("service_product", cast.aino.actor, name="Tour", state="live")
    value = {"dial_agreement": "green", "dial_cost": "on", "dial_continuity": "mirrored",
             "closed_to_new": True}[name]  # fmt: skip
    with pytest.raises(BadInput) as caught:
        change_object(SERVICE, service, {name: value}, by=cast.aino.actor)
    assert list(caught.value.fields) == [name]


def test_the_verb_sets_it_and_keeps_who_and_why(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="Tour", state="live")
    told = set_dial(service, "cost", "over", reason="two guides each time", by=by)
    assert told.dial_cost == "over"
    assert told.dial_notes["cost"]["reason"] == "two guides each time"
    assert close_to_new(told, closed=True, reason="full until May", by=by).closed_to_new
