"""How a text in languages is shown to one reader, and what is said when it is not in theirs."""

from difflib import SequenceMatcher
from typing import Any, Protocol

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# Whole words for each language: a name of a language cannot be put into a sentence by a program.
IN_LANGUAGE = {
    "en": _("in English"),
    "fi": _("in Finnish"),
    "pl": _("in Polish"),
    "ru": _("in Russian"),
}
IN_ANOTHER_LANGUAGE = _("in another language")
OUT_OF_DATE = _("translation to be looked at")


class ReadingLike(Protocol):
    """What ``Translated.reading`` gives: the text, its language, and whether it is as asked."""

    text: str
    lang: str
    missing: bool
    stale: bool


def page_language() -> str:
    """The language the page is written in."""
    return get_language() or "en"


def reading_for(value: Any, lang: str) -> ReadingLike | None:
    """The reading of a ``Translated`` for *lang*; a reading is passed on, other values are not."""
    if hasattr(value, "reading"):
        found: ReadingLike = value.reading(lang)
        return found
    return value if hasattr(value, "missing") and hasattr(value, "stale") else None


def reading_html(value: Any, lang: str | None = None, *, with_note: bool = True) -> SafeString:
    """The text as HTML: ``lang`` where it differs from the page's, and a note of why."""
    asked = lang or page_language()
    reading = reading_for(value, asked)
    if reading is None:
        return conditional_escape("" if value is None else value)
    if not reading.text:
        return SafeString("")
    note = _note(reading, asked) if with_note else ""
    if reading.lang == page_language():
        return format_html("{}{}", reading.text, note) if note else conditional_escape(reading.text)
    return format_html('<span lang="{}">{}</span>{}', reading.lang, reading.text, note)


def note_html(value: Any, lang: str | None = None) -> SafeString:
    """Only the note that goes with a text, for places where the text itself is a link."""
    asked = lang or page_language()
    reading = reading_for(value, asked)
    return _note(reading, asked) if reading and reading.text else SafeString("")


def plain_reading(value: Any, lang: str | None = None) -> str:
    """The text alone, for titles, attributes and options."""
    reading = reading_for(value, lang or page_language())
    return reading.text if reading else str("" if value is None else value)


def before_and_after(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Two texts with what went and what came marked, word by word: ``<del>`` and ``<ins>``."""
    old, new = before.split(), after.split()
    went: list[tuple[str, str]] = []
    came: list[tuple[str, str]] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        _add(went, "" if how == "equal" else "del", old[a:b])
        _add(came, "" if how == "equal" else "ins", new[c:d])
    return _marked(went), _marked(came)


def _note(reading: ReadingLike, asked: str) -> SafeString:
    if reading.missing and reading.lang != asked:
        words = IN_LANGUAGE.get(reading.lang, IN_ANOTHER_LANGUAGE)
    elif reading.stale:
        words = OUT_OF_DATE
    else:
        return SafeString("")
    return format_html(' <span class="note language-note">({})</span>', words)


def _add(parts: list[tuple[str, str]], mark: str, words: list[str]) -> None:
    if words:
        parts.append((mark, " ".join(words)))


def _marked(parts: list[tuple[str, str]]) -> SafeString:
    pieces = [
        format_html(f"<{mark}>{{}}</{mark}>", text) if mark else conditional_escape(text)
        for mark, text in parts
    ]
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))
