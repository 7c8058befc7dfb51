"""XLSX and ODS through python-calamine, once :mod:`.containers` has let them pass.

Every cell becomes text: dates in ISO form, whole numbers without ``.0``, formulas as the value
that was saved with them. Formulas are never run.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from polku.exchange.spreadsheet.refusals import FileRefused, refused
from polku.exchange.spreadsheet.sources import Source, opened

EXPORT_PROPERTY = "PolkuExport"

_PROPERTY_FILES = ("docProps/custom.xml", "meta.xml")
_PROPERTY = re.compile(
    rb'name="' + EXPORT_PROPERTY.encode() + rb'"[^>]*>(?:\s*<[^>/]*>)?\s*([0-9a-z]{8,32})\s*<'
)


class PackedBook:
    """An opened XLSX or ODS. Holds the cells of the sheet that was read last, and no other."""

    def __init__(self, source: Source) -> None:
        try:
            self._book = (
                CalamineWorkbook.from_filelike(io.BytesIO(source))
                if isinstance(source, bytes)
                else CalamineWorkbook.from_path(source)
            )
        except BaseException as error:
            raise _translated(error) from error
        self._last: tuple[str, CalamineSheet] | None = None

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Names of the sheets with cells; sheets of drawings and macros are no tables."""
        sheets = self._book.sheets_metadata
        return tuple(sheet.name for sheet in sheets if sheet.typ == SheetTypeEnum.WorkSheet)

    def records(self, name: str) -> Iterator[list[str]]:
        """The records of one sheet from its first row and first column on."""
        try:
            sheet = self._sheet(name)
            start = sheet.start
            indent = [""] * (start[1] if start else 0)
            for record in sheet.iter_rows():
                yield indent + [cell_text(value) for value in record]
        except GeneratorExit:
            raise
        except BaseException as error:
            raise _translated(error) from error

    def _sheet(self, name: str) -> CalamineSheet:
        if self._last is None or self._last[0] != name:
            # The former sheet goes before the next one comes.
            self._last = None
            self._last = (name, self._book.get_sheet_by_name(name))
        return self._last[1]


def export_id_of(source: Source) -> str | None:
    """The mark of an export of ours in the file's own properties, which programs keep."""
    with opened(source) as file, zipfile.ZipFile(file) as archive:
        for name in _PROPERTY_FILES:
            try:
                with archive.open(name) as entry:
                    found = _PROPERTY.search(entry.read(200_000))
            except KeyError:
                continue
            if found:
                return found[1].decode()
    return None


def cell_text(value: object) -> str:
    """The text of a cell as it is kept; numbers to the 15 digits that spreadsheets hold."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _duration_text(value)
    return "" if value is None else str(value)


def _number_text(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def _duration_text(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{'-' if seconds < 0 else ''}{hour}:{minute:02}:{second:02}"


def _translated(error: BaseException) -> BaseException:
    """The library's failure in our words. A panic of its inner part is no ``Exception``."""
    if isinstance(error, PasswordError):
        return refused("encrypted")
    is_panic = type(error).__name__ == "PanicException"
    if isinstance(error, FileRefused | MemoryError) or not (
        isinstance(error, Exception) or is_panic
    ):
        return error
    return refused("damaged")
