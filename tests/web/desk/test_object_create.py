"""A new thing of any kind, made once."""

from typing import Any

import pytest

from polku.kernel.registry import Entity, entities
from polku.people.operations import switch_feature
from polku.portfolio.models import ServiceProduct
from polku.tenancy.models import Party
from tests.cast import Cast, make

CREATABLE = [pytest.param(row, id=row.kind) for row in entities() if row.changeable]
KEY = "once-and-never-again"


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("row", CREATABLE)
def test_each_kind_has_a_form_that_asks_for_what_is_needed(cast: Cast, row: Entity) -> None:
    page = text(cast.aino.client().get(f"/w/museum/{row.plural}/new/"))
    for field in row.fields:
        if field.required:
            assert f'name="{field.name}"' in page


@pytest.mark.parametrize("row", CREATABLE)
def test_an_empty_form_is_answered_with_what_is_missing(cast: Cast, row: Entity) -> None:
    response = cast.aino.client().post(f"/w/museum/{row.plural}/new/", {"once": KEY})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in text(response)


@pytest.mark.parametrize("row", CREATABLE)
def test_who_may_not_add_is_told_why(cast: Cast, row: Entity) -> None:
    for person in (cast.liisa, cast.tuomas):
        response = person.client().get(f"/w/museum/{row.plural}/new/")
        assert response.status_code == 403
        assert person.client().post(f"/w/museum/{row.plural}/new/", {}).status_code == 403
    assert cast.mallory.client().get(f"/w/museum/{row.plural}/new/").status_code == 404


def test_a_service_is_made_and_opened(cast: Cast) -> None:
    values = {"name": "Night walk", "purpose": "See the stars.", "managed_state": "idea",
              "lang": "en", "once": KEY}  # fmt: skip
    response = cast.aino.client().post("/w/museum/services/new/", values)
    service = ServiceProduct.objects.get()
    assert response.url == f"/w/museum/services/{service.code}/"
    assert str(service.name) == "Night walk"
    assert service.managed_state == "idea"


def test_the_language_of_writing_can_be_chosen(cast: Cast) -> None:
    values = {"name": "Yökävely", "lang": "fi", "once": KEY}
    cast.aino.client().post("/w/museum/services/new/", values)
    name = ServiceProduct.objects.get().name
    assert name.source_lang == "fi"
    assert name.text("fi") == "Yökävely"


def test_a_form_that_arrives_twice_makes_one_thing(cast: Cast) -> None:
    client, values = cast.aino.client(), {"name": "Night walk", "once": KEY}
    first = client.post("/w/museum/services/new/", values)
    second = client.post("/w/museum/services/new/", {**values, "seen": "yes"})
    assert first.url == second.url
    assert ServiceProduct.objects.count() == 1


def test_another_thing_from_the_same_form_is_asked_about(cast: Cast) -> None:
    client = cast.aino.client()
    client.post("/w/museum/services/new/", {"name": "Night walk", "once": KEY})
    response = client.post("/w/museum/services/new/", {"name": "Rope class", "once": KEY})
    assert response.status_code == 409
    assert 'value="Rope class"' in text(response)
    assert f'value="{KEY}"' not in text(response)


def test_what_was_typed_stays_when_something_is_wrong(cast: Cast) -> None:
    values = {"name": "x" * 121, "purpose": "See <b>stars</b>", "review_due": "soon", "once": KEY}
    response = cast.aino.client().post("/w/museum/services/new/", values)
    page = text(response)
    assert response.status_code == 422
    assert "x" * 121 in page
    assert "See &lt;b&gt;stars&lt;/b&gt;" in page
    assert "is not a day" in page
    assert not ServiceProduct.objects.exists()


def test_a_likely_double_is_shown_and_may_be_added_all_the_same(cast: Cast) -> None:
    known = make("service_product", cast.aino.actor, name={"en": "Night walk"},
                 aliases=["Tähtikävely"])  # fmt: skip
    client = cast.aino.client()
    for name in ("Night  walks", "tahtikavely"):
        page = text(client.post("/w/museum/services/new/", {"name": name, "once": KEY}))
        assert "There is one by nearly this name already:" in page
        assert known.code in page
    assert ServiceProduct.objects.count() == 1
    client.post("/w/museum/services/new/", {"name": "Night walks", "once": KEY, "seen": "yes"})
    assert ServiceProduct.objects.count() == 2


