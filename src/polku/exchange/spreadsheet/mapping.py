"""The answer to "what is in this file?", small enough to be kept, read and sent along.

``polku import --mapping FILE`` takes the JSON written here; :mod:`.mapping_json` reads and writes
it. A mapping made from guesses (:func:`from_proposals`) and one written by hand are the same thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from polku.exchange.spreadsheet.dates import DateOrder, PeriodEdge
from polku.exchange.spreadsheet.headers import MappingProposal, normalise_with_language
from polku.exchange.spreadsheet.parties import PartyKind
from polku.exchange.spreadsheet.reading import Options
from polku.exchange.spreadsheet.sheets import Layout
from polku.exchange.spreadsheet.workbook import Column, ExtraCells, Sheet

ANY_SHEET = "*"

type ChannelUse = Literal["feedback"]


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """How one column is read. ``field`` None keeps it as a column of the sender's own.

    ``words``: the sender's word -> ours, "" for "nothing said"; in lists it applies to each part.
    ``langs`` with ``separator``: one cell names a party in several languages.
    ``skip`` leaves the column out altogether. ``use`` says what the channels of a list are for.
    ``year_ends`` (month, day) and ``period`` turn "2022-2023" into the edge of that year.
    """

    header: str
    field: str | None = None
    lang: str | None = None
    words: tuple[tuple[str, str], ...] = ()
    separator: str | None = None
    langs: tuple[str, ...] = ()
    date_order: DateOrder | None = None
    period: PeriodEdge | None = None
    year_ends: tuple[int, int] = (12, 31)
    party: PartyKind | None = None
    use: ChannelUse | None = None
    skip: bool = False


@dataclass(frozen=True, slots=True)
class RepeatRule:
    """Which of several rows with one key is kept: the first, or the one latest in column ``by``."""

    rule: Literal["first", "latest"] = "first"
    by: str | None = None


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """One sheet: ``sheet`` is its name in the file, ``*`` for the only one.

    ``keys`` are headings whose cells together are the row's key in its source; ``constants`` are
    values, by field, for rows that say nothing themselves. ``lang`` is the language of texts whose
    heading names none.
    """

    sheet: str
    kind: str
    columns: tuple[ColumnRule, ...]
    keys: tuple[str, ...] = ()
    repeats: RepeatRule = RepeatRule()
    constants: tuple[tuple[str, str], ...] = ()
    header_row: int | None = None
    extra_cells: ExtraCells = "ask"
    lang: str | None = None

    def rule(self, column: Column) -> ColumnRule:
        """The rule for a column; one that the mapping doesn't name is the sender's own."""
        exact = {rule.header: rule for rule in self.columns}
        if rule := exact.get(column.key) or exact.get(column.header):
            return rule
        wanted = normalise_with_language(column.header)
        close = (r for r in self.columns if normalise_with_language(r.header) == wanted)
        return next(close, ColumnRule(column.key))

    def rules(self, sheet: Sheet) -> tuple[tuple[Column, ColumnRule], ...]:
        """Each column of the sheet with its rule, in the order of the file."""
        return tuple((column, self.rule(column)) for column in sheet.columns)

    def missing(self, sheet: Sheet) -> tuple[str, ...]:
        """Headings that the mapping counts on and the sheet doesn't have."""
        there = {normalise_with_language(column.header) for column in sheet.columns}
        there |= {normalise_with_language(column.key) for column in sheet.columns}
        by = (self.repeats.by,) if self.repeats.by else ()
        wanted = [rule.header for rule in self.columns if rule.field]
        named = dict.fromkeys((*wanted, *self.keys, *by))
        return tuple(name for name in named if normalise_with_language(name) not in there)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Everything a person decided about one file, or about all files like it.

    ``source`` names where the keys come from; with a key it finds the same row again next year.
    """

    sheets: tuple[SheetMapping, ...]
    name: str = ""
    source: str = "spreadsheet"
    encoding: str | None = None
    delimiter: str | None = None
    quotes: bool = True

    def sheet(self, name: str) -> SheetMapping | None:
        exact = next((sheet for sheet in self.sheets if sheet.sheet == name), None)
        return exact or next((sheet for sheet in self.sheets if sheet.sheet == ANY_SHEET), None)

    def options(self) -> Options:
        """How to open the file."""
        layouts = {s.sheet: Layout(s.header_row, s.extra_cells) for s in self.sheets}
        return Options(self.encoding, self.delimiter, self.quotes, layouts)


def from_proposals(proposals: Sequence[MappingProposal], options: Options | None = None) -> Mapping:
    """The mapping that takes every guess as it stands; unknown sheets are left out.

    The only sheet of a file may have another name next time: that of a CSV is its file's.
    """
    options = options or Options()
    sheets = [_sheet(found, found.kind, options) for found in proposals if found.kind]
    if sheets and len(proposals) == 1:
        sheets = [replace(sheets[0], sheet=ANY_SHEET)]
    return Mapping(
        sheets=tuple(sheets),
        encoding=options.encoding,
        delimiter=options.delimiter,
        quotes=options.quotes,
    )


def _sheet(proposal: MappingProposal, kind: str, options: Options) -> SheetMapping:
    layout = options.layout(proposal.sheet)
    columns = tuple(
        ColumnRule(guess.column.key, guess.field, guess.lang) for guess in proposal.columns
    )
    keys = tuple(guess.column.key for guess in proposal.columns if guess.field == "id")
    return SheetMapping(
        sheet=proposal.sheet,
        kind=kind,
        columns=columns,
        keys=keys,
        header_row=layout.header_row,
        extra_cells=layout.extra_cells,
        lang=proposal.language,
    )
