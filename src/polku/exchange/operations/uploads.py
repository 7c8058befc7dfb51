"""Files from people: kept under names of ours until the import is done with."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.exchange.planning.file_rows import code_column
from polku.exchange.planning.plan import plan as make_plan
from polku.exchange.planning.rows import Plan
from polku.exchange.spreadsheet.limits import LIMITS
from polku.exchange.spreadsheet.mapping import Mapping as FileMapping
from polku.exchange.spreadsheet.mapping_json import dump_mapping, load_mapping
from polku.exchange.spreadsheet.reading import Options, open_workbook
from polku.exchange.spreadsheet.refusals import refused
from polku.exchange.spreadsheet.workbook import Sheet, Workbook
from polku.kernel.actor import Actor
from polku.kernel.answers import Refused, require
from polku.kernel.models import ImportRow, ImportRun
from polku.kernel.policy import may_import
from polku.storage.locations import ensure_home

FOLDER = Path("files") / "imports"
BEFORE_SAVING = (ImportRun.State.UPLOADED, ImportRun.State.TRIED, ImportRun.State.REFUSED)
BATCH = 500
# Beside the fields in the changes of a tried row: what is only told.
NOTES = "_notes"


def keep_upload(chunks: Iterable[bytes], name: str, *, by: Actor) -> ImportRun:
    """Store a file that somebody sent; nothing of it is read yet. Raises FileRefused when too big.

    *name* is what people call it; on disk it gets a name of ours.
    """
    require(may_import(by))
    shown = PurePath(name.replace("\\", "/")).name.replace("\x00", "")[:255] or "table"
    path = FOLDER / f"{secrets.token_hex(16)}.table"
    digest = _write(path, chunks)
    return ImportRun.objects.create(
        workspace=by.workspace, file_name=shown, file_hash=digest, file_path=str(path),
        made_by_id=by.user_id,
    )  # fmt: skip


def _write(path: Path, chunks: Iterable[bytes]) -> str:
    target = ensure_home() / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    try:
        with target.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > LIMITS.file_bytes:
                    raise refused("too-big", megabytes=LIMITS.file_bytes // 1_000_000)
                digest.update(chunk)
                file.write(chunk)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def file_of(run: ImportRun) -> Path:
    """Where the file lies. Raises Refused when it is gone."""
    path = ensure_home() / run.file_path
    if not run.file_path or not path.is_file():
        raise Refused(_("The file of this import is no longer kept. Choose it again."))
    return path


def open_upload(run: ImportRun, options: Options | None = None) -> Workbook:
    """The file as a workbook, read as the person said. Raises FileRefused."""
    return open_workbook(file_of(run), run.file_name, options)


def mapping_of(run: ImportRun) -> FileMapping | None:
    """The mapping that was chosen for this run, if any; an export of ours may need none."""
    stored = run.mapping.get("mapping")
    if not stored and run.report.get("further"):
        return FileMapping(())
    return load_mapping(stored) if stored else None


def try_import(
    run: ImportRun, mapping: FileMapping, *, by: Actor, file_wins: bool = False
) -> Plan:  # fmt: skip
    """The dry run: what would happen is stored beside the run, nothing else changes."""
    require(may_import(by))
    if run.state not in BEFORE_SAVING:
        raise Refused(_("This import was saved already. Choose the file again for another."))
    plan = make_plan(open_upload(run, mapping.options()), mapping, by, file_wins=file_wins)
    _forget_tried(run)
    told = plan.all_rows
    for at in range(0, len(told), BATCH):
        rows = [tried_row(run, row) for row in told[at : at + BATCH]]
        ImportRow.objects.bulk_create(rows)
    # A file of which no sheet is understood has no mapping yet; the person is asked.
    text = dump_mapping(mapping) if mapping.sheets else ""
    run.mapping = {**run.mapping, "mapping": text, "file_wins": file_wins}
    run.source, run.counts, run.report = mapping.source, plan.counts, report_of(plan)
    run.state, run.total, run.done, run.message = ImportRun.State.TRIED, len(told), 0, ""
    run.save()
    return plan


def _forget_tried(run: ImportRun) -> None:
    ImportRow.objects.filter(run=run).delete()


def tried_row(run: ImportRun, row: Any) -> ImportRow:
    """One row of the plan, to be shown page by page."""
    changes = row.changes if row.outcome == "changed" else {}
    if row.outcome == "new":
        told = (*row.values, *row.own, *row.wants, *([row.state] if row.state else ()))
        changes = {"filled": len(told)}
    if notes := row.notes():
        changes = {**changes, NOTES: notes}
    obj = row.obj
    return ImportRow(
        workspace_id=run.workspace_id, run=run, sheet=row.sheet[:120], row_number=row.number,
        outcome=row.outcome, title=row.title, object_kind=row.kind, changes=changes,
        object_id=obj.pk if obj is not None else None, problems=row.problems(),
    )  # fmt: skip


def report_of(plan: Plan) -> dict[str, Any]:
    """What is told about the whole file."""
    return {
        "missing": plan.missing, "missing_count": plan.missing_count,
        "switches": list(dict.fromkeys(plan.switches)),
        "further": plan.further.sheets.names if plan.further is not None else [],
        "asked": {"parties": len(plan.parties), "segments": len(plan.segments),
                  "touchpoints": len(plan.stubs), "components": len(plan.parts)},
        "layout": [
            {"sheet": sheet.name, "kind": found.kind, **_columns(sheet, plan.workbook),
             "preamble": [list(line) for line in sheet.preamble]}
            for sheet in plan.workbook.sheets
            if (found := plan.mapping.sheet(sheet.name)) is not None
        ],
        "format": plan.workbook.format, "encoding": plan.workbook.encoding,
        "delimiter": plan.workbook.delimiter, "export_id": plan.workbook.export_id,
    }  # fmt: skip


def _columns(sheet: Sheet, workbook: Workbook) -> dict[str, list[str]]:
    """Headings of the file itself: our column of codes is written anew with each export."""
    ours = code_column(sheet, ours=bool(workbook.export_id))
    columns = [column for column in sheet.columns if column.index != ours]
    return {"headers": [c.header for c in columns], "keys": [c.key for c in columns]}


def note_choices(run: ImportRun, choices: Mapping[str, Any], *, by: Actor) -> ImportRun:
    """Remember how the person wants the file read, before it is tried."""
    require(may_import(by))
    run.mapping = {**run.mapping, **choices}
    run.save(update_fields=["mapping"])
    return run


def note_refusal(run: ImportRun, message: str, *, by: Actor) -> ImportRun:
    """The file could not be read; the upload stays, with the reason."""
    require(may_import(by))
    run.state, run.message = ImportRun.State.REFUSED, message
    run.save(update_fields=["state", "message"])
    return run


def drop_upload(run: ImportRun, *, by: Actor) -> None:
    """Forget a file that was never saved."""
    require(may_import(by))
    if run.state not in BEFORE_SAVING:
        raise Refused(_("This import was saved. Undo it instead."))
    with transaction.atomic():
        (ensure_home() / run.file_path).unlink(missing_ok=True)
        run.delete()
