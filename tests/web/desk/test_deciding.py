"""Decisions: written about a thing, decided anew by a later row, listed when due."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from polku.insight.portfolio import decisions_due
from polku.kernel.decisions import take_decision
from polku.kernel.models import Decision
from polku.kernel.transitions import Step, move
from polku.portfolio.operations import review_service
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return gather()


@pytest.fixture
def service(cast: Cast) -> object:
    return make("service_product", cast.aino.actor, name="Night visit", managed_state="live")


def day(days: int) -> dt.date:
    return dt.datetime.now(ZoneInfo("Europe/Helsinki")).date() + dt.timedelta(days=days)


GIVEN = {"question": "Do we go on with it?", "outcome": "yes_with_conditions",
         "reason": "61 visitors a month", "conditions": "One more guide"}  # fmt: skip


def test_a_decision_is_written_down_and_stands_on_both_pages(cast: Cast, service: object) -> None:
    client = cast.aino.client()
    url = f"/w/museum/services/{service.code}/decide/"
    assert "same person" in client.get(url).content.decode()
    html = client.post(url, {**GIVEN, "look_again_on": str(day(90))}, follow=True).content.decode()
    row = Decision.objects.get()
    assert f"Written down as {row.code}." in html
    assert "Do we go on with it?" in html
    page = client.get(f"/w/museum/decisions/{row.code}/").content.decode()
    for words in ("yes, with conditions", "One more guide", "61 visitors a month", "Night visit",
                  "same person as the one who proposed it", "Decide anew"):  # fmt: skip
        assert words in page


def test_deciding_anew_keeps_the_former_row(cast: Cast, service: object) -> None:
    client = cast.aino.client()
    former = take_decision(service, by=cast.aino.actor, question="Go on?", reason="Enough people")
    url = f"/w/museum/decisions/{former.code}/revise/"
    assert "Go on?" in client.get(url).content.decode()
    page = client.post(url, {**GIVEN, "outcome": "no"}, follow=True).content.decode()
    later = Decision.objects.get(revises=former)
    assert "Takes the place of" in page
    former.refresh_from_db()
    assert (str(former.reason), former.outcome) == ("Enough people", "yes")
    old = client.get(f"/w/museum/decisions/{former.code}/").content.decode()
    assert later.code in old
    assert "revise/" not in old


def test_bad_input_is_said_and_kept(cast: Cast, service: object) -> None:
    url = f"/w/museum/services/{service.code}/decide/"
    response = cast.aino.client().post(url, {**GIVEN, "reason": "", "decided_on": "soon"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Say why in a few words" in html
    assert "This is not a day." in html
    assert "One more guide" in html
    assert not Decision.objects.exists()


def test_rights(cast: Cast, service: object) -> None:
    row = take_decision(service, by=cast.aino.actor, question="Go on?", reason="Enough people")
    decide = f"/w/museum/services/{service.code}/decide/"
    for person, status in ((cast.piotr, 200), (cast.liisa, 403), (cast.heikki, 403),
                           (cast.mallory, 404), (cast.olga, 404)):  # fmt: skip
        assert person.client().get(decide).status_code == status
        revise = person.client().get(f"/w/museum/decisions/{row.code}/revise/")
        assert revise.status_code == status
    assert cast.liisa.client().get(f"/w/museum/decisions/{row.code}/").status_code == 200
    assert cast.tuomas.client().get(f"/w/museum/decisions/{row.code}/").status_code == 404


def test_what_is_due_is_listed_overdue_first(cast: Cast, service: object) -> None:
    by = cast.aino.actor
    other = make("service_product", by, name="Cloakroom", managed_state="live",
                 review_due=str(day(5)))  # fmt: skip
    take_decision(service, by=by, question="Far off?", reason="So far", look_again_on=day(90))
    take_decision(service, by=by, question="Go on?", reason="So far", look_again_on=day(-3))
    move(other, Step("ending", effective_on=day(20), reason="Rebuilt"), by=by)
    found = [(d.due.kind, d.obj.title, d.due.on) for d in decisions_due(by)]
    assert found == [
        ("look_again", "Night visit", day(-3)), ("review", "Cloakroom", day(5)),
        ("planned", "Cloakroom", day(20)),
    ]  # fmt: skip
    assert decisions_due(cast.tuomas.actor) == []
    assert decisions_due(by, owner_party_id=cast.heikki.party.pk) == []


def test_a_look_again_day_is_answered_by_deciding_or_looking(cast: Cast, service: object) -> None:
    by = cast.aino.actor
    first = take_decision(service, by=by, question="Go on?", reason="So far",
                          look_again_on=day(-3))  # fmt: skip
    assert len(decisions_due(by)) == 1
    take_decision(service, by=by, question="And now?", reason="Still")
    assert decisions_due(by) == []
    other = make("service_product", by, name="Cloakroom", managed_state="live")
    take_decision(other, by=by, question="Go on?", reason="So far", look_again_on=day(-3))
    assert len(decisions_due(by)) == 1
    review_service(other, by=by)
    assert decisions_due(by) == []
    assert first.look_again_on == day(-3)
