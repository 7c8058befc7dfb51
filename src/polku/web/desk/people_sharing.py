"""How much we share with a customer: asked by us, answered by them."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.registry import entity
from polku.people.models import SharingRequest
from polku.people.operations import answer_sharing, change_sharing, withdraw_sharing
from polku.people.operations.sharing import widens
from polku.people.policy import may_answer_sharing, may_ask_to_share
from polku.people.queries import pending_request, sharing_history, sharing_partner
from polku.tenancy.models import Relationship
from polku.tenancy.models.parties import RelationshipType
from polku.web.desk.addresses import object_url
from polku.web.desk.settings_saved import acting

SHARES = {
    "basic": gettext_lazy("They see what concerns them: results in words, published days."),
    "cooperative": gettext_lazy("They also see figures, risks and their own items, and propose."),
    "partnership": gettext_lazy("They also see what is still being made, and work on drafts."),
}


SHARED_WITH_US = {
    "basic": gettext_lazy("You see what concerns you: results in words, published days."),
    "cooperative": gettext_lazy("You also see figures, risks and your own items, and propose."),
    "partnership": gettext_lazy("You also see what is still being made, and work on drafts."),
}


class SharingForm(forms.Form):
    """How much, and why."""

    type = forms.ChoiceField(choices=RelationshipType.choices)
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=1200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why in a few words.")},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def relationship_sharing(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """What is shared, what was asked; less holds at once, more waits for their yes."""
    actor = acting(request)
    tie = sharing_partner(actor, code)
    form = SharingForm(request.POST or None, initial={"type": tie.type})
    if request.method == "POST":
        require(may_ask_to_share(actor, tie))
        if form.is_valid() and _change(form, tie, actor):
            return redirect("relationship_sharing", workspace=workspace, code=tie.code)
    return _page(request, actor, tie, form)


def _change(form: SharingForm, tie: Relationship, actor: Actor) -> bool:
    try:
        change_sharing(tie, form.cleaned_data["type"], by=actor, reason=form.cleaned_data["reason"])
    except (BadInput, Refused) as error:
        fields = error.fields if isinstance(error, BadInput) else {None: error.message}
        for name, words in fields.items():
            form.add_error(name if name in form.fields else None, str(words))
        return False
    return True


def _page(
    request: HttpRequest, actor: Actor, tie: Relationship, form: SharingForm, refused: str = ""
) -> HttpResponse:
    pending = pending_request(actor, tie)
    chosen = form["type"].value()
    notes = SHARES if actor.is_internal else SHARED_WITH_US
    context = {
        "tie": tie, "form": form, "pending": pending, "refused": refused,
        "tie_url": _tie_url(actor, tie),
        "type_note": notes[tie.type],
        "types": [_type(tie, code, label, chosen) for code, label in RelationshipType.choices],
        "ask_answer": may_ask_to_share(actor, tie),
        "pending_note": notes[pending.to_type] if pending else "",
        "answer_answer": may_answer_sharing(actor, pending) if pending else None,
        "history": [row for row in sharing_history(actor, tie) if row.answer != "pending"],
    }  # fmt: skip
    status = 422 if form.errors or refused else 200
    return render(request, "people/relationship_sharing.html", context, status=status)


def _tie_url(actor: Actor, tie: Relationship) -> str:
    if not actor.is_internal:
        return ""
    return object_url(actor.workspace, entity("relationship"), tie.code)


def _type(tie: Relationship, code: str, label: Any, chosen: str) -> dict[str, Any]:
    return {
        "code": code, "name": str(label).capitalize(), "note": SHARES[code],
        "wider": code != tie.type and widens(tie.type, code),
        "now": code == tie.type, "chosen": code == chosen,
    }  # fmt: skip


@require_POST
def relationship_sharing_answer(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Yes or no, by the customer's own people, or as they told us."""
    actor = acting(request)
    tie = sharing_partner(actor, code)
    try:
        accept = request.POST.get("answer") == "yes"
        told_by = request.POST.get("told_by", "")
        answer_sharing(_asked(actor, tie), accept, by=actor, told_by=told_by)
    except BadInput as error:
        refused = " ".join(str(words) for words in error.fields.values())
        return _page(request, actor, tie, SharingForm(initial={"type": tie.type}), refused)
    return redirect("relationship_sharing", workspace=workspace, code=tie.code)


@require_POST
def relationship_sharing_withdraw(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """We do not ask any more."""
    actor = acting(request)
    tie = sharing_partner(actor, code)
    withdraw_sharing(_asked(actor, tie), by=actor)
    return redirect("relationship_sharing", workspace=workspace, code=tie.code)


def _asked(actor: Actor, tie: Relationship) -> SharingRequest:
    pending = pending_request(actor, tie)
    if pending is None:
        raise NotFound(_("Nothing is asked at the moment."))
    return pending
