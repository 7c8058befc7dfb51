"""The dry run: sums, what the columns mean, what would happen to each row, and saving it."""

import csv
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from polku.exchange.choosing import needs_answers, tried_mapping
from polku.exchange.operations.learning import delete_mapping, save_mapping
from polku.exchange.operations.runs import start_import
from polku.exchange.operations.uploads import (
    BEFORE_SAVING,
    drop_upload,
    note_choices,
    open_upload,
    try_import,
)
from polku.exchange.planning.further_sheets import is_further
from polku.exchange.planning.suggesting import named_mapping, saved_mappings
from polku.exchange.planning.troubles import sentence
from polku.exchange.queries import SHOWN, SHOWN_FIRST, get_import, rows_of
from polku.exchange.spreadsheet.csv_marks import quoted
from polku.exchange.spreadsheet.mapping import Mapping
from polku.exchange.spreadsheet.mapping_json import dump_mapping
from polku.exchange.spreadsheet.workbook import Workbook
from polku.exchange.tasks import run_or_enqueue
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput
from polku.kernel.models import ImportRun
from polku.kernel.profiles import FEATURES
from polku.web import formats
from polku.web.desk.importing import arrived, importer, page_of
from polku.web.desk.importing_columns import SheetColumns, answered, columns_of
from polku.web.desk.importing_words import OUTCOMES, row_words

PER_PAGE = 50
FILTERS = (
    ("new", gettext_lazy("New")), ("changed", gettext_lazy("Changed")),
    ("look", gettext_lazy("To look at and left out")), ("same", gettext_lazy("Same")),
)  # fmt: skip
READY_MADE_NAMES = {
    "government-service-inventory": gettext_lazy("Government service inventory (Canada)")
}


