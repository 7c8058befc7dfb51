"""The sheets of our exports beside the four: one a kind of thing, lists of pieces, ties, states.

They are known by their headings and names, so nobody is asked what they list. Source: portfolio
7.13.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from polku.exchange.exporting.in_full import LINK_COLUMNS, STATE_COLUMNS
from polku.exchange.exporting.pieces import PIECE_COLUMNS
from polku.exchange.journeys.columns import known_heading
from polku.exchange.spreadsheet.shapes import SHAPES
from polku.exchange.spreadsheet.workbook import Sheet, Workbook
from polku.kernel.registry import Entity, entities, entity

IN_FULL = " in full"
LINKS, LINES, STATES, CELLS = "links", "stakeholder lines", "states", "journey cells"
# Lists that hang on a thing, with the column that names it.
PIECES = {"offering elements": "offering", "prices": "offering", "package members": "package"}
_BESIDE = {LINKS: "kind", LINES: "from", STATES: "code", CELLS: "journey", **PIECES}
# What others point at goes first; a decision may be about any of them.
_LATE = ("offering", "product_version", "decision")


@dataclass(frozen=True, slots=True)
class FurtherRow:
    """One row: where it stands, our code in it, its filled cells by heading, and all headings."""

    sheet: str
    number: int
    code: str
    cells: Mapping[str, str]
    headers: tuple[str, ...] = ()


@dataclass
class FurtherSheets:
    """What a file of ours holds beside the four sheets; ``first`` are the codes of those, and
    ``unknown`` headings that are no column of their sheet."""

    objects: dict[str, list[FurtherRow]] = field(default_factory=dict)
    beside: dict[str, list[FurtherRow]] = field(default_factory=dict)
    first: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    unknown: list[tuple[str, list[str]]] = field(default_factory=list)

    def ordered(self) -> list[tuple[Entity, list[FurtherRow]]]:
        """Kinds with their rows, those that others rest on before those."""
        known = [row for row in entities() if row.kind in self.objects]
        known.sort(key=lambda row: _LATE.index(row.kind) + 1 if row.kind in _LATE else 0)
        return [(row, self.objects[row.kind]) for row in known]


def further_sheets(workbook: Workbook) -> FurtherSheets:
    """The sheets of an export of ours; nothing for any other file."""
    found = FurtherSheets()
    for sheet in workbook.sheets if workbook.export_id else ():
        kind = kind_of_sheet(sheet)
        if kind and (headers := _unknown(kind, sheet)):
            found.unknown.append((sheet.name, headers))
        if kind in _BESIDE:
            found.beside[kind] = list(_rows(sheet))
            found.names.append(sheet.name)
        elif kind:
            found.objects.setdefault(kind, []).extend(_rows(sheet))
            found.names.append(sheet.name)
        elif sheet.headers[:1] == ("id",) and sheet.name in SHAPES:
            found.first |= {row.cells[0].strip().upper() for row in sheet.rows()} - {""}
    return found


def is_further(workbook: Workbook, sheet: Sheet) -> bool:
    """Whether the sheet comes in as it is, without questions."""
    return bool(workbook.export_id) and kind_of_sheet(sheet) is not None


def kind_of_sheet(sheet: Sheet) -> str | None:
    """The kind of thing, or the list, that the sheet holds."""
    first = sheet.headers[:1]
    if _BESIDE.get(sheet.name) in first:
        return sheet.name
    if first != ("code",):
        return None
    named = {f"{row.plural}{IN_FULL}" if row.sheet else row.plural: row.kind for row in entities()}
    return named.get(sheet.name) or _by_prefix(sheet)


def _by_prefix(sheet: Sheet) -> str | None:
    """Of a list that was given another name: the codes say what they are."""
    row = next(sheet.rows(), None)
    prefix = row.cells[0].strip().upper().partition("-")[0] if row else ""
    kind = next((found.kind for found in entities() if found.prefix == prefix), None)
    fields = entity(kind).by_name if kind else {}
    plain = {header.partition(" [")[0] for header in sheet.headers[1:] if header}
    return kind if kind and plain <= {*fields, *MARKS} else None


def _unknown(kind: str, sheet: Sheet) -> list[str]:
    """Headings that are no column of the sheet."""
    known: set[str]
    if kind == CELLS:
        known = {"journey", *filter(known_heading, sheet.headers)}
        return [header for header in sheet.headers if header and header not in known]
    if kind in PIECES:
        known = {PIECES[kind], *PIECE_COLUMNS[kind]}
    else:
        known = _COLUMNS.get(kind) or {"code", *entity(kind).by_name, *MARKS}
    return [header for header in sheet.headers if header and header.partition(" [")[0] not in known]


_COLUMNS = {LINKS: {*LINK_COLUMNS}, LINES: {"from", "to", "words"}, STATES: {*STATE_COLUMNS}}

# Columns that say more than a field does: what is ours by default, and the workspace's own party.
MARKS = {"is_default": "offering", "is_home": "party"}


def _rows(sheet: Sheet) -> Iterator[FurtherRow]:
    for row in sheet.rows():
        pairs = zip(sheet.columns, row.cells, strict=False)
        cells = {column.header: text for column, text in pairs if text.strip()}
        if cells:
            code = row.cells[0].strip().upper()
            yield FurtherRow(sheet.name, row.number, code, cells, sheet.headers)
