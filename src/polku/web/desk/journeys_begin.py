"""A new journey: from a ready-made one, from a table that is pasted or sent, or from nothing."""

import secrets
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.exchange.journeys.beginning import begin_journey
from polku.exchange.journeys.pasted_text import Understood, text_of_file, understand
from polku.exchange.journeys.pasting import CHOICES
from polku.exchange.journeys.pictures_left import told_left
from polku.exchange.journeys.reading import LIMITS
from polku.exchange.spreadsheet.refusals import FileRefused
from polku.journeys.document_shapes import JourneyDoc
from polku.journeys.entities import JOURNEY
from polku.journeys.models import Journey
from polku.journeys.patterns import PATTERNS, pattern
from polku.journeys.patterns.making import pattern_document
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotAllowed, PolkuError, Refused
from polku.kernel.idempotency import KeyReused
from polku.kernel.policy import may_create
from polku.kernel.queries import visible_kind
from polku.kernel.registry import entity
from polku.tenancy.translated import Translated
from polku.web.desk.addresses import list_url, object_url
from polku.web.desk.creating import added_already, made_once
from polku.web.desk.editing_controls import LANGUAGE_NAMES
from polku.web.desk.journeys_compare_words import what_words
from polku.web.desk.values import title_text
from polku.web.readings import page_language, plain_reading

TABLE = "table"
MOST_NAMED = 500
MOST_SHOWN = 40
KINDS = (
    (Journey.Kind.CURRENT, gettext_lazy("as it is today")),
    (Journey.Kind.DESIGNED, gettext_lazy("as it shall be")),
)
LANE_WORDS = {
    "pain": gettext_lazy("Where it hurts"), "step": gettext_lazy("Step: short name"),
    "goal": gettext_lazy("Stage: what the customer wants"), "stage": gettext_lazy("Stage"),
    "feeling_assumed": gettext_lazy("How we think it feels"),
    "feeling_target": gettext_lazy("How it shall feel"), "wait": gettext_lazy("Wait"),
}  # fmt: skip


