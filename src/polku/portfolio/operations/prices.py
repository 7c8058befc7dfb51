"""The verb about prices: the whole list of an offering, in order."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from babel.numbers import list_currencies
from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.audit import one_operation, record
from polku.kernel.changes import STAMPED, hold_both, stamp
from polku.kernel.fields import BadValue, Field, plain
from polku.kernel.policy import may_change
from polku.portfolio.models import Offering, Price

MOST_PRICES = 40
# ISO 8601, whole numbers of one unit: an hour, a day, two weeks, a month, a year
PERIOD = re.compile(r"P(?:[1-9]\d{0,2}[YMWD]|T[1-9]\d{0,2}H)")
FIELDS = (
    Field("kind", "enum"), Field("amount", "int"), Field("currency", "text"),
    Field("period", "text"), Field("condition", "translated"), Field("channel", "text"),
    Field("valid_from", "date"), Field("valid_to", "date"),
)  # fmt: skip


def set_prices(
    offering: Offering, prices: Sequence[Mapping[str, Any]], *, by: Actor,
    revision: int | None = None,
) -> Offering:  # fmt: skip
    """Say what it costs, in order.

    ``[{"kind": "recurring", "amount": 640, "currency": "EUR", "period": "P1M",
    "condition": {"en": "a person"}}]``: the amount in minor units of the currency (decision 0032).
    A row with the ``number`` of a stored price changes that price and keeps what is not given;
    prices not named go. Raises BadInput, or Conflict when somebody changed the list after
    *revision*; then nothing is saved.
    """
    require(may_change(by, offering))
    if len(prices) > MOST_PRICES:
        words = _("Up to %(n)d prices fit here. Say the rest in words.")
        raise BadInput({"prices": words % {"n": MOST_PRICES}})
    with transaction.atomic(), one_operation():
        held = Offering.objects.select_for_update(of=("self",)).get(pk=offering.pk)
        stored = {row.number: row for row in held.prices.all()}
        before = [plain_price(row) for row in stored.values()]
        rows = [_price(held, given, place, by, stored) for place, given in enumerate(prices, 1)]
        after = [plain_price(row) for row in rows]
        if revision is not None and revision != held.revision:
            hold_both(held, {"prices": [before, after]}, revision)
        if before != after:
            _store(held, rows, by)
            record("offering.prices_set", by=by, obj=held, changes={"prices": [before, after]})
    return held


def _store(offering: Offering, rows: Sequence[Price], by: Actor) -> None:
    offering.prices.exclude(pk__in=[row.pk for row in rows if row.pk]).delete()
    for row in rows:
        if row.pk is None:
            offering.last_number += 1
            row.number = offering.last_number
        row.save()
    stamp(offering, by)
    offering.save(update_fields=["last_number", *STAMPED])


def _price(
    offering: Offering, given: Mapping[str, Any], place: int, by: Actor, stored: dict[int, Price]
) -> Price:
    """The stored price that *given* means, taken out of *stored* and changed; else a new one."""
    row = stored.pop(given.get("number") or 0, None)
    row = row or Price(workspace=offering.workspace, offering=offering)
    row.position = place
    for field in FIELDS:
        if field.name in given:
            _read(row, field, given[field.name], place, by)
    row.currency = row.currency.strip().upper()
    row.period = row.period.strip().upper()
    if row.kind == Price.Kind.FREE or row.amount is None:
        row.amount, row.currency = None, ""
    if row.kind != Price.Kind.RECURRING:
        row.period = ""
    try:
        hold_price(row)
    except BadInput as error:
        fields = {f"prices.{place}.{name}": words for name, words in error.fields.items()}
        raise BadInput(fields) from error
    return row


def hold_price(row: Price) -> None:
    """A price says how much of which money, and how often; raises BadInput by field."""
    if problems := _problems(row):
        raise BadInput(dict(problems[:1]))


def _read(row: Price, field: Field, raw: Any, place: int, by: Actor) -> None:
    try:
        value = field.read(raw, Price, getattr(row, field.name), by.lang_for_writing)
    except BadValue as problem:
        raise BadInput({f"prices.{place}.{field.name}": str(problem)}) from problem
    setattr(row, field.name, value)


def _problems(row: Price) -> list[tuple[str, str]]:
    """What does not fit, by field; the database knows the same rules."""
    found = []
    if row.amount is not None and row.currency not in list_currencies():
        found.append(("currency", _("Say in which currency: EUR, PLN, SEK.")))
    if row.kind == Price.Kind.RECURRING and not PERIOD.fullmatch(row.period):
        found.append(("period", _("Say how often one pays.")))
    if row.kind != Price.Kind.FREE and row.amount is None and not row.condition:
        found.append(("amount", _("Say how much, or say it in words.")))
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        found.append(("valid_to", _("The last day cannot come before the first.")))
    return found


def plain_price(row: Price) -> dict[str, Any]:
    """Everything about one price, for the history and the API; amounts are whole numbers."""
    return {
        "kind": row.kind, "amount": row.amount, "currency": row.currency, "period": row.period,
        "condition": plain(row.condition), "channel": row.channel,
        "valid_from": plain(row.valid_from), "valid_to": plain(row.valid_to),
    }  # fmt: skip
