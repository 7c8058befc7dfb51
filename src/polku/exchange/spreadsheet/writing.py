"""Writes tables that open everywhere and run nothing. Source: portfolio 7.8; decision 20.

Text stays text, headings too: in XLSX and ODS every text is stored as text, so ``=1+1`` is four
signs; in CSV a text that begins like a formula gets an apostrophe (see :mod:`.csv_marks`).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import IO, TYPE_CHECKING, NamedTuple

from polku.exchange.spreadsheet.csv_marks import marked, quoted
from polku.exchange.spreadsheet.packed import EXPORT_PROPERTY

if TYPE_CHECKING:
    from openpyxl import Workbook as ExcelBook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

type Value = str | int | Decimal | date | None

# What one cell can hold in Excel; longer ones make it call the whole file damaged.
CELL_LENGTH = 32_767
# Earlier days have no number in a workbook; they are written as text.
FIRST_YEAR = 1901
_TITLE_LENGTH = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Signs that XML can't carry are written as _xHHHH_; a text that looks so already is masked.
_NO_CHARACTER = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet to write. ``marked_column`` is the place of the code column, which carries the
    mark of the export in CSV files."""

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Value]]
    marked_column: int = 0


class Cut(NamedTuple):
    """A text too long for a cell of a spreadsheet; the file holds its beginning only."""

    sheet: str
    row: int
    column: int


@dataclass(slots=True)
class Written:
    """What was written: rows without headings, and cells that had to be cut."""

    rows: int = 0
    cut: list[Cut] = field(default_factory=list)


def write_csv(target: IO[bytes], table: Table, export_id: str, delimiter: str = ",") -> Written:
    """UTF-8 with a byte order mark, so that Excel reads it right; the caller closes ``target``."""
    written = Written()
    text = io.TextIOWrapper(target, encoding="utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    headers = [quoted(_clean(header)) for header in table.headers]
    headers[table.marked_column] = marked(headers[table.marked_column], export_id)
    writer.writerow(headers)
    for row in table.rows:
        cells = [quoted(_clean(_as_text(value))) for value in row]
        # A record of blanks only is written with its delimiters, or one column would lose it.
        writer.writerow(cells if len(cells) != 1 or cells[0] else [cells[0], ""])
        written.rows += 1
    text.flush()
    text.detach()
    return written


def write_xlsx(target: IO[bytes], tables: Iterable[Table], export_id: str) -> Written:
    """One workbook, written row by row; numbers and dates as such, all else as text."""
    from openpyxl import Workbook as ExcelBook
    from openpyxl.packaging.custom import StringProperty

    book, written = ExcelBook(write_only=True), Written()
    book.custom_doc_props.append(StringProperty(name=EXPORT_PROPERTY, value=export_id))
    for table in tables:
        _write_sheet(book, table, written)
    book.save(target)
    return written


def sheet_title(name: str, taken: Iterable[str] = ()) -> str:
    """The name, made fit for a sheet: no signs that Excel forbids, 31 at most, no twins."""
    base = _NOT_IN_TITLES.sub("-", name).strip().strip("'")[:_TITLE_LENGTH] or "Sheet"
    used = {each.casefold() for each in taken}
    title, twin = base, 1
    while title.casefold() in used:
        twin += 1
        ending = f" ({twin})"
        title = base[: _TITLE_LENGTH - len(ending)] + ending
    return title


def _write_sheet(book: "ExcelBook", table: Table, written: Written) -> None:
    sheet: WriteOnlyWorksheet = book.create_sheet(sheet_title(table.name, book.sheetnames))
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, header) for header in table.headers])
    for number, row in enumerate(table.rows, start=2):
        for column, value in enumerate(row):
            if isinstance(value, str) and len(value) > CELL_LENGTH:
                written.cut.append(Cut(table.name, number, column))
        sheet.append([_cell(sheet, value) for value in row])
        written.rows += 1


def _cell(sheet: "WriteOnlyWorksheet", value: Value) -> "WriteOnlyCell | None":
    from openpyxl.cell import WriteOnlyCell

    if value is None or value == "":
        return None
    if isinstance(value, date) and value.year < FIRST_YEAR:
        value = value.isoformat()
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, "")
    # Set past openpyxl's own look at the text, which would make a formula of "=1+1".
    cell._value = _xml_text(value[:CELL_LENGTH])  # noqa: SLF001
    cell.data_type = "s"
    return cell


def _xml_text(text: str) -> str:
    # These two and half a surrogate pair are no characters; XML has no way to spell them.
    text = _NO_CHARACTER.sub("\ufffd", text)
    escaped = _NOT_IN_XML.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)
    if escaped.isspace():
        # Text of blanks only is dropped by readers unless one of them is spelled out.
        return f"_x{ord(escaped[0]):04X}_{escaped[1:]}"
    return escaped


def _clean(text: str) -> str:
    return text.replace("\0", "")


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
