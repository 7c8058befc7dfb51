"""Watches XML go by: no document type, no entities, no cell beyond the limits.

Spreadsheet libraries lay a sheet out as a full rectangle, so two cells in opposite corners of an
otherwise empty sheet would ask for billions of places. The rectangle is measured here first.
"""

from xml.parsers import expat

from polku.exchange.spreadsheet.limits import Limits
from polku.exchange.spreadsheet.refusals import refused

# Empty repeated rows and columns to the end of the sheet are normal in ODS files.
_ODS_REPEATS = 2_000_000


class XmlWatch:
    """Feed one XML entry piece by piece; raises ``FileRefused`` at the first bad sign."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._doctype
        self._parser.StartElementHandler = self._root
        self._sheet_name = name
        self._row = self._column = self._reached = self._widest = 0
        self._pending: tuple[int, int] | None = None
        self._row_repeat = 0
        self._cells_of_other_sheets = 0

    def feed(self, piece: bytes) -> None:
        self._parse(piece, False)

    def close(self) -> None:
        self._parse(b"", True)

    def _parse(self, piece: bytes, final: bool) -> None:
        try:
            self._parser.Parse(piece, final)
        except expat.ExpatError as error:
            raise refused("damaged") from error

    def _doctype(self, *_facts: object) -> None:
        raise refused("entities")

    def _root(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "worksheet":
            self._parser.StartElementHandler = self._xlsx
        elif local == "document-content":
            self._parser.StartElementHandler = self._ods
        else:
            self._parser.StartElementHandler = None

    def _xlsx(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self._pending = self._place(attributes.get("r"))
        elif local == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdigit() else self._row + 1
            self._column = 0
        elif self._pending and local in ("v", "is", "f"):
            # Cells that carry only a format are left out, as the libraries leave them out.
            self._reach(*self._pending)
            self._pending = None

    def _place(self, reference: str | None) -> tuple[int, int]:
        letters = (reference or "").rstrip("0123456789")
        digits = (reference or "")[len(letters) :]
        if letters and digits and letters.isascii() and letters.isalpha():
            self._column = _column_number(letters)
            return int(digits), self._column
        self._column += 1
        return self._row, self._column

    def _ods(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "table":
            self._sheet_name = attributes.get("table:name", self._name)
            # An ODS file is opened with all its sheets at once, so their cells add up.
            self._cells_of_other_sheets += self._reached * self._widest
            self._row = self._row_repeat = self._reached = self._widest = 0
        elif local == "table-row":
            self._start_ods_row(_repeats(attributes, "number-rows-repeated"))
        elif local in ("table-cell", "covered-table-cell"):
            self._column += _repeats(attributes, "number-columns-repeated")
            if self._column > _ODS_REPEATS:
                raise refused(
                    "too-many-columns", sheet=self._sheet_name, limit=self._limits.columns
                )
            if any(key.rpartition(":")[2].endswith(("value", "value-type")) for key in attributes):
                self._reach(self._row + self._row_repeat, self._column)

    def _start_ods_row(self, repeat: int) -> None:
        self._row += self._row_repeat
        self._row_repeat = repeat
        self._column = 0
        if self._row + repeat > _ODS_REPEATS:
            raise refused("too-many-rows", sheet=self._sheet_name, limit=self._limits.rows)

    def _reach(self, row: int, column: int) -> None:
        limits, sheet = self._limits, self._sheet_name
        self._reached = max(self._reached, row)
        self._widest = max(self._widest, column)
        # The rows above the headings come on top of the rows that count.
        if row > limits.rows + 100:
            raise refused("too-many-rows", sheet=sheet, limit=limits.rows)
        if column > limits.columns:
            raise refused("too-many-columns", sheet=sheet, limit=limits.columns)
        if self._reached * self._widest + self._cells_of_other_sheets > limits.cells:
            raise refused("too-many-cells", sheet=sheet, limit=limits.cells)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + ord(letter) - 64
    return number


def _repeats(attributes: dict[str, str], name: str) -> int:
    for key, value in attributes.items():
        if key.rpartition(":")[2] == name:
            return max(1, int(value)) if value.isdigit() and len(value) < 12 else _ODS_REPEATS
    return 1
