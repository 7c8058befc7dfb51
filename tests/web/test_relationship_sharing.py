"""How much is shared: asked on one side, answered on the other."""

import pytest
from django.urls import reverse

from polku.people.operations import change_sharing
from polku.tenancy.models import Relationship
from tests.cast import Cast, Person

pytestmark = pytest.mark.django_db


def url(cast: Cast, name: str = "relationship_sharing", workspace: str = "museum") -> str:
    return reverse(name, kwargs={"workspace": workspace, "code": cast.school.code})


def page(cast: Cast, person: Person) -> str:
    answer = person.client().get(url(cast))
    assert answer.status_code == 200
    return answer.content.decode()


def type_now(cast: Cast) -> str:
    return Relationship.objects.get(pk=cast.school.pk).type


@pytest.mark.scenario("AC33", part="widening")
def test_the_customer_is_asked_and_says_yes(cast: Cast) -> None:
    given = {"type": "cooperative", "reason": "They plan with us"}
    cast.aino.client().post(url(cast), given)
    assert type_now(cast) == "basic"
    assert "Yes, share more" in page(cast, cast.tuomas)
    cast.tuomas.client().post(url(cast, "relationship_sharing_answer"), {"answer": "yes"})
    assert type_now(cast) == "cooperative"
    assert "accepted" in page(cast, cast.aino)


def test_our_side_writes_down_who_said_it(cast: Cast) -> None:
    change_sharing(cast.school, "cooperative", by=cast.aino.actor, reason="They plan with us")
    client, address = cast.aino.client(), url(cast, "relationship_sharing_answer")
    bad = client.post(address, {"answer": "yes", "told_by": ""})
    assert bad.status_code == 422
    assert type_now(cast) == "basic"
    client.post(address, {"answer": "yes", "told_by": "Eeva, on the phone"})
    assert "Eeva, on the phone" in page(cast, cast.aino)


def test_a_question_is_taken_back(cast: Cast) -> None:
    change_sharing(cast.school, "cooperative", by=cast.aino.actor, reason="They plan with us")
    client, address = cast.aino.client(), url(cast, "relationship_sharing_withdraw")
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404
    assert "Yes, share more" not in page(cast, cast.tuomas)


def test_bad_input_keeps_what_was_typed(cast: Cast) -> None:
    answer = cast.aino.client().post(url(cast), {"type": "partnership", "reason": ""})
    assert answer.status_code == 422
    assert 'value="partnership" checked' in answer.content.decode()


def test_who_may_not(cast: Cast) -> None:
    given = {"type": "cooperative", "reason": "I want it"}
    for person in (cast.liisa, cast.heikki, cast.tuomas):
        assert person.client().post(url(cast), given).status_code == 403
    assert "may read here, not change" in page(cast, cast.liisa)
    for stranger in (cast.olga, cast.mallory):
        assert stranger.client().get(url(cast)).status_code == 404
        assert stranger.client().post(url(cast), given).status_code == 404
    elsewhere = url(cast, workspace="norrvik")
    assert cast.olga.client().post(elsewhere, given).status_code == 404
    assert type_now(cast) == "basic"
