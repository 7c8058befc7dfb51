"""One field of an entity: how its value is read from outside, checked, stored and shown."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polku.kernel.answers import Sentence
from polku.kernel.models import Attachment
from polku.tenancy.translated import Translated, TranslatedField, readable

type FieldType = Literal[
    "text", "translated", "enum", "ref", "refs", "object", "date", "datetime", "bool",
    "int", "decimal", "words", "json", "picture",
]  # fmt: skip

type ModelClass = type[models.Model]

# BCP 47 in short: letters first, parts by hyphens
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
TRUE_WORDS = {"true", "1", "yes", "on"}
FALSE_WORDS = {"false", "0", "no", "off", ""}


@dataclass(frozen=True)
class At:
    """Where a value is read: its field and model, the value it replaces, the writer's language."""

    field: "Field"
    model: ModelClass
    now: Any
    lang: str


class BadValue(ValueError):
    """A value that does not fit its field, with a sentence for people."""


@dataclass(frozen=True)
class Field:
    """A field by its handbook name.

    ``type`` decides the forms of a value: *outside* (JSON, a form, a cell) and *stored*. A ``ref``
    is a code outside and a row inside; an ``object`` is a code of any kind, kept in the three
    columns ``<name>_kind``, ``<name>_id`` and ``<name>_code``; a ``picture`` is its number outside
    and a row inside; ``words`` is a list of texts;
    ``translated`` is ``{lang: text}`` outside, a lone text counts as the writer's language.
    ``inside_only`` fields are for the team alone; a ``verb`` field is changed by a verb of its own
    that asks more than the value; ``also`` names the field of many that holds more of the same, in
    which a filter of a ``ref`` looks too.
    """

    name: str
    type: FieldType
    ref: str = ""
    editable: bool = True
    required: bool = False
    multiline: bool = False
    help: Sentence = ""
    on_create: bool = True
    inside_only: bool = False
    verb: bool = False
    also: str = ""

    def column(self, model: ModelClass) -> Any:
        """The model field behind this one."""
        return model._meta.get_field(f"{self.name}_code" if self.type == "object" else self.name)

    def label(self, model: ModelClass) -> str:
        """What people read before the value."""
        text = str(self.column(model).verbose_name)
        return text[:1].upper() + text[1:]

    def choices(self, model: ModelClass) -> list[tuple[str, str]]:
        """(code, label) of a closed list."""
        return list(_choices(self.column(model), get_language()))

    def read(self, raw: Any, model: ModelClass, now: Any, lang: str) -> Any:
        """Turn an outside value into a stored one; *now* is the value it replaces.

        References are left to the caller, who knows what the actor may see.
        Raises :class:`BadValue`.
        """
        reader = _READERS[self.type]
        value = reader(raw, At(self, model, now, lang))
        self._check(value, model)
        return value

    def _check(self, value: Any, model: ModelClass) -> None:
        if self.required and not value:
            raise BadValue(_("Write something here; it cannot stay empty."))
        column = self.column(model)
        if isinstance(column, TranslatedField):
            _run(lambda: column.validate(value, None))
        elif self.type in {"text", "int", "decimal"} and value not in (None, ""):
            _run(lambda: column.run_validators(value))

    def plain(self, obj: models.Model) -> Any:
        """The outside form of the object's value: JSON-ready."""
        if self.type == "object":
            return getattr(obj, f"{self.name}_code") or None
        value = getattr(obj, self.name)
        if self.type == "ref":
            return value.code if value is not None else None
        if self.type == "refs":
            return [row.code for row in value.all()]
        return plain(value)


@lru_cache(maxsize=1024)
def _choices(column: Any, _language: str | None) -> tuple[tuple[str, str], ...]:
    """Translated once for each language: a page asks for the same few words again and again."""
    return tuple((str(code), str(label)) for code, label in column.choices or ())


def plain(value: Any) -> Any:
    """A stored value as JSON."""
    if isinstance(value, Translated):
        return dict(value.texts)
    if isinstance(value, Attachment):
        return value.number
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value


