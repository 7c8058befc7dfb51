"""Which rows stand for the same thing. Source: handbook, portfolio 7.3; decision 19."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from polku.exchange.spreadsheet.dates import DateStyle, read_date
from polku.exchange.spreadsheet.mapping import SheetMapping
from polku.exchange.spreadsheet.workbook import Row, Sheet

_SEPARATOR = "\x1f"
_BLANKS = re.compile(r"\s+")


class LeftOut(NamedTuple):
    """A row that another row with the same key stands for. Numbers as the file shows them."""

    row: int
    key: tuple[str, ...]
    kept_row: int


class KeyedRows(NamedTuple):
    """``kept`` are the row numbers to read; ``left_out`` are listed for the person."""

    kept: frozenset[int]
    left_out: tuple[LeftOut, ...]


def row_key(cells: Sequence[str]) -> str:
    """One key of several cells: blanks and ways to compose letters don't matter, case does.

    Empty if any of the cells is empty: half a key finds the wrong row.
    """
    parts = [_BLANKS.sub(" ", unicodedata.normalize("NFC", cell)).strip() for cell in cells]
    return _SEPARATOR.join(parts) if parts and all(parts) else ""


def key_places(sheet: Sheet, mapping: SheetMapping) -> tuple[int, ...]:
    """Places of the key columns in a row; empty if one of them isn't there."""
    places = [_place(sheet, header) for header in mapping.keys]
    return tuple(place for place in places if place is not None) if None not in places else ()


def keyed_rows(sheet: Sheet, mapping: SheetMapping) -> KeyedRows:
    """Which rows are kept where keys repeat; rows without a key are all kept.

    Keeps one number and one comparable value a row in memory.
    """
    places = key_places(sheet, mapping)
    by = _place(sheet, mapping.repeats.by) if mapping.repeats.by else None
    chosen: dict[str, tuple[int, tuple[int, str]]] = {}
    kept: set[int] = set()
    losers: list[tuple[int, str]] = []
    for row in sheet.rows():
        key = row_key([row.cells[place] for place in places])
        if not key:
            kept.add(row.number)
            continue
        rank = _rank(row.cells[by]) if by is not None else (0, "")
        former = chosen.get(key)
        if former is None or rank > former[1]:
            chosen[key] = (row.number, rank)
            losers += [(former[0], key)] if former else []
        else:
            losers.append((row.number, key))
    kept.update(number for number, _rank_ in chosen.values())
    left_out = (LeftOut(row, tuple(key.split(_SEPARATOR)), chosen[key][0]) for row, key in losers)
    return KeyedRows(frozenset(kept), tuple(sorted(left_out)))


def chosen_rows(sheet: Sheet, keyed: KeyedRows) -> Iterable[Row]:
    """The kept rows, in the order of the file."""
    return (row for row in sheet.rows() if row.number in keyed.kept)


def _place(sheet: Sheet, header: str) -> int | None:
    for column in sheet.columns:
        if header in (column.key, column.header):
            return column.index
    return None


def _rank(text: str) -> tuple[int, str]:
    """Comparable "lateness": dates and years before everything else, then the text itself."""
    reading = read_date(text, DateStyle(order="dmy", period="end"))
    if reading.value:
        return 2, reading.value.isoformat()
    return (1, text.strip().casefold()) if text.strip() else (0, "")
