"""Text in several languages in one column.

Stored as one JSON object: a language tag leads to its text, ``_source`` names the source
language, ``_from`` keeps for each translation the fingerprint of the source it was made from,
so that a translation can be seen to be stale (entities.md, 0: ``ml``).
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

_SOURCE, _FROM = "_source", "_from"
# Nobody reads them, and no XML (a drawing, a sheet) can carry them; tabs and line ends stay
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_fingerprint(text: str) -> str:
    """Sixteen hex digits that are equal for equal NFC text."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Reading:
    """What a reader gets: the text, its language, and whether that is what they asked for."""

    text: str
    lang: str
    missing: bool = False
    stale: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Translated:
    """An immutable text in languages; empty languages are left out."""

    texts: Mapping[str, str] = field(default_factory=dict)
    source_lang: str = "en"
    made_from: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, lang: str) -> "Translated":
        """One text in its source language; no text gives an empty value."""
        clean = _clean(text)
        return cls({lang: clean} if clean else {}, lang)

    @classmethod
    def from_mapping(cls, texts: Mapping[str, str], source_lang: str) -> "Translated":
        """Texts by language; every translation counts as made from the source given here."""
        clean = {lang: _clean(text) for lang, text in texts.items() if text and _clean(text)}
        if clean and source_lang not in clean:
            source_lang = next(iter(clean))
        source = text_fingerprint(clean.get(source_lang, ""))
        return cls(clean, source_lang, {lang: source for lang in clean if lang != source_lang})

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> "Translated":
        """Read the stored object."""
        stored = stored or {}
        texts = {k: v for k, v in stored.items() if not k.startswith("_")}
        return cls(texts, stored.get(_SOURCE, "en"), stored.get(_FROM, {}))

    def to_json(self) -> dict[str, Any]:
        """The object to store; ``{}`` when there is no text."""
        if not self.texts:
            return {}
        stored: dict[str, Any] = {**self.texts, _SOURCE: self.source_lang}
        return {**stored, _FROM: dict(self.made_from)} if self.made_from else stored

    def __bool__(self) -> bool:
        return bool(self.texts)

    def __str__(self) -> str:
        return self.source_text

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    @property
    def source_text(self) -> str:
        """The text in the source language."""
        return self.texts.get(self.source_lang, "")

    def text(self, lang: str) -> str:
        """The text in exactly this language, or nothing."""
        return self.texts.get(lang, "")

    def is_stale(self, lang: str) -> bool:
        """Whether the source changed after this translation was made."""
        if lang == self.source_lang or lang not in self.texts:
            return False
        return self.made_from.get(lang) != text_fingerprint(self.source_text)

    def reading(self, lang: str) -> Reading:
        """The text for a reader of *lang*: theirs, else the source, else any."""
        if lang in self.texts:
            return Reading(self.texts[lang], lang, stale=self.is_stale(lang))
        if self.source_lang in self.texts:
            return Reading(self.source_text, self.source_lang, missing=True)
        if self.texts:
            other, text = next(iter(self.texts.items()))
            return Reading(text, other, missing=True)
        return Reading("", lang, missing=True)

    def with_text(self, lang: str, text: str) -> "Translated":
        """A copy with one language set (an empty text takes the language away)."""
        texts, made_from = dict(self.texts), dict(self.made_from)
        texts.pop(lang, None)
        made_from.pop(lang, None)
        source = self.source_lang if texts or lang == self.source_lang else lang
        if clean := _clean(text):
            texts[lang] = clean
            if lang != source:
                made_from[lang] = text_fingerprint(texts.get(source, ""))
        if source not in texts and texts:
            source = next(iter(texts))
            made_from.pop(source, None)
        return Translated(texts, source, made_from)

    def merged(self, texts: Mapping[str, str]) -> "Translated":
        """A copy with several languages set, the source language first."""
        result = self
        for lang in sorted(texts, key=lambda tag: tag != self.source_lang):
            if texts[lang] != result.text(lang) or result.is_stale(lang):
                result = result.with_text(lang, texts[lang])
        return result


def readable(text: str) -> str:
    """The text without the signs that are none: controls, halves of signs."""
    return _NO_TEXT.sub("", text)


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", readable(str(text))).strip()


if TYPE_CHECKING:
    _Json = models.JSONField[Any, Any]
else:
    _Json = models.JSONField


class TranslatedField(_Json):
    """A JSON column that reads and writes :class:`Translated`; ``max_length`` is per language."""

    def __init__(self, *args: Any, max_length: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("default", Translated)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.text_limit = max_length

    def deconstruct(self) -> Any:
        """Keep the limit in migrations."""
        name, path, args, kwargs = super().deconstruct()
        if self.text_limit:
            kwargs["max_length"] = self.text_limit
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Translated | Any:
        """A whole column becomes a Translated; a key of it (``name__en``) stays text."""
        stored = super().from_db_value(value, expression, connection)
        return Translated.from_json(stored) if isinstance(stored, dict) else stored

    def to_python(self, value: Any) -> Translated:
        """Accept a Translated, its stored object or JSON text."""
        if isinstance(value, Translated):
            return value
        if isinstance(value, str):
            value = json.loads(value) if value.startswith("{") else {"en": value}
        return Translated.from_json(value)

    def get_prep_value(self, value: Any) -> Any:
        """The object to store."""
        if isinstance(value, Translated):
            value = value.to_json()
        return super().get_prep_value(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """The object to store, for this database."""
        if isinstance(value, Translated):
            value = value.to_json()
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj: models.Model) -> Any:
        """For serialisers."""
        return self.value_from_object(obj).to_json()

    def validate(self, value: Any, _model_instance: Any) -> None:
        """Refuse a text over the limit, naming the language."""
        if not value and not self.blank:
            raise ValidationError(_("Write at least a few words."), code="blank")
        for lang, text in self.to_python(value).texts.items():
            if self.text_limit and len(text) > self.text_limit:
                raise ValidationError(
                    _("The text in %(lang)s has %(n)d characters; %(limit)d fit."),
                    params={"lang": lang, "n": len(text), "limit": self.text_limit},
                    code="max_length",
                )
