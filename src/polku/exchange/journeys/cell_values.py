"""One cell of a sheet, read as what its lane holds; each refusal is a sentence for the person."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from polku.exchange.journeys.columns import CLEAR, YES, SheetRow
from polku.kernel.durations import NotADuration, read_duration
from polku.kernel.folding import fold
from polku.tenancy.translated import Translated

NO = ("no", "0", "false", "-", "ei", "nie", "нет")
LONGEST_NUMBER = 1_000_000


@dataclass(frozen=True)
class Unfit(Exception):
    """What stands in a column cannot be kept; the rest of the row can."""

    column: str
    message: str

    def __str__(self) -> str:
        return self.message


def read_text(row: SheetRow, base: Translated, limit: int | None, lang: str) -> Translated:
    """The text with what the row says of it; languages it leaves empty stay. Raises Unfit."""
    said = row.texts
    for tag, text in said.items():
        if limit and len(text) > limit:
            words = _("The text has %(n)d characters; %(limit)d fit. It was left as it is here.")
            raise Unfit(f"text_{tag}", words % {"n": len(text), "limit": limit})
    # What stands here already stays what it is, also a text that reads "[clear]"
    said = {tag: text for tag, text in said.items() if text != base.text(tag)}
    given = {tag: "" if text.casefold() == CLEAR else text for tag, text in said.items()}
    if base:
        return base.merged(given)
    source = row["written_in"] or lang
    return Translated.from_mapping(given, source if source in given else lang)


def read_number(row: SheetRow, column: str, low: int, high: int, base: int | None) -> int | None:
    """A whole number between two bounds; empty leaves *base*, ``[clear]`` gives None."""
    text = row[column].replace("−", "-").removesuffix(".0").removeprefix("+")
    if not text:
        return base
    if text.casefold() == CLEAR:
        return None
    if not re.fullmatch(r"-?\d{1,9}", text) or not low <= int(text) <= high:
        words = _("“%(text)s” is no whole number from %(low)s to %(high)s.")
        raise Unfit(column, words % {"text": text[:40], "low": low, "high": high})
    return int(text)


def read_yes(row: SheetRow, column: str, base: bool) -> bool:
    """Yes or no; empty leaves *base*."""
    text = row[column].casefold()
    if not text:
        return base
    if text in YES:
        return True
    if text in NO or text == CLEAR:
        return False
    raise Unfit(column, _("Write yes or no instead of “%(text)s”.") % {"text": text[:40]})


def read_choice(row: SheetRow, column: str, choices: Iterable[tuple[str, Any]], base: str) -> str:
    """One of the choices, by its key or by its words in the language in use."""
    text = row[column]
    if not text:
        return base
    known = dict(choices)
    if text.casefold() == CLEAR:
        return "" if "" in known else base
    for key, words in known.items():
        if fold(text) in {fold(key), fold(str(words))}:
            return key
    words = _("“%(text)s” is none of: %(known)s.")
    listed = ", ".join(key for key in known if key)
    raise Unfit(column, words % {"text": text[:40], "known": listed})


def read_day(row: SheetRow, column: str, base: dt.date | None) -> dt.date | None:
    """A day as 2026-05-14."""
    text = row[column]
    if not text:
        return base
    if text.casefold() == CLEAR:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        raise Unfit(column, _("Write the day as 2026-05-14.")) from None


def read_length(row: SheetRow, column: str, base: str) -> str:
    """A length of time: ``P2D``, or in words as ``2 days``, ``90 min``."""
    text = row[column]
    if not text or text == base:
        return base
    if text.casefold() == CLEAR:
        return ""
    try:
        return read_duration(text)
    except NotADuration as error:
        raise Unfit(column, str(error)) from error


def read_short(row: SheetRow, column: str, limit: int, base: str) -> str:
    """A text without languages."""
    text = row[column]
    if not text:
        return base
    if text.casefold() == CLEAR:
        return ""
    if len(text) > limit:
        words = _("The text has %(n)d characters; %(limit)d fit. It was left as it is here.")
        raise Unfit(column, words % {"n": len(text), "limit": limit})
    return text


def read_evidence(
    row: SheetRow, base: Any, choices: Iterable[tuple[str, Any]]
) -> Mapping[str, Any]:
    """What a text rests on: how we know, from how many, since when."""
    return {
        "evidence": read_choice(row, "evidence", choices, base.evidence),
        "evidence_n": read_number(row, "times_seen", 0, LONGEST_NUMBER, base.evidence_n),
        "evidence_on": read_day(row, "seen_on", base.evidence_on),
    }
