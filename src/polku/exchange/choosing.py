"""The answers of a person about one file, put together into the mapping that reads it.

``run.mapping["reading"]`` holds what was answered: ``encoding``, ``delimiter``, by sheet
``header_rows`` and ``extra``, by sheet and heading ``dates``; ``run.mapping["named"]`` a mapping
that was chosen by name; ``run.mapping["mapping"]`` the columns as they were last tried.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, cast

from polku.exchange.operations.uploads import mapping_of, open_upload
from polku.exchange.planning.suggesting import Suggestion, named_mapping, suggest
from polku.exchange.spreadsheet.dates import DateOrder, column_order
from polku.exchange.spreadsheet.mapping import ANY_SHEET, SheetMapping
from polku.exchange.spreadsheet.mapping import Mapping as FileMapping
from polku.exchange.spreadsheet.reading import Options
from polku.exchange.spreadsheet.refusals import FileRefused
from polku.exchange.spreadsheet.shapes import SHAPES
from polku.exchange.spreadsheet.sheets import Layout
from polku.exchange.spreadsheet.workbook import Sheet, Workbook
from polku.kernel.actor import Actor
from polku.kernel.models import ImportRun

ENCODINGS = ("utf-8", "windows-1250", "windows-1251", "windows-1252", "utf-16")
DELIMITERS = (",", ";", "\t", "|")
_ROWS_LOOKED_AT = 5_000


@dataclass(frozen=True)
class DateQuestion:
    """A column whose days can be read in two ways."""

    sheet: str
    header: str
    example: str


@dataclass(frozen=True)
class Reading:
    """Another way to read the file, with lines to compare."""

    value: str
    samples: tuple[str, ...]
    columns: int
    current: bool


def options_of(run: ImportRun) -> Options:
    """How the person wants the file opened."""
    said: Mapping[str, Any] = run.mapping.get("reading", {})
    sheets = {*said.get("header_rows", {}), *said.get("extra", {})}
    heads, extra = said.get("header_rows", {}), said.get("extra", {})
    layouts = {sheet: Layout(heads.get(sheet), extra.get(sheet, "ask")) for sheet in sheets}
    return Options(said.get("encoding"), said.get("delimiter"), True, layouts)


def choose_mapping(run: ImportRun, by: Actor) -> tuple[Workbook, Suggestion]:
    """The opened file and the mapping to try first. Raises FileRefused."""
    named = str(run.mapping.get("named", ""))
    chosen = named_mapping(named, by) if named else None
    options = options_of(run)
    if chosen is not None:
        book = open_upload(run, _over(chosen.options(), options))
        return book, Suggestion(_with_dates(chosen, book, run), "saved", named)
    book = open_upload(run, options)
    found = suggest(book, by)
    if not run.mapping.get("reading") and found.mapping.options() != Options():
        book = open_upload(run, found.mapping.options())
    asked = bool(run.mapping.get("reading"))
    mapping = _with_options(found.mapping, options, book) if asked else found.mapping
    return book, Suggestion(_with_dates(mapping, book, run), found.origin, found.name)


def _over(base: Options, said: Options) -> Options:
    layouts = {**base.layouts, **said.layouts}
    encoding, delimiter = said.encoding or base.encoding, said.delimiter or base.delimiter
    return Options(encoding, delimiter, base.quotes, layouts)


def _with_options(mapping: FileMapping, options: Options, book: Workbook) -> FileMapping:
    """The mapping with the reading that the person confirmed, so that the next file needs none."""
    sheets = []
    for sheet in mapping.sheets:
        name = book.sheets[0].name if sheet.sheet == ANY_SHEET else sheet.sheet
        layout = options.layout(name)
        sheets.append(replace(sheet, header_row=layout.header_row, extra_cells=layout.extra_cells))
    return replace(mapping, sheets=tuple(sheets), encoding=book.encoding, delimiter=book.delimiter)


def _with_dates(mapping: FileMapping, book: Workbook, run: ImportRun) -> FileMapping:
    """Orders of days that the column itself proves, or that the person said."""
    said = run.mapping.get("reading", {}).get("dates", {})
    sheets = []
    for rules in mapping.sheets:
        sheet = book.sheet(rules.sheet) or (book.sheets[0] if rules.sheet == "*" else None)
        sheets.append(_dated(rules, sheet, said) if sheet is not None else rules)
    return replace(mapping, sheets=tuple(sheets))


def _dated(rules: SheetMapping, sheet: Sheet, said: Mapping[str, str]) -> SheetMapping:
    columns = []
    for rule in rules.columns:
        order = said.get(f"{sheet.name}|{rule.header}")
        shape = SHAPES[rules.kind].field(rule.field or "")
        if shape is not None and shape.kind == "date" and rule.date_order is None:
            order = order or column_order(_texts(sheet, rule.header))
            known = order in ("dmy", "mdy")
            columns.append(replace(rule, date_order=cast("DateOrder", order)) if known else rule)
        else:
            columns.append(rule)
    return replace(rules, columns=tuple(columns))


def _texts(sheet: Sheet, header: str) -> Iterable[str]:
    place = next((c.index for c in sheet.columns if header in (c.key, c.header)), None)
    if place is None:
        return ()
    return (row.cells[place] for row in islice(sheet.rows(), _ROWS_LOOKED_AT))


def date_questions(mapping: FileMapping, book: Workbook) -> list[DateQuestion]:
    """Columns about which the person has to say whether day or month comes first."""
    found = []
    for sheet in book.sheets:
        rules = mapping.sheet(sheet.name)
        for rule in rules.columns if rules else ():
            shape = SHAPES[rules.kind].field(rule.field or "") if rules else None
            if shape is None or shape.kind != "date" or rule.date_order is not None:
                continue
            texts = list(_texts(sheet, rule.header))
            if column_order(texts) == "ask":
                example = next(text for text in texts if column_order([text]) == "ask")
                found.append(DateQuestion(sheet.name, rule.header, example))
    return found


def needs_answers(run: ImportRun, mapping: FileMapping, book: Workbook) -> bool:
    """Whether the file should be asked about before it is tried."""
    unsure = book.encoding_is_guess and bool(book.samples) and not run.mapping.get("reading")
    return bool(unsure or book.questions or date_questions(mapping, book))


def other_encodings(run: ImportRun, book: Workbook) -> list[Reading]:
    """The file's lines under each character set in which it can be read."""
    found = []
    now = (book.encoding or "").replace("-sig", "")
    for encoding in ENCODINGS:
        options = replace(options_of(run), encoding=encoding)
        try:
            other = open_upload(run, options)
        except FileRefused:
            continue
        samples = tuple(sample[:160] for sample in other.samples)
        found.append(Reading(encoding, samples, len(other.sheets[0].columns), encoding == now))
    return found


def other_delimiters(run: ImportRun, book: Workbook) -> list[Reading]:
    """How many columns each sign would give; those that part nothing are left out."""
    found = []
    for delimiter in DELIMITERS:
        options = replace(options_of(run), delimiter=delimiter)
        try:
            columns = len(open_upload(run, options).sheets[0].columns)
        except FileRefused:
            continue
        if columns > 1 or delimiter == book.delimiter:
            found.append(Reading(delimiter, (), columns, delimiter == book.delimiter))
    return found


def tried_mapping(run: ImportRun, by: Actor) -> FileMapping:
    """The mapping as it was last tried, else the one to try first."""
    return mapping_of(run) or choose_mapping(run, by)[1].mapping
