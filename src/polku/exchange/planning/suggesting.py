"""Which mapping a file is likely to need, and where the suggestion comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from polku.exchange.exporting.sheets import own_layout
from polku.exchange.planning.file_rows import code_column
from polku.exchange.planning.further_sheets import is_further
from polku.exchange.spreadsheet.headers import (
    Learnt,
    MappingProposal,
    match_header,
    normalise_with_language,
    propose,
)
from polku.exchange.spreadsheet.mapping import ColumnRule, Mapping, SheetMapping, from_proposals
from polku.exchange.spreadsheet.mapping_json import MappingError, load_mapping, ready_made
from polku.exchange.spreadsheet.reading import Options
from polku.exchange.spreadsheet.shapes import SHAPES
from polku.exchange.spreadsheet.workbook import Sheet, Workbook
from polku.kernel.actor import Actor
from polku.kernel.models import AuditEvent, ImportRun, LearntMapping
from polku.kernel.registry import entities

READY_MADE = ("government-service-inventory",)

type Origin = Literal["export", "before", "saved", "ready_made", "guessed"]


@dataclass(frozen=True)
class Suggestion:
    """A mapping with its origin; ``name`` says which saved or ready-made one."""

    mapping: Mapping
    origin: Origin
    name: str = ""


def learnt_answers(by: Actor) -> Learnt:
    """What people here said headings mean."""
    rows = LearntMapping.objects.filter(workspace=by.workspace, name="").exclude(header="")
    return {
        (row.sheet, row.header): (row.field or None, row.mapping.get("lang")) for row in rows
    }  # fmt: skip


def proposals(workbook: Workbook, by: Actor) -> list[MappingProposal]:
    """The guesses for each sheet, sheets that nobody can read as one of ours left out."""
    learnt, ours = learnt_answers(by), bool(workbook.export_id)
    found = [_proposed(sheet, learnt) for sheet in workbook.sheets]
    return [
        MappingProposal(p.sheet, None, p.columns, p.language)
        if _is_of_another_kind(sheet, p, ours=ours)
        else p
        for sheet, p in zip(workbook.sheets, found, strict=True)
    ]


def _proposed(sheet: Sheet, learnt: Learnt) -> MappingProposal:
    """The guesses; a sheet of unknown headings may be known by what people said of them before."""
    found = propose(sheet, learnt)
    if found.kind is not None:
        return found
    kind = next((kind for kind in SHAPES if _is_known(kind, sheet, learnt)), None)
    return propose(sheet, learnt, kind) if kind else found


def _is_known(kind: str, sheet: Sheet, learnt: Learnt) -> bool:
    keys = [(kind, normalise_with_language(header)) for header in sheet.headers]
    said = {learnt[key][0] for key in keys if key in learnt} - {None}
    plain = (match_header(kind, header) for header in sheet.headers if header.strip())
    sure = {match.field for match in plain if match and match.confidence == "known"}
    known = said | sure
    return bool(said) and len(known) > 1 and known.issuperset(SHAPES[kind].row_names)


def _is_of_another_kind(sheet: Sheet, proposal: MappingProposal, *, ours: bool) -> bool:
    """Sheets of our exports that list other things: their codes begin with another prefix."""
    if proposal.kind is None or not sheet.columns:
        return False
    first = next(sheet.rows(), None)
    prefix = first.cells[0].partition("-")[0] if first else ""
    kinds = {row.prefix: row.sheet for row in entities()}
    if prefix in kinds and proposal.kind != kinds[prefix]:
        return True
    return ours and sheet.name not in SHAPES and len(sheet.name) > 0 and _in_full(sheet)


def _in_full(sheet: Sheet) -> bool:
    return sheet.headers[:1] == ("code",)


def guessed(workbook: Workbook, by: Actor, options: Options | None = None) -> Mapping:
    """The mapping that takes every guess; our own code column is no column of the sender's."""
    return from_proposals(proposals(workbook, by), options)


