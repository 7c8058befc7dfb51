"""Guesses what the columns of a sheet mean. Source: handbook, portfolio 6 and 7.2.

A heading is matched exactly once normalised, then against the synonyms of four languages, then by
close spelling, which stays a guess for a person to confirm. What was learnt before goes first.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Literal

from rapidfuzz.distance import Levenshtein

from polku.exchange.spreadsheet.languages import language_named, language_tag
from polku.exchange.spreadsheet.shapes import SHAPES
from polku.exchange.spreadsheet.state_words import state_word
from polku.exchange.spreadsheet.synonyms import LANGUAGES, SHEET_NAMES, SYNONYMS
from polku.exchange.spreadsheet.workbook import Column, Sheet
from polku.kernel.folding import fold

HEADER_SEARCH_ROWS = 20

type Confidence = Literal["known", "learnt", "guess", "own"]
# Sheet kind and normalised heading -> field and language; field None: keep as a column of its own.
type Learnt = Mapping[tuple[str, str], tuple[str | None, str | None]]

_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_COLON_ENDING = re.compile(r"(?<=\w):[a-zåäö]{1,6}\b", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W_]+")
_SUFFIX = re.compile(r"^(.+?)[_\-. ]([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,4}){0,2})$")
# Endings of inventories that mean something else far more often than Indonesian or Norwegian.
_NO_LANGUAGE_ENDINGS = frozenset({"id", "no"})
_SHORTEST_GUESS = 6
_FARTHEST_GUESS = 2
_ROWS_LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column seems to be. ``field`` None: a column of the sender's own, kept as it is."""

    column: Column
    field: str | None
    lang: str | None
    confidence: Confidence
    samples: tuple[str, ...] = ()

    @property
    def header(self) -> str:
        return self.column.header


@dataclass(frozen=True, slots=True)
class MappingProposal:
    """The guesses for one sheet. ``kind`` None: nothing in it is known, so it is left out.

    ``language`` is the language that most known headings are written in.
    """

    sheet: str
    kind: str | None
    columns: tuple[ColumnGuess, ...]
    language: str | None = None

    def field(self, name: str) -> ColumnGuess | None:
        return next((guess for guess in self.columns if guess.field == name), None)


@dataclass(frozen=True, slots=True)
class _Match:
    field: str
    lang: str | None
    confidence: Confidence


def normalise(header: str) -> str:
    """A heading for comparison: no case, accents, punctuation, units, Finnish colon endings."""
    bare = _BRACKETS.sub(" ", header)
    bare = _COLON_ENDING.sub("", bare)
    words = _NO_LETTERS.sub(" ", fold(bare)).strip()
    return words or _NO_LETTERS.sub(" ", fold(header)).strip()


def find_header_row(records: Sequence[Sequence[str]]) -> int | None:
    """Index of the first row with two known headings among the first 20, else the first filled."""
    for index, record in enumerate(records[:HEADER_SEARCH_ROWS]):
        if len(_known_in(record)) >= 2:
            return index
    return next((at for at, record in enumerate(records) if any(x.strip() for x in record)), None)


def sheet_kind(name: str, headers: Sequence[str]) -> str | None:
    """Which of the known sheets this is: by its name, else by the headings it has."""
    known = _sheet_names().get(normalise(name))
    if known:
        return known
    scores = {kind: _score(kind, headers) for kind in SYNONYMS}
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] else None


def propose(sheet: Sheet, learnt: Learnt | None = None, kind: str | None = None) -> MappingProposal:
    """The guesses for one sheet; ``kind`` overrules the guess of which sheet it is."""
    kind = kind or sheet_kind(sheet.name, sheet.headers)
    looked_at = _Looked(sheet)
    if kind is None:
        own = (ColumnGuess(c, None, None, "own", looked_at.samples[c.index]) for c in sheet.columns)
        return MappingProposal(sheet.name, None, tuple(own))
    taken: set[tuple[str, str | None]] = set()
    matches = _matches(kind, sheet.columns, learnt or {})
    guesses: dict[int, ColumnGuess] = {}
    # Sure matches choose first, so that a guess never takes a field away from them.
    for sureness in ("learnt", "known", "guess", "own"):
        for column in sheet.columns:
            match = matches[column.index]
            if (match.confidence if match else "own") == sureness:
                guesses[column.index] = _settle(column, match, taken, looked_at)
    ordered = tuple(guesses[column.index] for column in sheet.columns)
    return MappingProposal(sheet.name, kind, ordered, _language(kind, ordered))


class _Looked:
    """One look at the first rows: three samples a column, and which columns hold state words."""

    def __init__(self, sheet: Sheet) -> None:
        found: list[dict[str, None]] = [{} for _ in sheet.columns]
        filled, states = [0] * len(sheet.columns), [0] * len(sheet.columns)
        rooms = {c.index for c in sheet.columns if normalise(c.header) == "tila"}
        for row in islice(sheet.rows(), _ROWS_LOOKED_AT):
            for index, cell in enumerate(row.cells):
                if len(found[index]) < 3 and (text := cell.strip()):
                    found[index][text[:120]] = None
            for index in rooms:
                if cell := row.cells[index].strip():
                    filled[index] += 1
                    states[index] += state_word(cell) is not None
        self.samples = tuple(tuple(samples) for samples in found)
        # Finnish "tila" is also a room: it is a state only if half of its words are states.
        self.rooms = {index for index in rooms if states[index] * 2 < filled[index]}


