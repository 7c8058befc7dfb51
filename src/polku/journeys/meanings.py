"""What pieces of a journey mean, as its history keeps them (links.md 2).

History keeps only the pieces that one edit changed, each whole: :func:`plain_piece`.
"""

from collections.abc import Mapping
from typing import Any

from django.db import models

from polku.kernel.fields import plain
from polku.kernel.models import Attachment
from polku.tenancy.models import PieceRow
from polku.tenancy.translated import Translated

# Where history tells of each kind of row
TOLD_BY = {"stage": "stages", "step": "steps", "blueprint_cell": "cells", "pain_point": "pains"}
_UNTOLD = frozenset({"id", "workspace", "journey", "thread", "position"})


def plain_piece(row: Any) -> dict[str, Any]:
    """One row whole, in plain data: references as numbers of pieces or codes; nothing empty."""
    told = {
        field.name: _plain(row, field)
        for field in row._meta.concrete_fields
        if field.name not in _UNTOLD
    }
    return {name: value for name, value in told.items() if value not in (None, "", {}, False)}


def _plain(row: Any, field: Any) -> Any:
    if isinstance(field, models.ForeignKey) and field.related_model is Attachment:
        picture = getattr(row, field.name)
        return {"number": picture.number, "words": picture.words.to_json()} if picture else None
    if isinstance(field, models.ForeignKey):
        if issubclass(field.related_model, PieceRow):
            # Only if it is at hand: an edit of one text asks for nothing more
            piece = getattr(row, field.name) if field.is_cached(row) else None
            return piece.number if piece is not None else None
        found = getattr(row, field.name)
        return found.code if found is not None else None
    value = getattr(row, field.name)
    return value.to_json() if isinstance(value, Translated) else plain(value)


def _text(kept: Mapping[str, Any], name: str) -> str:
    return Translated.from_json(kept.get(name)).source_text


def past_stage(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The meaning of a stage as history keeps it."""
    return {
        "name": _text(kept, "name"), "goal_of_customer": _text(kept, "goal_of_customer"),
        "dsv_step": kept.get("dsv_step", ""),
    }  # fmt: skip


def past_step(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The meaning of a step as history keeps it."""
    return {
        "customer_action": _text(kept, "customer_action"),
        "expectation": _text(kept, "expectation"), "sphere": kept.get("sphere", ""),
    }  # fmt: skip


def past_pain(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The meaning of a pain point as history keeps it."""
    return {
        "text": _text(kept, "text"), "severity": kept.get("severity"),
        "decision": kept.get("decision", ""),
    }  # fmt: skip