def suggest(workbook: Workbook, by: Actor) -> Suggestion:
    """The mapping of the export or file before, one saved or ready-made that fits, or a guess."""
    for found in (_of_export(workbook, by), _of_file_before(workbook, by)):
        if found is not None:
            return found
    for name, mapping in saved_mappings(by):
        if fits(mapping, workbook):
            return Suggestion(mapping, "saved", name)
    for name in READY_MADE:
        if fits(mapping := ready_made(name), workbook):
            return Suggestion(mapping, "ready_made", name)
    return Suggestion(guessed(workbook, by), "guessed")


def fits(mapping: Mapping, workbook: Workbook) -> bool:
    """Whether the headings that a mapping counts on are all there."""
    known = [(sheet, mapping.sheet(sheet.name)) for sheet in workbook.sheets]
    pairs = [(sheet, found) for sheet, found in known if found is not None]
    return bool(pairs) and all(not found.missing(sheet) for sheet, found in pairs)


def _of_export(workbook: Workbook, by: Actor) -> Suggestion | None:
    """An export in the layout of a source is read as that source was."""
    if not workbook.export_id:
        return None
    event = AuditEvent.objects.filter(
        workspace=by.workspace, name__in=("workspace.exported", "list.exported"),
        note=workbook.export_id,
    ).first()  # fmt: skip
    source = str((event.changes.get("source") or [None, ""])[1]) if event else ""
    run = _latest(by, source=source) if source else None
    mapping = _stored(run)
    if mapping is not None:
        return Suggestion(_without_options(mapping), "export", source)
    ours = own_layout(workbook)
    if ours is None and any(is_further(workbook, sheet) for sheet in workbook.sheets):
        ours = Mapping(())  # the list of one kind, whose columns are its fields
    return Suggestion(ours, "export") if ours else None


def _of_file_before(workbook: Workbook, by: Actor) -> Suggestion | None:
    headers = [_trimmed(sheet.headers) for sheet in workbook.sheets]
    rows = ImportRun.objects.filter(workspace=by.workspace, state=ImportRun.State.COMPLETE)
    for run in rows.order_by("-finished_at")[:20]:
        layout = run.report.get("layout", [])
        mapping = _stored(run)
        if layout and mapping and [_trimmed(seen["headers"]) for seen in layout] == headers:
            return Suggestion(mapping, "before", run.file_name)
    return None


def _trimmed(headers: Sequence[str]) -> list[str]:
    """Headings less those that stand over nothing: columns that only longer rows have."""
    found = list(headers)
    while found and not found[-1].strip():
        found.pop()
    return found


def _latest(by: Actor, *, source: str) -> ImportRun | None:
    rows = ImportRun.objects.filter(
        workspace=by.workspace, source=source, state=ImportRun.State.COMPLETE
    )
    return rows.order_by("-finished_at").first()


def _stored(run: ImportRun | None) -> Mapping | None:
    text = run.mapping.get("mapping") if run else None
    try:
        return load_mapping(text) if text else None
    except MappingError:
        return None


def _without_options(mapping: Mapping) -> Mapping:
    """The same reading of columns for a file that we wrote ourselves."""
    sheets = tuple(
        SheetMapping(s.sheet, s.kind, s.columns, s.keys, s.repeats, s.constants, lang=s.lang)
        for s in mapping.sheets
    )  # fmt: skip
    return Mapping(sheets, mapping.name, mapping.source)


def saved_mappings(by: Actor) -> Sequence[tuple[str, Mapping]]:
    """Mappings kept under a name, by name."""
    rows = LearntMapping.objects.filter(workspace=by.workspace).exclude(name="").order_by("name")
    found = []
    for row in rows:
        try:
            found.append((row.name, load_mapping(str(row.mapping.get("json", "")))))
        except MappingError:
            continue
    return found


def named_mapping(name: str, by: Actor) -> Mapping | None:
    """A saved or ready-made mapping by its name."""
    if name in READY_MADE:
        return ready_made(name)
    return next((mapping for known, mapping in saved_mappings(by) if known == name), None)


def is_code_rule(sheet: Sheet, rule: ColumnRule, *, ours: bool) -> bool:
    """Whether the rule is about our own code column, which is never asked about."""
    place = code_column(sheet, ours=ours)
    return place is not None and sheet.columns[place].key == rule.header
