"""Writing a decision down, and deciding anew: a later row, the former one kept."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.clock import today_in
from polku.kernel.decisions import take_decision
from polku.kernel.entities import DECISION
from polku.kernel.models import Decision
from polku.kernel.policy import may_change
from polku.kernel.queries import find
from polku.kernel.registry import entity as entity_row
from polku.web.desk.addresses import object_url
from polku.web.desk.moves_forms import NO_REASON, DayField
from polku.web.desk.objects import ObjectPage, fetch


class DecisionForm(forms.Form):
    """What was decided, how, why, and when to look again."""

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
        label=gettext_lazy("Why"), max_length=1200, error_messages={"required": NO_REASON},
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    conditions = forms.CharField(
        label=gettext_lazy("On which conditions"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    decided_on = DayField(label=gettext_lazy("Decided on"))
    look_again_on = DayField(label=gettext_lazy("Look again on"))

    def blame(self, error: BadInput) -> None:
        """Put what the domain found wrong at the fields it is about."""
        for name, sentence in error.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))


def object_decide(request: HttpRequest, workspace: str, kind: str, code: str) -> HttpResponse:
    """Write down a decision about one thing."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    page = ObjectPage(request, actor, entity, fetch(actor, entity, code))
    require(page.may_change)
    return _decide(request, actor, page.obj, page.url, None)


def decision_revise(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Decide anew about the same thing; the former decision stays and points to this one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    former = fetch(actor, DECISION, code)
    subject = find(actor, former.subject_kind, former.subject_id)
    if subject is None:
        raise Refused(_("What this was decided about is no longer here."))
    require(may_change(actor, subject))
    return _decide(request, actor, subject, object_url(actor.workspace, DECISION, code), former)


def _decide(
    request: HttpRequest, actor: Actor, subject: Any, back: str, former: Decision | None
) -> HttpResponse:
    form = DecisionForm(request.POST or None, initial=_initial(actor, former))
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            row = take_decision(subject, by=actor, revises=former, **form.cleaned_data)
        except BadInput as error:
            form.blame(error)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, _("Written down as %(code)s.") % {"code": row.code})
            return redirect(object_url(actor.workspace, DECISION, row.code) if former else back)
    context = {
        "object": subject, "form": form, "former": former, "refused": refused, "back_url": back,
        "same_person": actor.user_id is not None and subject.created_by_id == actor.user_id,
    }  # fmt: skip
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "decisions/decision_form.html", context, status=status)


def _initial(actor: Actor, former: Decision | None) -> dict[str, Any]:
    initial: dict[str, Any] = {"decided_on": today_in(actor.workspace)}
    if former is not None:
        initial["question"] = former.question.reading(actor.lang).text
        initial["outcome"] = former.outcome
    return initial
