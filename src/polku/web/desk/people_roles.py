"""The parts that a person or organisation plays, and when."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, PolkuError, Refused, require
from polku.kernel.policy import may_change, may_read_inside
from polku.kernel.queries import visible_kind
from polku.kernel.registry import entity
from polku.people.operations import add_role, end_role
from polku.people.queries import find_role, roles_of
from polku.tenancy.models import Party, PartyRole
from polku.web.desk.addresses import object_url
from polku.web.desk.settings_saved import acting

KINDS = ("service_product", "relationship", "segment")


class RoleForm(forms.Form):
    """A part, for what, from when to when."""

    role = forms.ChoiceField(label=gettext_lazy("Part"), choices=PartyRole.Role.choices)
    context = forms.CharField(
        label=gettext_lazy("For what"), required=False, max_length=20,
        help_text=gettext_lazy("A code such as SRV-12, or nothing for everything here."),
    )  # fmt: skip
    valid_from = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    valid_to = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=400)


@require_http_methods(["GET", "HEAD", "POST"])
def party_roles(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The parts of one party, and one more."""
    actor = acting(request)
    require(may_read_inside(actor))
    party = visible_kind(actor, entity("party")).get_or_404(code)
    form = RoleForm(request.POST or None)
    if request.method == "POST":
        require(may_change(actor, party))
        if form.is_valid() and _add(form, party, actor):
            return redirect("party_roles", workspace=workspace, code=party.code)
    return _page(request, actor, party, form)


def _add(form: RoleForm, party: Party, actor: Actor) -> bool:
    given = dict(form.cleaned_data)
    try:
        context = _context(actor, given.pop("context").strip().upper())
        add_role(party, given.pop("role"), by=actor, context=context, **given)
    except BadInput as error:
        for name, words in error.fields.items():
            form.add_error(name if name in form.fields else None, str(words))
        return False
    except Refused as error:
        form.add_error(None, error.message)
        return False
    return True


def _context(actor: Actor, code: str) -> Any:
    if not code:
        return None
    for kind in KINDS:
        row = entity(kind)
        if code.startswith(f"{row.prefix}-"):
            try:
                return visible_kind(actor, row).get_or_404(code)
            except PolkuError:
                break
    raise BadInput({"context": _("There is nothing here by that code.")})


def _page(request: HttpRequest, actor: Actor, party: Party, form: RoleForm) -> HttpResponse:
    context = {
        "party": party, "form": form, "rows": roles_of(actor, party),
        "answer": may_change(actor, party),
        "party_url": object_url(actor.workspace, entity("party"), party.code),
    }  # fmt: skip
    return render(request, "people/party_roles.html", context, status=422 if form.errors else 200)


@require_POST
def party_role_end(request: HttpRequest, workspace: str, code: str, number: int) -> HttpResponse:
    """A part ends today."""
    actor = acting(request)
    require(may_read_inside(actor))
    party = visible_kind(actor, entity("party")).get_or_404(code)
    end_role(find_role(actor, party, number), by=actor)
    return redirect("party_roles", workspace=workspace, code=party.code)
