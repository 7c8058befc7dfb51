"""Reads the cells of a column into values. Source: handbook, portfolio 6, 7.6, 7.7, 7.10, 7.11.

Value of each field kind: key, text, reference: ``str``; words: ``str`` (the language is the
column's); list, languages: ``tuple[str, ...]``; date: ``datetime.date``; state: ``StateWord`` for
services and ``str`` for requirements; choice: ``str``; url: ``str``; party: ``PartyName``;
contact: ``Contact``.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from polku.exchange.spreadsheet.cells import CLEAR, EMPTY, Cell, kept_cell, problem_cell, value_cell
from polku.exchange.spreadsheet.dates import DateStyle, read_date
from polku.exchange.spreadsheet.languages import language_named
from polku.exchange.spreadsheet.mapping import ColumnRule
from polku.exchange.spreadsheet.parties import PartyName, read_party
from polku.exchange.spreadsheet.shapes import FieldShape
from polku.exchange.spreadsheet.state_words import (
    SERVICE_STATES,
    StateWord,
    choice_word,
    requirement_state,
    state_word,
)
from polku.kernel.folding import fold

CLEAR_WORDS = ("[clear]", "-clear-")

_LONGEST_WORD = 200
_MAIL = re.compile(r"[^\s<>()@,;:]+@[^\s<>()@,;]+\.[^\s<>()@,;.]+")
_DIGIT = r"(?:\(\d{1,5}\)|\d)"
_PHONE = re.compile(rf"(?<![\w+])\+?{_DIGIT}(?:[ ./\-\u00a0]?{_DIGIT}){{5,19}}(?!\w)")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}(:\d+)?", re.UNICODE)
_GROUPS = re.compile(r"[  \u00a0\u202f']")


@dataclass(frozen=True, slots=True)
class Contact:
    """Ways to reach somebody found in a cell, with the whole text as it was written."""

    text: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


class _How(NamedTuple):
    """All that decides how a text is read."""

    shape: FieldShape
    rule: ColumnRule
    sheet: str


def read_cell(shape: FieldShape, text: str, rule: ColumnRule, sheet: str = "services") -> Cell:
    """Read one cell of a mapped column; ``sheet`` is the kind of sheet, which states depend on."""
    words = text.strip()
    if not words:
        return EMPTY
    if is_clear(words):
        return CLEAR
    return read_words(shape, words, rule, sheet)


def is_clear(text: str) -> bool:
    """Whether the cell says that its field is to be emptied."""
    return text.strip().casefold() in CLEAR_WORDS


def read_words(shape: FieldShape, words: str, rule: ColumnRule, sheet: str = "services") -> Cell:
    """As :func:`read_cell`, for a text that was looked at: it is not blank and means itself."""
    if rule.words and _own(words, rule) == "":
        return EMPTY
    return _READERS[shape.kind](words, _How(shape, rule, sheet))


def join_list(parts: Iterable[str]) -> str:
    """The list as the text of a cell; :func:`split_list` gives the same parts back.

    Parts that hold what parts a list are written as a JSON list.
    """
    listed = tuple(parts)
    text = "; ".join(listed)
    return text if split_list(text) == listed else json.dumps(listed, ensure_ascii=False)


def json_list(text: str) -> tuple[str, ...] | None:
    """The parts of a list written as JSON, None for any other text."""
    if not text.lstrip().startswith("["):
        return None
    try:
        parts = json.loads(text)
    except ValueError:
        return None
    fine = isinstance(parts, list) and all(isinstance(part, str) for part in parts)
    return tuple(parts) if fine else None


def split_list(text: str, separator: str | None = None) -> tuple[str, ...]:
    """Parts of a list, each once, in order. Commas part only where nothing stronger does."""
    if (parted := json_list(text)) is not None:
        return parted
    if separator:
        parts = text.split(separator)
    elif ";" in text or "\n" in text:
        parts = re.split(r"[;\n]", text)
    else:
        parts = text.split(",")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def read_decimal(text: str) -> Decimal | None:
    """A number with decimal point or comma, blanks or the other sign between thousands.

    None for anything else, and where one sign before three digits leaves two readings (1,234).
    """
    bare = _GROUPS.sub("", text.strip())
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "," if comma < point else "."
        bare = bare.replace(thousands, "")
    elif re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", bare):
        return None
    elif max(bare.count(","), bare.count(".")) > 1:
        if not re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", bare):
            return None
        bare = bare.replace(",", "").replace(".", "")
    bare = bare.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", bare):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


@cache
def _own_words(words: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {fold(word): value for word, value in words}


_folded = lru_cache(maxsize=4096)(fold)


def _own(text: str, rule: ColumnRule) -> str:
    """The sender's word, said in ours, where the mapping has it."""
    # Nobody translates whole paragraphs, and folding them takes time.
    if not rule.words or len(text) > _LONGEST_WORD:
        return text
    return _own_words(rule.words).get(_folded(text), text)


