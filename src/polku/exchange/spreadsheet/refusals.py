"""The ways a whole file is turned away, each with a sentence for the person who sent it."""

from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from polku.kernel.answers import PolkuError, Sentence

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

type Words = Sentence


class FileRefused(PolkuError):
    """Nothing of the file was read. ``code`` is for programs, ``message`` for people.

    Codes: empty, too-big, not-a-table, old-excel, encrypted, damaged, packed-too-tight,
    too-many-rows, too-many-columns, too-many-cells, entities, cell-too-long, wrong-encoding,
    no-such-sheet.
    """

    def __init__(self, code: str, message: Words) -> None:
        super().__init__(message)
        self.code = code


def refused(code: str, **facts: object) -> FileRefused:
    """The refusal with this code, its sentence filled with ``facts``."""
    return FileRefused(code, format_lazy(_SENTENCES[code], **facts))


_SENTENCES: dict[str, "_StrPromise"] = {
    "empty": _("The file is empty. Nothing was read. Choose the file that holds your table."),
    "too-big": _(
        "The file has more than {megabytes} MB. Nothing was read. "
        "Split it, or leave out pictures, and send the parts one by one."
    ),
    "not-a-table": _(
        "This is not a table file that can be read. Nothing was read. "
        "Save it as CSV, XLSX or ODS and try again."
    ),
    "old-excel": _(
        "This is a file of an old or special Excel kind. Nothing was read. "
        "Save it as XLSX or CSV and try again."
    ),
    "encrypted": _(
        "The file is locked with a password. Nothing was read. "
        "Save a copy without the password and send that one."
    ),
    "damaged": _(
        "The file is damaged and can't be opened. Nothing was read. "
        "Open it in your spreadsheet program, save it again and send the new copy."
    ),
    "packed-too-tight": _(
        "The file unpacks to far more than a table needs. Nothing was read. "
        "Save the sheets you need as CSV and send those."
    ),
    "too-many-rows": _(
        "The sheet {sheet} has more than {limit} rows. Nothing was read. "
        "Split it and send the parts one by one."
    ),
    "too-many-columns": _(
        "The sheet {sheet} has more than {limit} columns. Nothing was read. "
        "Delete the columns you don't need, also empty ones far to the right."
    ),
    "too-many-cells": _(
        "The sheet {sheet} has more than {limit} cells. Nothing was read. Save it as CSV instead."
    ),
    "entities": _(
        "The file holds instructions that a table does not need, so it was not opened. "
        "Nothing was read. Save it again in your spreadsheet program and send the new copy."
    ),
    "cell-too-long": _(
        "The cell that begins in row {row} never ends; perhaps a quotation mark is missing. "
        "Nothing was read. Correct the row, or read the file without quotation marks."
    ),
    "wrong-encoding": _(
        "The file can't be read with the character set {encoding}. Nothing was read. "
        "Choose another character set."
    ),
    "no-such-sheet": _("The file has no sheet called {sheet}. Nothing was read."),
}
