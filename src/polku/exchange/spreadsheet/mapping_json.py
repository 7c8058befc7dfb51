"""Mappings as JSON: what ``polku import --mapping FILE`` takes and the mapping page hands out.

The shape, with every key but ``sheets``, ``kind`` and ``columns`` optional::

    {"polku_mapping": 1, "name": "...", "source": "...", "encoding": "utf-8", "delimiter": ",",
     "sheets": [{"sheet": "*", "kind": "services", "header_row": 1, "keys": ["service_id"],
       "repeated": {"rule": "latest", "by": "fiscal_yr"}, "constants": {"languages": "en, fr"},
       "columns": [{"header": "service_name_en", "field": "name", "lang": "en"}]}]}

A column without ``field``, or not named at all, stays a column of the sender's own.
"""

import json
from collections.abc import Mapping as Dictionary
from importlib.resources import files
from typing import Any, cast

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rapidfuzz.process import extractOne

from polku.exchange.spreadsheet.languages import language_tag
from polku.exchange.spreadsheet.mapping import (
    ANY_SHEET,
    ColumnRule,
    Mapping,
    RepeatRule,
    SheetMapping,
)
from polku.exchange.spreadsheet.refusals import Words
from polku.exchange.spreadsheet.shapes import SHAPES, FieldShape, SheetShape
from polku.exchange.spreadsheet.values import known_value
from polku.kernel.answers import PolkuError

VERSION = 1

_TOP = {"polku_mapping", "name", "source", "encoding", "delimiter", "quotes", "sheets", "about"}
_SHEET = {
    "sheet",
    "kind",
    "header_row",
    "extra_cells",
    "keys",
    "repeated",
    "constants",
    "lang",
    "columns",
}
_COLUMN = {
    "header",
    "field",
    "lang",
    "langs",
    "words",
    "separator",
    "date_order",
    "period",
    "year_ends",
    "party",
    "use",
    "skip",
    "about",
}
_ENUMS: dict[str, tuple[str, ...]] = {
    "extra_cells": ("ask", "join", "columns", "shift"),
    "date_order": ("dmy", "mdy"),
    "period": ("start", "end"),
    "party": ("person", "organisation", "team"),
    "use": ("feedback",),
    "rule": ("first", "latest"),
}


class MappingError(PolkuError):
    """The mapping can't be used. ``place`` says where, as in ``sheets[0].columns[3].field``."""

    code = "bad-mapping"

    def __init__(self, place: str, message: Words) -> None:
        super().__init__(message)
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def ready_made(name: str) -> Mapping:
    """A mapping that comes with the system, such as ``government-service-inventory``."""
    text = files("polku.exchange").joinpath("mappings", f"{name}.json").read_text("utf-8")
    return load_mapping(text)


