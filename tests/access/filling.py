"""Values for every field of every kind, made from the registry, each text a canary of its side."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from polku.kernel.fields import Field
from polku.kernel.registry import Entity
from tests.access.canaries import Side, words

# The state in which people of the other side see a thing of this kind at all
SEEN_STATES = {
    "service_product": "live", "offering": "published", "relationship": "active",
    "service_package": "published",
}  # fmt: skip

# What people of the other side never see, whatever its audience
NEVER_OUTSIDE = frozenset({
    "strategy_goal", "component", "dependency", "product_version", "insight", "stakeholder",
})  # fmt: skip

# Of two fields exactly one is filled: what one gets is of a service or of a package, and a
# stakeholder is a party or a group. A supplier's relationship is one in which we are the customer,
# which no side of the world has, and a version brings back another of its own service
OF_ONE_THING = {
    ("offering", "product"): "own", ("offering", "package"): "none",
    ("stakeholder", "group_name"): "own", ("stakeholder", "party"): "none",
    ("component", "supplier_relationship"): "none", ("product_version", "restores"): "none",
}  # fmt: skip

# Free structures whose form the pages know
STRUCTURES = {
    "dial_notes": lambda word: {
        "agreement": {"reason": word, "set_by": word, "set_on": "2026-05-01"}
    },
    "real_world_ref": lambda word: [{"system": "other", "value": word, "checked_on": "2026-05-31"}],
    "contact": lambda word: {"email": f"{word.split()[0]}@example.org"},
}

# Texts that are a length of time
DURATIONS = frozenset({("component", "replace_time"), ("component", "capacity_per")})

type Codes = Mapping[str, str]


def values_for(entity: Entity, side: Side, own: Codes, pointed: Codes) -> dict[str, Any]:
    """Outside values for a new object: what must be filled points at *own*, the rest at *pointed*.

    Both lead from a kind to the code of an object. What only the team may read is a canary of the
    team's side, wherever the object stands.
    """
    found: dict[str, Any] = {}
    for field in entity.fields:
        value = _value(entity, field, side, own, pointed)
        if value is not None and (field.editable or field.on_create):
            found[field.name] = value
    return found


def _value(entity: Entity, field: Field, side: Side, own: Codes, pointed: Codes) -> Any:
    if field.name == entity.state_field:
        return SEEN_STATES.get(entity.kind)
    if field.type in {"ref", "object"}:
        kind = field.ref or "service_product"
        if field.name in {"relationship", "to"}:
            kind = "relationship" if field.name == "relationship" else "component"
        return _codes(entity, field, own, pointed).get(kind)
    if field.type == "refs":
        return [code for code in (own.get(field.ref), pointed.get(field.ref)) if code]
    if field.name == "languages":
        return ["fi"]  # a tag, so that files read it as what it is
    return text_value(entity, field, _canary(entity, field, side))


def _codes(entity: Entity, field: Field, own: Codes, pointed: Codes) -> Codes:
    said = OF_ONE_THING.get((entity.kind, field.name))
    if said is not None:
        return own if said == "own" else {}
    return own if field.required or field.name == "relationship" else pointed


def _canary(entity: Entity, field: Field, side: Side) -> str:
    """The words of a field; the team's own on a shared thing are told apart by one more."""
    inside = field.inside_only or entity.kind in NEVER_OUTSIDE
    if inside and side is Side.SHARED:
        return words(Side.INSIDE, entity.kind, field.name, "beside")
    return words(side, entity.kind, field.name)


def text_value(entity: Entity, field: Field, word: str) -> Any:
    """A text in the form of the field; None where none fits."""
    column = field.column(entity.model)
    if (entity.kind, field.name) in DURATIONS:
        return "P2D"
    if field.type == "translated":
        limit = column.text_limit
        return {"en": word[:limit], "fi": f"{word} suomeksi"[:limit]}
    if field.type == "words":
        return [word]
    if field.type == "json":
        made = STRUCTURES.get(field.name)
        return made(word) if made else {word: word}
    if field.type == "text":
        is_address = field.name == "web" or isinstance(column, models.URLField)
        return f"https://{word.split()[0]}.example/" if is_address else word[: column.max_length]
    return None
