"""The first steps of an import: choose a file, answer what is unclear about it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from polku.examples.files import DANCE_SCHOOL, example_file
from polku.exchange.choosing import (
    choose_mapping,
    date_questions,
    needs_answers,
    options_of,
    other_delimiters,
    other_encodings,
)
from polku.exchange.operations.claiming import is_interrupted
from polku.exchange.operations.uploads import (
    BEFORE_SAVING,
    drop_upload,
    keep_upload,
    note_choices,
    note_refusal,
    open_upload,
    try_import,
)
from polku.exchange.queries import get_import, visible_imports
from polku.exchange.spreadsheet.refusals import FileRefused
from polku.kernel.actor import Actor
from polku.kernel.answers import require
from polku.kernel.models import ImportRun
from polku.kernel.policy import may_import
from polku.web.desk.importing_words import DELIMITERS, ENCODINGS

RECENT = 10
# With another character set or without quotation marks these files can still be read.
READABLE_OTHERWISE = frozenset({"wrong-encoding", "cell-too-long", "not-a-table"})


class UploadForm(forms.Form):
    """A file to bring in."""

    file = forms.FileField(
        label=gettext_lazy("Choose your spreadsheet"),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("The file is empty. Choose the file that holds your table."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
    )


def importer(request: HttpRequest) -> Actor:
    """The actor, if they may import; NotAllowed with the reason otherwise."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_import(actor))
    return actor


def import_start(request: HttpRequest, workspace: str) -> HttpResponse:
    """Choose a file, or go back to an import that was begun."""
    actor = importer(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    refused = ""
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            sent = form.cleaned_data["file"]
            try:
                return arrived(request, keep_upload(sent.chunks(), sent.name, by=actor))
            except FileRefused as error:
                refused = error.message
    recent = visible_imports(actor)[:RECENT]
    context = {
        "form": form, "refused": refused,
        "recent": [{"run": run, "url": page_of(run), "stopped": is_interrupted(run)}
                   for run in recent],
    }  # fmt: skip
    status = 422 if refused or form.errors else 200
    return render(request, "imports/import_start.html", context, status=status)


def arrived(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """From a kept file to its first page: questions, if there are any, else the dry run."""
    actor = importer(request)
    try:
        book, found = choose_mapping(run, actor)
        if needs_answers(run, found.mapping, book):
            return redirect(_url("import_questions", run))
        note_choices(run, {"origin": found.origin, "origin_name": found.name}, by=actor)
        try_import(run, found.mapping, by=actor, file_wins=bool(run.mapping.get("file_wins")))
    except FileRefused as error:
        note_refusal(run, error.message, by=actor)
        if error.code in READABLE_OTHERWISE and _is_text(run):
            return redirect(_url("import_questions", run))
        messages.error(request, f"{run.file_name}: {error.message}")
        return redirect(reverse("import_start", kwargs={"workspace": actor.workspace.slug}))
    return redirect(_url("import_try", run))


def _is_text(run: ImportRun) -> bool:
    return run.file_name.lower().endswith((".csv", ".tsv", ".txt"))


def _url(name: str, run: ImportRun) -> str:
    return reverse(name, kwargs={"workspace": run.workspace.slug, "number": run.pk})


def page_of(run: ImportRun) -> str:
    """Where an import stands now, as an address."""
    state = ImportRun.State(run.state)
    if state in (ImportRun.State.UPLOADED, ImportRun.State.REFUSED):
        return _url("import_questions", run)
    if state is ImportRun.State.TRIED:
        return _url("import_try", run)
    if state in (ImportRun.State.RUNNING, ImportRun.State.INTERRUPTED):
        return _url("import_progress", run)
    return _url("import_done", run)


def import_questions(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """How the file is to be read: letters, columns, rows that don't fit, order of days."""
    actor = importer(request)
    run = get_import(actor, number)
    if run.state not in BEFORE_SAVING:
        return redirect(page_of(run))
    if request.method == "POST":
        if "drop" in request.POST:
            drop_upload(run, by=actor)
            return redirect(reverse("import_start", kwargs={"workspace": actor.workspace.slug}))
        note_choices(run, {"reading": _said(request, run)}, by=actor)
        return arrived(request, run)
    try:
        book, found = choose_mapping(run, actor)
    except FileRefused as error:
        context = {"run": run, "refused": error.message, "encodings": _unread(run)}
        return render(request, "imports/import_questions.html", context)
    context = {
        "run": run, "book": book, "questions": book.questions,
        "dates": date_questions(found.mapping, book),
        # Lines of plain letters read alike in every character set: nothing to choose there.
        "encodings": _encodings(run, book) if book.samples else [],
        "delimiters": _delimiters(run, book) if book.delimiter else [],
        "sheets": book.sheets,
    }  # fmt: skip
    return render(request, "imports/import_questions.html", context)


def _said(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """Answers so far with those just given; another reading makes the others void."""
    said: dict[str, Any] = {**run.mapping.get("reading", {})}
    for name, known in (("encoding", ENCODINGS), ("delimiter", DELIMITERS)):
        if (answer := str(request.POST.get(name, ""))) in known:
            said = {"encoding": said.get("encoding"), "delimiter": said.get("delimiter")}
            said[name] = answer
            return said
    for key, value in _answers(request):
        what, _bar, where = key.partition(":")
        if what == "extra" and value in ("join", "columns", "shift"):
            said["extra"] = {**said.get("extra", {}), where: value}
        elif what == "date" and value in ("dmy", "mdy"):
            said["dates"] = {**said.get("dates", {}), where: value}
        elif what == "header" and value.isdecimal() and 0 < int(value) <= 1000:
            said["header_rows"] = {**said.get("header_rows", {}), where: int(value)}
    # An answer, even one that changes nothing, says that the reading is right.
    return {**said, "asked": True}


def _answers(request: HttpRequest) -> list[tuple[str, str]]:
    return [(key, str(value)) for key, value in request.POST.items()]


def _encodings(run: ImportRun, book: Any) -> list[dict[str, Any]]:
    return [
        {"name": ENCODINGS[reading.value], "reading": reading}
        for reading in other_encodings(run, book)
    ]


def _unread(run: ImportRun) -> list[dict[str, Any]]:
    """Character sets in which a file can be read that could not be read as it was guessed."""
    found = []
    for code, name in ENCODINGS.items():
        try:
            options = options_of(run)
            book = open_upload(run, type(options)(code, options.delimiter))
        except FileRefused:
            continue
        samples = [sample[:160] for sample in book.samples]
        found.append({"name": name, "reading": {"value": code, "samples": samples}})
    return found


def _delimiters(run: ImportRun, book: Any) -> list[dict[str, Any]]:
    found = [
        {"name": DELIMITERS[reading.value], "reading": reading}
        for reading in other_delimiters(run, book)
    ]
    return found if len(found) > 1 else []


@require_GET
def import_example(request: HttpRequest, workspace: str) -> HttpResponse:
    """A small file to try with."""
    importer(request)
    headers = {"Content-Disposition": f'attachment; filename="{DANCE_SCHOOL}"'}
    return HttpResponse(example_file(), content_type="text/csv; charset=utf-8", headers=headers)


def import_example_try(request: HttpRequest, workspace: str) -> HttpResponse:
    """Try an import with the example file at once."""
    actor = importer(request)
    if request.method != "POST":
        return redirect(reverse("import_start", kwargs={"workspace": actor.workspace.slug}))
    return arrived(request, keep_upload([example_file()], DANCE_SCHOOL, by=actor))
