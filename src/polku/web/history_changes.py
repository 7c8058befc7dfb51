"""One changed field in a line of history: its label, what was, what is."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.fields import Field
from polku.kernel.pictures import may_see, own_picture
from polku.kernel.registry import Entity
from polku.web import formats, readings
from polku.web.desk.values import enum_word, title_text

LONG = 48  # letters; a longer text shows its words that went and came
AROUND = 3  # unchanged words kept on each side of a change
MOST_WORDS = 14  # of what went or came, in a short line
NOTHING = "–"


@dataclass(frozen=True)
class Reader:
    """Who reads the history of what, and the names of the things it points at."""

    actor: Actor
    entity: Entity
    short: bool
    named: Mapping[str, Any]

    def name_of(self, code: str) -> str:
        """The name behind a code; the code itself where the reader may not see the thing."""
        obj = self.named.get(code)
        return title_text(obj) if obj is not None else code


def change_html(reader: Reader, name: str, before: Any, after: Any) -> SafeString:
    """``label: before → after``; nothing for what is no field of people."""
    entity = reader.entity
    if name in {"elements", "prices", "members", "dial_notes"}:
        return SafeString("")
    found = entity.by_name.get(name) or entity.by_name.get(name.removesuffix("_code"))
    if found is None:
        return SafeString("")
    label = found.label(entity.model)
    if found.type == "translated":
        return format_html("{}: {}", label, _texts(reader, before, after))
    was, now = value_words(reader, found, before), value_words(reader, found, after)
    if found.type == "text" and max(len(was), len(now)) > LONG:
        return format_html("{}: {}", label, changed_words(was, now, short=reader.short))
    if reader.short:
        was, now = Truncator(was).chars(LONG), Truncator(now).chars(LONG)
    return format_html("{}: {} → {}", label, was, now)


def _texts(reader: Reader, before: Any, after: Any) -> SafeString:
    """Each language that changed; a language is named where it is not the page's."""
    old = before if isinstance(before, Mapping) else {}
    new = after if isinstance(after, Mapping) else {}
    languages = [lang for lang in {**old, **new} if old.get(lang) != new.get(lang)]
    parts = [_text(reader, lang, old.get(lang, ""), new.get(lang, "")) for lang in languages]
    return format_html_join("; ", "{}", ((part,) for part in parts))


def _text(reader: Reader, lang: str, was: str, now: str) -> SafeString:
    if min(len(was), len(now)) == 0 and reader.short:
        words = format_html("{} → {}", _cut(was), _cut(now))
    elif max(len(was), len(now)) > LONG:
        words = changed_words(was, now, short=reader.short)
    else:
        words = format_html("{} → {}", was or NOTHING, now or NOTHING)
    if lang == readings.page_language():
        return words
    note = readings.IN_LANGUAGE.get(lang, readings.IN_ANOTHER_LANGUAGE)
    return format_html(
        '<span lang="{}">{}</span> <span class="note">({})</span>', lang, words, note
    )


def _cut(text: str) -> str:
    return Truncator(text).chars(2 * LONG) if text else NOTHING


def value_words(reader: Reader, found: Field, value: Any) -> str:
    """A value in machine form as plain words."""
    if found.type == "enum":
        return _state(reader.entity, found, str(value or ""))
    if value in (None, "", [], {}):
        return NOTHING
    if found.type in {"ref", "object"}:
        return reader.name_of(str(value))
    if found.type == "refs":
        return ", ".join(reader.name_of(str(code)) for code in value)
    if found.type == "picture":
        return _seen_in(reader.actor, value)
    return _WRITTEN.get(found.type, str)(value)


def _seen_in(actor: Actor, number: Any) -> str:
    """What is to be seen in a picture; its number where the reader may not see it."""
    picture = own_picture(actor, number)
    if picture is None or not may_see(actor, picture):
        return str(number)
    return readings.plain_reading(picture.words)


def _state(entity: Entity, found: Field, code: str) -> str:
    is_state = entity.machine is not None and found.name == entity.state_field
    state = entity.machine.state(code) if is_state and entity.machine else None
    return str(state.word) if state else enum_word(entity, found, code)


def _day(value: Any) -> str:
    return formats.long_day(dt.date.fromisoformat(str(value)[:10]))


def _yes(value: Any) -> str:
    return _("yes") if value else _("no")


def _free(value: Any) -> str:
    """A free structure in one line: ``name: value, name: value``."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_free(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(_free(part) for part in value)
    return NOTHING if value is None else str(value)


_WRITTEN: dict[str, Any] = {
    "date": _day, "datetime": _day, "bool": _yes,
    "words": lambda value: ", ".join(str(part) for part in value),
    "json": _free,
}  # fmt: skip


def changed_words(before: str, after: str, *, short: bool = False) -> SafeString:
    """One line with what went as ``<del>`` and what came as ``<ins>``, in the order of reading."""
    old, new = before.split(), after.split()
    parts: list[SafeString] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            parts.append(conditional_escape(_kept(old[a:b], short=short)))
            continue
        if b > a:
            parts.append(format_html("<del>{}</del>", _some(old[a:b], short=short)))
        if d > c:
            parts.append(format_html("<ins>{}</ins>", _some(new[c:d], short=short)))
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _kept(words: list[str], *, short: bool) -> str:
    if not short or len(words) <= 2 * AROUND + 1:
        return " ".join(words)
    return " ".join([*words[:AROUND], "…", *words[-AROUND:]])


def _some(words: list[str], *, short: bool) -> str:
    if not short or len(words) <= MOST_WORDS:
        return " ".join(words)
    return " ".join([*words[:MOST_WORDS], "…"])
