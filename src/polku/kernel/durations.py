"""Lengths of time: written in plain words or as ISO 8601, kept as ISO 8601 (``P3M``)."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.kernel.folding import fold

# Days of each unit, to compare lengths; a month and a year as people count them
DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}
UNITS = tuple(DAYS)
ISO = re.compile(r"P([0-9]{1,5})([DWMY])")
WORDS = re.compile(r"([0-9]{1,5})\s*([^\W\d_]+)\.?")
# Short forms, and beginnings of the words for each unit, in the languages of the interface
SHORT = {
    "d": "D",
    "pv": "D",
    "д": "D",
    "w": "W",
    "vk": "W",
    "kk": "M",
    "v": "Y",
    "y": "Y",
    "г": "Y",
}
BEGINNINGS = {
    "D": ("day", "paiv", "dzien", "dni", "день", "дня", "дне", "дни"),
    "W": ("week", "viik", "tyg", "tydz", "недел"),
    "M": ("month", "kuuk", "mies", "меся"),
    "Y": ("year", "vuo", "rok", "lat", "год", "лет"),
}


class NotADuration(ValueError):
    """What was written is no length of time; the sentence says what is."""


def read_duration(text: str) -> str:
    """``P3M`` of "3 months", "3 kk" or "P3M"; nothing of nothing. Raises NotADuration."""
    written = str(text or "").strip()
    if not written:
        return ""
    if found := ISO.fullmatch(written.upper()):
        return f"P{int(found[1])}{found[2]}"
    if (found := WORDS.fullmatch(fold(written))) and (unit := _unit(found[2])):
        return f"P{int(found[1])}{unit}"
    raise NotADuration(
        _("“%(text)s” is not a length of time. Write 10 days, 3 weeks or 2 months.")
        % {"text": written[:40]}
    )


def _unit(word: str) -> str:
    if word in SHORT:
        return SHORT[word]
    return next((unit for unit, words in BEGINNINGS.items() if word.startswith(words)), "")


def parts_of(iso: str) -> tuple[int, str] | None:
    """The number and unit of a stored length; None for nothing or another form of ISO 8601."""
    found = ISO.fullmatch(iso or "")
    return (int(found[1]), found[2]) if found else None


def days_of(iso: str) -> int | None:
    """About how many days a stored length is, to compare two."""
    parts = parts_of(iso)
    return parts[0] * DAYS[parts[1]] if parts else None


def duration_words(iso: str) -> str:
    """A stored length in words of the reader's language; another form as it stands."""
    parts = parts_of(iso)
    if parts is None:
        return iso
    n, unit = parts
    words = {
        "D": ngettext("%(n)d day", "%(n)d days", n),
        "W": ngettext("%(n)d week", "%(n)d weeks", n),
        "M": ngettext("%(n)d month", "%(n)d months", n),
        "Y": ngettext("%(n)d year", "%(n)d years", n),
    }
    return words[unit] % {"n": n}
