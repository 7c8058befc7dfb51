"""A journey as JSON and back: the same for kept versions, files and the API."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from polku.journeys.document_shapes import (
    CellDoc,
    JourneyDoc,
    Named,
    PainDoc,
    PictureDoc,
    StageDoc,
    StepDoc,
    TouchpointDoc,
)
from polku.kernel.fields import LANGUAGE_TAG
from polku.tenancy.translated import Translated, readable

FORMAT = "polku-journey-1"

# Which shape stands under which name
_ONE: dict[str, type[Any]] = {
    "component": Named, "actor": Named, "sub_journey": Named, "touchpoint": Named,
    "picture": PictureDoc,
}  # fmt: skip
_MANY: dict[str, type[Any]] = {
    "stages": StageDoc, "steps": StepDoc, "pains": PainDoc, "touchpoints": TouchpointDoc,
}  # fmt: skip
_TEXTS = frozenset({
    "text", "customer_action", "expectation", "scenario", "goal_of_customer", "branch_when",
    "words",
})  # fmt: skip
_NAMED_TEXT = (JourneyDoc, StageDoc, StepDoc, TouchpointDoc)


def plain_document(doc: JourneyDoc) -> dict[str, Any]:
    """The whole as JSON-ready data, with the name of its format."""
    return {"format": FORMAT, **_plain(doc)}


def _plain(value: Any) -> Any:
    if isinstance(value, Translated):
        return value.to_json()
    if is_dataclass(value):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def from_json(stored: Mapping[str, Any]) -> JourneyDoc:
    """The document of plain data; what it does not say has its usual value.

    Raises ValueError, KeyError or TypeError where the data has another form.
    """
    doc: JourneyDoc = _read(JourneyDoc, stored)
    return doc


def _read(shape: type[Any], stored: Any) -> Any:
    if not isinstance(stored, Mapping):
        raise TypeError(f"{shape.__name__} is an object")
    types = {part.name: part.type for part in fields(shape)}
    return shape(**{
        name: _part(shape, name, _of_type(types[name], name, value))
        for name, value in stored.items() if name in types
    })  # fmt: skip


def _of_type(kind: Any, name: str, value: Any) -> Any:
    """A text where a text stands, a whole number where one does. Raises TypeError."""
    wanted = {str: str, int: int, bool: bool, int | None: int}.get(kind)
    if wanted is None or (value is None and kind == int | None):
        return value
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise TypeError(f"{name} is {wanted.__name__}")
    return readable(value) if isinstance(value, str) else value


def _part(shape: type[Any], name: str, value: Any) -> Any:
    if name in _TEXTS or (name == "name" and shape in _NAMED_TEXT):
        return _text(value)
    if name == "cells":
        return {row: tuple(_read(CellDoc, part) for part in cells) for row, cells in value.items()}
    if name in _MANY:
        return tuple(_read(_MANY[name], part) for part in value or ())
    if name in _ONE:
        return _read(_ONE[name], value) if value else None
    if name == "evidence_on":
        return dt.date.fromisoformat(value) if value else None
    return value


def _text(value: Any) -> Translated:
    if value is None:
        return Translated()
    if not isinstance(value, Mapping) or not all(map(_is_text, value.items())):
        raise TypeError("a text is an object of languages")
    clean = {key: readable(part) if isinstance(part, str) else part for key, part in value.items()}
    return Translated.from_json({key: part for key, part in clean.items() if part})


def _is_text(pair: tuple[Any, Any]) -> bool:
    key, part = pair
    if key == "_from":
        return isinstance(part, Mapping) and all(isinstance(text, str) for text in part.values())
    return isinstance(part, str) and (key == "_source" or bool(LANGUAGE_TAG.fullmatch(key)))