def _settle(
    column: Column, match: _Match | None, taken: set[tuple[str, str | None]], looked_at: _Looked
) -> ColumnGuess:
    samples = looked_at.samples[column.index]
    if match and match.confidence != "learnt" and column.index in looked_at.rooms:
        match = None
    if match is None or not match.field or (match.field, match.lang) in taken:
        sureness: Confidence = "learnt" if match and not match.field else "own"
        return ColumnGuess(column, None, None, sureness, samples)
    taken.add((match.field, match.lang))
    return ColumnGuess(column, match.field, match.lang, match.confidence, samples)


def _matches(kind: str, columns: Sequence[Column], learnt: Learnt) -> list[_Match | None]:
    found: list[_Match | None] = []
    for column in columns:
        key = (kind, normalise_with_language(column.header))
        if key in learnt:
            field, lang = learnt[key]
            found.append(_Match(field or "", lang, "learnt"))
        else:
            found.append(match_header(kind, column.header))
    return found


def normalise_with_language(header: str) -> str:
    """The heading as learnt mappings keep it: brackets that name a language stay apart."""
    lang = _bracketed_language(header)
    return f"{normalise(header)} {lang.lower()}" if lang else normalise(header)


def match_header(kind: str, header: str) -> _Match | None:
    """Field, language and sureness of one heading on a sheet of this kind."""
    known = _known(kind)
    bracketed = _bracketed_language(header)
    whole = known.get(normalise(header))
    if whole:
        return _Match(whole, bracketed if _is_words(kind, whole) else None, "known")
    stem, lang = _split_language(header)
    field = known.get(normalise(stem)) if lang else None
    if field and _is_words(kind, field):
        return _Match(field, lang, "known")
    return _guess(kind, header, stem, lang, bracketed)


def _guess(
    kind: str, header: str, stem: str, lang: str | None, bracketed: str | None
) -> _Match | None:
    close = _close(kind, normalise(header))
    if close:
        return _Match(close, bracketed if _is_words(kind, close) else None, "guess")
    close = _close(kind, normalise(stem)) if lang else None
    return _Match(close, lang, "guess") if close and _is_words(kind, close) else None


def _split_language(header: str) -> tuple[str, str | None]:
    match = _SUFFIX.match(header.strip())
    if not match or match[2].lower() in _NO_LANGUAGE_ENDINGS:
        return header, None
    lang = language_tag(match[2])
    return (match[1], lang) if lang else (header, None)


def _bracketed_language(header: str) -> str | None:
    found = (language_named(match[1]) for match in _BRACKETS.finditer(header))
    return next((lang for lang in found if lang), None)


def _is_words(kind: str, field: str) -> bool:
    shape = SHAPES[kind].field(field)
    return shape is not None and shape.multilingual


def _close(kind: str, header: str) -> str | None:
    if len(header) < _SHORTEST_GUESS:
        return None
    distances = {
        words: Levenshtein.distance(header, words, score_cutoff=_FARTHEST_GUESS)
        for words in _known(kind)
        if len(words) >= _SHORTEST_GUESS
    }
    best = min(distances, key=lambda words: distances[words])
    return _known(kind)[best] if distances[best] <= _FARTHEST_GUESS else None


def _known_in(record: Sequence[str]) -> set[str]:
    """Known headings of any one sheet among these cells, the largest such set."""
    return max((_exact_fields(kind, record) for kind in SYNONYMS), key=len, default=set())


def _exact_fields(kind: str, headers: Sequence[str]) -> set[str]:
    """The fields that these headings name without any doubt; long cells are text."""
    matches = (_exact(kind, header) for header in headers if 0 < len(header.strip()) <= 80)
    return {match.field for match in matches if match}


@lru_cache(maxsize=4096)
def _exact(kind: str, header: str) -> _Match | None:
    match = match_header(kind, header)
    return match if match and match.confidence == "known" else None


def _score(kind: str, headers: Sequence[str]) -> float:
    """0 unless the headings that make a row, and two or all of them, are known on such a sheet."""
    found = _exact_fields(kind, headers)
    if not found.issuperset(SHAPES[kind].row_names) or len(found) < min(2, len(headers)):
        return 0.0
    asked = [field.name for field in SHAPES[kind].fields if field.asked]
    return len(found) / 4 + sum(name in found for name in asked) / len(asked)


@cache
def _known(kind: str) -> dict[str, str]:
    """Normalised heading -> field, all four languages and the field's own name."""
    known: dict[str, str] = {}
    for field, languages in SYNONYMS[kind].items():
        for words in (field, *(word for line in languages for word in line.split(","))):
            known.setdefault(normalise(words), field)
    return known


@cache
def _sheet_names() -> dict[str, str]:
    return {normalise(name): kind for kind, names in SHEET_NAMES.items() for name in names}


def _language(kind: str, guesses: Sequence[ColumnGuess]) -> str | None:
    """The language in which most headings are written; None if none stands out."""
    votes = dict.fromkeys(LANGUAGES, 0)
    for guess in guesses:
        words = SYNONYMS[kind].get(guess.field or "", ("", "", "", ""))
        for lang, line in zip(LANGUAGES, words, strict=True):
            votes[lang] += normalise(guess.header) in {normalise(word) for word in line.split(",")}
    first, second = sorted(votes.values(), reverse=True)[:2]
    return max(votes, key=lambda lang: votes[lang]) if first > second else None
