"""AC39: a dated tie with what it carries is stored, ended, asked about on any day, and its changes
are listed; no file is edited for it."""

import datetime as dt
from typing import Any

import pytest

from polku.kernel.links import ties_of
from polku.kernel.models import Link
from tests.api.callers import Caller, token_of
from tests.cast import Cast, make

pytestmark = [pytest.mark.django_db, pytest.mark.scenario("AC39")]

SINCE, UNTIL = dt.date(2026, 3, 1), dt.date(2026, 6, 30)


@pytest.fixture
def offer(cast: Cast) -> Any:
    service = make("service_product", cast.aino.actor, name="School visit", managed_state="live")
    return make("offering", cast.aino.actor, title="Class visit", product=service)


@pytest.fixture
def piotr(cast: Cast) -> Caller:
    return token_of(cast.piotr)


def page(offer: Any, rest: str = "") -> str:
    return f"/w/museum/offerings/{offer.code}/{rest}"


def test_used_by_since_march_version_two_sure_because(
    cast: Cast, offer: Any, piotr: Caller
) -> None:
    client = cast.aino.client()
    form = client.get(page(offer, "ties/new/?way=L32-from")).content.decode()
    assert "Version" in form
    assert "How many" in form
    given = {
        "other": cast.school.code, "why": "Agreed with the head teacher", "confidence": "confirmed",
        "property_version": "2", "property_quantity": "30", "valid_from": "2026-03-01",
    }  # fmt: skip
    made = client.post(page(offer, "ties/new/?way=L32-from"), given, follow=True)
    html = made.content.decode()
    for words in ("is used by", "Version: 2", "How many: 30", "Agreed with the head teacher",
                  "since 1 Mar 2026"):  # fmt: skip
        assert words in html, words
    link = Link.objects.get()
    assert (link.valid_from, link.confidence, link.properties) == (
        SINCE, "confirmed", {"version": "2", "quantity": 30},
    )  # fmt: skip

    there = page(offer, f"ties/{link.pk}/")
    changed = {"verb": "change", "why": "Agreed with the head teacher", "valid_from": "2026-03-01",
               "property_version": "3", "property_quantity": "30"}  # fmt: skip
    assert client.post(there, changed).status_code == 302
    ended = {"verb": "end", "on": "2026-06-30", "reason": "The school year is over"}
    assert cast.piotr.client().post(there, ended).status_code == 302

    for day, words in (("2026-02-28", False), ("2026-03-01", True), ("2026-06-30", True),
                       ("2026-07-01", False)):  # fmt: skip
        then = client.get(page(offer, f"?ties_on={day}")).content.decode()
        yarn = then.split('id="yarn"')[1].split("</section>")[0]
        assert ("is used by" in yarn) is words, day
        rows = piotr.get(f"offerings/{offer.code}/links?as_of={day}").json()["items"]
        assert len(rows) == words
        assert len(ties_of(cast.aino.actor, offer, as_of=dt.date.fromisoformat(day))) == words

    history = client.get(page(offer, "history/")).content.decode()
    for words in ("Aino Salmi tied this", "Aino Salmi changed a tie", "Piotr Zieliński ended a tie",
                  "The school year is over", "30 Jun"):  # fmt: skip
        assert words in history, words
    events = piotr.get(f"offerings/{offer.code}/history").json()["items"]
    assert [row["name"] for row in events if row["name"].startswith("link.")] == [
        "link.ended", "link.changed", "link.made",
    ]  # fmt: skip
    before, after = events[1]["changes"]["link"]
    assert (before["properties"], after["properties"]) == (
        {"version": "2", "quantity": 30}, {"version": "3", "quantity": 30},
    )  # fmt: skip


def test_a_program_stores_and_ends_the_same(cast: Cast, offer: Any, piotr: Caller) -> None:
    sent = {"kind": "L32", "from": cast.school.code, "to": offer.code, "valid_from": "2026-03-01",
            "properties": {"version": "2", "quantity": 30}, "why": "Agreed"}  # fmt: skip
    made = piotr.post("links", sent)
    assert made.status_code == 201
    tie = made.json()
    assert tie["properties"] == {"version": "2", "quantity": 30}
    path = f"links/{tie['id']}"
    wrong = piotr.patch(path, {"properties": {"colour": "red"}})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["properties.colour"])
    stale = piotr.patch(path, {"why": "Mine", "was": {"why": "What I read"}})
    assert stale.status_code == 409
    assert stale.json()["fields"]["why"]["theirs"] == "Agreed"
    kept = piotr.patch(path, {"why": "Mine", "was": {"why": "Agreed"}}).json()
    assert (kept["why"], kept["properties"]) == ("Mine", {"version": "2", "quantity": 30})
    assert piotr.post(f"{path}/end", {"on": "2026-06-30"}).json()["valid_to"] == "2026-06-30"
    assert piotr.get(path).json()["valid_to"] == str(UNTIL)


def test_two_who_write_at_once_both_see_both(cast: Cast, offer: Any) -> None:
    client = cast.aino.client()
    given = {"other": cast.school.code, "why": "First", "confidence": "confirmed"}
    client.post(page(offer, "ties/new/?way=L32-from"), given)
    link = Link.objects.get()
    there = page(offer, f"ties/{link.pk}/")
    form = {"verb": "change", "was-why": "First", "was-valid_from": "", "was-valid_to": "",
            "was-property_version": "", "was-property_quantity": ""}  # fmt: skip
    assert cast.piotr.client().post(there, form | {"why": "Piotr's"}).status_code == 302
    both = client.post(there, form | {"why": "Aino's"})
    assert both.status_code == 409
    html = both.content.decode()
    assert "as saved meanwhile: Piotr&#x27;s" in html
    assert 'value="Aino&#x27;s"' in html
    assert 'name="was-why" value="Piotr&#x27;s"' in html
    link.refresh_from_db()
    assert link.why == "Piotr's"
