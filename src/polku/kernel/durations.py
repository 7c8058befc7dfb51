"""Lengths of time: in plain words or ISO 8601, kept as ISO 8601 (``P3M``, ``PT1H30M``)."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.kernel.folding import fold

# Days of each unit, to compare lengths; a month and a year as people count them
DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}
UNITS = tuple(DAYS)
ISO = re.compile(r"P([0-9]{1,5})([DWMY])")
# Parts of a day: hours, minutes, seconds
CLOCK = re.compile(r"PT(?:([0-9]{1,5})H)?(?:([0-9]{1,5})M)?(?:([0-9]{1,5})S)?")
CLOCK_WORDS = re.compile(r"(?:([0-9]{1,5})\s*([^\W\d_]+)\.?\s*)+")
CLOCK_SHORT = {"h": "H", "t": "H", "ч": "H", "s": "S", "с": "S"}
CLOCK_BEGINNINGS = {
    "H": ("hour", "hr", "tun", "godz", "час"),
    "M": ("min", "мин"),
    "S": ("sec", "sek", "сек"),
}
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
    """``P3M`` of "3 months", "3 kk" or "P3M"; ``PT1H30M`` of "1 h 30 min"; nothing of nothing.

    Raises NotADuration.
    """
    written = str(text or "").strip()
    if not written:
        return ""
    if found := ISO.fullmatch(written.upper()):
        return f"P{int(found[1])}{found[2]}"
    if (found := WORDS.fullmatch(fold(written))) and (unit := _unit(found[2])):
        return f"P{int(found[1])}{unit}"
    if clock := _clock(written):
        return clock
    raise NotADuration(
        _("“%(text)s” is not a length of time. Write 5 min, 10 days, 3 weeks or 2 months.")
        % {"text": written[:40]}
    )


def _unit(word: str) -> str:
    if word in SHORT:
        return SHORT[word]
    return next((unit for unit, words in BEGINNINGS.items() if word.startswith(words)), "")


def _clock(written: str) -> str:
    """Hours, minutes and seconds as they are stored; nothing where it is something else."""
    if found := CLOCK.fullmatch(written.upper()):
        parts = dict(zip("HMS", found.groups(), strict=True))
    elif CLOCK_WORDS.fullmatch(fold(written)):
        pairs = [(_clock_unit(word), n) for n, word in WORDS.findall(fold(written))]
        parts = {unit: n for unit, n in pairs if unit}
        if len(parts) != len(pairs):
            return ""
    else:
        return ""
    told = "".join(f"{int(parts[unit])}{unit}" for unit in "HMS" if parts.get(unit))
    return f"PT{told}" if told else ""


def _clock_unit(word: str) -> str:
    if word in CLOCK_SHORT:
        return CLOCK_SHORT[word]
    found = (u for u, words in CLOCK_BEGINNINGS.items() if word.startswith(words))
    return next(found, "")


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
        return _clock_words(iso) or iso
    n, unit = parts
    words = {
        "D": ngettext("%(n)d day", "%(n)d days", n),
        "W": ngettext("%(n)d week", "%(n)d weeks", n),
        "M": ngettext("%(n)d month", "%(n)d months", n),
        "Y": ngettext("%(n)d year", "%(n)d years", n),
    }
    return words[unit] % {"n": n}


def _clock_words(iso: str) -> str:
    found = CLOCK.fullmatch(iso or "")
    hours, minutes, seconds = found.groups() if found else ("", "", "")
    parts = [
        _("%(n)s h") % {"n": int(hours)} if hours else "",
        _("%(n)s min") % {"n": int(minutes)} if minutes else "",
        _("%(n)s s") % {"n": int(seconds)} if seconds else "",
    ]
    return " ".join(filter(None, parts))
