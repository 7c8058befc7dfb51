"""Prices: rows of whole minor units, checked, kept under their number, told in the history."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from polku.kernel.answers import BadInput, Conflict, NotAllowed
from polku.kernel.models import AuditEvent
from polku.portfolio.models import Offering, Price
from polku.portfolio.operations import set_elements, set_prices
from tests.cast import Cast, make

TICKET = {"kind": "one_off", "amount": 1200, "currency": "eur", "condition": {"en": "a grown-up"}}


@pytest.fixture
def offer(cast: Cast) -> Offering:
    by = cast.aino.actor
    service = make("service_product", by, name="Visit", state="live")
    made: Offering = make("offering", by, title="A visit", product=service)
    return made


def rows(offer: Offering) -> list[tuple[Any, ...]]:
    return list(offer.prices.values_list("number", "kind", "amount", "currency", "period"))


def test_amounts_are_whole_minor_units(cast: Cast, offer: Offering) -> None:
    by = cast.aino.actor
    monthly = {"kind": "recurring", "amount": 640, "currency": "EUR", "period": "p1m"}
    free = {"kind": "free", "amount": 5, "currency": "EUR", "condition": "children under 7"}
    held = set_prices(offer, [TICKET, monthly, free], by=by)
    assert rows(held) == [
        (1, "one_off", 1200, "EUR", ""),
        (2, "recurring", 640, "EUR", "P1M"),
        (3, "free", None, "", ""),
    ]
    assert dict(held.prices.get(number=1).condition.texts) == {"en": "a grown-up"}
    event = AuditEvent.objects.get(name="offering.prices_set")
    assert [len(rows) for rows in event.changes["prices"]] == [0, 3]


def test_a_price_keeps_its_number_and_what_is_not_said(cast: Cast, offer: Offering) -> None:
    by = cast.aino.actor
    held = set_prices(offer, [TICKET, {"kind": "free"}], by=by)
    set_elements(held, [{"kind": "goods", "text": "A rope"}], by=by)
    held.refresh_from_db()
    again = [{"kind": "free"}, {"number": 1, "amount": 1400}]
    held = set_prices(held, again, by=by)
    assert rows(held) == [(4, "free", None, "", ""), (1, "one_off", 1400, "EUR", "")]
    assert str(held.prices.get(number=1).condition) == "a grown-up"


def test_the_same_again_writes_no_history(cast: Cast, offer: Offering) -> None:
    held = set_prices(offer, [TICKET], by=cast.aino.actor)
    set_prices(held, [{"number": 1}], by=cast.aino.actor)
    assert AuditEvent.objects.filter(name="offering.prices_set").count() == 1


@pytest.mark.parametrize(("wrong", "field"), [
    ({"amount": 12.5}, "amount"),
    ({"amount": -1}, "amount"),
    ({"amount": 5, "currency": "XXQ"}, "currency"),
    ({"amount": 5, "currency": ""}, "currency"),
    ({"kind": "recurring", "amount": 5, "currency": "EUR"}, "period"),
    ({"kind": "recurring", "amount": 5, "currency": "EUR", "period": "monthly"}, "period"),
    ({"kind": "gift"}, "kind"),
    ({"kind": "one_off"}, "amount"),
    ({"kind": "free", "valid_from": "2026-05-02", "valid_to": "2026-05-01"}, "valid_to"),
    ({"kind": "free", "condition": {"en": "x" * 301}}, "condition"),
])  # fmt: skip
def test_what_does_not_fit_names_its_field(
    cast: Cast, offer: Offering, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as caught:
        set_prices(offer, [TICKET, wrong], by=cast.aino.actor)
    assert list(caught.value.fields) == [f"prices.2.{field}"]
    assert not rows(offer)


def test_who_may_and_who_came_first(cast: Cast, offer: Offering) -> None:
    with pytest.raises(NotAllowed):
        set_prices(offer, [TICKET], by=cast.liisa.actor)
    set_prices(offer, [TICKET], by=cast.piotr.actor)
    with pytest.raises(Conflict):
        set_prices(offer, [], by=cast.aino.actor, revision=offer.revision)


def test_the_database_knows_the_rules_too(cast: Cast, offer: Offering) -> None:
    held = set_prices(offer, [TICKET], by=cast.aino.actor)
    later, sooner = dt.date(2026, 2, 1), dt.date(2026, 1, 1)
    wrongs = ({"amount": -1}, {"currency": ""}, {"valid_from": later, "valid_to": sooner})
    for wrong in wrongs:
        with pytest.raises(IntegrityError), transaction.atomic():
            Price.objects.filter(offering=held).update(**wrong)
