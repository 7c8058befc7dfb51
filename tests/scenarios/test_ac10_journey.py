"""AC10, part: a lone maker draws a journey of seven meeting points from the filled example, shows
it to visitors who need no account, and meets no word of the trade in four languages."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from polku.journeys.documents import read_document
from polku.journeys.models import Journey, Touchpoint
from polku.journeys.operations import meet_at
from polku.kernel.actor import actor_of
from polku.tenancy.models import Membership
from tests.browser.addresses import stops
from tests.cast import Person
from tests.scenarios.test_ac10 import WORDS, spoken
from tests.scenarios.test_ac10 import maker as maker

pytestmark = pytest.mark.scenario("AC10", part="journey")


def room(maker: Person) -> str:
    assert maker.membership is not None
    return f"/w/{maker.membership.workspace.slug}"


@pytest.fixture
def journey(maker: Person) -> Journey:
    """Begun on the page from the ready-made visit, and talked about."""
    cache.clear()
    client: Any = maker.client()
    sent = {"name": "I come to the dance school", "lang": "en", "kind": "current",
            "start": "museum-visit", "meeting_points": "on", "once": "own-key-0001"}  # fmt: skip
    begun = client.post(f"{room(maker)}/journeys/new/", sent)
    assert begun.status_code == 302, begun.content.decode()[-2000:]
    found = Journey.objects.get()
    _seven_meeting_points(maker, found)
    at = f"{room(maker)}/journeys/{found.code}"
    client.post(f"{at}/pains/", {"text": "The stairs", "evidence": "assumed"})
    client.post(f"{at}/analysis/", {"who": "father", "held_on": "2026-05-01", "consent": "on"})
    step = read_document(maker.actor, found).steps[0].number
    client.post(f"{at}/comments/", {"step": step, "row": "frontstage", "text": "So early?"})
    found.refresh_from_db()
    return found


def _seven_meeting_points(maker: Person, journey: Journey) -> None:
    """The example brings some; the maker's own front door stands at the steps that have none."""
    door = Touchpoint.objects.order_by("pk").first()
    assert door is not None
    for step in read_document(maker.actor, journey).steps:
        if not step.touchpoints:
            meet_at(journey, step.id, [door], by=maker.actor)
    doc = read_document(maker.actor, journey)
    assert len({point.code for step in doc.steps for point in step.touchpoints}) >= 7


@pytest.mark.parametrize("lang", sorted(WORDS))
def test_no_page_around_a_journey_shows_a_word_of_the_trade(
    maker: Person, journey: Journey, lang: str
) -> None:
    client: Any = maker.client()
    client.cookies["polku_language"] = lang
    walked = [stop for stop in stops(actor_of(Membership.objects.get(pk=maker.membership.pk)))  # type: ignore[union-attr]
              if stop.name.startswith("journey_") or "touchpoint_" in stop.name]  # fmt: skip
    names = {stop.name for stop in walked}
    assert names >= {
        "journey_detail", "journey_blueprint", "journey_steps", "journey_edit", "journey_pains",
        "journey_pain", "journey_analysis", "journey_talk", "journey_point", "journey_guide",
        "journey_strips", "journey_comments", "journey_people", "journey_shares",
        "touchpoint_library", "touchpoint_decisive",
    }  # fmt: skip
    patterns = [re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in WORDS[lang]]
    found = []
    for stop in walked:
        answer = client.get(stop.path)
        if answer.status_code in {302, 405} or "html" not in answer["Content-Type"]:
            continue
        assert answer.status_code == 200, stop.path
        text = spoken(answer.content.decode())
        found += [f"{stop.name}: {m[0]}" for p in patterns if (m := p.search(text))]
    assert found == []


@pytest.mark.parametrize("lang", sorted(WORDS))
def test_visitors_look_and_speak_without_an_account(
    maker: Person, journey: Journey, lang: str
) -> None:
    sent = {"view_as": "customer", "lanes": ["customer_action", "touchpoint", "experience"],
            "may_comment": "on", "lang": lang, "days": "30"}  # fmt: skip
    page = maker.client().post(f"{room(maker)}/journeys/{journey.code}/shares/", sent)
    address = re.search(r"/m/[\w-]+", page.content.decode())
    assert address
    visitor: Any = Client()
    visitor.get(address[0])
    answer = visitor.get("/m/open/")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in html
    assert "password" not in html
    text = spoken(html)
    for word in WORDS[lang]:
        assert not re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE), word
    step = read_document(maker.actor, journey).steps[0].number
    said = visitor.post("/m/open/", {"step": step, "row": "touchpoint", "text": "Lovely."})
    assert said.status_code == 302
    assert "Lovely." in visitor.get("/m/open/").content.decode()
