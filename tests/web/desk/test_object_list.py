"""The list of any kind: who sees it, what narrows it, what it says when it is empty."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polku.kernel.changes import archive_object, create_objects
from polku.kernel.registry import Entity, entities, entity
from polku.kernel.transitions import Step, move
from tests.cast import Cast, make

KINDS = [pytest.param(row, id=row.kind) for row in entities()]
MOST_STATEMENTS = 8


def text(response: Any) -> str:
    return str(response.content.decode())


def services(cast: Cast, n: int, **values: Any) -> list[Any]:
    rows = [{"name": {"en": f"Walk number {i}"}, **values} for i in range(n)]
    return create_objects(entity("service_product"), rows, by=cast.aino.actor)


@pytest.mark.parametrize("row", KINDS)
def test_each_kind_has_a_list(cast: Cast, row: Entity) -> None:
    response = cast.aino.client().get(f"/w/museum/{row.plural}/")
    assert response.status_code == 200
    assert "<h1>" in text(response)


@pytest.mark.parametrize("row", KINDS)
def test_a_stranger_meets_nothing(cast: Cast, row: Entity) -> None:
    assert cast.mallory.client().get(f"/w/museum/{row.plural}/").status_code == 404
    assert cast.olga.client().get(f"/w/museum/{row.plural}/").status_code == 404


def test_the_count_is_a_whole_phrase_and_the_names_are_links(cast: Cast) -> None:
    (service,) = services(cast, 1)
    page = text(cast.aino.client().get("/w/museum/services/"))
    assert "1 service" in page
    assert f'href="/w/museum/services/{service.code}/"' in page


def test_a_list_costs_the_same_however_long_it_is(cast: Cast) -> None:
    client = cast.aino.client()
    for row in ({"owner_party": cast.aino.party.code}, {"owner_party": cast.piotr.party.code}):
        services(cast, 3, **row)
    client.get("/w/museum/services/")
    with CaptureQueriesContext(connection) as few:
        client.get("/w/museum/services/")
    services(cast, 150, owner_party=cast.heikki.party.code)
    with CaptureQueriesContext(connection) as many:
        client.get("/w/museum/services/")
    assert len(few) == len(many)
    assert len(many) <= MOST_STATEMENTS


def test_a_hundred_stand_on_a_page_and_the_rest_on_the_next(cast: Cast) -> None:
    services(cast, 130)
    client = cast.aino.client()
    assert text(client.get("/w/museum/services/")).count("<tr>") == 101
    assert text(client.get("/w/museum/services/?page=2")).count("<tr>") == 31
    assert client.get("/w/museum/services/?page=nonsense").status_code == 200


def test_filters_in_the_address_narrow_the_list(cast: Cast) -> None:
    mine = services(cast, 2, owner_party=cast.aino.party.code)
    services(cast, 3)
    client = cast.aino.client()
    page = text(client.get(f"/w/museum/services/?owner_party={cast.aino.party.code}"))
    assert "2 services" in page
    assert mine[0].code in page
    assert "3 services" in text(client.get("/w/museum/services/?owner_party=none"))


def test_an_address_keeps_only_the_filters_in_use(cast: Cast) -> None:
    response = cast.aino.client().get("/w/museum/services/?q=&managed_state=live&owner_party=")
    assert response.status_code == 302
    assert response.url == "/w/museum/services/?managed_state=live"


def test_a_filter_that_makes_no_sense_is_left_out(cast: Cast) -> None:
    services(cast, 2)
    response = cast.aino.client().get("/w/museum/services/?managed_state=flying&sort=weather")
    assert response.status_code == 200


def test_the_order_is_said_to_the_eye_and_the_ear(cast: Cast) -> None:
    services(cast, 2)
    page = text(cast.aino.client().get("/w/museum/services/?sort=-code"))
    assert 'aria-sort="descending"' in page
    assert page.index("SRV-2<") < page.index("SRV-1<")


def test_an_empty_list_says_what_to_do_first(cast: Cast) -> None:
    page = text(cast.aino.client().get("/w/museum/services/"))
    assert "No service is written down yet" in page
    assert 'href="/w/museum/services/new/"' in page
    assert 'name="q"' not in page.split("<main")[1]


def test_nothing_that_fits_says_what_would(cast: Cast) -> None:
    services(cast, 2)
    page = text(cast.aino.client().get("/w/museum/services/?q=walk&managed_state=ended"))
    assert "No service fits these filters" in page
    assert "With these words alone: 2 services." in page


def test_a_day_shows_the_states_of_then(cast: Cast) -> None:
    (service,) = services(cast, 1)
    for day, state in ((dt.date(2026, 1, 5), "idea"), (dt.date(2026, 3, 5), "being_made")):
        move(service, Step(state, effective_on=day, reason="so it was"), by=cast.aino.actor)
    client = cast.aino.client()
    page = text(client.get("/w/museum/services/?as_of=2026-02-01"))
    assert "idea</span></td>" in page
    assert "1 Feb" in page
    assert "Back to today" in page
    before = text(client.get("/w/museum/services/?as_of=2025-01-01"))
    assert "not said by then" in before
    found = text(client.get("/w/museum/services/?as_of=2026-02-01&managed_state=idea"))
    assert "1 service" in found
    now = text(client.get("/w/museum/services/?managed_state=idea"))
    assert "No service fits" in now


def test_what_was_put_away_is_shown_when_asked_for(cast: Cast) -> None:
    kept, gone = services(cast, 2)
    archive_object(entity("service_product"), gone, by=cast.aino.actor)
    client = cast.aino.client()
    assert f">{gone.code}<" not in text(client.get("/w/museum/services/"))
    away = text(client.get("/w/museum/services/?archived=yes"))
    assert f">{gone.code}<" in away
    assert f">{kept.code}<" not in away


def test_a_reader_sees_why_nothing_can_be_added(cast: Cast) -> None:
    services(cast, 1)
    page = text(cast.liisa.client().get("/w/museum/services/"))
    assert 'aria-disabled="true"' in page
    assert "You may read here." in page
    assert "/services/new/" not in page


def test_the_other_side_sees_what_is_for_it_and_nothing_of_the_inside(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name={"en": "Open tour"}, audience="customers",
         managed_state="live")  # fmt: skip
    make("service_product", cast.aino.actor, name={"en": "Secret plan"}, managed_state="live")
    page = text(cast.tuomas.client().get("/w/museum/services/?archived=yes&as_of=2026-01-01"))
    assert "Open tour" in page
    assert "Secret plan" not in page
    assert "Aino Salmi" not in page
    assert 'name="archived"' not in page
    assert 'name="as_of"' not in page


def test_a_name_in_another_language_says_so_and_markup_stays_text(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name={"fi": "<b>Köysi</b> & narut"})
    page = text(cast.aino.client().get("/w/museum/services/"))
    assert '<span lang="fi">&lt;b&gt;Köysi&lt;/b&gt; &amp; narut</span>' in page
    assert "(in Finnish)" in page


def test_the_other_side_is_not_told_that_nothing_exists(cast: Cast) -> None:
    services(cast, 3)
    page = text(cast.tuomas.client().get("/w/museum/services/"))
    assert "Nothing here is shown to you yet" in page
    assert "No service is written down yet" not in page
    assert "/new/" not in page
