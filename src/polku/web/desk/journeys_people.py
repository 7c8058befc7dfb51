"""For whom a journey is: choosing typical customers and groups."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from polku.journeys.people import choose_people, everybody, people_of
from polku.kernel.answers import BadInput, require
from polku.kernel.policy import may_create
from polku.people.entities import PERSONA, SEGMENT
from polku.people.models import Persona
from polku.web.desk.addresses import page_url
from polku.web.desk.journeys_beside import beside, blame, context_for, opened
from polku.web.desk.objects import ObjectPage
from polku.web.desk.personas_cards import card_of
from polku.web.desk.values import link_html, title_text


class PeopleForm(forms.Form):
    """Whom the journey is for."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("The journey is for"), widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def journey_people(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The cards of those whom it is for, and the list to choose from."""
    page = opened(request, code)
    meant = people_of(page.actor, page.obj)
    form = _form(page, request.POST or None, [row.who.code for row in meant])
    if request.method == "POST":
        require(page.may_change)
        if form.is_valid() and _choose(page, form):
            messages.success(request, _("Saved."))
            return redirect(beside(page, "journey_people"))
    workspace_row = page.actor.workspace
    context = context_for(
        page, "journey_people", form=form,
        cards=[(card_of(page.actor, row.who), row) for row in meant
               if isinstance(row.who, Persona)],
        groups=[(link_html(row.who, workspace_row), row) for row in meant
                if not isinstance(row.who, Persona)],
        persona_url=page_url(workspace_row, PERSONA, "create")
        if may_create(page.actor, PERSONA) else "",
        segment_url=page_url(workspace_row, SEGMENT, "create")
        if may_create(page.actor, SEGMENT) else "",
    )  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "journeys_beside/journey_people.html", context, status=status)


def _form(page: ObjectPage, data: Any, chosen: list[str]) -> PeopleForm:
    form = PeopleForm(data, initial={"people": chosen})
    people: Any = form.fields["people"]
    people.choices = [(row.code, title_text(row)) for row in everybody(page.actor)]
    return form


def _choose(page: ObjectPage, form: PeopleForm) -> bool:
    try:
        choose_people(page.obj, form.cleaned_data["people"], by=page.actor)
    except BadInput as error:
        blame(form, error)
        return False
    return True
