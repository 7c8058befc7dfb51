"""XLSX and ODS through python-calamine, once :mod:`.containers` has let them pass.

Every cell becomes text: dates in ISO form, whole numbers without ``.0``, formulas as the value
that was saved with them. Formulas are never run.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

from polku.exchange.spreadsheet.refusals import FileRefused, refused
from polku.exchange.spreadsheet.sources import Source, opened

EXPORT_PROPERTY = "PolkuExport"

_PROPERTY_FILES = ("docProps/custom.xml", "meta.xml")
_PROPERTY = re.compile(
    rb'name="' + EXPORT_PROPERTY.encode() + rb'"[^>]*>(?:\s*<[^>/]*>)?\s*([0-9a-z]{8,32})\s*<'
)


def open_packed(source: Source) -> CalamineWorkbook:
    """The workbook, or ``FileRefused``. Sheets are read one at a time, later."""
    try:
        if isinstance(source, bytes):
            return CalamineWorkbook.from_filelike(io.BytesIO(source))
        return CalamineWorkbook.from_path(source)
    except BaseException as error:
        raise _translated(error) from error


def sheet_names(workbook: CalamineWorkbook) -> tuple[str, ...]:
    """Names of sheets with cells; sheets of drawings and macros are no tables."""
    return tuple(
        sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
    )


def packed_records(workbook: CalamineWorkbook, name: str) -> Iterator[list[str]]:
    """The records of one sheet from its first row and first column on."""
    try:
        sheet = workbook.get_sheet_by_name(name)
        start = sheet.start
        indent = [""] * (start[1] if start else 0)
        for record in sheet.iter_rows():
            yield indent + [cell_text(value) for value in record]
    except BaseException as error:
        raise _translated(error) from error


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