def load_mapping(text: str) -> Mapping:
    """The mapping written in ``text``; raises :class:`MappingError` at the first fault."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MappingError("mapping", _("This is not JSON. Nothing was imported.")) from error
    top = _object(data, "mapping", _TOP)
    if top.get("polku_mapping") != VERSION:
        raise MappingError("polku_mapping", format_lazy(_("Must be {version}."), version=VERSION))
    sheets = _list(top.get("sheets"), "sheets")
    if not sheets:
        raise MappingError("sheets", _("At least one sheet must be described."))
    return Mapping(
        sheets=tuple(_read_sheet(item, f"sheets[{at}]") for at, item in enumerate(sheets)),
        name=_text(top, "name", "mapping") or "",
        source=_text(top, "source", "mapping") or "spreadsheet",
        encoding=_text(top, "encoding", "mapping"),
        delimiter=_delimiter(top),
        quotes=_flag(top, "quotes", default=True),
    )


def dump_mapping(mapping: Mapping) -> str:
    """The mapping as JSON that :func:`load_mapping` reads back to an equal mapping."""
    data = {
        "polku_mapping": VERSION,
        "name": mapping.name,
        "source": mapping.source,
        "encoding": mapping.encoding,
        "delimiter": mapping.delimiter,
        "quotes": mapping.quotes,
        "sheets": [_write_sheet(sheet) for sheet in mapping.sheets],
    }
    return json.dumps(_without_blanks(data), ensure_ascii=False, indent=2) + "\n"


def _read_sheet(item: object, place: str) -> SheetMapping:
    data = _object(item, place, _SHEET)
    kind = _text(data, "kind", place)
    if kind not in SHAPES:
        raise _unknown(f"{place}.kind", kind or "", tuple(SHAPES))
    shape = SHAPES[kind]
    items = enumerate(_list(data.get("columns", []), f"{place}.columns"))
    columns = tuple(_read_column(item, f"{place}.columns[{at}]", shape) for at, item in items)
    _refuse_doubles(columns, place)
    return SheetMapping(
        sheet=_text(data, "sheet", place) or ANY_SHEET,
        kind=kind,
        columns=columns,
        keys=_texts(data.get("keys", []), f"{place}.keys"),
        repeats=_read_repeats(data.get("repeated"), f"{place}.repeated"),
        constants=_read_constants(data.get("constants", {}), f"{place}.constants", shape),
        header_row=_number(data, "header_row", place),
        extra_cells=cast("Any", _enum(data, "extra_cells", place)) or "ask",
        lang=_text(data, "lang", place),
    )


def _read_column(item: object, place: str, shape: SheetShape) -> ColumnRule:
    data = _object(item, place, _COLUMN)
    header = _text(data, "header", place)
    if not header:
        raise MappingError(f"{place}.header", _("The heading is missing."))
    field = _read_field(data, place, shape)
    lang = _text(data, "lang", place)
    if lang and not language_tag(lang):
        raise MappingError(f"{place}.lang", format_lazy(_("No language is called {x}."), x=lang))
    return ColumnRule(
        header=header,
        field=field.name if field else None,
        lang=language_tag(lang) if lang else None,
        words=_read_words(data.get("words", {}), f"{place}.words", field, shape.kind),
        separator=_text(data, "separator", place),
        langs=_texts(data.get("langs", []), f"{place}.langs"),
        date_order=cast("Any", _enum(data, "date_order", place)),
        period=cast("Any", _enum(data, "period", place)),
        year_ends=_month_day(data, place),
        party=cast("Any", _enum(data, "party", place)),
        use=cast("Any", _enum(data, "use", place)),
        skip=_flag(data, "skip", default=False),
    )


def _read_field(data: Dictionary[str, object], place: str, shape: SheetShape) -> FieldShape | None:
    name = _text(data, "field", place)
    if name is None:
        return None
    field = shape.field(name)
    if field is None:
        raise _unknown(f"{place}.field", name, tuple(each.name for each in shape.fields))
    if data.get("lang") and not field.multilingual:
        raise MappingError(f"{place}.lang", format_lazy(_("{x} has no languages."), x=name))
    return field


def _read_words(
    item: object, place: str, field: FieldShape | None, sheet: str
) -> tuple[tuple[str, str], ...]:
    words = _pairs(item, place)
    for word, value in words:
        if field and not known_value(field, value, sheet):
            raise _unknown(f"{place}.{word}", value, field.choices)
    return words


def _read_repeats(item: object, place: str) -> RepeatRule:
    if item is None:
        return RepeatRule()
    data = _object(item, place, {"rule", "by"})
    rule, by = _enum(data, "rule", place) or "first", _text(data, "by", place)
    if (rule == "latest") != bool(by):
        message = _("“latest” needs “by”, the heading to compare; “first” has none.")
        raise MappingError(place, message)
    return RepeatRule(cast("Any", rule), by)


def _read_constants(item: object, place: str, shape: SheetShape) -> tuple[tuple[str, str], ...]:
    constants = _pairs(item, place)
    names = tuple(field.name for field in shape.fields)
    for name, _value in constants:
        if name not in names:
            raise _unknown(f"{place}.{name}", name, names)
    return constants


def _refuse_doubles(columns: tuple[ColumnRule, ...], place: str) -> None:
    taken: dict[tuple[str | None, str | None], str] = {}
    for at, rule in enumerate(columns):
        key = (rule.field, rule.lang)
        if rule.field and key in taken:
            words = _("The column {first} is read as this already; one of them must stay your own.")
            spot = f"{place}.columns[{at}].field"
            raise MappingError(spot, format_lazy(words, first=taken[key]))
        taken[key] = rule.header


def _object(item: object, place: str, keys: set[str]) -> Dictionary[str, object]:
    if not isinstance(item, dict):
        raise MappingError(place, _("Must be an object in braces."))
    for key in item:
        if key not in keys:
            raise _unknown(f"{place}.{key}", str(key), tuple(sorted(keys)))
    return item


def _list(item: object, place: str) -> list[object]:
    if not isinstance(item, list):
        raise MappingError(place, _("Must be a list in square brackets."))
    return item


def _texts(item: object, place: str) -> tuple[str, ...]:
    found = _list(item, place)
    if not all(isinstance(each, str) and each for each in found):
        raise MappingError(place, _("Must be a list of texts."))
    return tuple(cast("list[str]", found))


def _pairs(item: object, place: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(item, dict) or not all(isinstance(value, str) for value in item.values()):
        raise MappingError(place, _("Must be an object whose values are texts."))
    return tuple(cast("dict[str, str]", item).items())


def _text(data: Dictionary[str, object], key: str, place: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise MappingError(f"{place}.{key}", _("Must be a text."))
    return value


def _flag(data: Dictionary[str, object], key: str, *, default: bool) -> bool:
    value = data.get(key, default)
    if not isinstance(value, bool):
        raise MappingError(key, _("Must be true or false."))
    return value


def _number(data: Dictionary[str, object], key: str, place: str) -> int | None:
    value = data.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise MappingError(f"{place}.{key}", _("Must be a whole number from 1."))
    return value


def _enum(data: Dictionary[str, object], key: str, place: str) -> str | None:
    value = _text(data, key, place)
    if value is not None and value not in _ENUMS[key]:
        raise _unknown(f"{place}.{key}", value, _ENUMS[key])
    return value


def _delimiter(data: Dictionary[str, object]) -> str | None:
    value = _text(data, "delimiter", "mapping")
    if value is not None and (len(value) != 1 or value in '"\r\n\0'):
        raise MappingError("delimiter", _("Must be one sign, such as a comma or a semicolon."))
    return value


def _month_day(data: Dictionary[str, object], place: str) -> tuple[int, int]:
    value = _text(data, "year_ends", place) or "12-31"
    month, _dash, day = value.partition("-")
    if not (month.isdigit() and day.isdigit() and 1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        raise MappingError(f"{place}.year_ends", _("Must be month and day, such as 03-31."))
    return int(month), int(day)


def _unknown(place: str, word: str, known: tuple[str, ...]) -> MappingError:
    close = extractOne(word, known, score_cutoff=60)
    if close:
        message = format_lazy(
            _("“{word}” is not known. Did you mean “{close}”?"), word=word, close=close[0]
        )
    else:
        message = format_lazy(
            _("“{word}” is not known. Possible: {known}."), word=word, known=", ".join(known)
        )
    return MappingError(place, message)


def _write_sheet(sheet: SheetMapping) -> dict[str, object]:
    repeats = {"rule": sheet.repeats.rule, "by": sheet.repeats.by}
    return {
        "sheet": sheet.sheet,
        "kind": sheet.kind,
        "header_row": sheet.header_row,
        "extra_cells": None if sheet.extra_cells == "ask" else sheet.extra_cells,
        "keys": list(sheet.keys),
        "repeated": repeats if sheet.repeats != RepeatRule() else None,
        "constants": dict(sheet.constants),
        "lang": sheet.lang,
        "columns": [_write_column(rule) for rule in sheet.columns],
    }


def _write_column(rule: ColumnRule) -> dict[str, object]:
    month, day = rule.year_ends
    return {
        "header": rule.header,
        "field": rule.field,
        "lang": rule.lang,
        "langs": list(rule.langs),
        "words": dict(rule.words),
        "separator": rule.separator,
        "date_order": rule.date_order,
        "period": rule.period,
        "year_ends": None if (month, day) == (12, 31) else f"{month:02}-{day:02}",
        "party": rule.party,
        "use": rule.use,
        "skip": rule.skip or None,
    }


def _without_blanks(item: object) -> object:
    """The same without None, empty lists and objects, which mean what leaving out means."""
    if isinstance(item, dict):
        kept = {key: _without_blanks(value) for key, value in item.items()}
        return {key: value for key, value in kept.items() if value not in (None, [], {})}
    if isinstance(item, list):
        return [_without_blanks(each) for each in item]
    return item
