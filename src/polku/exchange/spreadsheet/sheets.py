"""From bare records to a sheet: heading row, columns, and whether rows fit their headings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from polku.exchange.spreadsheet.csv_marks import Records, without_mark
from polku.exchange.spreadsheet.headers import HEADER_SEARCH_ROWS, find_header_row
from polku.exchange.spreadsheet.limits import Limits
from polku.exchange.spreadsheet.refusals import Words, refused
from polku.exchange.spreadsheet.workbook import (
    Choice,
    Column,
    ExtraCells,
    RaggedQuestion,
    Row,
    Sheet,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a person wants a sheet read: the heading row from 1, and cells beyond the headings."""

    header_row: int | None = None
    extra_cells: ExtraCells = "ask"


@dataclass(frozen=True, slots=True)
class _Shape:
    rows: int
    ragged: int
    widest: int
    example: tuple[str, ...]


def make_sheet(
    name: str, records: Records, layout: Layout, limits: Limits, *, delimiter: str | None = None
) -> Sheet | None:
    """The sheet, or None if it holds nothing.

    ``delimiter`` is None where the file itself says in which column a cell stands (XLSX, ODS): a
    cell without heading then is a column without heading and not a delimiter gone astray.
    """
    head = list(islice(records(), max(HEADER_SEARCH_ROWS, layout.header_row or 0)))
    place = _header_place(head, layout)
    if place is None:
        # Fully blank so far; a table may still begin further down.
        place = next((at for at, record in enumerate(records()) if any(record)), None)
        if place is None:
            return None
        head = list(islice(records(), place + 1))
    headers = _trimmed(head[place])
    shape = _measure(name, records, place, len(headers), limits)
    question = None
    extra = layout.extra_cells
    if extra == "ask" and shape.ragged * 2 > shape.rows:
        question = _ask(name, headers, shape, delimiter or ", ")
    elif extra == "ask" and delimiter is None:
        extra = "columns"
    columns = _columns(headers, shape.widest, extra)
    return Sheet(
        name=name,
        header_row=place + 1,
        columns=columns,
        row_count=shape.rows,
        preamble=tuple(tuple(record) for record in head[:place]),
        question=question,
        _rows=lambda: _rows(records(), place, len(columns), extra, delimiter or ", "),
    )


def _header_place(head: list[list[str]], layout: Layout) -> int | None:
    if layout.header_row is not None:
        return layout.header_row - 1 if layout.header_row <= len(head) else None
    return find_header_row(head)


def _measure(name: str, records: Records, place: int, headers: int, limits: Limits) -> _Shape:
    rows = ragged = 0
    widest = headers
    example: tuple[str, ...] = ()
    for record in islice(records(), place + 1, None):
        width = len(_trimmed(record))
        rows += width > 0
        if width > headers:
            ragged += 1
            example = example or tuple(record)
            widest = max(widest, width)
        if rows > limits.rows:
            raise refused("too-many-rows", sheet=name, limit=limits.rows)
        if widest > limits.columns:
            raise refused("too-many-columns", sheet=name, limit=limits.columns)
    return _Shape(rows, ragged, widest, example)


def _rows(
    records: Iterable[list[str]], place: int, columns: int, extra: ExtraCells, glue: str
) -> Iterator[Row]:
    for number, record in enumerate(records, start=1):
        if number <= place + 1 or not any(cell.strip() for cell in record):
            continue
        cells = record[:columns] + [""] * (columns - len(record))
        rest = _trimmed(record[columns:])
        if rest and extra == "join":
            cells[-1] = glue.join([cells[-1], *rest])
            rest = []
        yield Row(number, tuple(cells), tuple(rest))


def _columns(headers: list[str], widest: int, extra: ExtraCells) -> tuple[Column, ...]:
    if extra == "shift":
        headers = ["", *headers]
    if extra in ("columns", "shift"):
        headers = headers + [""] * (widest - len(headers))
    taken: set[str] = set()
    found = []
    for index, header in enumerate(headers):
        clean = without_mark(header)
        found.append(Column(index, clean, _key(clean, index, taken)))
    return tuple(found)


def _key(header: str, index: int, taken: set[str]) -> str:
    base = " ".join(header.split()) or f"Column {index + 1}"
    key, twin = base, 1
    while key in taken:
        twin += 1
        key = f"{base} ({twin})"
    taken.add(key)
    return key


def _trimmed(record: Iterable[str]) -> list[str]:
    cells = list(record)
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _ask(name: str, headers: list[str], shape: _Shape, glue: str) -> RaggedQuestion:
    offered: list[tuple[ExtraCells, Words]] = [
        ("join", _("The cells too many belong to the text in the last column")),
        ("columns", _("They are columns without a heading: keep them under their number")),
    ]
    if shape.widest == len(headers) + 1:
        offered.append(("shift", _("The first column has no heading: move all headings by one")))
    return RaggedQuestion(
        sheet=name,
        rows=shape.rows,
        ragged_rows=shape.ragged,
        headers=len(headers),
        widest=shape.widest,
        message=format_lazy(
            _("{ragged} of {rows} rows have more cells than there are headings. How to read them?"),
            ragged=shape.ragged,
            rows=shape.rows,
        ),
        choices=tuple(
            Choice(value, label, _example(headers, shape, value, glue)) for value, label in offered
        ),
    )


def _example(
    headers: list[str], shape: _Shape, extra: ExtraCells, glue: str
) -> tuple[tuple[str, str], ...]:
    """The first ragged row as it would be read: pairs of heading and cell."""
    columns = _columns(headers, shape.widest, extra)
    row = next(_rows([[], list(shape.example)], 0, len(columns), extra, glue))
    return tuple((column.key, cell) for column, cell in zip(columns, row.cells, strict=True))
