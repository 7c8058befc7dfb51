"""What somebody pasted or sent to begin a journey with: any table, or the sheet of a journey."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace

from polku.exchange.journeys.applying import Trouble
from polku.exchange.journeys.beginning import new_from_rows
from polku.exchange.journeys.columns import are_ours
from polku.exchange.journeys.pasted_journey import pasted_journey
from polku.exchange.journeys.pasting import Pasted, read_pasted
from polku.exchange.journeys.pictures_left import pictures_left, told_left
from polku.exchange.journeys.reading import LIMITS, read_sheet
from polku.exchange.spreadsheet.csv_marks import without_mark
from polku.exchange.spreadsheet.reading import open_workbook
from polku.journeys.document_shapes import JourneyDoc
from polku.kernel.actor import Actor
from polku.tenancy.translated import Translated


@dataclass(frozen=True)
class Understood:
    """The journey that a text would make. ``table`` is how its columns were read; the sheet of a
    journey needs no such reading."""

    doc: JourneyDoc
    table: Pasted | None
    troubles: tuple[Trouble, ...] = ()
    notes: tuple[str, ...] = ()
    pictures_left: int = 0


def understand(
    text: str, name: Translated, *, by: Actor, lanes: Mapping[int, str] | None = None,
    lang: str = "",
) -> Understood:  # fmt: skip
    """Read a pasted text; *lanes* says what columns mean, by their place, where a person chose.

    Nothing is stored. Raises BadInput and FileRefused with sentences.
    """
    if _is_sheet(text):
        read = read_sheet(text.encode(), "pasted.tsv")
        laid = new_from_rows(read.rows, by=by)
        doc = replace(laid.doc, name=name or laid.doc.name)
        left = pictures_left(read.rows, doc)
        notes = (*read.notes, *told_left(left))
        return Understood(doc, None, laid.troubles, notes, left)
    table = read_pasted(text).chosen(lanes or {})
    made = pasted_journey(table, name, lang or by.lang_for_writing)
    return Understood(made.doc, table, made.troubles, tuple(dict.fromkeys(made.notes)))


def _is_sheet(text: str) -> bool:
    first = next((line for line in text.lstrip("\ufeff").splitlines() if line.strip()), "")
    for delimiter in "\t,;":
        if are_ours(without_mark(cell.strip(' "')) for cell in first.split(delimiter)):
            return True
    return False


def text_of_file(content: bytes, name: str) -> str:
    """The first sheet of a file as it would be pasted. Raises FileRefused."""
    sheet = open_workbook(content, name, limits=LIMITS).sheets[0]
    target = io.StringIO()
    writer = csv.writer(target, dialect="excel-tab", lineterminator="\n")
    for line in sheet.preamble:
        writer.writerow(line)
    writer.writerow(sheet.headers)
    for row in sheet.rows():
        writer.writerow((*row.cells, *row.extra))
    return target.getvalue()
