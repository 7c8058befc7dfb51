"""From rows of an example to values of the entities, as a person would type them in."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from polku.examples.content import (
    ComponentRow,
    Dial,
    ElementRow,
    OfferingRow,
    PartyRow,
    ServiceRow,
)
from polku.examples.content_offers import PackageRow
from polku.examples.texts import Day, Text, calendar_day
from polku.kernel.fields import Field
from polku.kernel.registry import Entity
from polku.portfolio.models import ServicePackage
from polku.portfolio.operations import DIAL_FIELDS
from polku.tenancy.translated import Translated, text_fingerprint

type Key = str

# Fields of the entities that rows know by another name
NAMED = {
    "owner_party": "owner", "raised_by_party": "raised_by", "consumer_party": "consumer",
    "provider_party": "provider", "product": "subject", "from": "from_", "to": "to",
}  # fmt: skip
# What was not known on the first day and is told on a day of its own
LATER = frozenset({
    "last_reviewed_on", "closed_to_new", "reason_rejected", "giver_told_at", "left_on",
    "real_world_ref", *DIAL_FIELDS.values(),
}) - {"criticality", "lifespan_phase"}  # fmt: skip
OFFERED_TO = {"public": "public", "named_relationships": "relationship"}


def values_of(entity: Entity, row: Any, made: Mapping[Key, Any], today: dt.date) -> dict[str, Any]:
    """What is known of *row* on its first day, by field; *made* holds what stands already.

    Raises KeyError when it refers to something that does not stand yet.
    """
    values = _of_its_kind(row, made, today)
    for known in entity.fields:
        if known.name in LATER or known.name == entity.state_field or known.name in values:
            continue
        raw = getattr(row, NAMED.get(known.name, known.name), None)
        if raw not in (None, "", ()):
            values[known.name] = outside(known, raw, made, today)
    return values


def outside(known: Field, raw: Any, made: Mapping[Key, Any], today: dt.date) -> Any:
    """One value in the form that its field reads."""
    if known.type == "translated":
        return translated(raw)
    if known.type in {"ref", "object"}:
        return made[raw]
    if known.type == "refs":
        return [made[key] for key in raw]
    if known.type == "date":
        return calendar_day(raw, today)
    if known.type == "words":
        return [str(word) for word in raw]
    return dict(raw) if known.type == "json" else raw


def translated(words: Text) -> Translated:
    """The text in its languages; one that is outdated was made from the former words."""
    source = text_fingerprint(str(words))
    made_from = {
        lang: text_fingerprint(words.outdated[lang]) if lang in words.outdated else source
        for lang in words.texts
        if lang != words.source_lang
    }
    return Translated(dict(words.texts), words.source_lang, made_from)


def _of_its_kind(row: Any, made: Mapping[Key, Any], today: dt.date) -> dict[str, Any]:
    """Values that only one kind of row needs to have built."""
    if isinstance(row, PartyRow):
        contact = {"email": row.email, "phone": row.phone}
        note = {"attributes": {"Note": row.note}} if row.note else {}
        return {"contact": {k: v for k, v in contact.items() if v}, **note}
    if isinstance(row, ComponentRow) and row.real_world_ref:
        checked = calendar_day(row.checked_on, today).isoformat() if row.checked_on else None
        found = [
            {"system": system, "value": value, "checked_on": checked}
            for system, value in row.real_world_ref
        ]
        return {"real_world_ref": found}
    if isinstance(row, OfferingRow):
        named = {"relationship": made[row.relationships[0]]} if row.relationships else {}
        subject = made[row.subject]
        of_package = isinstance(subject, ServicePackage)
        ends = {"product": None if of_package else subject,
                "package": subject if of_package else None}  # fmt: skip
        return {"audience": OFFERED_TO[row.visibility], **ends, **named}
    if isinstance(row, PackageRow):
        return {"audience": OFFERED_TO[row.visibility]}
    return {}


def dials_of(row: ServiceRow) -> dict[str, Dial]:
    """The dials that somebody set, by their name in the verbs of the portfolio."""
    given = {
        "agreement": row.dial_agreement,
        "cost": row.dial_cost,
        "continuity": row.dial_continuity,
    }
    return {name: dial for name, dial in given.items() if dial is not None}


def element(row: ElementRow) -> dict[str, Any]:
    """One thing that people receive."""
    return {"kind": row.kind, "text": dict(row.text.texts), "quantity": row.quantity,
            "unit": row.unit}  # fmt: skip


def first_day(row: Any) -> Day:
    """The day on which a row begins."""
    day: Day = row.moves[0].on
    return day