def test_the_hint_comes_while_writing(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name={"en": "Night walk"})
    client = cast.aino.client()
    assert "Night walk" in text(client.get("/w/museum/services/new/alike/?name=night+walk"))
    assert text(client.get("/w/museum/services/new/alike/?name=something+else")).strip() == ""
    outside = cast.tuomas.client().get("/w/museum/services/new/alike/?name=night+walk")
    assert "Night walk" not in text(outside)


def test_a_rule_of_the_data_keeps_the_form(cast: Cast) -> None:
    values = {"consumer_party": cast.museum.home_party.code, "once": KEY,
              "provider_party": cast.museum.home_party.code}  # fmt: skip
    response = cast.aino.client().post("/w/museum/relationships/new/", values)
    assert response.status_code == 409
    assert "A relationship needs two different sides." in text(response)


def test_a_member_owns_what_they_add(cast: Cast) -> None:
    cast.heikki.client().post("/w/museum/services/new/", {"name": "Rope class", "once": KEY})
    assert ServiceProduct.objects.get().owner_party == cast.heikki.party


def test_a_party_of_another_house_cannot_be_named(cast: Cast) -> None:
    stranger = Party.objects.filter(workspace=cast.norrvik).exclude(
        code__in=Party.objects.filter(workspace=cast.museum).values("code")
    )
    code = stranger.first().code if stranger.exists() else "PTY-999"
    values = {"name": "Night walk", "owner_party": code, "once": KEY}
    response = cast.aino.client().post("/w/museum/services/new/", values)
    assert response.status_code == 422
    assert not ServiceProduct.objects.exists()


CHECK = {"check_outside": "no", "check_tell": "yes", "check_alone": "no"}


def test_two_answers_speak_against_a_service_by_itself(cast: Cast) -> None:
    desk = make("service_product", cast.aino.actor, name="Help desk", managed_state="live")
    switch_feature("components", True, by=cast.aino.actor)
    client = cast.aino.client()
    page = text(client.get("/w/museum/services/new/"))
    assert page.count('name="check_') == 3
    values = {"name": "Answering calls", "once": KEY, **CHECK}
    page = text(client.post("/w/museum/services/new/", values))
    assert "something that is done within one" in page
    assert "/w/museum/components/new/?name=Answering+calls&amp;kind=process" in page
    assert ServiceProduct.objects.count() == 1
    # The offer is taken: it stands as a part of what the desk does
    client.post("/w/museum/services/new/", {**values, "seen_check": "yes",
                                            "is_activity_of": desk.code})  # fmt: skip
    made = ServiceProduct.objects.get(is_activity_of=desk)
    assert made.title == "Answering calls"


def test_the_check_never_holds_up_who_knows_better(cast: Cast) -> None:
    client = cast.aino.client()
    values = {"name": "Answering calls", "once": KEY, **CHECK}
    client.post("/w/museum/services/new/", values)
    client.post("/w/museum/services/new/", {**values, "seen_check": "yes"})
    assert ServiceProduct.objects.get().is_activity_of is None
    client.post("/w/museum/services/new/", {"name": "Tour", "check_alone": "no"})
    client.post("/w/museum/services/new/", {"name": "Walk"})
    assert ServiceProduct.objects.count() == 3


def test_other_kinds_ask_no_such_questions(cast: Cast) -> None:
    client = cast.aino.client()
    assert "check_outside" not in text(client.get("/w/museum/components/new/"))
    answer = client.post("/w/museum/components/new/", {"name": "Calls", "once": KEY, **CHECK})
    assert answer.status_code == 302


def test_the_process_is_offered_only_where_parts_are_in_use(cast: Cast) -> None:
    page = text(cast.aino.client().post("/w/museum/services/new/", {"name": "Calls", **CHECK}))
    assert "something that is done within one" in page
    assert "components/new" not in page
