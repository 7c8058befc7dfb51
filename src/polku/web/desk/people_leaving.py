"""Somebody has left: who takes over what they owned (AC33)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput
from polku.kernel.clock import today_in
from polku.people.operations import mark_left
from polku.people.policy import may_mark_left
from polku.people.queries import Owned, member_of_party, owned_objects, people_to_choose
from polku.tenancy.models import Party
from polku.web.desk.addresses import object_url
from polku.web.desk.people_person import find_person
from polku.web.desk.settings_saved import acting, saved

FIELD = "owner_"
NOBODY = "nobody"


class LeavingForm(forms.Form):
    """The last day."""

    left_on = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Write the day as 2026-05-31."),
                        "required": gettext_lazy("Write the last day.")},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def person_leave(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """What they own, each with a proposed next owner; then every door closes."""
    actor = acting(request)
    party = find_person(actor, code)
    form = LeavingForm(request.POST or None, initial={"left_on": today_in(actor.workspace)})
    chosen = _chosen(request.POST)
    problems: Mapping[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        owners = {key: "" if value == NOBODY else value for key, value in chosen.items()}
        try:
            mark_left(party, owners, by=actor, on=form.cleaned_data["left_on"])
        except BadInput as error:
            problems = error.fields
            if "left_on" in problems:
                form.add_error("left_on", str(problems["left_on"]))
        else:
            return saved(request, _left(party, owners), page="person_detail", code=party.code)
    return _page(request, actor, party, form, chosen, problems)


def _chosen(given: Mapping[str, str]) -> dict[str, str]:
    """Owners as they were chosen on the page, by the object's code."""
    return {name.removeprefix(FIELD): value for name, value in given.items()
            if name.startswith(FIELD) and value}  # fmt: skip


def _left(party: Party, owners: Mapping[str, str]) -> str:
    nobody = sum(not owner for owner in owners.values())
    words = {"name": party.name, "n": len(owners) - nobody, "none": nobody}
    if not owners:
        return _("%(name)s has left. They owned nothing here.") % words
    return _("%(name)s has left. Handed over: %(n)d. Without an owner now: %(none)d.") % words


def _page(
    request: HttpRequest, actor: Actor, party: Party, form: LeavingForm, chosen: Mapping[str, str],
    problems: Mapping[str, Any],
) -> HttpResponse:  # fmt: skip
    owned = owned_objects(actor, party)
    rows = [_row(actor, one, chosen, problems) for one in owned]
    people = [person for person in people_to_choose(actor) if person.pk != party.pk]
    member = member_of_party(actor, party)
    open_states = {"active", "invited"}
    context = {
        "party": party, "form": form, "rows": rows, "people": people, "nobody": NOBODY,
        "answer": may_mark_left(actor, party), "missing": sum(bool(row["problem"]) for row in rows),
        "has_access": member is not None and member.membership.state in open_states,
        "proposed_n": sum(one.proposed is not None for one in owned),
    }  # fmt: skip
    status = 422 if problems or form.errors else 200
    return render(request, "people/person_leave.html", context, status=status)


def _row(
    actor: Actor, one: Owned, chosen: Mapping[str, str], problems: Mapping[str, Any]
) -> dict[str, Any]:
    code = one.obj.code
    proposed = one.proposed.code if one.proposed else NOBODY
    return {
        "entity": one.entity, "obj": one.obj, "name": f"{FIELD}{code}", "why": one.why,
        "url": object_url(actor.workspace, one.entity, code) if one.entity.page else "",
        "value": chosen.get(code, proposed), "problem": problems.get(code, ""),
        "proposed": one.proposed,
    }  # fmt: skip
