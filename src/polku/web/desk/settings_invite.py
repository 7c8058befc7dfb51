"""Inviting somebody, sending it again, taking it back."""

from typing import Any

from django import forms
from django.conf import settings as site
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.queries import visible
from polku.people.operations import (
    Invitation,
    invite,
    send_invitation_again,
    take_back_invitation,
)
from polku.people.policy import may_invite
from polku.people.queries import find_membership
from polku.tenancy.models import Relationship
from polku.web.desk.settings_saved import acting, saved
from polku.web.desk.settings_words import INSIDE_ROLES, OFFERED_ROLES


class InviteForm(forms.Form):
    """Whom, to do what, in which language; for a customer's person: which customer."""

    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        widget=forms.EmailInput(attrs={"size": 28, "placeholder": "name@place.example",
                                       "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Write whom you invite."),
            "invalid": gettext_lazy(
                "That is not a mail address. It looks like name@place.example."
            ),
        },
    )  # fmt: skip
    role = forms.ChoiceField(label=gettext_lazy("May do"))
    relationship: "forms.ModelChoiceField[Relationship]" = forms.ModelChoiceField(
        queryset=None, to_field_name="code", required=False, empty_label="–",
        label=gettext_lazy("For which customer"),
    )  # fmt: skip
    lang = forms.ChoiceField(label=gettext_lazy("Invite in"), choices=site.LANGUAGES)

    def __init__(self, actor: Actor, data: Any = None) -> None:
        first = {"role": "editor", "lang": actor.workspace.default_lang}
        super().__init__(data, prefix="invite", initial=first)
        ties = visible(actor, Relationship).exclude(state="ended")
        customers = ties.select_related("consumer_party", "provider_party").order_by("sort_title")
        self.fields["relationship"].queryset = customers  # type: ignore[attr-defined]
        has_customers = customers.exists()
        self.fields["role"].choices = OFFERED_ROLES if has_customers else INSIDE_ROLES  # type: ignore[attr-defined]
        if not has_customers:
            del self.fields["relationship"]


@require_POST
def invitation_create(request: HttpRequest, workspace: str) -> HttpResponse:
    """Send an invitation; the answer is the same whoever has the address."""
    from polku.web.desk.settings import settings_page

    actor = acting(request)
    require(may_invite(actor))
    form = InviteForm(actor, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        chosen = [given["relationship"]] if given.get("relationship") else []
        try:
            done = invite(given["email"], given["role"], by=actor, lang=given["lang"],
                          relationships=chosen)  # fmt: skip
        except BadInput as error:
            _show(form, error)
        else:
            return saved(request, _sent(done))
    return settings_page(request, status=422, invite=form)


def _show(form: InviteForm, error: BadInput) -> None:
    for name, words in error.fields.items():
        field = "relationship" if name == "relationships" else name
        form.add_error(field if field in form.fields else None, str(words))


def _sent(done: Invitation) -> str:
    words = {"email": done.membership.user.email}
    if done.mailed:
        return _("An invitation went to %(email)s.") % words
    return _("The invitation of %(email)s stands, but no mail server took the mail. Send it again "
             "when mail works.") % words  # fmt: skip


@require_POST
def invitation_again(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """A fresh link; the former one stops."""
    actor = acting(request)
    done = send_invitation_again(find_membership(actor, number), by=actor)
    return saved(request, _sent(done))


@require_POST
def invitation_take_back(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """The link in the mail stops working."""
    actor = acting(request)
    row = take_back_invitation(find_membership(actor, number), by=actor)
    return saved(
        request, _("The invitation of %(email)s was taken back.") % {"email": row.user.email}
    )
