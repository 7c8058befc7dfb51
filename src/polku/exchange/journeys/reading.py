"""Opens a file that should hold the sheet of a journey."""

from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _

from polku.exchange.journeys.columns import SheetRow, are_ours, known_heading
from polku.exchange.spreadsheet.csv_marks import without_mark
from polku.exchange.spreadsheet.limits import Limits
from polku.exchange.spreadsheet.reading import Options, open_workbook
from polku.exchange.spreadsheet.sheets import Layout
from polku.exchange.spreadsheet.sources import Source
from polku.exchange.spreadsheet.workbook import Sheet, Workbook
from polku.kernel.answers import BadInput

# A journey of 400 steps in four languages fits many times over
LIMITS = Limits(file_bytes=5_000_000, rows=20_000, columns=80, cells=400_000,
                unpacked_bytes=60_000_000)  # fmt: skip
# Rows under which headings may still begin
SEARCHED = 20


@dataclass(frozen=True)
class SheetRead:
    """The rows of a file, and the headings of its columns that mean nothing here."""

    rows: tuple[SheetRow, ...]
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_sheet(source: Source, name: str) -> SheetRead:
    """The first sheet with a column *lane*. Raises FileRefused or BadInput with a sentence."""
    book = open_workbook(source, name, limits=LIMITS)
    heads = {sheet.name: at for sheet in book.sheets if (at := _header_row(sheet))}
    if not heads:
        raise BadInput({"file": _no_sheet(book)}, _("Nothing was changed."))
    found = next(sheet for sheet in book.sheets if sheet.name in heads)
    if found.header_row != heads[found.name]:
        layouts = {found.name: Layout(header_row=heads[found.name])}
        book = open_workbook(source, name, Options(layouts=layouts), LIMITS)
        found = next(sheet for sheet in book.sheets if sheet.name == found.name)
    return rows_of(found, book)


def _header_row(sheet: Sheet) -> int | None:
    """Where the headings stand, counted from 1: nothing else decides but our own names."""
    above = enumerate(sheet.preamble, 1)
    below = ((row.number, (*row.cells, *row.extra)) for row in islice(sheet.rows(), SEARCHED))
    for number, cells in chain(above, [(sheet.header_row, sheet.headers)], below):
        if are_ours(map(without_mark, cells)):
            return number
    return None


def rows_of(sheet: Sheet, book: Workbook) -> SheetRead:
    """The rows of one sheet by the headings that are known."""
    names = {column.index: known_heading(column.header) for column in sheet.columns}
    unknown = tuple(
        column.header for column in sheet.columns if column.header and not names[column.index]
    )
    rows = tuple(
        SheetRow(row.number, _cells(names, row.cells)) for row in sheet.rows()
    )  # fmt: skip
    return SheetRead(rows, unknown, tuple(str(note.message) for note in book.notes))


def _cells(names: dict[int, str], cells: tuple[str, ...]) -> dict[str, str]:
    return {names[at]: text for at, text in enumerate(cells) if text and names.get(at)}


def _no_sheet(book: Any) -> str:
    headings = [header for sheet in book.sheets for header in sheet.headers if header]
    words = _("No sheet of the file has the columns “step” and “lane”, so it is not the sheet of "
              "a journey. Found: %(found)s. Export the journey first and change that "
              "file.")  # fmt: skip
    return words % {"found": ", ".join(headings)[:200] or "–"}
