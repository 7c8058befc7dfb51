"""Touchpoint analysis: the talks along a journey, meeting point by meeting point (tools.md T7)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from polku.journeys.models import InterviewAnswer, JourneyInterview, Touchpoint
from polku.journeys.operations.interviews import (
    QUESTIONS,
    RESULTS,
    note_interview,
    say_like_whom,
    take_back_consent,
    write_answers,
    write_reading,
)
from polku.journeys.people import typical_customers
from polku.journeys.talks import FEWEST, MOST, Analysis, PointRead, analysis, find_talk
from polku.kernel.actor import party_of
from polku.kernel.answers import BadInput, Conflict, NotFound, require
from polku.kernel.clock import today_in
from polku.kernel.queries import visible
from polku.people.models import Persona
from polku.web.desk.journeys_beside import beside, blame, context_for, opened
from polku.web.desk.moves_forms import DayField
from polku.web.desk.objects import ObjectPage
from polku.web.desk.values import title_text, title_value
from polku.web.journey_steps import step_words
from polku.web.readings import page_language, plain_reading

LIKE_WHOM = gettext_lazy("Which typical customer are they like?")


class LikeForm(forms.Form):
    """Which typical customer somebody is like."""

    persona = forms.ChoiceField(label=LIKE_WHOM, required=False)

    def __init__(self, people: Sequence[Persona], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["persona"]
        self.people = {row.code: row for row in people}
        field.choices = [("", _("not said")), *((code, title_text(row))
                         for code, row in self.people.items())]  # fmt: skip

    @property
    def chosen(self) -> Persona | None:
        """Who was chosen."""
        return self.people.get(self.cleaned_data["persona"])


class TalkForm(LikeForm):
    """With whom, when, and that they said yes."""

    who = forms.CharField(
        label=gettext_lazy("Who, in a word or two, without a name"), max_length=80,
        help_text=gettext_lazy("As “mother of two, Sunday”."),
        error_messages={"required": gettext_lazy("Say in a word or two who it is, without a "
                                                 "name.")},
    )  # fmt: skip
    held_on = DayField(label=gettext_lazy("When"))
    persona = forms.ChoiceField(label=LIKE_WHOM, required=False)
    consent = forms.BooleanField(
        label=gettext_lazy("They said yes to our keeping what they say"),
        required=True,
        help_text=gettext_lazy("They may take it back at any time; then every word goes."),
        error_messages={
            "required": gettext_lazy("Ask them first. Without their yes nothing is kept.")
        },
    )


class AnswersForm(forms.Form):
    """The six questions at one meeting point."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in QUESTIONS:
            label = InterviewAnswer._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip


