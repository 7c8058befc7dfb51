"""The page of a part: where it is, that somebody looked, who brings it, what falls with it."""

import datetime as dt
from typing import Any

import pytest

from polku.kernel.clock import today_in
from polku.portfolio.models import Component
from polku.portfolio.operations import add_reference
from polku.web.desk.components import age_words
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = gather()
    found.museum.features["components"] = True
    found.museum.save()
    return found


@pytest.fixture
def storage(cast: Cast) -> Any:
    return make("component", cast.aino.actor, name="Storage", kind="asset")


def at(part: Any, rest: str = "") -> str:
    return f"/w/museum/components/{part.code}/{rest}"


def test_a_place_is_written_down_looked_at_and_taken_away(cast: Cast, storage: Any) -> None:
    client = cast.aino.client()
    assert "nobody wrote where it is" in client.get(at(storage)).content.decode()
    before = today_in(cast.museum) - dt.timedelta(days=430)
    given = {"verb": "add", "system": "url", "value": "https://cmdb.example/7",
             "checked_on": str(before)}  # fmt: skip
    html = client.post(at(storage, "references/"), given, follow=True).content.decode()
    assert '<a href="https://cmdb.example/7" rel="noopener noreferrer external">' in html
    assert "checked 14 months ago" in html
    place = {"system": "url", "value": "https://cmdb.example/7"}
    html = client.post(at(storage, "references/"), {**place, "verb": "check"}, follow=True)
    assert "checked today" in html.content.decode()
    html = client.post(at(storage, "references/"), {**place, "verb": "remove"}, follow=True)
    assert "nobody wrote where it is" in html.content.decode()
    gone = client.post(at(storage, "references/"), {**place, "verb": "check"}, follow=True)
    assert "not written here any more" in gone.content.decode()


def test_an_unsafe_address_is_refused_and_never_a_link(cast: Cast, storage: Any) -> None:
    given = {"verb": "add", "system": "url", "value": "javascript:alert(1)"}
    answer = cast.aino.client().post(at(storage, "references/"), given)
    assert answer.status_code == 422
    assert "beginning with https://" in answer.content.decode()
    Component.objects.filter(pk=storage.pk).update(
        real_world_ref=[{"system": "url", "value": "javascript:alert(1)"}]
    )
    html = cast.aino.client().get(at(storage)).content.decode()
    assert 'href="javascript' not in html


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "checked today"), (1, "checked 1 day ago"), (59, "checked 59 days ago"),
     (61, "checked 2 months ago"), (426, "checked 14 months ago"), (800, "checked 2 years ago")],
)  # fmt: skip
def test_the_age_of_a_look_is_told_in_words(days: int, words: str) -> None:
    today = dt.date(2026, 6, 1)
    assert age_words(today - dt.timedelta(days=days), today) == words
    assert age_words(None, today) == "nobody said when they looked"


def test_who_brings_it_and_how_soon_again(cast: Cast, storage: Any) -> None:
    client, url = cast.aino.client(), at(storage, "supply/")
    given = {"supplier": "new", "new_supplier": "Kivisilta Oy", "replace_n": "3",
             "replace_unit": "W", "capacity": "420", "capacity_unit": "terabytes",
             "capacity_per": ""}  # fmt: skip
    html = client.post(url, given, follow=True).content.decode()
    for words in ("Kivisilta Oy", "3 weeks", "420 terabytes"):
        assert words in html, words
    form = client.get(url).content.decode()
    assert 'value="3"' in form
    nobody = client.post(url, {"supplier": "new", "new_supplier": " "})
    assert nobody.status_code == 422
    assert client.post(url, {"supplier": "", "replace_n": ""}).status_code == 302
    storage.refresh_from_db()
    assert (storage.supplier_relationship, storage.replace_time) == (None, "")


def test_rights(cast: Cast, storage: Any) -> None:
    add_reference(storage, by=cast.aino.actor, system="room", value="Hall N")
    post = {"verb": "remove", "system": "room", "value": "Hall N"}
    for person, status in ((cast.liisa, {403}), (cast.heikki, {403}), (cast.tuomas, {404}),
                           (cast.olga, {404}), (cast.mallory, {404})):  # fmt: skip
        for page in ("references/", "supply/"):
            assert person.client().get(at(storage, page)).status_code in status
        assert person.client().post(at(storage, "references/"), post).status_code in status
    html = cast.liisa.client().get(at(storage)).content.decode()
    assert "Hall N" in html
    assert "Say where it is" not in html


def test_before_it_is_retired_one_sees_what_hangs_on_it(cast: Cast, storage: Any) -> None:
    by = cast.aino.actor
    shop = make("service_product", by, name="Ticket shop", owner_party=cast.heikki.party.code)
    make("dependency", by, **{"from": shop, "to": storage, "criticality": "stops"})
    client, url = cast.aino.client(), at(storage, "move/retired/")
    html = client.get(url).content.decode()
    falling = html.split('id="falling"')[1].split("</section>")[0]
    for words in ("Ticket shop", "stops", "Heikki Laine", "1 service"):
        assert words in falling, words
    assert client.post(url, {"reason": "Sold"}).status_code == 302  # it shows, it does not lock
    needed = client.get(at(storage)).content.decode().split('id="needed-head"')[1]
    assert "Ticket shop" in needed.split("</section>")[0]
