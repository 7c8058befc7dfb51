"""Sharing less holds at once; sharing more waits for the other side (AC33)."""

import pytest

from polku.kernel.answers import BadInput, NotAllowed, NotFound, Refused
from polku.kernel.models import AuditEvent, Decision
from polku.people.models import SharingRequest
from polku.people.operations import answer_sharing, change_sharing, withdraw_sharing
from polku.tenancy.models import Relationship
from tests.cast import Cast, make, person

pytestmark = pytest.mark.django_db


def type_now(cast: Cast) -> str:
    return Relationship.objects.get(pk=cast.school.pk).type


def ask(cast: Cast, to: str = "partnership") -> SharingRequest:
    request = change_sharing(cast.school, to, by=cast.aino.actor, reason="They plan with us")
    assert request is not None
    return request


@pytest.mark.scenario("AC33", part="widening")
def test_more_waits_for_the_customers_yes(cast: Cast) -> None:
    request = ask(cast)
    assert type_now(cast) == "basic"
    assert not cast.tuomas.actor.partnership
    answer_sharing(request, True, by=cast.tuomas.actor)
    assert type_now(cast) == "partnership"
    assert cast.tuomas.actor.partnership
    assert (
        Decision.objects.filter(workspace=cast.museum, subject_code=cast.school.code).count() == 1
    )
    names = AuditEvent.objects.filter(workspace=cast.museum, object_id=cast.school.pk)
    assert {"relationship.wider_asked", "relationship.widened"} <= set(
        names.values_list("name", flat=True)
    )


def test_a_no_leaves_everything(cast: Cast) -> None:
    request = ask(cast)
    answer_sharing(request, False, by=cast.tuomas.actor)
    assert type_now(cast) == "basic"
    with pytest.raises(Refused):
        answer_sharing(request, True, by=cast.tuomas.actor)
    assert type_now(cast) == "basic"


def test_what_was_told_is_written_down_with_who_said_it(cast: Cast) -> None:
    request = ask(cast)
    with pytest.raises(BadInput):
        answer_sharing(request, True, by=cast.aino.actor)
    done = answer_sharing(request, True, by=cast.aino.actor, told_by="Eeva Lahti, on the phone")
    assert done.told_by == "Eeva Lahti, on the phone"
    assert type_now(cast) == "partnership"


def test_less_holds_at_once_with_a_decision(cast: Cast) -> None:
    answer_sharing(ask(cast), True, by=cast.tuomas.actor)
    assert change_sharing(cast.school, "basic", by=cast.aino.actor, reason="Asked by them") is None
    assert type_now(cast) == "basic"
    assert Decision.objects.filter(workspace=cast.museum).count() == 2


def test_one_question_at_a_time_and_it_can_be_taken_back(cast: Cast) -> None:
    request = ask(cast, "cooperative")
    with pytest.raises(Refused):
        ask(cast)
    withdraw_sharing(request, by=cast.aino.actor)
    with pytest.raises(Refused):
        answer_sharing(request, True, by=cast.tuomas.actor)
    assert ask(cast).to_type == "partnership"


@pytest.mark.parametrize(("to", "reason"), [("huge", "why"), ("cooperative", " ")])
def test_bad_input_asks_nothing(cast: Cast, to: str, reason: str) -> None:
    with pytest.raises(BadInput):
        change_sharing(cast.school, to, by=cast.aino.actor, reason=reason)
    assert not SharingRequest.objects.exists()


def test_who_may_not_decide_or_answer(cast: Cast) -> None:
    for someone in (cast.liisa, cast.heikki, cast.tuomas):
        with pytest.raises(NotAllowed):
            change_sharing(cast.school, "cooperative", by=someone.actor, reason="I want it")
    request = ask(cast)
    other = make("party", cast.aino.actor, name="Other School")
    tie = make("relationship", cast.aino.actor, consumer_party=other,
               provider_party=cast.museum.home_party)  # fmt: skip
    stranger = person(cast.museum, "Eeva Lahti", "co_creator")
    assert stranger.membership is not None
    stranger.membership.relationships.add(tie)
    for someone in (stranger, cast.liisa):
        with pytest.raises(NotAllowed):
            answer_sharing(request, True, by=someone.actor, told_by="me")
    with pytest.raises(NotFound):
        answer_sharing(request, True, by=cast.olga.actor, told_by="me")
    assert type_now(cast) == "basic"
