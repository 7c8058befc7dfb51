"""A journey out as a file, and a changed sheet in again: told first, then kept as one edit."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from polku.exchange.journeys.operations import (
    FORMS,
    Tried,
    export_journey,
    keep_sheet,
    try_again,
    try_sheet,
)
from polku.exchange.journeys.telling import Told
from polku.exchange.spreadsheet.refusals import FileRefused
from polku.journeys.curve import signed
from polku.journeys.policy import may_edit
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.durations import duration_words
from polku.kernel.policy import may_read_inside
from polku.web.desk.journeys_compare_words import what_words
from polku.web.desk.journeys_head import Look, head_context, lanes_menu, look_at
from polku.web.readings import before_and_after, page_language

HOW = {
    "new": ("good", "new", gettext_lazy("new")),
    "changed": ("watch", "changed", gettext_lazy("changed")),
    "gone": ("bad", "bad", gettext_lazy("taken out")),
    "moved": ("planned", "flat", gettext_lazy("moved")),
}
WAYS = (
    ("xlsx", gettext_lazy("Spreadsheet (XLSX)"),
     gettext_lazy("One row for each cell, in all languages. Change it and bring it back.")),
    ("csv", gettext_lazy("Plain table (CSV)"), gettext_lazy("The same rows for any program.")),
    ("json", gettext_lazy("Data file"), gettext_lazy("All of it, for programs.")),
    ("svg", gettext_lazy("Picture that stays sharp (SVG)"),
     gettext_lazy("The whole map, for slides and posters.")),
)  # fmt: skip
MOST_SHOWN = 300


class SheetForm(forms.Form):
    """A sheet to bring back."""

    file = forms.FileField(
        label=gettext_lazy("Choose the changed sheet"),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("The file is empty. Choose the sheet that you changed."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
    )


@require_GET
def journey_export(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Choose a form and rows, then take the file: ``?format=xlsx&lane=touchpoint``."""
    look = look_at(request, code, "journey_export")
    form = request.GET.get("format", "")
    if not form:
        return render(request, "journeys_files/journey_export.html", _export_context(look))
    found = export_journey(
        look.journey, by=look.actor, form=form, lanes=look.question.lanes,
        version=look.question.version,
    )  # fmt: skip
    headers = {"Content-Disposition": content_disposition_header(True, found.name) or ""}
    return HttpResponse(found.content, content_type=found.media_type, headers=headers)


def _export_context(look: Look) -> dict[str, Any]:
    version = look.question.version
    return {
        **head_context(look), "ways": WAYS, "menu": lanes_menu(look), "forms": FORMS,
        "bring_url": look.url("journey_bring") if may_edit(look.actor, look.journey) else "",
        "map_url": look.url("journey_detail"), "version": version or "",
        "picture_url": f"{look.url('journey_export')}?format=svg"
        + (f"&version={version}" if version else ""),
    }  # fmt: skip


def journey_bring(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Send a changed sheet: first what it would change, then, when told so, one edit of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_read_inside(actor))
    look = look_at(request, code, "journey_bring")
    require(may_edit(look.actor, look.journey))
    context = {**head_context(look), "form": SheetForm(), "versions": [],
               "export_url": look.url("journey_export")}  # fmt: skip
    if request.method != "POST":
        return render(request, "journeys_files/journey_bring.html", context)
    try:
        if "kept" in request.POST:
            return _keep(request, look, context)
        tried = _try(request, look)
    except (BadInput, FileRefused) as error:
        said = " ".join(map(str, error.fields.values())) if isinstance(error, BadInput) else ""
        context["refused"] = f"{said} {_('Nothing was changed.')}" if said else error.message
        return render(request, "journeys_files/journey_bring.html", context, status=422)
    if isinstance(tried, SheetForm):
        context["form"] = tried
        return render(request, "journeys_files/journey_bring.html", context, status=422)
    return render(request, "journeys_files/journey_bring_try.html", context | _told(tried))


def _try(request: HttpRequest, look: Look) -> Tried | SheetForm:
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return form
    sent = form.cleaned_data["file"]
    return try_sheet(look.journey, sent.read(), sent.name, by=look.actor)


def _keep(request: HttpRequest, look: Look, context: dict[str, Any]) -> HttpResponse:
    kept, edits = request.POST["kept"], request.POST.get("edits", "")
    try:
        tried = keep_sheet(
            look.journey, kept, int(edits) if edits.isdecimal() and len(edits) < 16 else -1,
            by=look.actor,
        )  # fmt: skip
    except Refused as error:
        again = try_again(look.journey, kept, by=look.actor)
        context |= {**_told(again), "refused": error.message}
        return render(request, "journeys_files/journey_bring_try.html", context, status=409)
    n = len(tried.changes)
    words = ngettext(
        "%(n)d change is kept. You can undo it in the editor.",
        "%(n)d changes are kept. You can undo them all at once in the editor.", n,
    )  # fmt: skip
    messages.success(request, words % {"n": n})
    return redirect(look.url("journey_detail"))


def _told(tried: Tried) -> dict[str, Any]:
    return {
        "tried": tried, "changes": [_line(one) for one in tried.changes[:MOST_SHOWN]],
        "more": max(len(tried.changes) - MOST_SHOWN, 0), "n": len(tried.changes),
        "troubles": tried.troubles[:MOST_SHOWN], "trouble_n": len(tried.troubles),
        "unknown": ", ".join(tried.unknown), "rows": tried.laid.rows,
    }  # fmt: skip


def _line(one: Told) -> dict[str, Any]:
    result, drawing, word = HOW[one.how]
    before, after = _shown(one.what, one.before), _shown(one.what, one.after)
    if one.how == "changed" and before and after:
        before, after = before_and_after(before, after)
    return {
        "where": _where(one), "what": what_words(one.what),
        "result": result, "sign": drawing, "word": word, "before": before, "after": after,
        "lang": one.lang if one.lang != page_language() else "",
    }  # fmt: skip


def _where(one: Told) -> str:
    lang = page_language()
    if one.step is not None:
        place = f"{one.step.place} " if one.how != "new" or one.step.number else ""
        return f"{place}{one.step.title(lang)}"
    return one.stage.name.reading(lang).text if one.stage is not None else _("The whole journey")


def _shown(what: str, text: str) -> str:
    """A value of a field as people write it."""
    if not text:
        return ""
    if what.startswith("emotion_"):
        return signed(int(text))
    if what in {"expected_wait", "duration"}:
        return duration_words(text)
    return text
