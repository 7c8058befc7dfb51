"""What was said at the steps of a journey: reading, answering, saying something oneself."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polku.journeys.conversations import comments_of, find_comment
from polku.journeys.documents import StepDoc, read_document
from polku.journeys.lanes import BY_KEY
from polku.journeys.models import CellComment
from polku.journeys.operations.comments import answer_comment, comment, reopen_comment
from polku.journeys.policy import may_comment
from polku.kernel.answers import BadInput, require
from polku.web.desk.journeys_beside import (
    all_lanes,
    beside,
    blame,
    context_for,
    opened,
)
from polku.web.desk.objects import ObjectPage
from polku.web.journey_steps import step_words


class SayForm(forms.Form):
    """Something about a row at a step."""

    step = forms.TypedChoiceField(label=gettext_lazy("At which step"), coerce=int)
    row = forms.ChoiceField(label=gettext_lazy("About"))
    text = forms.CharField(
        label=gettext_lazy("What you want to say"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write what you want to say.")},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What the team says to it, if anything."""

    answer = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("A guest reads it at their link."),
    )  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One comment as it is read: who said it, at which row, and what became of it."""

    row: CellComment
    who: str
    about: str
    answered_by: str
    form: AnswerForm

    @property
    def by_link(self) -> bool:
        """Whether a guest said it."""
        return self.row.author_id is None


@dataclass(frozen=True)
class Group:
    """What was said at one step."""

    title: str
    number: int
    said: list[Said]


@require_http_methods(["GET", "HEAD", "POST"])
def journey_comments(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """What was said, step by step, what waits first; ``?step=5&row=frontstage`` begins a comment
    there."""
    page = opened(request, code)
    doc = read_document(page.actor, page.obj)
    form = _form(page, doc.steps, request)
    if request.method == "POST":
        require(may_comment(page.actor))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            comment(page.obj, given["step"], given["row"], given["text"], by=page.actor)
        except BadInput as error:
            blame(form, error)
        else:
            messages.success(request, _("Said. It stands at its step."))
            return redirect(f"{beside(page, 'journey_comments')}#step-{given['step']}")
    found = comments_of(page.actor, page.obj)
    waiting = [row for row in found if row.resolved_at is None]
    done = [row for row in found if row.resolved_at is not None]
    context = context_for(
        page, "journey_comments", form=form, groups=_groups(page, doc.steps, waiting),
        done=_groups(page, doc.steps, done), n=len(waiting), may_say=may_comment(page.actor),
    )  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "journeys_beside/journey_comments.html", context, status=status)


def _form(page: ObjectPage, steps: tuple[StepDoc, ...], request: HttpRequest) -> SayForm:
    asked = {"step": request.GET.get("step", ""), "row": request.GET.get("row", "frontstage")}
    form = SayForm(request.POST or None, initial=asked)
    fields: dict[str, Any] = form.fields
    fields["step"].choices = [(step.number, step_words(step)) for step in steps]
    fields["row"].choices = all_lanes(page.actor)
    return form


def _groups(page: ObjectPage, steps: tuple[StepDoc, ...], rows: list[CellComment]) -> list[Group]:
    """By step, in order; what was said at a step taken out stands at the end."""
    there = {step.number: step_words(step) for step in steps}
    order = [*there, *sorted({row.step.number for row in rows} - there.keys())]
    found = []
    for number in order:
        said = [_said(page, row) for row in rows if row.step.number == number]
        if said:
            title = there.get(number) or _("A step that was taken out")
            found.append(Group(title, number, said))
    return found


def _said(page: ObjectPage, row: CellComment) -> Said:
    lane = BY_KEY.get(row.row)
    who = str(row.author) if row.author else row.author_name or _("Somebody with the link")
    return Said(
        row, who, lane.name(page.actor.vocabulary) if lane else row.row,
        str(row.resolved_by) if row.resolved_by else "",
        AnswerForm(initial={"answer": row.answer}, auto_id=f"answer-{row.pk}-%s"),
    )  # fmt: skip


@require_POST
def journey_comment_answer(
    request: HttpRequest, workspace: str, code: str, number: int
) -> HttpResponse:
    """Be done with a comment, with an answer or without."""
    page = opened(request, code)
    said = find_comment(page.actor, page.obj, number)
    words = request.POST.get("answer", "")
    answer_comment(said, text=words, by=page.actor)
    done = _("Answered.") if words.strip() else _("Done with it.")
    messages.success(request, done)
    return redirect(f"{beside(page, 'journey_comments')}#said-{number}")


@require_POST
def journey_comment_reopen(
    request: HttpRequest, workspace: str, code: str, number: int
) -> HttpResponse:
    """It is not done after all."""
    page = opened(request, code)
    reopen_comment(find_comment(page.actor, page.obj, number), by=page.actor)
    messages.success(request, _("It waits again."))
    return redirect(f"{beside(page, 'journey_comments')}#said-{number}")
