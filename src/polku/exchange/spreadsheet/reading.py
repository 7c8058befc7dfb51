"""Opens a table file from a stranger. Source: handbook, portfolio 7.1, 7.8, 7.9.

The one entrance is :func:`open_workbook`. It either raises ``FileRefused`` with a sentence for the
person, or returns a ``Workbook`` whose guesses (character set, delimiter, heading row, how to read
rows that don't fit) can each be overruled by calling again with other ``Options``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from polku.exchange.spreadsheet.containers import check_container
from polku.exchange.spreadsheet.csv_marks import unmarked
from polku.exchange.spreadsheet.delimited import guess_delimiter, records, separator_line
from polku.exchange.spreadsheet.encodings import Bytes, check_encoding, examine, samples, text_of
from polku.exchange.spreadsheet.limits import LIMITS, Limits
from polku.exchange.spreadsheet.packed import PackedBook, export_id_of
from polku.exchange.spreadsheet.refusals import refused
from polku.exchange.spreadsheet.sheets import Layout, make_sheet
from polku.exchange.spreadsheet.sources import Source, opened, size_of
from polku.exchange.spreadsheet.workbook import FileFormat, Note, Sheet, Workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ\x90",
    b"Rar!",
    b"7z\xbc\xaf",
    b"SQLite format 3",
    b"PAR1",
    b"{\\rtf",
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b'{"', b"{\n", b"{\r")
_PROBE_LENGTH = 256 * 1024
# No text holds these, whatever its language: a file with many is a picture or a program.
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Options:
    """What the person said about the file; None and absent sheets are guessed."""

    encoding: str | None = None
    delimiter: str | None = None
    quotes: bool = True
    layouts: Mapping[str, Layout] = field(default_factory=dict)

    def layout(self, sheet: str) -> Layout:
        return self.layouts.get(sheet) or self.layouts.get("*") or Layout()


def open_workbook(
    source: Source, name: str, options: Options | None = None, limits: Limits = LIMITS
) -> Workbook:
    """The file called ``name`` (shown to people, and the name of a CSV's only sheet).

    The file on disk must stay where it is while rows are being read. Raises ``FileRefused``.
    """
    options = options or Options()
    size = size_of(source)
    if size > limits.file_bytes:
        raise refused("too-big", megabytes=limits.file_bytes // 1_000_000)
    with opened(source) as file:
        head = file.read(512)
        if not head.strip(b"\0 \t\r\n"):
            raise refused("empty")
        _refuse_strangers(head, source)
        facts = examine(file)
        if head.startswith(b"PK\x03\x04"):
            kind = check_container(file, size, limits)
            return _packed(source, name, kind, facts, options, limits)
    return _delimited(source, name, facts, options, limits)


def _refuse_strangers(head: bytes, source: Source) -> None:
    if head.startswith(_OLE):
        # A locked XLSX is an OLE file around the real one; so is any old XLS.
        with opened(source) as file:
            locked = "EncryptedPackage".encode("utf-16-le") in file.read()
        raise refused("encrypted" if locked else "old-excel")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((*_NO_TABLES, b"PK\x05\x06")) or start.startswith(_MARKUP):
        raise refused("not-a-table")


def _packed(
    source: Source, name: str, kind: FileFormat, facts: Bytes, options: Options, limits: Limits
) -> Workbook:
    book = PackedBook(source)
    found, marks = [], []
    for sheet in book.sheet_names:
        records, mark = unmarked(partial(book.records, sheet))
        found.append(make_sheet(sheet, records, options.layout(sheet), limits))
        marks.append(mark)
    sheets = tuple(sheet for sheet in found if sheet)
    mark = next(filter(None, marks), None)
    if not sheets:
        raise refused("empty")
    return Workbook(
        name=name,
        format=kind,
        file_hash=facts.file_hash,
        size=facts.size,
        sheets=sheets,
        export_id=mark or export_id_of(source),
        quoted_formulas=mark is not None,
    )


def _delimited(
    source: Source, name: str, facts: Bytes, options: Options, limits: Limits
) -> Workbook:
    encoding = options.encoding or facts.encoding
    if not encoding.startswith("utf-16") and facts.nuls * 10 > facts.size:
        raise refused("not-a-table")
    with opened(source) as file:
        check_encoding(file, encoding)
    text = _Text(source, encoding, options, name)
    sheet = text.sheet(limits)
    return Workbook(
        name=name,
        format="tsv" if text.delimiter == "\t" else "csv",
        file_hash=facts.file_hash,
        size=facts.size,
        sheets=(sheet,),
        encoding=encoding,
        encoding_is_guess=facts.is_guess and options.encoding is None,
        delimiter=text.delimiter,
        samples=text.samples(),
        notes=_notes(facts, encoding),
        export_id=text.export_id,
        quoted_formulas=text.export_id is not None,
    )


class _Text:
    """One text file under one reading: character set, delimiter, marks of ours."""

    def __init__(self, source: Source, encoding: str, options: Options, name: str) -> None:
        self._source, self._encoding, self._name = source, encoding, name
        self._options = options
        with opened(source) as file:
            probe = text_of(file, encoding).read(_PROBE_LENGTH).replace("\0", "")
        if len(_CONTROLS.findall(probe)) > max(500, len(probe) // 100):
            raise refused("not-a-table")
        self._skips_line = separator_line(probe.partition("\n")[0]) is not None
        self.delimiter = options.delimiter or guess_delimiter(probe, name)
        self.records, self.export_id = unmarked(self._records)

    def _records(self) -> Iterator[list[str]]:
        with opened(self._source) as file:
            yield from records(
                text_of(file, self._encoding),
                self.delimiter,
                quotes=self._options.quotes,
                skip_separator_line=self._skips_line,
            )

    def sheet(self, limits: Limits) -> Sheet:
        name = PurePath(self._name).stem
        layout = self._options.layout(name)
        sheet = make_sheet(name, self.records, layout, limits, delimiter=self.delimiter)
        if sheet is None:
            raise refused("empty")
        return sheet

    def samples(self) -> tuple[str, ...]:
        with opened(self._source) as file:
            return samples(iter(text_of(file, self._encoding)))


def _notes(facts: Bytes, encoding: str) -> tuple[Note, ...]:
    if not facts.nuls or encoding.startswith("utf-16"):
        return ()
    words = _("The file held signs that no text has (NUL, {count} times). They were left out.")
    return (Note("nul", format_lazy(words, count=facts.nuls)),)