class BeginForm(forms.Form):
    """What a new journey is called, of what and for whom it tells, and with what it begins."""

    name = forms.CharField(
        label=gettext_lazy("What is the way called, in the customer’s words?"), max_length=120,
        error_messages={"required": gettext_lazy("Give it a name, such as “I visit the museum”.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    lang = forms.ChoiceField(label=gettext_lazy("Written in"))
    kind = forms.ChoiceField(label=gettext_lazy("It tells the way"), choices=KINDS)
    service = forms.ChoiceField(label=gettext_lazy("Through which service"), required=False)
    people = forms.ChoiceField(label=gettext_lazy("Who walks it"), required=False)
    start = forms.ChoiceField(label=gettext_lazy("Begin with"), required=False)
    meeting_points = forms.BooleanField(
        label=gettext_lazy("Also put its meeting points into the library"), required=False
    )
    table = forms.CharField(
        label=gettext_lazy("Your table"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = forms.FileField(
        label=gettext_lazy("or a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["lang"].choices = [(c, LANGUAGE_NAMES.get(c, c)) for c in actor.workspace.languages]
        fields["service"].choices = _named(actor, "service_product")
        fields["people"].choices = _named(actor, "persona", "segment")
        fields["start"].choices = [(one.key, plain_reading(one.name)) for one in PATTERNS] + [
            (TABLE, _("a table"))
        ]
        if len(actor.workspace.languages) < 2:
            del fields["lang"]
        for name in ("service", "people"):
            if len(fields[name].choices) < 2:
                del fields[name]


def _named(actor: Actor, *kinds: str) -> list[tuple[str, str]]:
    found = [("", _("not said"))]
    for kind in kinds:
        row = entity(kind)
        if not row.feature or actor.workspace.has(row.feature):
            rows = visible_kind(actor, row).order_by("sort_title", "id")[:MOST_NAMED]
            found += [(one.code, title_text(one)) for one in rows]
    return found


@dataclass(frozen=True)
class Wanted:
    """What a valid form asks for."""

    name: Translated
    kind: str
    service: str
    people: str
    lang: str


def journey_create(request: HttpRequest, workspace: str, kind: str) -> HttpResponse:
    """Begin a journey. A table is shown first as it was understood, and made when one says so."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    answer = may_create(actor, JOURNEY)
    if not answer:
        raise NotAllowed(answer.reason)
    if request.method != "POST":
        start = request.GET.get("start", "")
        asked = {"start": start if start == TABLE or pattern(start) else PATTERNS[0].key,
                 "meeting_points": True, "kind": Journey.Kind.CURRENT,
                 "lang": actor.lang_for_writing,
                 "service": request.GET.get("service", "").upper()}  # fmt: skip
        return _page(request, actor, BeginForm(actor, initial=asked))
    form = BeginForm(actor, _completed(request, actor), request.FILES)
    if not form.is_valid():
        return _page(request, actor, form, status=422)
    try:
        return _begin(request, actor, form)
    except (BadInput, FileRefused, Refused) as error:
        return _page(request, actor, form, refused=_sentence(error), status=422)
    except KeyReused:
        return _page(request, actor, form, refused=added_already(), status=409)


def _completed(request: HttpRequest, actor: Actor) -> QueryDict:
    """What was sent, with the usual answers where a program left choices out."""
    sent = request.POST.copy()
    for name, usual in (("kind", Journey.Kind.CURRENT), ("lang", actor.lang_for_writing)):
        if not sent.get(name):
            sent[name] = usual
    return sent


def _sentence(error: PolkuError) -> str:
    if isinstance(error, BadInput):
        return " ".join(map(str, error.fields.values()))
    return error.message


def _begin(request: HttpRequest, actor: Actor, form: BeginForm) -> HttpResponse:
    said = form.cleaned_data
    lang = said.get("lang") or actor.lang_for_writing
    wanted = Wanted(
        Translated.of(said["name"], lang), said["kind"] or Journey.Kind.CURRENT,
        said.get("service", ""), said.get("people", ""), lang,
    )  # fmt: skip
    if said["start"] != TABLE:
        found = pattern(said["start"] or "blank") or PATTERNS[-1]
        doc = pattern_document(found, wanted.name, meeting_points=said["meeting_points"])
        return _made(request, actor, doc, wanted)
    text = said["table"]
    if said["file"] is not None:
        if said["file"].size > LIMITS.file_bytes:
            raise BadInput({"file": _("The file has more than 5 MB. Leave out pictures.")})
        text = text_of_file(said["file"].read(), said["file"].name)
    read = understand(text, wanted.name, by=actor, lanes=_lanes(request), lang=lang)
    if "make" in request.POST and said["file"] is None:
        for words in told_left(read.pictures_left):
            messages.warning(request, words)
        return _made(request, actor, read.doc, wanted)
    return _page(request, actor, form, preview=_preview(read, text))


def _lanes(request: HttpRequest) -> dict[int, str]:
    """What a person said that columns mean: ``lane-3=backstage``, empty for left out."""
    found = {}
    for name, lane in request.POST.items():
        place = name.removeprefix("lane-")
        if name.startswith("lane-") and place.isdecimal() and len(place) < 5:
            found[int(place)] = str(lane) if lane in CHOICES else ""
    return found


def _made(request: HttpRequest, actor: Actor, doc: JourneyDoc, wanted: Wanted) -> HttpResponse:
    """The new journey, made once however often the form arrives."""
    code = made_once(request, actor, JOURNEY.kind, lambda: _store(actor, doc, wanted))
    messages.success(request, _("The journey is begun. Every word of it can be changed."))
    return redirect(object_url(actor.workspace, JOURNEY, code))


def _store(actor: Actor, doc: JourneyDoc, wanted: Wanted) -> str:
    doc = JourneyDoc(**{**doc.__dict__, "name": wanted.name or doc.name, "kind": wanted.kind})
    journey = begin_journey(
        doc, by=actor, services=_found(actor, wanted.service, "service_product"),
        people=_found(actor, wanted.people, "persona", "segment"),
    )  # fmt: skip
    return str(journey.code)


def _found(actor: Actor, code: str, *kinds: str) -> list[Any]:
    for kind in kinds if code else ():
        found = visible_kind(actor, entity(kind)).filter(code=code).first()
        if found is not None:
            return [found]
    return []


def _preview(read: Understood, text: str) -> dict[str, Any]:
    """What the table would become, and how each of its columns was read."""
    columns = read.table.columns if read.table is not None else ()
    steps = [
        {"stage": stage.name.source_text, "place": step.place, "name": step.title(page_language()),
         "action": step.customer_action.source_text if step.name else "",
         "points": ", ".join(str(point.name) for point in step.touchpoints)}
        for stage in read.doc.stages for step in stage.steps
    ]  # fmt: skip
    return {
        "text": text, "steps": steps[:MOST_SHOWN], "n": len(steps),
        "more": max(len(steps) - MOST_SHOWN, 0), "stages": len(read.doc.stages),
        "troubles": [(t.row, lane_words(t.column) if read.table else t.column, t.message)
                     for t in read.troubles],
        "notes": read.notes,
        "columns": [
            {"name": f"lane-{n}", "heading": column.heading or _("(no heading)"),
             "example": column.example[:120], "left": column.is_left_out,
             "choices": [(lane, lane_words(lane), lane == column.lane) for lane in CHOICES]}
            for n, column in enumerate(columns)
        ],
        "left": [column.heading for column in columns if column.is_left_out],
    }  # fmt: skip


def lane_words(lane: str) -> str:
    """What a column can become, for people."""
    return str(LANE_WORDS.get(lane) or what_words(lane))


def _page(
    request: HttpRequest, actor: Actor, form: BeginForm, *, refused: str = "", status: int = 200,
    preview: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    chosen = form["start"].value() or PATTERNS[0].key
    context = {
        "entity": JOURNEY, "form": form, "refused": refused, "preview": preview,
        "list_url": list_url(actor.workspace, JOURNEY), "chosen": chosen,
        "patterns": [
            {"key": one.key, "name": one.name, "about": one.about, "chosen": one.key == chosen,
             "steps": [step.name for step in one.steps if step.name]}
            for one in PATTERNS
        ],
        "once": secrets.token_urlsafe(16), "is_table": chosen == TABLE,
    }  # fmt: skip
    return render(request, "journeys_files/journey_create.html", context, status=status)