def import_try(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """What saving would do; nothing is saved until the person says so."""
    actor = importer(request)
    run = get_import(actor, number)
    if run.state != ImportRun.State.TRIED:
        return redirect(page_of(run))
    book = open_upload(run, tried_mapping(run, actor).options())
    problems: list[str] = []
    mapping = tried_mapping(run, actor)
    if request.method == "POST":
        if "drop" in request.POST:
            drop_upload(run, by=actor)
            return redirect("import_start", workspace=actor.workspace.slug)
        mapping, problems = answered(book, mapping, request.POST)
        if not problems:
            wins = request.POST.get("conflicts") == "file"
            if needs_answers(run, mapping, book):
                note_choices(run, {"mapping": dump_mapping(mapping)}, by=actor)
            try_import(run, mapping, by=actor, file_wins=wins)
            messages.success(request, _("Tried again with your answers. Nothing is saved yet."))
            return redirect(page_of(run))
    context = _context(request, actor, run, (book, mapping))
    return render(request, "imports/import_try.html", {**context, "problems": problems},
                  status=422 if problems else 200)  # fmt: skip


def _context(
    request: HttpRequest, actor: Actor, run: ImportRun, reading: tuple[Workbook, Mapping]
) -> dict[str, Any]:  # fmt: skip
    book, mapping = reading
    sheets = columns_of(book, mapping, str(run.mapping.get("origin", "")), actor)
    further = [sheet.name for sheet in book.sheets if is_further(book, sheet)]
    counts = run.counts
    kept = counts["rows"] - counts["left_out"]
    return {
        **rows_context(request, run, SHOWN_FIRST), "run": run, "book": book, "sheets": sheets,
        "sums": sums_of(run), "kept": kept, "waits": kept > 0 and bool(sheets or further),
        "unknown": not (mapping.sheets or further), "further": further,
        "guesses": [header for sheet in sheets for header in sheet.guesses],
        "lead": _lead(sheets), "missing": run.report.get("missing", [])[:20],
        "missing_more": max(0, run.report.get("missing_count", 0) - 20),
        "switches": _switched_on(run, actor),
        "conflicts": _has_conflicts(run), "file_wins": bool(run.mapping.get("file_wins")),
        "mappings": [name for name, _mapping in saved_mappings(actor)],
        "ready_made": READY_MADE_NAMES, "origin": run.mapping.get("origin", ""),
        "origin_name": READY_MADE_NAMES.get(
            str(run.mapping.get("origin_name", "")), run.mapping.get("origin_name", "")
        ),
    }  # fmt: skip


def _switched_on(run: ImportRun, actor: Actor) -> list[str]:
    """What is hidden here and would be shown, since the file brings what belongs to it."""
    wanted, has = run.report.get("switches", ()), actor.workspace.features
    return [str(row.sentence) for row in FEATURES if row.code in wanted
            and not has.get(row.code, True)]  # fmt: skip


def _lead(sheets: list[SheetColumns]) -> list[dict[str, Any]]:
    """Which sheets are read and where their headings stand."""
    return [{"sheet": sheet.title, "row": sheet.header_row} for sheet in sheets if sheet.columns]


def _has_conflicts(run: ImportRun) -> bool:
    rows = rows_of(run, ("look",)).values_list("problems", flat=True)
    told = any(problem["code"] == "conflict" for problems in rows for problem in problems)
    return told or bool(run.mapping.get("file_wins"))


def sums_of(run: ImportRun) -> list[dict[str, Any]]:
    """The counts in the order of the page."""
    counts = {name: formats.number(n) for name, n in run.counts.items()}
    look, left_out = run.counts["look"], run.counts["left_out"]
    return [
        {"label": _("New"), "value": counts["new"], "result": "plain", "sign": "new"},
        {"label": _("Changed"), "value": counts["changed"], "result": "plain", "sign": "changed"},
        {"label": _("Same"), "value": counts["same"], "result": "plain", "sign": "same"},
        {"label": _("To look at"), "value": counts["look"], "result": "watch" if look else ""},
        {"label": _("Left out"), "value": counts["left_out"], "result": "bad" if left_out else ""},
        {"label": _("Rows read"), "value": counts["rows"]},
    ]  # fmt: skip


def rows_context(request: HttpRequest, run: ImportRun, first: tuple[str, ...]) -> dict[str, Any]:
    """The table of rows: narrowed by the address, a page at a time."""
    asked = [name for name in request.GET.getlist("show") if name in SHOWN]
    shown = asked or list(first)
    rows = rows_of(run, shown)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    several = len(run.report.get("layout", ())) > 1 or bool(run.report.get("further"))
    return {
        "page": page, "rows": [row_words(row) for row in page], "several_sheets": several,
        "filters": [{"value": value, "label": label, "chosen": value in shown}
                    for value, label in FILTERS],
    }  # fmt: skip


@require_POST
def import_save(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """Save what was tried: at once when it is short, else in the background."""
    actor = importer(request)
    run = get_import(actor, number)
    if run.state in BEFORE_SAVING:
        start_import(run, by=actor)
        run_or_enqueue(run)
        run.refresh_from_db()
    return redirect(page_of(run))


@require_POST
def import_mapping(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """Keep the answers under a name, choose a mapping that was kept, or forget one."""
    actor = importer(request)
    run = get_import(actor, number)
    if "keep" in request.POST:
        return _keep(request, actor, run)
    if "forget" in request.POST:
        delete_mapping(request.POST.get("name", ""), by=actor)
        messages.success(request, _("The mapping is forgotten; imports made with it stay."))
        return redirect(page_of(run))
    name = request.POST.get("name", "")
    if name and named_mapping(name, actor) is None:
        messages.error(request, _("No mapping has this name any more."))
        return redirect(page_of(run))
    note_choices(run, {"named": name, "mapping": None, "reading": {}}, by=actor)
    return arrived(request, run)


def _keep(request: HttpRequest, actor: Actor, run: ImportRun) -> HttpResponse:
    name = request.POST.get("name", "")
    mapping = tried_mapping(run, actor)
    try:
        # Keys of files read with this mapping belong together: its name is their source.
        kept = save_mapping(replace(mapping, name=name.strip()), name, by=actor)
    except BadInput as error:
        messages.error(request, " ".join(str(text) for text in error.fields.values()))
    else:
        messages.success(request, _("The mapping is kept as “%(name)s”.") % {"name": kept.name})
    return redirect(page_of(run))


@require_GET
def import_mapping_file(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """The mapping as a file, for the shell and for others."""
    actor = importer(request)
    run = get_import(actor, number)
    text = dump_mapping(tried_mapping(run, actor))
    headers = {"Content-Disposition": 'attachment; filename="mapping.json"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


@require_GET
def import_rows(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """The rows with their outcomes as a table to work through."""
    actor = importer(request)
    run = get_import(actor, number)
    asked = [name for name in request.GET.getlist("show") if name in SHOWN] or SHOWN
    name = f"{run.file_name.rpartition('.')[0] or run.file_name}-rows.csv"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([_("Sheet"), _("Row"), _("Name"), _("Outcome"), _("What exactly")])
    for row in rows_of(run, asked).iterator():
        told = "; ".join(sentence(problem) for problem in row.problems)
        outcome = str(OUTCOMES[row.outcome][1])
        cells = [row.sheet, str(row.row_number), row.title, outcome, told]
        writer.writerow([quoted(cell) for cell in cells])
    return response