def _run(check: Any) -> None:
    try:
        check()
    except ValidationError as error:
        raise BadValue(" ".join(error.messages)) from error


def _text(raw: Any, at: At) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, (str, int, float)):
        raise BadValue(_("A text is needed here."))
    return Translated.of(str(raw), at.lang).source_text


def _translated(raw: Any, at: At) -> Translated:
    current = at.now if isinstance(at.now, Translated) else Translated({}, at.lang)
    if isinstance(raw, Translated):
        return raw
    if raw is None:
        return Translated({}, current.source_lang)
    if isinstance(raw, str):
        raw = {at.lang: raw}
    if not isinstance(raw, Mapping) or not all(isinstance(v, str | None) for v in raw.values()):
        raise BadValue(_('A text is needed here, or texts by language: {"en": "..."}.'))
    texts = {str(tag): text or "" for tag, text in raw.items() if not str(tag).startswith("_")}
    if wrong := [tag for tag in texts if len(tag) > 35 or not LANGUAGE_TAG.fullmatch(tag)]:
        problem = _("“%(tag)s” is not a language. Write en, fi, sv-FI.")
        raise BadValue(problem % {"tag": wrong[0][:40]})
    if not current:
        source = at.lang if at.lang in texts else next(iter(texts), at.lang)
        return Translated.from_mapping(texts, source)
    return current.merged(texts)


def _enum(raw: Any, at: At) -> str:
    codes = [code for code, _label in at.field.choices(at.model)]
    if raw in (None, ""):
        default = at.field.column(at.model).get_default()
        return str(default or "")
    if raw not in codes:
        raise BadValue(
            _("“%(value)s” is not one of: %(codes)s.")
            % {"value": str(raw)[:80], "codes": ", ".join(codes)}
        )
    return str(raw)


def _date(raw: Any, _at: At) -> Any:
    if raw in (None, ""):
        return None
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    try:
        return dt.date.fromisoformat(str(raw).strip()[:10])
    except ValueError as error:
        raise BadValue(
            _("“%(value)s” is not a day. Write it as 2026-05-31.") % {"value": str(raw)[:40]}
        ) from error


def _bool(raw: Any, _at: At) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw if raw is not None else "").strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise BadValue(_("Answer yes or no."))


def _int(raw: Any, _at: At) -> int | None:
    if raw in (None, ""):
        return None
    try:
        number = int(str(raw).strip())
    except ValueError as error:
        raise BadValue(_("A whole number is needed here.")) from error
    if not 0 <= number <= 2_147_483_647:
        raise BadValue(_("That number does not fit here."))
    return number


def _decimal(raw: Any, _at: At) -> Decimal | None:
    if raw in (None, ""):
        return None
    try:
        number = Decimal(str(raw).strip().replace(",", "."))
    except InvalidOperation as error:
        raise BadValue(_("A number is needed here.")) from error
    if not number.is_finite():
        raise BadValue(_("A number is needed here."))
    return number


def _words(raw: Any, _at: At) -> list[str]:
    if raw is None:
        return []
    parts = raw.replace("\r", "\n").replace(";", "\n").split("\n") if isinstance(raw, str) else raw
    if not isinstance(parts, Iterable) or isinstance(parts, Mapping):
        raise BadValue(_("A list of texts is needed here."))
    words = [readable(str(part)).strip()[:200] for part in parts]
    return list(dict.fromkeys(word for word in words if word))


def _json(raw: Any, at: At) -> Any:
    if raw in (None, ""):
        return at.field.column(at.model).get_default()
    if not isinstance(raw, (dict, list)):
        raise BadValue(_("An object or a list is needed here."))
    return raw


def _given(raw: Any, _at: At) -> Any:
    return raw


_READERS: dict[str, Any] = {
    "text": _text, "translated": _translated, "enum": _enum, "ref": _given, "refs": _given,
    "object": _given,
    "date": _date, "datetime": _given, "bool": _bool, "int": _int, "decimal": _decimal,
    "words": _words, "json": _json, "picture": _given,
}  # fmt: skip
