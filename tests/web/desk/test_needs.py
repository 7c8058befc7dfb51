"""Needs on the pages of both ends: added, changed, ended with a reason; a circle is refused."""

import datetime as dt
from typing import Any

import pytest

from polku.kernel.clock import today_in
from polku.kernel.models import AuditEvent
from polku.portfolio.models import Dependency
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = gather()
    for room in (found.museum,):
        room.features |= {"components": True, "releases": True, "packages": True}
        room.save()
    return found


@pytest.fixture
def shop(cast: Cast) -> Any:
    return make("service_product", cast.aino.actor, name="Ticket shop",
                owner_party=cast.heikki.party.code)  # fmt: skip


@pytest.fixture
def server(cast: Cast) -> Any:
    return make("component", cast.aino.actor, name="Server")


def at(obj: Any, rest: str = "", plural: str = "services") -> str:
    return f"/w/museum/{plural}/{obj.code}/{rest}"


def test_a_need_is_added_and_read_at_both_ends(cast: Cast, shop: Any, server: Any) -> None:
    client = cast.aino.client()
    form = client.get(at(shop, "needs/new/")).content.decode()
    assert "What does Ticket shop need?" in form
    assert f'<option value="{server.code}">' in form
    given = {"kind": "requires", "other": server.code, "criticality": "stops",
             "note": "No tickets", "valid_from": "2026-01-01"}  # fmt: skip
    html = client.post(at(shop, "needs/new/"), given, follow=True).content.decode()
    assert "Written down: Ticket shop needs Server." in html
    section = html.split('id="needs"')[1].split("</section>")[0]
    for words in ("Server", "stops the service", "since 1 Jan 2026", "No tickets"):
        assert words in section, words
    there = client.get(at(server, plural="components")).content.decode()
    needed = there.split('id="needed-head"')[1].split("</section>")[0]
    assert "Ticket shop" in needed


def test_the_other_side_adds_what_needs_it(cast: Cast, shop: Any, server: Any) -> None:
    url = at(server, "needs/new/?side=needed", "components")
    client = cast.aino.client()
    assert "What needs Server?" in client.get(url).content.decode()
    assert client.post(url, {"kind": "requires", "other": shop.code,
                             "criticality": "degrades"}).status_code == 302  # fmt: skip
    need = Dependency.objects.get()
    assert (need.from_code, need.to_code, need.criticality) == (shop.code, server.code, "degrades")


def test_all_four_kinds_have_the_section(cast: Cast, shop: Any, server: Any) -> None:
    by, client = cast.aino.actor, cast.aino.client()
    version = make("product_version", by, product=shop, label="1")
    package = make("service_package", by, name="Day out")
    for obj, plural in ((version, "versions"), (package, "packages")):
        html = client.get(at(obj, plural=plural)).content.decode()
        assert "Add what it needs" in html
        given = {"kind": "requires", "other": server.code, "criticality": "unknown"}
        assert client.post(at(obj, "needs/new/", plural), given).status_code == 302


def test_a_circle_is_refused_where_it_is_written(cast: Cast, shop: Any, server: Any) -> None:
    make("dependency", cast.aino.actor, **{"from": shop, "to": server})
    answer = cast.aino.client().post(
        at(server, "needs/new/", "components"),
        {"kind": "requires", "other": shop.code, "criticality": "stops", "note": "kept words"},
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Server → Ticket shop → Server" in html
    assert "kept words" in html
    assert Dependency.objects.count() == 1


def test_words_are_changed_and_a_need_ends_with_a_reason(
    cast: Cast, shop: Any, server: Any
) -> None:
    need = make("dependency", cast.aino.actor, **{"from": shop, "to": server})
    client, url = cast.aino.client(), at(shop, f"needs/{need.code}/")
    assert "Ticket shop needs" in client.get(url).content.decode()
    changed = {"verb": "change", "kind": "requires", "criticality": "inconvenience", "note": "Now"}
    assert client.post(url, changed).status_code == 302
    need.refresh_from_db()
    assert (need.criticality, need.note) == ("inconvenience", "Now")
    nothing = client.post(url, {"verb": "end", "on": "", "reason": " "})
    assert nothing.status_code == 422
    late = client.post(url, {**changed, "note": "Mine", "revision": "1"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "as saved meanwhile: Now" in page
    assert 'value="Mine"' in page
    again = {**changed, "note": "Mine", "revision": str(need.revision)}
    assert client.post(url, again).status_code == 302
    yesterday = today_in(cast.museum) - dt.timedelta(days=1)
    done = client.post(url, {"verb": "end", "on": str(yesterday), "reason": "Sold by hand"})
    assert done.status_code == 302
    need.refresh_from_db()
    assert need.valid_to == yesterday
    event = AuditEvent.objects.filter(object_kind="dependency").latest("id")
    assert event.note == "Sold by hand"
    html = client.get(at(shop)).content.decode()
    section = html.split('id="needs"')[1].split("</section>")[0]
    assert "1 of former days" in section
    backwards = {"verb": "change", "kind": "requires", "criticality": "stops",
                 "valid_from": "2999-01-02", "valid_to": "2999-01-01"}  # fmt: skip
    assert client.post(url, backwards).status_code == 422


def test_a_lone_maker_reads_a_plain_list(cast: Cast, shop: Any, server: Any) -> None:
    make("dependency", cast.aino.actor, **{"from": shop, "to": server, "criticality": "stops"})
    cast.museum.size_profile = "solo"
    cast.museum.features["components"] = False
    cast.museum.save()
    html = cast.aino.client().get(at(shop)).content.decode()
    section = html.split('id="needs"')[1].split("</section>")[0]
    assert "Server" in section
    assert "Add what it needs" not in section


def test_rights(cast: Cast, shop: Any, server: Any) -> None:
    need = make("dependency", cast.aino.actor, **{"from": shop, "to": server})
    new, one = at(shop, "needs/new/"), at(shop, f"needs/{need.code}/")
    end = {"verb": "end", "on": "2030-01-01", "reason": "x"}
    for person, status in ((cast.liisa, {403}), (cast.tuomas, {403, 404}), (cast.olga, {404}),
                           (cast.mallory, {404})):  # fmt: skip
        assert person.client().get(new).status_code in status
        assert person.client().post(one, end).status_code in status
    need.refresh_from_db()
    assert need.valid_to is None
    elsewhere = make("component", cast.aino.actor, name="Elsewhere")
    assert (
        cast.aino.client().get(at(elsewhere, f"needs/{need.code}/", "components")).status_code
        == 404
    )
