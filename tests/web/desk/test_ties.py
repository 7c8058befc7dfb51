"""Tying things: choose the way, the other end, how sure, from when; end, remove, confirm."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from polku.kernel.links import tie, ties_of
from polku.kernel.models import Link
from polku.portfolio.models import Dependency
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = gather()
    found.museum.features["components"] = True
    found.museum.save()
    return found


@pytest.fixture
def service(cast: Cast) -> object:
    return make("service_product", cast.aino.actor, name="School visit", managed_state="live",
                owner_party=cast.heikki.party.code)  # fmt: skip


@pytest.fixture
def goal(cast: Cast) -> object:
    return make("strategy_goal", cast.aino.actor, statement="Every child comes twice")


def at(obj: object, rest: str = "", plural: str = "services") -> str:
    return f"/w/museum/{plural}/{obj.code}/{rest}"


def test_the_ways_are_sentences_in_both_directions(cast: Cast, service: object) -> None:
    html = cast.aino.client().get(at(service, "ties/new/")).content.decode()
    for words in ("serves the goal", "is asked for", "is meant for", "needs", "is needed by"):
        assert f"School visit {words} …" in html
    assert "uses …" not in html  # not legal for a service


def test_what_is_switched_off_is_not_offered(cast: Cast, service: object) -> None:
    cast.museum.features["strategy"] = False
    cast.museum.save()
    html = cast.aino.client().get(at(service, "ties/new/")).content.decode()
    assert "serves the goal" not in html


def test_a_tie_is_made_and_reads_as_a_sentence_at_both_ends(
    cast: Cast, service: object, goal: object
) -> None:
    client = cast.aino.client()
    url = at(service, "ties/new/?way=L01-to")
    assert f'<option value="{goal.code}">' in client.get(url).content.decode()
    given = {"other": goal.code, "why": "Said in May", "confidence": "guess"}
    html = client.post(url, given, follow=True).content.decode()
    assert "Tied as a guess: School visit serves the goal Every child comes twice." in html
    assert "Said in May" in html
    assert "#thread-guess" in html
    there = client.get(at(goal, plural="goals")).content.decode()
    assert "is served by" in there
    link = Link.objects.get()
    assert (link.kind, link.confidence, link.made_by) == ("L01", "guess", cast.aino.user)


def test_backward_ways_turn_the_ends(cast: Cast, service: object, goal: object) -> None:
    url = at(goal, "ties/new/?way=L01-from", "goals")
    given = {"other": service.code, "confidence": "confirmed"}
    assert cast.aino.client().post(url, given).status_code == 302
    link = Link.objects.get()
    assert (link.from_id, link.to_id) == (service.pk, goal.pk)


def test_many_choices_are_found_by_writing(cast: Cast, goal: object) -> None:
    for number in range(90):
        make("service_product", cast.aino.actor, name=f"Guided tour {number:02}")
    url = at(goal, "ties/new/?way=L01-from", "goals")
    client = cast.aino.client()
    html = client.get(url).content.decode()
    assert "<datalist" in html
    assert 'list="id_other-hints"' in html
    several = client.post(url, {"other": "guided", "confidence": "confirmed"})
    assert several.status_code == 422
    assert "Several fit: Guided tour" in several.content.decode()
    nothing = client.post(url, {"other": "zeppelin", "confidence": "confirmed"})
    assert "Nothing here is called “zeppelin”" in nothing.content.decode()
    assert 'value="zeppelin"' in nothing.content.decode()
    done = client.post(url, {"other": "Guided tour 07 · SRV-8", "confidence": "confirmed"})
    assert done.status_code == 302
    other = ties_of(cast.aino.actor, goal)[0].other
    assert other.title == "Guided tour 07"


def test_double_and_reversed_days_are_refused_in_place(
    cast: Cast, service: object, goal: object
) -> None:
    client = cast.aino.client()
    url = at(service, "ties/new/?way=L01-to")
    given = {"other": goal.code, "confidence": "confirmed", "why": "kept words"}
    days = {**given, "valid_from": "2026-05-02", "valid_to": "2026-05-01"}
    reversed_days = client.post(url, days)
    assert reversed_days.status_code == 422
    assert "A tie cannot end before it begins." in reversed_days.content.decode()
    client.post(url, given)
    double = client.post(url, given)
    assert double.status_code == 409
    assert "tied in this way already" in double.content.decode()
    assert "kept words" in double.content.decode()
    assert Link.objects.count() == 1


def test_ending_removing_and_confirming(cast: Cast, service: object, goal: object) -> None:
    by, client = cast.aino.actor, cast.aino.client()
    link = tie("L01", service, goal, by=by, confidence="guess")
    url = at(service, f"ties/{link.pk}/")
    assert "Confirm it" in client.get(url).content.decode()
    assert client.post(url, {"verb": "confirm"}).status_code == 302
    link.refresh_from_db()
    assert link.confidence == "confirmed"
    assert client.post(url, {"verb": "remove", "reason": " "}).status_code == 422
    wrong = client.post(url, {"verb": "end", "on": "tomorrow"})
    assert wrong.status_code == 422
    day = dt.datetime.now(ZoneInfo("Europe/Helsinki")).date()
    assert client.post(url, {"verb": "end", "on": str(day)}).status_code == 302
    link.refresh_from_db()
    assert link.valid_to == day
    assert client.post(url, {"verb": "remove", "reason": "Wrong goal"}).status_code == 302
    link.refresh_from_db()
    assert (link.state, link.removed_reason) == ("removed", "Wrong goal")
    assert client.get(url).status_code == 404


def test_needs_stand_in_the_yarn_and_can_end(cast: Cast, service: object) -> None:
    client = cast.aino.client()
    shop = make("component", cast.aino.actor, name="Ticket shop")
    url = at(service, "ties/new/?way=requires-to")
    given = {"other": shop.code, "criticality": "stops", "why": "No tickets without it"}
    html = client.post(url, given, follow=True).content.decode()
    assert "Ticket shop" in html
    assert "stops the service" in html
    need = Dependency.objects.get()
    assert "is needed by" in client.get(at(shop, plural="components")).content.decode()
    circle = client.post(at(shop, "ties/new/?way=requires-to", "components"),
                         {"other": service.code})  # fmt: skip
    assert circle.status_code == 409
    assert "go round in a circle" in circle.content.decode()
    end = at(service, f"needs/{need.code}/")
    yesterday = str(dt.datetime.now(ZoneInfo("Europe/Helsinki")).date() - dt.timedelta(days=1))
    assert client.post(end, {"on": yesterday, "reason": "Sold by hand"}).status_code == 302
    yarn = client.get(at(service)).content.decode().split('id="yarn"')[1]
    assert "Ticket shop" not in yarn.split("</section>")[0]


def test_rights(cast: Cast, service: object, goal: object) -> None:
    link = tie("L01", service, goal, by=cast.aino.actor)
    url, one = at(service, "ties/new/?way=L01-to"), at(service, f"ties/{link.pk}/")
    assert cast.heikki.client().get(url).status_code == 200  # it is his
    assert cast.liisa.client().get(url).status_code == 403
    assert cast.liisa.client().post(one, {"verb": "remove", "reason": "x"}).status_code == 403
    assert cast.tuomas.client().get(url).status_code in {403, 404}
    assert cast.tuomas.client().get(one).status_code in {403, 404}
    assert cast.mallory.client().get(url).status_code == 404
    assert cast.olga.client().get(one).status_code == 404
    link.refresh_from_db()
    assert link.state == "live"


def test_the_other_side_sees_no_tie_to_what_it_may_not_see(cast: Cast, goal: object) -> None:
    shown = make("service_product", cast.aino.actor, name="Open day", managed_state="live",
                 audience="customers")  # fmt: skip
    tie("L01", shown, goal, by=cast.aino.actor, why="canary-why")
    response = cast.tuomas.client().get(at(shown))
    assert response.status_code == 200
    html = response.content.decode()
    assert "Every child comes twice" not in html
    assert "canary-why" not in html
    assert "Tie it to something" not in html
