"""An import that is being saved, was saved, or is taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from polku.exchange.gaps import gaps_of
from polku.exchange.operations.claiming import is_interrupted
from polku.exchange.operations.runs import counts_of_kinds, resume_import
from polku.exchange.operations.undoing import may_undo, undo_import, withdraw_import
from polku.exchange.queries import get_import
from polku.exchange.tasks import run_or_enqueue
from polku.kernel.actor import Actor
from polku.kernel.answers import NotAllowed
from polku.kernel.models import ImportRun
from polku.kernel.registry import entities, entity_by_plural, has_entity
from polku.kernel.registry import entity as entity_row
from polku.web import formats
from polku.web.desk.addresses import list_url, object_url
from polku.web.desk.importing import importer, page_of
from polku.web.desk.importing_try import rows_context, sums_of


def import_progress(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """How far the saving is. May be left and come back to; goes on or is withdrawn after a stop."""
    actor = importer(request)
    run = get_import(actor, number)
    stopped = is_interrupted(run)
    if request.method == "POST" and stopped:
        return _after_a_stop(request, actor, run)
    if run.state not in (ImportRun.State.RUNNING, ImportRun.State.INTERRUPTED):
        return _gone_on(request, run)
    context = {"run": run, "stopped": stopped, "url": "" if stopped else request.path}
    is_poll = request.htmx and not stopped  # type: ignore[attr-defined]
    name = "components/progress.html" if is_poll else "imports/import_progress.html"
    if request.htmx and stopped:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": request.path})
    return render(request, name, {**context, **_bar(run)})


def _bar(run: ImportRun) -> dict[str, Any]:
    done, total = formats.number(run.done), formats.number(run.total)
    words = _("%(done)s of %(total)s rows are stored.") % {"done": done, "total": total}
    return {"label": _("Saving the rows"), "done": run.done, "total": run.total,
            "sentence": words if run.done else _("It begins in a moment.")}  # fmt: skip


def _gone_on(request: HttpRequest, run: ImportRun) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": page_of(run)})
    return redirect(page_of(run))


def _after_a_stop(request: HttpRequest, actor: Actor, run: ImportRun) -> HttpResponse:
    if "withdraw" in request.POST:
        withdraw_import(run, by=actor)
        messages.success(request, _("The import is withdrawn; nothing of it is left here."))
        return redirect("import_start", workspace=actor.workspace.slug)
    resume_import(run, by=actor)
    run_or_enqueue(run)
    run.refresh_from_db()
    return redirect(page_of(run))


def import_done(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """What came in, what is still missing, and the way back."""
    actor = importer(request)
    run = get_import(actor, number)
    if run.state not in (
        ImportRun.State.COMPLETE, ImportRun.State.UNDONE, ImportRun.State.WITHDRAWN
    ):  # fmt: skip
        return redirect(page_of(run))
    is_here = run.state == ImportRun.State.COMPLETE
    context = {
        **rows_context(request, run, ("look",)), "run": run, "sums": sums_of(run),
        "made": _made(actor, run) if is_here else [], "gaps": _gaps(actor, run) if is_here else [],
        "undo": may_undo(actor, run), "left": _left(actor, run),
        "services_url": list_url(actor.workspace, entity_row("service_product")),
    }  # fmt: skip
    return render(request, "imports/import_done.html", context)


def _made(actor: Actor, run: ImportRun) -> list[dict[str, Any]]:
    """New things by kind, each a link to its list."""
    counts = counts_of_kinds(run)
    return [
        {"words": row.words.count(counts[row.kind], actor.vocabulary),
         "url": list_url(actor.workspace, row) if row.page else ""}
        for row in entities()
        if row.kind in counts
    ]  # fmt: skip


def _gaps(actor: Actor, run: ImportRun) -> list[dict[str, Any]]:
    entity = entity_by_plural("services")
    address = list_url(actor.workspace, entity) if entity else ""
    return [
        {"words": gap.words, "n": gap.n, "of": gap.of, "url": f"{address}?{urlencode(gap.query)}"}
        for gap in gaps_of(actor, run)
    ]


def _left(actor: Actor, run: ImportRun) -> list[dict[str, str]]:
    return [
        {"title": title, "code": code,
         "url": object_url(actor.workspace, entity_row(kind), code) if has_entity(kind) else ""}
        for kind, code, title in run.report.get("left", ())
    ]  # fmt: skip


def import_undo(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """Ask, then take the whole import back."""
    actor = importer(request)
    run = get_import(actor, number)
    answer = may_undo(actor, run)
    if request.method == "POST":
        if not answer:
            raise NotAllowed(answer.reason)
        found = undo_import(run, by=actor)
        words = _("Undone: %(away)d put away, %(back)d as they were before.")
        messages.success(request, words % {"away": found.archived, "back": found.restored})
        return redirect(page_of(run))
    context = {"run": run, "undo": answer, "back_url": page_of(run)}
    return render(request, "imports/import_undo.html", context)
