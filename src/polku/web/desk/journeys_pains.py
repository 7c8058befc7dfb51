"""Where a journey hurts: the list of it, what each pain rests on, and what becomes of it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polku.journeys.documents import JourneyDoc, PainDoc, StepDoc, read_document
from polku.journeys.models import PainPoint
from polku.journeys.models.journeys import Evidence
from polku.journeys.operations import add_pain, decide_pain, remove_pain, write_pain
from polku.journeys.pains import find_pain
from polku.kernel.answers import BadInput, Conflict, NotFound, require
from polku.kernel.links import ties_of
from polku.kernel.policy import may_create
from polku.people.entities import INSIGHT
from polku.people.operations import add_evidence
from polku.web.desk.journeys_beside import (
    beside,
    blame,
    context_for,
    opened,
    show_theirs,
    started_from,
)
from polku.web.desk.moves_forms import DayField
from polku.web.desk.objects import ObjectPage
from polku.web.desk.personas import EvidenceForm
from polku.web.desk.values import link_html
from polku.web.journey_steps import step_words
from polku.web.readings import page_language

SEVERITY = [("", gettext_lazy("not said")), ("1", gettext_lazy("1, a nuisance")),
            ("2", "2"), ("3", "3"), ("4", "4"),
            ("5", gettext_lazy("5, people leave"))]  # fmt: skip
RESULTS = {"open": "unknown", "mend": "planned", "accepted": "plain", "mended": "good"}


class PainForm(forms.Form):
    """What hurts, where, how badly, and how we know."""

    text = forms.CharField(
        label=gettext_lazy("What hurts"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        show_hidden_initial=True,
        error_messages={"required": gettext_lazy("Say in a sentence what hurts.")},
    )  # fmt: skip
    step = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    touchpoint = forms.ChoiceField(label=gettext_lazy("At which meeting point"), required=False)
    severity = forms.ChoiceField(
        label=gettext_lazy("How bad, 1 to 5"), choices=SEVERITY, required=False
    )
    evidence = forms.ChoiceField(
        label=gettext_lazy("On what it rests"), choices=Evidence.choices, initial="assumed"
    )
    evidence_n = forms.IntegerField(
        label=gettext_lazy("How often it was seen"), required=False, min_value=0,
        max_value=10_000_000,
    )  # fmt: skip
    evidence_on = DayField(label=gettext_lazy("When"))


class DecideForm(forms.Form):
    """What becomes of it, and why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"), choices=PainPoint.Decision.choices
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Asked for where we accept it as it is."),
    )  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One pain point as the list shows it."""

    pain: PainDoc
    url: str
    result: str
    decision: str
    evidence: str


@dataclass(frozen=True)
class Group:
    """What hurts at one step, the worst first."""

    title: str
    pains: list[Shown]


@require_http_methods(["GET", "HEAD", "POST"])
def journey_pains(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """All of it, step by step; one more is written below. ``?step=`` chooses the step."""
    page = opened(request, code)
    doc = read_document(page.actor, page.obj)
    form = _form(doc, request.POST or None, {"step": request.GET.get("step", "")})
    if request.method == "POST":
        require(page.may_change)
        if form.is_valid() and (made := _add(page, form)):
            messages.success(request, _("Written down as %(code)s.") % {"code": made.code})
            return redirect(beside(page, "journey_pain", number=made.number))
    context = context_for(
        page, "journey_pains", form=form, groups=_groups(page, doc),
        n=len(doc.all_pains), undecided=sum(p.decision == "open" for p in doc.all_pains),
        guessed=sum(p.evidence == "assumed" for p in doc.all_pains),
    )  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "journeys_beside/journey_pains.html", context, status=status)


def _groups(page: ObjectPage, doc: JourneyDoc) -> list[Group]:
    found = [Group(step_words(step), _shown(page, step.pains)) for step in doc.steps if step.pains]
    whole = _shown(page, doc.pains)
    return [*found, *([Group(_("All along the way"), whole)] if whole else [])]


def _shown(page: ObjectPage, pains: tuple[PainDoc, ...]) -> list[Shown]:
    decisions, grounds = dict(PainPoint.Decision.choices), dict(Evidence.choices)
    return [
        Shown(
            pain, beside(page, "journey_pain", number=pain.number), RESULTS[pain.decision],
            str(decisions[pain.decision]), str(grounds[pain.evidence]),
        )
        for pain in sorted(pains, key=lambda row: -(row.severity or 0))
    ]  # fmt: skip


def _form(doc: JourneyDoc, data: Any, now: dict[str, Any]) -> PainForm:
    form = PainForm(data, initial=now)
    fields: dict[str, Any] = form.fields
    fields["step"].choices = [("", _("all along the way")), *(
        (str(step.number), step_words(step)) for step in doc.steps
    )]  # fmt: skip
    fields["touchpoint"].choices = [("", _("none in particular")), *_points(doc)]
    return form


def _points(doc: JourneyDoc) -> list[tuple[str, str]]:
    lang = page_language()
    rows = (point for step in doc.steps for point in step.touchpoints)
    return list({point.code: (point.code, point.name.reading(lang).text) for point in rows}
                .values())  # fmt: skip


def _values(form: PainForm, doc: JourneyDoc) -> tuple[dict[str, Any], StepDoc | None]:
    given = dict(form.cleaned_data)
    number = given.pop("step")
    step = doc.step(int(number)) if number else None
    given["severity"] = int(given["severity"]) if given["severity"] else None
    return given, step


def _add(page: ObjectPage, form: PainForm) -> PainPoint | None:
    values, step = _values(form, read_document(page.actor, page.obj))
    try:
        return add_pain(page.obj, step_id=step.id if step else None, values=values, by=page.actor)
    except BadInput as error:
        blame(form, error)
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def journey_pain(request: HttpRequest, workspace: str, code: str, number: int) -> HttpResponse:
    """One pain point: changed, decided about, and put on evidence; three forms of one page."""
    page = opened(request, code)
    doc = read_document(page.actor, page.obj)
    pain, step = _find(doc, number)
    forms_of = _forms(page, doc, pain, step)
    if request.method == "POST":
        require(page.may_change)
        done = _act(request, page, doc, pain, forms_of)
        if done:
            messages.success(request, done)
            return redirect(beside(page, "journey_pain", number=number))
    row = find_pain(page.actor, page.obj, number)
    context = context_for(
        page, "journey_pains", pain=pain, shown=_shown(page, (pain,))[0],
        step=step_words(step) if step else _("All along the way"), row=row,
        rests_on=_rests_on(page, row), may_learn=may_create(page.actor, INSIGHT), **forms_of,
    )  # fmt: skip
    bad = any(form.errors for form in (*forms_of.values(),) if form.is_bound)
    status = 422 if bad else 200
    return render(request, "journeys_beside/journey_pain.html", context, status=status)


def _forms(
    page: ObjectPage, doc: JourneyDoc, pain: PainDoc, step: StepDoc | None
) -> dict[str, Any]:
    request, lang = page.request, page.actor.lang_for_writing
    sent = request.POST if request.method == "POST" else None
    which = request.POST.get("do", "")
    now = {
        "text": pain.text.reading(lang).text, "severity": pain.severity or "",
        "step": str(step.number) if step else "", "evidence": pain.evidence,
        "touchpoint": pain.touchpoint.code if pain.touchpoint else "",
        "evidence_n": pain.evidence_n, "evidence_on": pain.evidence_on,
    }  # fmt: skip
    decided = {"decision": pain.decision, "reason": pain.decision_reason}
    return {
        "form": _form(doc, sent if which == "change" else None, now),
        "decide_form": DecideForm(sent if which == "decide" else None, initial=decided),
        "learn_form": EvidenceForm(sent if which == "learn" else None),
    }


def _find(doc: JourneyDoc, number: int) -> tuple[PainDoc, StepDoc | None]:
    for step in doc.steps:
        for pain in step.pains:
            if pain.number == number:
                return pain, step
    found = next((pain for pain in doc.pains if pain.number == number), None)
    if found is None:
        raise NotFound
    return found, None


def _act(
    request: HttpRequest, page: ObjectPage, doc: JourneyDoc, pain: PainDoc, forms_of: Any
) -> str:
    """Do what was asked; the sentence to say, or nothing when the form needs another look."""
    names = {"change": "form", "decide": "decide_form", "learn": "learn_form"}
    which = request.POST.get("do", "")
    form = forms_of.get(names.get(which, ""))
    if form is None or not form.is_valid():
        return ""
    try:
        if which == "decide":
            given = form.cleaned_data
            decide_pain(page.obj, pain.id, given["decision"], reason=given["reason"], by=page.actor)
            return _("Decided.")
        if which == "learn":
            given = {k: v for k, v in form.cleaned_data.items() if v not in ("", None)}
            row = find_pain(page.actor, page.obj, pain.number)
            made = add_evidence(row, given, by=page.actor)
            return _("Written down as %(code)s, and tied.") % {"code": made.code}
        _write(page, doc, pain, form)
    except BadInput as error:
        blame(form, error)
        return ""
    except Conflict as error:
        show_theirs(form, error)
        return ""
    return _("Saved.")


def _write(page: ObjectPage, doc: JourneyDoc, pain: PainDoc, form: PainForm) -> None:
    values, step = _values(form, doc)
    base = None
    if "text" not in form.changed_data:
        del values["text"]
    elif (began := started_from(form, "text")) is not None:
        # Where it stood in another language only, nothing stood here
        base = {"text": began if pain.text.text(page.actor.lang_for_writing) else ""}
    values["step"] = step.id if step else None
    write_pain(page.obj, pain.id, values, by=page.actor, base=base)


def _rests_on(page: ObjectPage, row: PainPoint) -> list[tuple[SafeString, str, Any]]:
    return [
        (link_html(tie.other, page.actor.workspace), tie.thread, tie.other)
        for tie in ties_of(page.actor, row) if tie.kind.code == "L34"
    ]  # fmt: skip


@require_POST
def journey_pain_remove(
    request: HttpRequest, workspace: str, code: str, number: int
) -> HttpResponse:
    """Take a pain point out; an undo brings it back."""
    page = opened(request, code)
    pain, _step = _find(read_document(page.actor, page.obj), number)
    remove_pain(page.obj, pain.id, by=page.actor)
    messages.success(request, _("Taken out. Undo on the map brings it back."))
    return redirect(beside(page, "journey_pains"))
