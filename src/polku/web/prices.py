"""Prices in the reader's way: ``6,40 € kuukaudessa``, ``free``, and for whom."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.core import Locale
from babel.numbers import format_currency, get_currency_precision
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from polku.portfolio.models import Offering, Price
from polku.web import formats

# One period has a phrase of its own; the others count
_ONE: dict[str, Any] = {
    "H": gettext_lazy("%(price)s an hour"), "D": gettext_lazy("%(price)s a day"),
    "W": gettext_lazy("%(price)s a week"), "M": gettext_lazy("%(price)s a month"),
    "Y": gettext_lazy("%(price)s a year"),
}  # fmt: skip
_MANY: dict[str, Any] = {
    "H": ngettext_lazy("%(price)s every %(n)d hour", "%(price)s every %(n)d hours", "n"),
    "D": ngettext_lazy("%(price)s every %(n)d day", "%(price)s every %(n)d days", "n"),
    "W": ngettext_lazy("%(price)s every %(n)d week", "%(price)s every %(n)d weeks", "n"),
    "M": ngettext_lazy("%(price)s every %(n)d month", "%(price)s every %(n)d months", "n"),
    "Y": ngettext_lazy("%(price)s every %(n)d year", "%(price)s every %(n)d years", "n"),
}
_PERIOD = re.compile(r"PT?(\d+)([HDWMY])")


@dataclass(frozen=True)
class PriceLine:
    """One price as it is read: how much, for whom or when, and from or until which day."""

    amount: str
    condition: Any
    channel: str
    since: dt.date | None
    until: dt.date | None


def money(amount: int, currency: str) -> str:
    """Minor units as the reader writes them; whole amounts without cents."""
    places = get_currency_precision(currency)
    value = Decimal(amount).scaleb(-places)
    is_whole = value == value.to_integral_value()
    pattern = _whole_pattern(formats.locale()) if is_whole else None
    return str(
        format_currency(
            value, currency, format=pattern, locale=formats.locale(), currency_digits=not is_whole
        )
    )


@lru_cache(maxsize=16)
def _whole_pattern(locale: str) -> str:
    return str(Locale.parse(locale).currency_formats["standard"].pattern).replace(".00", "")


def major(amount: int, currency: str) -> str:
    """Minor units as a plain decimal number for machines: ``12.00``."""
    places = get_currency_precision(currency)
    return f"{Decimal(amount).scaleb(-places):.{places}f}"


def amount_words(price: Price) -> str:
    """How much: ``12 €``, ``6.40 € a month``, ``free``; nothing when words alone tell it."""
    if price.kind == Price.Kind.FREE:
        return _("free")
    if price.amount is None:
        return ""
    shown = money(price.amount, price.currency)
    if price.kind == Price.Kind.RECURRING:
        return each_period(shown, price.period)
    if price.kind == Price.Kind.DISCOUNT:
        return _("%(price)s less") % {"price": shown}
    if price.kind == Price.Kind.PENALTY:
        return _("%(price)s more") % {"price": shown}
    return shown


def each_period(shown: str, period: str) -> str:
    """An amount with how often it is paid, in words."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        return shown
    n, unit = int(match[1]), match[2]
    words = _ONE[unit] if n == 1 else _MANY[unit]
    return str(words % {"price": shown, "n": n})


def price_lines(offer: Offering, lang: str, today: dt.date) -> list[PriceLine]:
    """The same as they are read in *lang*."""
    return [
        PriceLine(
            amount_words(row), row.condition.reading(lang), row.channel,
            row.valid_from if row.valid_from and row.valid_from > today else None, row.valid_to,
        )
        for row in standing_prices(offer, today)
    ]  # fmt: skip


def standing_prices(offer: Offering, today: dt.date) -> list[Price]:
    """The prices that hold today or later, in order."""
    return [row for row in offer.prices.all() if row.valid_to is None or row.valid_to >= today]


def in_one_line(lines: Iterable[PriceLine], most: int = 3) -> str:
    """Prices for a list of many things: ``12 €, a grown-up · free``, and how many more."""
    told = [", ".join(part for part in (row.amount, str(row.condition)) if part) for row in lines]
    shown = " · ".join(told[:most])
    more = len(told) - most
    rest = ngettext("and %(n)d more price", "and %(n)d more prices", more) if more > 0 else ""
    return f"{shown} · {rest % {'n': more}}" if rest else shown


def price_text(offer: Offering, lang: str, today: dt.date) -> str:
    """What it costs in one line: rows, else the words that stand for them."""
    return in_one_line(price_lines(offer, lang, today)) or offer.price_note.reading(lang).text
