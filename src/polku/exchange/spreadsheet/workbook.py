"""What an opened table file looks like to everyone above: sheets of text cells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from polku.exchange.spreadsheet.refusals import Words

type FileFormat = Literal["csv", "tsv", "xlsx", "ods"]
type ExtraCells = Literal["ask", "join", "columns", "shift"]


class Row(NamedTuple):
    """One row below the headings.

    ``number`` counts from 1 as a spreadsheet program shows it; ``cells`` has one text for each
    column, empty where the file says nothing; ``extra`` are cells beyond the last heading.
    """

    number: int
    cells: tuple[str, ...]
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place from 0, its heading as written, and ``key``, a name without twins."""

    index: int
    header: str
    key: str


class Note(NamedTuple):
    """Something a person should know about a file that was read all the same."""

    code: str
    message: Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question, with the reading option it sets."""

    value: ExtraCells
    label: Words
    example: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RaggedQuestion:
    """Over half of the rows have more cells than there are headings: how shall they be read?"""

    sheet: str
    rows: int
    ragged_rows: int
    headers: int
    widest: int
    message: Words
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows()`` starts anew on each call and holds no more than one row in memory.

    ``header_row`` counts from 1; ``preamble`` are the rows above it; blank rows are left out of
    ``rows()`` and ``row_count``. While ``question`` stands, rows are read with their extra cells
    beside them and should not be saved.
    """

    name: str
    header_row: int
    columns: tuple[Column, ...]
    row_count: int
    preamble: tuple[tuple[str, ...], ...] = ()
    question: RaggedQuestion | None = None
    _rows: Callable[[], Iterator[Row]] = field(default=lambda: iter(()), repr=False)

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)

    def rows(self) -> Iterator[Row]:
        return self._rows()


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened file. ``encoding``, ``delimiter`` and ``samples`` are for CSV and TSV only.

    ``file_hash`` is SHA-256 in hex. ``export_id`` names the export of ours that the file came
    from; ``quoted_formulas`` says that leading apostrophes of ours were taken off.
    """

    name: str
    format: FileFormat
    file_hash: str
    size: int
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    encoding_is_guess: bool = False
    delimiter: str | None = None
    samples: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    export_id: str | None = None
    quoted_formulas: bool = False

    @property
    def questions(self) -> tuple[RaggedQuestion, ...]:
        """What must be answered before the rows may be saved."""
        return tuple(sheet.question for sheet in self.sheets if sheet.question)

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
