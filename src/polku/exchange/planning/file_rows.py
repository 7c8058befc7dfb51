"""The rows of one sheet under its mapping, cell by cell."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from polku.exchange.spreadsheet.cells import CLEAR, Cell
from polku.exchange.spreadsheet.headers import normalise
from polku.exchange.spreadsheet.identity import KeyedRows, key_places, keyed_rows, row_key
from polku.exchange.spreadsheet.mapping import ColumnRule, SheetMapping
from polku.exchange.spreadsheet.shapes import SHAPES, FieldShape
from polku.exchange.spreadsheet.values import is_clear, read_cell, read_words
from polku.exchange.spreadsheet.workbook import Column, Row, Sheet

# The heading of our code column where the file has an "id" of its own.
OWN_CODE_HEADER = "polku id"
# In our exports: before the heading of an own column that would else be taken for one of ours.
OWN = "own: "
_CODE_HEADERS = frozenset({"id", OWN_CODE_HEADER})
_ESCAPED = re.compile(r"\\+(\[clear\]|-clear-)", re.IGNORECASE)


@dataclass(slots=True)
class FileRow:
    """One row as the mapping reads it.

    ``cells`` by field; ``said`` texts by field and language; ``own`` by heading, None to clear;
    ``raw`` every filled cell by heading; ``code`` is our own code of the row, ``key`` its key
    elsewhere.
    """

    sheet: str
    kind: str
    number: int
    key: str = ""
    code: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)
    said: dict[str, dict[str, Cell]] = field(default_factory=dict)
    own: dict[str, str | None] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()

    def value(self, name: str) -> object:
        """What a field says, None where it says nothing that was understood."""
        cell = self.cells.get(name)
        return cell.value if cell is not None and cell.outcome == "value" else None

    def says(self, name: str) -> bool:
        """Whether the field is to be set or cleared."""
        cell = self.cells.get(name)
        return cell is not None and cell.outcome in ("value", "clear")


@dataclass(frozen=True, slots=True)
class _Place:
    """A mapped column."""

    index: int
    key: str
    shape: FieldShape
    rule: ColumnRule
    lang: str | None


def marked_own(key: str) -> str:
    """The heading of an own column that would else be read as ours, or lose some of its blanks."""
    if key and key == " ".join(key.split()):
        return f"{OWN}{key}"
    return OWN + json.dumps(key).replace("  ", " \\u0020").replace("  ", " \\u0020")


def unmarked_own(header: str) -> str:
    """The heading that :func:`marked_own` marked; any other as it is."""
    if not header.startswith(OWN):
        return header
    key = header.removeprefix(OWN)
    try:
        found = json.loads(key)
    except ValueError:
        return key
    return found if isinstance(found, str) else key


class SheetReader:
    """Reads the rows of one sheet; starts anew on each call of :meth:`rows`."""

    def __init__(
        self, sheet: Sheet, mapping: SheetMapping, *, lang: str, ours: bool, marked: bool = False
    ) -> None:  # fmt: skip
        """*marked* files carry the signs of our exports; of *ours* the codes are known here too."""
        self.sheet, self.mapping, self.ours, self.marked = sheet, mapping, ours, marked or ours
        self.code_column = code_column(sheet, ours=ours)
        self.keyed: KeyedRows = keyed_rows(sheet, mapping)
        self._lang = mapping.lang or lang
        self._mapped: list[_Place] = []
        self._own: list[tuple[int, str]] = []
        for column, rule in mapping.rules(sheet):
            self._settle(column, rule)
        self._keys = [p for p in key_places(sheet, mapping) if p != self.code_column]
        self._constants = self._read_constants()

    def _settle(self, column: Column, rule: ColumnRule) -> None:
        if column.index == self.code_column or rule.skip:
            return
        shape = SHAPES[self.mapping.kind].field(rule.field or "")
        if shape is None:
            key = unmarked_own(column.key) if self.marked else column.key
            self._own.append((column.index, key))
            return
        lang = (rule.lang or self._lang) if shape.multilingual else None
        self._mapped.append(_Place(column.index, column.key, shape, rule, lang))

    def _read_constants(self) -> list[tuple[_Place, Cell]]:
        found = []
        for name, words in self.mapping.constants:
            shape = SHAPES[self.mapping.kind].field(name)
            if shape is not None:
                rule = ColumnRule(name, name)
                place = _Place(-1, name, shape, rule, self._lang if shape.multilingual else None)
                found.append((place, read_cell(shape, words, rule, self.mapping.kind)))
        return found

    @property
    def headings(self) -> dict[str, str]:
        """Heading of each mapped field, the first where several languages have one each."""
        found: dict[str, str] = {}
        for place in self._mapped:
            found.setdefault(place.shape.name, place.key)
        return found

    @property
    def rules(self) -> dict[str, ColumnRule]:
        """How each mapped column is read, by its heading."""
        return {place.key: place.rule for place in self._mapped}

    def rows(self) -> Iterator[FileRow]:
        """The rows that count, in the order of the file."""
        for row in self.sheet.rows():
            if row.number in self.keyed.kept:
                yield self.read(row)

    def read(self, row: Row) -> FileRow:
        """One row as the mapping reads it."""
        found = FileRow(self.sheet.name, self.mapping.kind, row.number, extra=row.extra)
        cells = row.cells
        if self.code_column is not None:
            found.code = cells[self.code_column].strip().upper()
        if self._keys:
            found.key = row_key([cells[place] for place in self._keys])
        for place in self._mapped:
            text = cells[place.index]
            if text:
                found.raw[place.key] = text
                self._put(found, place, self._cell(place, text))
        for index, key in self._own:
            if text := cells[index]:
                found.raw[key] = text
                if words := text.strip():
                    found.own[key] = None if is_clear(words) else self._literal(text)
        for place, cell in self._constants:
            if place.shape.name not in found.cells and place.shape.name not in found.said:
                self._put(found, place, cell)
        return found

    def _cell(self, place: _Place, text: str) -> Cell:
        words = text.strip()
        literal = self._literal(words)
        if literal != words:
            return read_words(place.shape, literal, place.rule, self.mapping.kind)
        return read_cell(place.shape, words, place.rule, self.mapping.kind)

    def _literal(self, text: str) -> str:
        """A text that only looks like the word for clearing carries one backslash of ours."""
        return text[1:] if self.marked and _ESCAPED.fullmatch(text.strip()) else text

    @staticmethod
    def _put(found: FileRow, place: _Place, cell: Cell) -> None:
        if cell.outcome == "empty":
            return
        if place.lang is None:
            found.cells[place.shape.name] = cell
        else:
            found.said.setdefault(place.shape.name, {})[place.lang] = cell


def code_column(sheet: Sheet, *, ours: bool) -> int | None:
    """The place of our code column: the first of a file that we exported, or one that says so."""
    for column in sheet.columns:
        name = normalise(column.header)
        if name == OWN_CODE_HEADER or (ours and column.index == 0 and name in _CODE_HEADERS):
            return column.index
    return None


def escaped(text: str) -> str:
    """The text for a cell of an export: what looks like the word for clearing is marked."""
    words = text.strip()
    return f"\\{text}" if is_clear(words) or _ESCAPED.fullmatch(words) else text


def cleared(cell: Cell) -> bool:
    """Whether the cell empties its field."""
    return cell is CLEAR or cell.outcome == "clear"


type Raw = Mapping[str, str]
