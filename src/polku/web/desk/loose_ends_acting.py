"""What one does with a loose end: leave it open on purpose, ask somebody, make something of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.insight.operations import (
    ask_about,
    may_turn,
    turn_into_decision,
    turn_into_wish,
)
from polku.insight.telling import sentence_of
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.entities import DECISION
from polku.kernel.loose_ends import dismiss, get_loose_end, may_dismiss, reopen
from polku.kernel.models import Decision, LooseEnd
from polku.kernel.queries import find
from polku.kernel.registry import entity_of, has_entity
from polku.people.queries.members import colleagues
from polku.portfolio.entities import REQUIREMENT
from polku.web.desk.addresses import object_url
from polku.web.desk.ends import lines
from polku.web.desk.moves_forms import DayField
from polku.web.desk.values import title_text

WISH = "requirement"


class DismissForm(forms.Form):
    """Why it may stay open, and until when."""

    reason = forms.CharField(
        label=gettext_lazy("Why may it stay open?"), max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("Until"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Without a day it comes back when the thing itself changes."),
    )  # fmt: skip


class AskForm(forms.Form):
    """Whom, and what."""

    person = forms.ChoiceField(label=gettext_lazy("Whom do you ask?"))
    words = forms.CharField(
        label=gettext_lazy("What do you want to know?"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class WishForm(forms.Form):
    """What is asked for."""

    statement = forms.CharField(
        label=gettext_lazy("What is asked for"), max_length=600,
        error_messages={"required": gettext_lazy("Write what is asked for.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class TurnedDecisionForm(forms.Form):
    """What was decided, why, and when to look again."""

    question = forms.CharField(
        label=gettext_lazy("What was decided, as a question"), max_length=300,
        error_messages={"required": gettext_lazy("Write what was decided, as a question.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"), choices=Decision.Outcome.choices, initial="yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=1200,
        error_messages={"required": gettext_lazy("Say why in a few words.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    look_again_on = DayField(
        label=gettext_lazy("Look again on"),
        help_text=gettext_lazy("Then it hangs loose again, if it still does."),
    )


def loose_end_dismiss(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """Ask why it may stay open, keep the answer."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    end = get_loose_end(actor, number)
    form = DismissForm(request.POST or None)
    answer = may_dismiss(actor, end)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            dismiss(end, by=actor, reason=given["reason"], until=given["until"])
        except (BadInput, Refused) as error:
            _tell(form, error)
        else:
            messages.success(request, _("Kept open on purpose, with your reason."))
            return redirect(_back(actor, end))
    context = {"form": form, "end": lines(actor, [end])[0], "answer": answer, "room": "home"}
    status = 422 if form.errors else 200
    return render(request, "loose_ends/loose_end_dismiss.html", context, status=status)


def loose_end_reopen(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """Take a dismissal back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    end = get_loose_end(actor, number)
    if request.method == "POST":
        reopen(end, by=actor)
        messages.success(request, _("It is open again."))
    return redirect(_back(actor, end))


def loose_end_ask(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """Mail a colleague a question about it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    end = get_loose_end(actor, number)
    if _object(actor, end) is None:
        raise NotFound
    people = colleagues(actor)
    choices = [(str(row.pk), str(row.user)) for row in people if row.pk != actor.membership_id]
    form = AskForm(request.POST or None, people=choices)
    if request.method == "POST" and form.is_valid():
        person = next(row for row in people if str(row.pk) == form.cleaned_data["person"])
        address = request.build_absolute_uri(_back(actor, end))
        try:
            ask_about(end, person, by=actor, words=form.cleaned_data["words"], address=address)
        except (BadInput, Refused) as error:
            _tell(form, error)
        else:
            messages.success(request, _("Asked. The question stands in the history too."))
            return redirect(_back(actor, end))
    context = {"form": form, "end": lines(actor, [end])[0], "room": "home", "alone": not choices}
    status = 422 if form.errors else 200
    return render(request, "loose_ends/loose_end_ask.html", context, status=status)


def loose_end_turn(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """Make a wish or a decision of it; ``into`` says which, two forms stand on the page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    end = get_loose_end(actor, number)
    obj = _object(actor, end)
    if obj is None:
        raise NotFound
    into = request.POST.get("into", "") if request.method == "POST" else ""
    if request.method == "POST":
        require(may_turn(actor, end, into))
    wish = WishForm(request.POST if into == WISH else None, initial=_wish_words(end, obj))
    decision = TurnedDecisionForm(request.POST if into == "decision" else None)
    form: forms.Form = wish if into == WISH else decision
    if into and form.is_valid():
        try:
            found = _turn(actor, end, into, form.cleaned_data)
        except (BadInput, Refused) as error:
            _tell(form, error)
        else:
            words = _("Written down as %(code)s. The loose end waits for it.")
            messages.success(request, words % {"code": found.code})
            row = REQUIREMENT if into == WISH else DECISION
            return redirect(object_url(actor.workspace, row, found.code))
    context = {
        "wish": wish, "decision": decision, "end": lines(actor, [end])[0], "room": "home",
        "may_wish": may_turn(actor, end, WISH), "may_decide": may_turn(actor, end, "decision"),
        "wishes": actor.workspace.has("requirements"), "into": into or WISH,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "loose_ends/loose_end_turn.html", context, status=status)


def _wish_words(end: LooseEnd, obj: Any) -> dict[str, str]:
    return {"statement": f"{title_text(obj)}: {sentence_of(end)}"[:600]}


def _turn(actor: Actor, end: LooseEnd, into: str, given: dict[str, Any]) -> Any:
    if into == WISH:
        return turn_into_wish(end, by=actor, statement=given["statement"])
    return turn_into_decision(end, by=actor, **given)


def _tell(form: forms.Form, error: BadInput | Refused) -> None:
    if isinstance(error, BadInput):
        for name, text in error.fields.items():
            form.add_error(name if name in form.fields else None, str(text))
    else:
        form.add_error(None, str(error))


def _object(actor: Actor, end: LooseEnd) -> Any:
    if not has_entity(end.object_kind):
        return None
    return find(actor, end.object_kind, end.object_id)


def _back(actor: Actor, end: LooseEnd) -> str:
    obj = _object(actor, end)
    if obj is None:
        return reverse("loose_end_list", kwargs={"workspace": actor.workspace.slug})
    return object_url(actor.workspace, entity_of(obj), obj.code)
