"""The form for what something costs, and how it is read."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from polku.portfolio.models import Offering, Price
from polku.portfolio.operations import set_prices
from polku.web.prices import amount_words, each_period, money
from tests.cast import Cast, make


@pytest.fixture
def offer(cast: Cast) -> Offering:
    service = make("service_product", cast.aino.actor, name="Visit", state="live")
    made: Offering = make("offering", cast.aino.actor, title="A visit", product=service)
    return made


def address(offer: Offering) -> str:
    return f"/w/museum/offerings/{offer.code}/prices/"


def sent(*rows: dict[str, str], **more: Any) -> dict[str, Any]:
    names = ("number", "kind", "amount", "currency", "period", "channel", "valid_from", "valid_to",
             "condition-en", "condition-fi")  # fmt: skip
    usual = {"kind": "one_off", "currency": "EUR"}
    found = {name: [row.get(name, usual.get(name, "")) for row in rows] for name in names}
    return {**found, **more}


def stored(offer: Offering) -> list[tuple[Any, ...]]:
    return list(offer.prices.values_list("number", "kind", "amount", "currency", "period"))


def test_prices_are_written_as_people_write_them(cast: Cast, offer: Offering) -> None:
    client = cast.aino.client()
    rows = (
        {"amount": "12,50", "condition-en": "a grown-up", "condition-fi": "aikuinen"},
        {"kind": "recurring", "amount": "1 200", "period": "P1Y", "currency": "jpy"},
        {"kind": "free", "condition-en": "children"},
        {},
    )
    assert client.post(address(offer), sent(*rows, revision=offer.revision)).status_code == 302
    assert stored(offer) == [
        (1, "one_off", 1250, "EUR", ""), (2, "recurring", 1200, "JPY", "P1Y"),
        (3, "free", None, "", ""),
    ]  # fmt: skip
    page = client.get(f"/w/museum/offerings/{offer.code}/").content.decode()
    for words in ("€12.50", "a grown-up", "a year", "free"):
        assert words in page
    form = client.get(address(offer)).content.decode()
    assert 'value="12.50"' in form
    assert 'value="aikuinen"' in form


@pytest.mark.parametrize("amount", ["twelve", "-1", "1.234", "99999999999", "NaN",
                                    "1e999999"])  # fmt: skip
def test_an_amount_that_is_none_is_said_with_its_line(
    cast: Cast, offer: Offering, amount: str
) -> None:
    answer = cast.aino.client().post(address(offer), sent({"amount": "3"}, {"amount": amount}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 2:" in page
    assert f'value="{amount}"' in page
    assert stored(offer) == []


def test_two_who_write_at_once_lose_nothing(cast: Cast, offer: Offering) -> None:
    held = set_prices(offer, [{"amount": 100, "currency": "EUR"}], by=cast.aino.actor)
    opened = held.revision
    set_prices(held, [{"number": 1, "amount": 300}], by=cast.piotr.actor)
    mine = sent({"number": "1", "amount": "2"}, revision=opened)
    answer = cast.aino.client().post(address(offer), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved meanwhile: 3.00 · EUR" in page
    assert 'value="2"' in page
    again = {**mine, "revision": answer.context["revision"]}
    assert cast.aino.client().post(address(offer), again).status_code == 302
    assert stored(offer) == [(1, "one_off", 200, "EUR", "")]


def test_who_may(cast: Cast, offer: Offering) -> None:
    for name, status in (("liisa", 403), ("heikki", 403), ("tuomas", 404), ("mallory", 404)):
        client = getattr(cast, name).client()
        assert client.post(address(offer), sent({"amount": "1"})).status_code == status
        assert client.get(address(offer)).status_code == status
    assert stored(offer) == []


@pytest.mark.parametrize(("lang", "whole", "monthly"), [
    ("en", "€12", "€6.40 a month"), ("fi", "12\xa0€", "6,40\xa0€"),
    ("pl", "12\xa0€", "6,40\xa0€"), ("ru", "12\xa0€", "6,40\xa0€"),
])  # fmt: skip
def test_amounts_are_read_in_the_readers_way(lang: str, whole: str, monthly: str) -> None:
    with translation.override(lang):
        assert money(1200, "EUR") == whole
        assert monthly in amount_words(
            Price(kind="recurring", amount=640, currency="EUR", period="P1M")
        )


def test_periods_have_words() -> None:
    with translation.override("en"):
        assert each_period("€1", "PT1H") == "€1 an hour"
        assert each_period("€1", "P2W") == "€1 every 2 weeks"
        assert each_period("€1", "P3M") == "€1 every 3 months"
        assert money(1200, "JPY") == "¥1,200" or money(1200, "JPY") == "JP¥1,200"
        assert amount_words(Price(kind="discount", amount=200, currency="EUR")) == "€2 less"
        assert amount_words(Price(kind="penalty", amount=250, currency="EUR")) == "€2.50 more"


def test_words_speak_only_where_no_row_does(cast: Cast, offer: Offering) -> None:
    from polku.kernel.changes import change_object
    from polku.kernel.registry import entity
    from polku.web.prices import price_text

    by = cast.aino.actor
    held = change_object(
        entity("offering"), offer, {"price_note": {"en": "ask at the door"}}, by=by
    )
    today = dt.date(2026, 5, 1)
    with translation.override("en"):
        assert price_text(held, "en", today) == "ask at the door"
        set_prices(held, [{"amount": 500, "currency": "EUR", "condition": "pupils"}], by=by)
        assert price_text(Offering.objects.get(pk=held.pk), "en", today) == "€5, pupils"