class ResultForm(forms.Form):
    """What the talks come to at one meeting point."""

    in_short = forms.CharField(
        label=gettext_lazy("In short"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    problems = forms.CharField(
        label=gettext_lazy("Problems"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    missing = forms.CharField(
        label=gettext_lazy("What is missing here"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def journey_analysis(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The way with its meeting points and what the talks come to; a new talk begins here."""
    page = opened(request, code)
    people = typical_customers(page.actor)
    initial = {"held_on": today_in(page.actor.workspace)}
    form = TalkForm(people, request.POST or None, initial=initial)
    found = analysis(page.actor, page.obj)
    if request.method == "POST":
        require(page.may_change)
        if form.is_valid() and (talk := _begin(page, form)):
            first = next((row.point.code for row in found.points), "")
            return redirect(_talk_url(page, talk.number, first))
    context = context_for(
        page, "journey_analysis", found=found, form=form, rows=_steps(found),
        enough=_enough(len(found.talks)),
        talks=[_talk(page, found, row, people) for row in found.talks],
        guide_url=beside(page, "journey_guide"), strips_url=beside(page, "journey_strips"),
    )  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "journeys_beside/journey_analysis.html", context, status=status)


def _begin(page: ObjectPage, form: TalkForm) -> JourneyInterview | None:
    given = form.cleaned_data
    try:
        return note_interview(
            page.obj, who=given["who"], held_on=given["held_on"], consent=given["consent"],
            held_by=party_of(page.actor), persona=form.chosen, by=page.actor,
        )  # fmt: skip
    except BadInput as error:
        blame(form, error)
        return None


def _enough(n: int) -> str:
    if n < FEWEST:
        return _("Three to five talks show what hurts; one person may be an exception.")
    return _("Enough: more talks say the same again.") if n >= MOST else ""


def _talk(
    page: ObjectPage, found: Analysis, talk: JourneyInterview, people: Sequence[Persona]
) -> dict[str, Any]:
    met = [row for row in _once(found) if talk.number in row.answers]
    first = next((row.point.code for row in found.points), "")
    like = next((row for row in people if row.pk == talk.persona_id), None)
    form = LikeForm(people, initial={"persona": like.code if like else ""},
                    prefix=f"talk-{talk.number}")  # fmt: skip
    return {"talk": talk, "n": len(met), "of": len(_once(found)),
            "like": title_value(like) if like else "", "form": form if people else None,
            "url": _talk_url(page, talk.number, first) if first else ""}  # fmt: skip


def _once(found: Analysis) -> list[PointRead]:
    """Each meeting point once, where it is met first."""
    return list({row.point.code: row for row in reversed(found.points)}.values())[::-1]


def _steps(found: Analysis) -> list[dict[str, Any]]:
    """By step: its meeting points."""
    rows: dict[int, dict[str, Any]] = {}
    steps = {step.place: step for step in (*[p.step for p in found.points], *found.bare)}
    for place in sorted(steps):
        rows[place] = {"words": step_words(steps[place]), "points": []}
    for point in found.points:
        rows[point.step.place]["points"].append(point)
    return list(rows.values())


def _talk_url(page: ObjectPage, number: int, point: str) -> str:
    if not point:
        return beside(page, "journey_analysis")
    return beside(page, "journey_talk", number=number, point=point)


@require_http_methods(["GET", "HEAD", "POST"])
def journey_talk(
    request: HttpRequest, workspace: str, code: str, number: int, point: str
) -> HttpResponse:
    """One talk at one meeting point: six questions, then on to the next one."""
    page = opened(request, code)
    require(page.may_change)
    talk = find_talk(page.actor, page.obj, number)
    found = analysis(page.actor, page.obj)
    here = _point(found, point)
    answer = here.answers.get(talk.number)
    now = {name: getattr(answer, name) for name in QUESTIONS} if answer else {}
    form = AnswersForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            write_answers(talk, _touchpoint(page, point), form.cleaned_data, by=page.actor)
        except BadInput as error:
            blame(form, error)
        else:
            return redirect(_after(page, found, talk, point, request))
    before, after = _neighbours(found, point)
    context = context_for(
        page, "journey_analysis", talk=talk, here=here, form=form, n=_place(found, point),
        of=len(_once(found)), before=before and _talk_url(page, number, before),
        after=after and _talk_url(page, number, after),
        step=step_words(here.step),
    )  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "journeys_beside/journey_talk.html", context, status=status)


def _after(
    page: ObjectPage, found: Analysis, talk: JourneyInterview, point: str, request: HttpRequest
) -> str:
    _before, after = _neighbours(found, point)
    if after and "onward" in request.POST:
        return _talk_url(page, talk.number, after)
    messages.success(request, _("Kept."))
    return beside(page, "journey_analysis")


def _neighbours(found: Analysis, point: str) -> tuple[str, str]:
    codes = [row.point.code for row in _once(found)]
    place = codes.index(point)
    before = codes[place - 1] if place else ""
    return before, codes[place + 1] if place + 1 < len(codes) else ""


def _place(found: Analysis, point: str) -> int:
    return [row.point.code for row in _once(found)].index(point) + 1


def _point(found: Analysis, code: str) -> PointRead:
    if code not in found.by_code:
        raise Http404
    return found.by_code[code]


def _touchpoint(page: ObjectPage, code: str) -> Touchpoint:
    point: Touchpoint = visible(page.actor, Touchpoint).get_or_404(code)
    return point


@require_POST
def journey_talk_like(request: HttpRequest, workspace: str, code: str, number: int) -> HttpResponse:
    """Say which typical customer the one who talked is like."""
    page = opened(request, code)
    talk = find_talk(page.actor, page.obj, number)
    form = LikeForm(typical_customers(page.actor), request.POST, prefix=f"talk-{number}")
    if not form.is_valid():
        raise NotFound
    say_like_whom(talk, form.chosen, by=page.actor)
    messages.success(request, _("Saved."))
    return redirect(beside(page, "journey_analysis"))


@require_POST
def journey_talk_forget(
    request: HttpRequest, workspace: str, code: str, number: int
) -> HttpResponse:
    """They took their yes back: every word of the talk goes."""
    page = opened(request, code)
    take_back_consent(find_talk(page.actor, page.obj, number), by=page.actor)
    messages.success(request, _("Every word of that talk is gone. That there was one is counted."))
    return redirect(beside(page, "journey_analysis"))


@require_http_methods(["GET", "HEAD", "POST"])
def journey_point(request: HttpRequest, workspace: str, code: str, point: str) -> HttpResponse:
    """One meeting point: the six questions down, the talks beside each other, and the result."""
    page = opened(request, code)
    found = analysis(page.actor, page.obj)
    here = _point(found, point)
    lang = page.actor.lang_for_writing
    now = {name: getattr(here.reading, name).text(lang) if here.reading else ""
           for name in RESULTS}  # fmt: skip
    form, clash = ResultForm(request.POST or None, initial=now), None
    if request.method == "POST":
        require(page.may_change)
        if form.is_valid():
            base = {name: request.POST.get(f"base-{name}", now[name]) for name in RESULTS}
            try:
                write_reading(page.obj, _touchpoint(page, point), form.cleaned_data,
                              by=page.actor, base=base, lang=lang)  # fmt: skip
            except BadInput as error:
                blame(form, error)
            except Conflict as error:
                clash = error.fields
            else:
                messages.success(request, _("Kept."))
                return redirect(beside(page, "journey_point", point=point))
    context = context_for(
        page, "journey_analysis", here=here, form=form, step=step_words(here.step), bases=now,
        talks=found.talks, questions=_beside_each_other(found, here), lang=lang,
        other_language=lang != page_language(), clash=_clash(clash),
        point_name=plain_reading(here.point.name),
    )  # fmt: skip
    status = 409 if clash else 422 if form.errors else 200
    return render(request, "journeys_beside/journey_point.html", context, status=status)


def _clash(fields: Any) -> list[dict[str, str]]:
    labels = {name: str(ResultForm.base_fields[name].label) for name in RESULTS}
    return [{"label": labels[name], "theirs": both["theirs"], "mine": both["mine"]}
            for name, both in (fields or {}).items()]  # fmt: skip


def _beside_each_other(found: Analysis, here: PointRead) -> list[tuple[str, list[str]]]:
    """Each question with what each talk said to it."""
    rows = []
    for name in QUESTIONS:
        label = str(InterviewAnswer._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        said = [getattr(here.answers.get(talk.number), name, "") for talk in found.talks]
        rows.append((label, said))
    return rows


@require_GET
def journey_guide(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The guide of a talk, on paper: the six questions at every meeting point, with room."""
    page = opened(request, code)
    found = analysis(page.actor, page.obj)
    questions = [str(InterviewAnswer._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
                 for name in QUESTIONS]  # fmt: skip
    context = context_for(
        page, "journey_analysis", questions=questions,
        points=[(row, step_words(row.step)) for row in _once(found)],
    )  # fmt: skip
    return render(request, "journeys_beside/journey_guide.html", context)


@require_GET
def journey_strips(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Strips for the wall: one for each meeting point, the talks beside each other, the result."""
    page = opened(request, code)
    found = analysis(page.actor, page.obj)
    strips = [(row, step_words(row.step), _beside_each_other(found, row)) for row in _once(found)]
    context = context_for(page, "journey_analysis", strips=strips, talks=found.talks)
    return render(request, "journeys_beside/journey_strips.html", context)