def _text(text: str, how: _How) -> Cell:
    return value_cell(_own(text, how.rule), text)


def _list(text: str, how: _How) -> Cell:
    parts = (_own(part, how.rule) for part in split_list(text, how.rule.separator))
    found = tuple(dict.fromkeys(part for part in parts if part))
    return value_cell(found, text) if found else EMPTY


def _party(text: str, how: _How) -> Cell:
    names = [text]
    if how.rule.separator and how.rule.langs:
        names = [name.strip() for name in text.split(how.rule.separator)]
    party = read_party(_own(names[0], how.rule), how.rule.party)
    if party is None:
        return problem_cell("no_name", text)
    if len(names) == len(how.rule.langs) > 1:
        others = dict(zip(how.rule.langs, names, strict=True))
        party = PartyName(party.name, party.kind, party.email, others)
    return value_cell(party, text)


def _state(text: str, how: _How) -> Cell:
    read = requirement_state if how.sheet == "requirements" else state_word
    found = read(_own(text, how.rule))
    return value_cell(found, text) if found else kept_cell(text)


def _choice(text: str, how: _How) -> Cell:
    found = choice_word(_own(text, how.rule), how.shape.choices)
    return value_cell(found, text) if found else kept_cell(text)


def _contact(text: str, _how: _How) -> Cell:
    emails = tuple(dict.fromkeys(_MAIL.findall(text)))
    phones = tuple(match.strip() for match in _PHONE.findall(_MAIL.sub(" ", text)))
    return value_cell(Contact(text, emails, phones), text)


def _url(text: str, _how: _How) -> Cell:
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return problem_cell("not_an_address", text)
    good = parts.scheme.lower() in ("http", "https") and _HOST.fullmatch(host)
    if not good or any(sign.isspace() or sign < " " for sign in address):
        return problem_cell("not_an_address", text)
    return value_cell(address, text)


def _languages(text: str, how: _How) -> Cell:
    separator = how.rule.separator or ("/" if "/" in text and not set(",;\n") & set(text) else None)
    parts = split_list(text, separator)
    found = [language_named(_own(part, how.rule)) for part in parts]
    if not all(found):
        return problem_cell("unknown_language", text)
    return value_cell(tuple(dict.fromkeys(tag for tag in found if tag)), text)


def _date(text: str, how: _How) -> Cell:
    reading = read_date(
        _own(text, how.rule), DateStyle(how.rule.date_order, how.rule.period, how.rule.year_ends)
    )
    if reading.value is None:
        return problem_cell(reading.trouble or "not_a_date", text)
    return value_cell(reading.value, text, reading.precision)


_READERS: dict[str, Callable[[str, _How], Cell]] = {
    "key": _text,
    "words": _text,
    "text": _text,
    "reference": _text,
    "list": _list,
    "party": _party,
    "state": _state,
    "choice": _choice,
    "contact": _contact,
    "url": _url,
    "languages": _languages,
    "date": _date,
}


def known_value(shape: FieldShape, word: str, sheet: str) -> bool:
    """Whether a mapping may translate a sender's word into ``word`` in a field of this kind."""
    if not word or shape.kind not in ("state", "choice"):
        return True
    if shape.kind == "choice":
        return choice_word(word, shape.choices) is not None
    if sheet == "requirements":
        return requirement_state(word) is not None
    found: StateWord | None = state_word(word)
    return found is not None and found.state in SERVICE_STATES
