"""Cells of the sheets of our own fields: read into one form in which file and object compare."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from polku.exchange.spreadsheet.languages import language_tag
from polku.exchange.spreadsheet.values import is_clear, split_list
from polku.kernel.fields import FALSE_WORDS, TRUE_WORDS, BadValue, Field
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_of_kind
from polku.tenancy.translated import Translated

# What stands before a code that is in the file and not here yet.
COMING = "+"
REFERENCES = frozenset({"ref", "refs", "object"})

type CodeHere = Callable[[str], str]


class Unfit(ValueError):
    """A cell that does not fit its field."""


class Nowhere(Unfit):
    """A code that is neither here nor in the file."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A field, and the language where a column holds it in one; with the heading of the column."""

    field: Field
    lang: str
    header: str

    @property
    def label(self) -> str:
        """The field as changes name it."""
        return f"{self.field.name}:{self.lang}" if self.lang else self.field.name


def slots_of(entity: Entity, headers: Mapping[str, str]) -> Iterator[Slot]:
    """The columns of a row that are fields of its kind."""
    for header in headers:
        name, _bracket, rest = header.partition(" [")
        field = entity.by_name.get(name)
        if field is None or field.type == "picture" or (rest and field.type != "translated"):
            continue
        lang = _tag(rest.removesuffix("]"))
        if bool(lang) == (field.type == "translated"):
            yield Slot(field, lang, header)


def _tag(text: str) -> str:
    return language_tag(text) or text if text else ""


def canon(field: Field, value: Any, lang: str = "") -> Any:
    """The outside form of what is here, as it is compared; None where it says nothing."""
    if field.type == "translated":
        value = (value or {}).get(lang)
    if value in (None, "", [], {}, ()):
        return None
    if field.type == "words":
        return tuple(str(part) for part in value)
    if field.type == "refs":
        return tuple(sorted(str(part) for part in value))
    return value


def read_text(slot: Slot, text: str, code_here: CodeHere, choices: set[str]) -> Any:
    """What a cell says, in the same form. Raises :class:`Unfit`."""
    if is_clear(text):
        return None
    text = bare_text(text)
    kind = slot.field.type
    if kind in ("text", "translated", "enum"):
        words = Translated.of(text, "en").source_text
        if kind == "enum" and words not in choices:
            raise Unfit
        return words or None
    if kind in ("ref", "object"):
        return code_here(text.strip().upper())
    if kind == "refs":
        return tuple(sorted(code_here(part.upper()) for part in split_list(text))) or None
    return READERS[kind](text.strip())


def hold_value(slot: Slot, entity: Entity, value: Any, lang: str) -> None:
    """A value fits its field, and a reference leads to a thing of its kind. Raises Unfit."""
    field = slot.field
    if field.type in ("ref", "refs"):
        prefix = f"{entity_of_kind(field.ref).prefix}-"
        codes = value if isinstance(value, tuple) else (value,) if value else ()
        if not all(code.lstrip(COMING).startswith(prefix) for code in codes):
            raise Unfit
    elif value is not None and field.type != "object":
        outside = {slot.lang: value} if slot.lang else value
        try:
            field.read(list(outside) if isinstance(outside, tuple) else outside, entity.model, None,
                       lang)  # fmt: skip
        except BadValue as error:
            raise Unfit from error


def bare_text(text: str) -> str:
    """A text that only looks like the word for clearing carries one backslash of ours."""
    return text[1:] if text.startswith("\\") and is_clear(text.lstrip("\\")) else text


def _json(text: str) -> Any:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Unfit from error
    return found or None


def _bool(text: str) -> bool | None:
    word = text.lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise Unfit
    return word in TRUE_WORDS


def _number(text: str) -> int:
    found = _amount(text)
    if found != found.to_integral_value():
        raise Unfit
    return int(found)


def _amount(text: str) -> Decimal:
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise Unfit from error
    if not found.is_finite():
        raise Unfit
    return found


def _decimal(text: str) -> str:
    return format(_amount(text).normalize(), "f")


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text[:10]).isoformat()
    except ValueError as error:
        raise Unfit from error


def _moment(text: str) -> str:
    try:
        return dt.datetime.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Unfit from error


READERS: dict[str, Callable[[str], Any]] = {
    "json": _json, "bool": _bool, "int": _number, "decimal": _decimal, "date": _day,
    "datetime": _moment, "words": split_list,
}  # fmt: skip
