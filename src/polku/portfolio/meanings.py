"""Computed meaning of services, offerings and components (links.md 2)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from polku.kernel.fields import plain
from polku.kernel.meanings import Meaning
from polku.portfolio import machines
from polku.tenancy.translated import Translated


def stage_of(service: Any) -> str:
    """The stage of a service: pipeline, offered or ended; steps within one change no meaning."""
    return stage_of_state(service.managed_state)


def stage_of_state(state: Any) -> str:
    """The stage that a state belongs to; nothing while nobody has said."""
    found = machines.SERVICE.state(str(state or ""))
    return found.stage if found else ""


def elements_of(offering: Any) -> list[Any]:
    """What one receives, in order."""
    return [element_of(row) for row in offering.elements.select_related("resource_component")]


def element_of(row: Any) -> dict[str, Any]:
    """One piece of it: its kind, words, number, terms and the thing it needs."""
    component = row.resource_component
    return {
        "kind": row.kind, "text": row.text.source_text, "unit": row.unit,
        "quantity": plain(row.quantity), "terms": row.terms.source_text,
        "resource_component": component.code if component else None,
    }  # fmt: skip


def past_element(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The same of a piece as history keeps it."""
    words = {name: Translated.from_json(kept.get(name)).source_text for name in ("text", "terms")}
    return {
        name: words[name] if name in words else kept.get(name)
        for name in ("kind", "text", "unit", "quantity", "terms", "resource_component")
    }


def past_elements(kept: Any) -> list[Any]:
    """The whole list as history keeps it."""
    return [past_element(row) for row in kept or ()]


def prices_of(offering: Any) -> list[Any]:
    """What one pays, in order."""
    return [
        {
            "kind": row.kind, "amount": row.amount, "currency": row.currency, "period": row.period,
            "condition": row.condition.source_text, "channel": row.channel,
            "valid_from": plain(row.valid_from), "valid_to": plain(row.valid_to),
        }
        for row in offering.prices.all()
    ]  # fmt: skip


def past_prices(kept: Any) -> list[Any]:
    """The same as history keeps it."""
    return [{**row, "condition": _any_text(row.get("condition"))} for row in kept or ()]


def _any_text(texts: Any) -> str:
    return next((text for _lang, text in sorted((texts or {}).items())), "")


def reference_of(component: Any) -> Any:
    """What it stands for in the real world; the day somebody checked that is no part of it."""
    return _without_checks(component.real_world_ref)


def _without_checks(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            name: _without_checks(part)
            for name, part in value.items()
            if not str(name).startswith("checked")
        }
    return [_without_checks(part) for part in value] if isinstance(value, list) else value


STAGE = Meaning("stage", _("Stage"), stage_of, "managed_state", stage_of_state)
ELEMENTS = Meaning("elements", _("What one gets"), elements_of, "", past_elements)
PRICES = Meaning("prices", _("Prices"), prices_of, "", past_prices)
REFERENCE = Meaning("real_world_ref", _("What it stands for"), reference_of, "", _without_checks)
