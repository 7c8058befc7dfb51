"""Reading imports and their rows."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, require
from polku.kernel.models import ImportRow, ImportRun
from polku.kernel.policy import may_read_inside

# How the rows of a page are narrowed; "look" is any row with something to look at.
SHOWN = ("new", "changed", "look", "same")
SHOWN_FIRST = ("new", "changed", "look")


def visible_imports(actor: Actor) -> QuerySet[ImportRun]:
    """Imports of the workspace, the latest first; the team's own."""
    require(may_read_inside(actor))
    rows = ImportRun.objects.filter(workspace=actor.workspace).select_related("made_by")
    return rows.order_by("-made_at", "-id")


def get_import(actor: Actor, number: int) -> ImportRun:
    """One import by its number; NotFound alike for missing and for not yours."""
    found = visible_imports(actor).select_related("workspace").filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def rows_of(run: ImportRun, shown: Sequence[str] = SHOWN) -> QuerySet[ImportRow]:
    """Rows of an import in the order of the file, narrowed to these outcomes."""
    wanted = Q(outcome__in=[name for name in shown if name in ("new", "changed", "same")])
    if "look" in shown:
        wanted |= Q(outcome="left_out") | ~Q(problems=[])
    return ImportRow.objects.filter(wanted, run=run).order_by("id")


def plain_import(run: ImportRun) -> dict[str, object]:
    """An import as JSON-ready values."""
    return {
        "id": run.pk, "file_name": run.file_name, "file_hash": run.file_hash, "state": run.state,
        "source": run.source, "counts": run.counts, "done": run.done, "total": run.total,
        "message": run.message, "made_at": run.made_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "missing": run.report.get("missing", []), "left": run.report.get("left", []),
    }  # fmt: skip


def plain_row(row: ImportRow) -> dict[str, object]:
    """A row of an import as JSON-ready values; remarks as sentences."""
    from polku.exchange.planning.troubles import sentence

    return {
        "sheet": row.sheet, "row": row.row_number, "outcome": row.outcome, "title": row.title,
        "kind": row.object_kind,
        "changes": {key: pair for key, pair in row.changes.items() if not key.startswith("_")},
        "problems": [{**problem, "text": sentence(problem)} for problem in row.problems],
    }  # fmt: skip
