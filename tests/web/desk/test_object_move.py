"""Gates: they ask, record and never lock; steps can be planned, taken back, put right."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from polku.kernel.history import transitions_of
from polku.kernel.models import Decision, Transition
from polku.kernel.transitions import Step, move
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return gather()


@pytest.fixture
def service(cast: Cast) -> object:
    return make("service_product", cast.aino.actor, name="Audio guide", managed_state="idea",
                owner_party=cast.heikki.party.code)  # fmt: skip


def address(service: object, rest: str = "") -> str:
    return f"/w/museum/services/{service.code}/{rest}"


def answers(**given: str) -> dict[str, str]:
    return {f"answer_{code}": answer for code, answer in given.items()}


def today(days: int = 0) -> dt.date:
    return dt.datetime.now(ZoneInfo("Europe/Helsinki")).date() + dt.timedelta(days=days)


def test_the_gate_asks_with_unknown_chosen(cast: Cast, service: object) -> None:
    html = cast.aino.client().get(address(service, "move/being_made/")).content.decode()
    assert "Do we know which problem it solves?" in html
    assert html.count('value="unknown"') == 5
    assert html.count("checked") == 5
    assert "<output data-signs>5</output>" in html
    assert "same person" in html  # she wrote it down and decides


def test_a_step_through_the_gate_keeps_answers_and_signs_for_the_unknown(
    cast: Cast, service: object
) -> None:
    given = {
        **answers(goal_served="yes", problem_known="no", customers_heard="not_applicable"),
        "words_problem_known": "Two interviews only", "reason": "Visitors ask for it",
        "look_again_on": str(today(60)),
    }  # fmt: skip
    response = cast.aino.client().post(address(service, "move/being_made/"), given, follow=True)
    html = response.content.decode()
    assert response.redirect_chain[-1][0] == address(service)
    assert "Audio guide is now “being made”." in html
    row = transitions_of(cast.aino.actor, service)[0]
    assert row.gate_answers["problem_known"] == {"answer": "no", "words": "Two interviews only"}
    assert row.gate_answers["who_pays"]["answer"] == "unknown"  # left out, never forced
    assert row.decision.unknowns == 2
    assert row.decision.same_person
    assert row.decision.look_again_on == today(60)
    assert "signed for 2 unknown" in html


def test_a_day_ahead_plans_and_the_plan_can_be_taken_back(cast: Cast, service: object) -> None:
    client = cast.aino.client()
    html = client.post(address(service, "move/live/"), {"effective_on": str(today(30))},
                       follow=True).content.decode()  # fmt: skip
    assert "Planned: Audio guide will be “live” from" in html
    service.refresh_from_db()
    assert service.managed_state == "idea"
    row = Transition.objects.get(object_id=service.pk, to_state="live")
    cancel = address(service, f"steps/{row.pk}/cancel/")
    assert f'href="{cancel}"' in html
    assert client.get(cancel).status_code == 200
    html = client.post(cancel, {"reason": "Too early"}, follow=True).content.decode()
    assert "The plan is taken back." in html
    assert "taken back" in client.get(address(service, "steps/")).content.decode()
    row.refresh_from_db()
    assert row.cancelled_at is not None
    assert client.post(cancel, {"reason": "again"}).status_code == 409


def test_a_step_can_be_planned_from_where_a_plan_will_bring_it(cast: Cast, service: object) -> None:
    client = cast.aino.client()
    client.post(address(service, "move/live/"), {"effective_on": str(today(30))})
    given = {"effective_on": str(today(90)), "reason": "Only one summer"}
    response = client.post(address(service, "move/ending/"), given)
    assert response.status_code == 302
    states = [row.to_state for row in transitions_of(cast.aino.actor, service) if row.is_planned]
    assert states == ["ending", "live"]


def test_a_day_gone_by_says_what_it_is_today(cast: Cast, service: object) -> None:
    fresh = make("service_product", cast.aino.actor, name="Sea paths")
    move(fresh, Step("being_made", effective_on=today(-10)), by=cast.aino.actor)
    service = fresh
    move(service, Step("live"), by=cast.aino.actor)
    given = {"effective_on": str(today(-5))}
    gate = address(service, "move/in_test/")
    html = cast.aino.client().post(gate, given, follow=True).content.decode()
    assert "Sea paths was “in test”. Today it is “live”." in html
    service.refresh_from_db()
    assert service.managed_state == "live"


def test_a_refusal_keeps_what_was_typed(cast: Cast, service: object) -> None:
    client = cast.aino.client()
    client.post(address(service, "move/live/"), {"effective_on": str(today(30))})
    given = {"effective_on": str(today(10)), "reason": "Only one summer",
             **answers(customers_counted="yes")}  # fmt: skip
    response = client.post(address(service, "move/ending/"), given)
    html = response.content.decode()
    assert response.status_code == 409
    assert "There is no step from here to there" in html
    assert "Nothing changed. What you wrote is still here." in html
    assert "Only one summer" in html
    assert Transition.objects.filter(object_id=service.pk, to_state="ending").count() == 0


def test_a_missing_reason_is_asked_for_in_place(cast: Cast, service: object) -> None:
    given = answers(reason_said="yes")
    response = cast.aino.client().post(address(service, "move/on_hold/"), given)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Say why in a few words" in html
    assert 'value="yes" class="" id="id_answer_reason_said_0"' in html or "checked" in html
    service.refresh_from_db()
    assert service.managed_state == "idea"


@pytest.mark.parametrize(("field", "value", "words"), [
    ("effective_on", "31.2.2026", "This is not a day. Write it as 2026-05-31."),
    ("answer_who_pays", "perhaps", "perhaps"),
])  # fmt: skip
def test_bad_input_is_said_at_its_field(
    cast: Cast, service: object, field: str, value: str, words: str
) -> None:
    response = cast.aino.client().post(address(service, "move/being_made/"), {field: value})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Decision.objects.exists()


def test_a_step_that_does_not_exist_names_the_way(cast: Cast) -> None:
    live = make("service_product", cast.aino.actor, name="School visit", managed_state="live")
    response = cast.aino.client().get(address(live, "move/ended/"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "it ends in two steps" in html
    assert "Start ending it" in html
    assert cast.aino.client().get(address(live, "move/nowhere/")).status_code == 404


def test_the_page_offers_the_natural_step_first_and_keeps_refused_ones(
    cast: Cast, service: object
) -> None:
    html = cast.aino.client().get(address(service)).content.decode()
    assert f'class="button button-primary" href="{address(service, "move/being_made/")}"' in html
    assert "Asks 5 questions. You sign for what is unknown." in html
    theirs = cast.piotr.client().get(address(service)).content.decode()
    assert "Only the one who decides on our services may take this step." in theirs
    assert f'href="{address(service, "move/being_made/")}"' not in theirs
    assert 'aria-disabled="true"' in theirs


def test_rights(cast: Cast, service: object) -> None:
    test = address(service, "move/in_test/")
    assert cast.heikki.client().post(test).status_code == 302  # it is his
    gate = address(service, "move/live/")
    refused = cast.liisa.client().post(gate)
    assert refused.status_code == 403
    assert "decides on our services" in refused.content.decode()
    assert cast.piotr.client().get(gate).status_code == 403
    assert cast.tuomas.client().get(gate).status_code == 404
    assert cast.mallory.client().get(gate).status_code == 404
    assert cast.olga.client().post(gate).status_code == 404
    service.refresh_from_db()
    assert service.managed_state == "in_test"


def test_the_newest_step_is_put_right_by_a_new_one(cast: Cast, service: object) -> None:
    client = cast.aino.client()
    move(service, Step("live"), by=cast.aino.actor)
    wrong, first = transitions_of(cast.aino.actor, service)[0:2]
    correct = address(service, f"steps/{wrong.pk}/correct/")
    assert "It was noted as “live”." in client.get(correct).content.decode()
    assert client.post(correct, {"reason": ""}).status_code == 422
    html = client.post(correct, {"reason": "Wrong row"}, follow=True).content.decode()
    assert "Put right. The wrong step stays visible" in html
    service.refresh_from_db()
    assert service.managed_state == "idea"
    steps = client.get(address(service, "steps/")).content.decode()
    assert "put right later" in steps
    assert "puts the step before right" in steps
    assert client.post(address(service, f"steps/{first.pk}/correct/"),
                       {"reason": "x"}).status_code == 409  # fmt: skip
    assert client.get(address(service, "steps/999999/correct/")).status_code == 404
    assert cast.liisa.client().get(correct).status_code == 403
    assert cast.tuomas.client().get(address(service, "steps/")).status_code == 404


def test_publishing_goes_through_its_own_verb(cast: Cast) -> None:
    by = cast.aino.actor
    live = make("service_product", by, name="School visit", managed_state="live")
    offer = make("offering", by, title={"en": "Class visit"}, product=live.code)
    gate = f"/w/museum/offerings/{offer.code}/move/published/"
    client = cast.aino.client()
    missing = client.post(gate)
    assert missing.status_code == 422
    assert "Write the title and one line in at least one language" in missing.content.decode()
    offer.summary = offer.summary.with_text("en", "Ninety minutes")
    offer.save()
    assert client.post(gate).status_code == 302
    offer.refresh_from_db()
    assert (offer.state, offer.published_langs) == ("published", ["en"])


def test_saying_no_to_a_wish_keeps_the_reason_for_its_giver(cast: Cast) -> None:
    wish = make("requirement", cast.aino.actor, statement="Open at night")
    gate = f"/w/museum/requirements/{wish.code}/move/will_not_do/"
    assert cast.aino.client().post(gate, {"reason": "No staff at night"}).status_code == 302
    wish.refresh_from_db()
    assert wish.state == "will_not_do"
    assert str(wish.reason_rejected) == "No staff at night"
