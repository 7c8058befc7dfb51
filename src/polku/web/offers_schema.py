"""The same page for machines: schema.org as JSON-LD in a block of data that no browser runs."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from polku.portfolio.models import Price
from polku.web.markup import joined
from polku.web.offers import Shown
from polku.web.prices import major, standing_prices

CONTEXT = "https://schema.org"
# What could close the block or open another one; JSON reads the escapes as the same letters
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
DAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday",
    "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip


def block(data: dict[str, Any]) -> SafeString:
    """The data as an element of a page."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', joined([text]))


def service_data(shown: Shown, url: str, provider_url: str) -> dict[str, Any]:
    """A Service with its provider, prices, places, hours and the way to get it; empty left out."""
    offer = shown.offer
    data = {
        "@context": CONTEXT, "@type": "Service", "@id": url, "url": url,
        "name": shown.title.text, "description": shown.summary.text, "inLanguage": shown.lang,
        "identifier": offer.code if offer else "", "provider": _provider(shown, provider_url),
        "areaServed": shown.places or (offer.market if offer else ""),
        "audience": [{"@type": "Audience", "name": row.text} for row in shown.for_whom],
        "availableChannel": _channel(shown, url), "hoursAvailable": _hours(shown),
        "termsOfService": _part(shown, "terms"),
        "offers": [_offer(row, shown, url) for row in standing_prices(offer, shown.today)]
        if offer else [],
    }  # fmt: skip
    return _filled(data)


def _provider(shown: Shown, url: str) -> dict[str, Any]:
    room = shown.reader.workspace
    return {"@type": "Organization", "name": room.name.reading(shown.lang).text, "url": url}


def _channel(shown: Shown, url: str) -> dict[str, Any]:
    points = dict.fromkeys(
        place.text for group in shown.groups for piece in group.pieces for place in piece.where
    )
    where = [{"@type": "Place", "name": name} for name in points]
    channel = {
        "@type": "ServiceChannel", "serviceUrl": shown.web or url, "serviceLocation": where,
        "availableLanguage": list(shown.service.languages) if shown.service else [],
        "processingTime": "",
    }  # fmt: skip
    return _filled(channel)


def _hours(shown: Shown) -> list[dict[str, Any]]:
    """Opening hours of the calendar, ``{"mon": [["10:00", "17:00"]]}``; else the words of when."""
    calendar = shown.offer.calendar if shown.offer else None
    weekly = calendar.weekly_hours if calendar and isinstance(calendar.weekly_hours, dict) else {}
    found = [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": f"{CONTEXT}/{DAYS[day]}",
         "opens": str(span[0]), "closes": str(span[1])}
        for day, spans in weekly.items()
        if day in DAYS and isinstance(spans, list)
        for span in spans
        if isinstance(span, list | tuple) and len(span) == 2
    ]  # fmt: skip
    words = _part(shown, "when")
    if found or not words:
        return found
    return [{"@type": "OpeningHoursSpecification", "description": words}]


def _part(shown: Shown, name: str) -> str:
    return next((part.text.text for part in shown.parts if part.name == name), "")


def _offer(row: Price, shown: Shown, url: str) -> dict[str, Any]:
    condition = row.condition.reading(shown.lang).text
    data: dict[str, Any] = {
        "@type": "Offer", "url": url, "description": condition,
        "availabilityStarts": row.valid_from.isoformat() if row.valid_from else "",
        "availabilityEnds": row.valid_to.isoformat() if row.valid_to else "",
    }  # fmt: skip
    if row.kind == Price.Kind.FREE:
        data |= {"price": "0", "isAccessibleForFree": True}
    elif row.amount is not None and row.kind in {Price.Kind.ONE_OFF, Price.Kind.RECURRING}:
        data |= {"price": major(row.amount, row.currency), "priceCurrency": row.currency}
        if row.period:
            data["priceSpecification"] = {
                "@type": "UnitPriceSpecification", "price": data["price"],
                "priceCurrency": row.currency, "billingDuration": row.period,
            }  # fmt: skip
    return _filled(data)


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", [], {}, None)}
