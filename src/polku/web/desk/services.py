"""What one does with a service: look at it, set a dial, close it to new, add a wish to it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.clock import today_in
from polku.kernel.policy import may_create
from polku.kernel.queries import visible_kind
from polku.kernel.registry import entity as entity_row
from polku.portfolio.entities import REQUIREMENT, SERVICE
from polku.portfolio.operations import (
    DIAL_FIELDS,
    add_wish,
    close_to_new,
    review_service,
    set_dial,
)
from polku.web import formats
from polku.web.desk.moves_forms import DayField, ReasonForm
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.services_dials import choices
from polku.web.desk.services_sections import dial_name, dial_value
from polku.web.desk.values import title_text


class DialForm(ReasonForm):
    """A value chosen by hand, and on what it rests."""

    value = forms.ChoiceField(label=gettext_lazy("How it stands"), widget=forms.RadioSelect)
    field_order = ("value", "reason")

    def __init__(self, dial: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        value: Any = self.fields["value"]
        value.choices = choices(dial)
        self.fields["reason"].label = gettext_lazy("On what do you base it?")


class WishForm(forms.Form):
    """What somebody asks for, who, and when they said it."""

    statement = forms.CharField(
        label=gettext_lazy("What is asked for"), max_length=600,
        error_messages={"required": gettext_lazy("Write what is asked for.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    raised_by_party = forms.ChoiceField(label=gettext_lazy("Who asked"), required=False)
    raised_on = DayField(label=gettext_lazy("Asked on"))
    priority = forms.ChoiceField(label=gettext_lazy("How much it matters"), required=False)

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        parties = visible_kind(actor, entity_row("party")).order_by("sort_title", "id")[:300]
        named = [(row.code, row.name) for row in parties]
        asked: Any = self.fields["raised_by_party"]
        asked.choices = [("", _("not said")), *named]
        priority: Any = self.fields["priority"]
        priority.choices = REQUIREMENT.by_name["priority"].choices(REQUIREMENT.model)


def service_dial(request: HttpRequest, workspace: str, code: str, dial: str) -> HttpResponse:
    """Set one dial, or the phase of life, by hand with a reason."""
    page = _page(request, code)
    if dial not in DIAL_FIELDS:
        raise NotFound
    require(page.may_change)
    value = getattr(page.obj, DIAL_FIELDS[dial])
    note = (page.obj.dial_notes or {}).get(dial, {})
    initial = {"value": value, "reason": note.get("reason", "")}
    form = DialForm(dial, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            set_dial(page.obj, dial, given["value"], reason=given["reason"], by=page.actor)
        except BadInput as error:
            _blame(form, error)
        else:
            words = {"dial": dial_name(dial), "value": dial_value(dial, given["value"])}
            said = _("%(dial)s: %(value)s. Your reason stands beside it.") % words
            messages.success(request, said)
            return redirect(page.url)
    context = {
        "page": page, "object": page.obj, "form": form, "name": dial_name(dial), "note": note,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "services/service_dial.html", context, status=status)


@require_POST
def service_review(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Press "still true": looked at today."""
    page = _page(request, code)
    service = review_service(page.obj, by=page.actor)
    day = formats.long_day(service.review_due)
    messages.success(request, _("Looked at today. Again by %(day)s.") % {"day": day})
    return redirect(page.url)


def service_close(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Mark as closed to new customers, or open to them again."""
    page = _page(request, code)
    require(page.may_change)
    closed = not page.obj.closed_to_new
    form = ReasonForm(request.POST or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            close_to_new(page.obj, closed=closed, reason=reason, by=page.actor)
        except BadInput as error:
            _blame(form, error)
        except Refused as error:
            refused = str(error)
        else:
            words = _("Closed to new customers.") if closed else _("Open to new customers again.")
            messages.success(request, words)
            return redirect(page.url)
    context = {
        "page": page, "object": page.obj, "form": form, "closed": closed, "refused": refused,
    }  # fmt: skip
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "services/service_close.html", context, status=status)


def service_wish_create(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """A new wish, tied to this service in one go."""
    page = _page(request, code)
    require(may_create(page.actor, REQUIREMENT))
    require(page.may_change)
    today = today_in(page.actor.workspace)
    form = WishForm(page.actor, request.POST or None, initial={"raised_on": today})
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if value}
        values["statement"] = form.cleaned_data["statement"]
        try:
            wish = add_wish(page.obj, by=page.actor, **values)
        except BadInput as error:
            _blame(form, error)
        else:
            words = {"wish": title_text(wish), "code": wish.code}
            messages.success(request, _("Written down and tied: “%(wish)s” (%(code)s).") % words)
            return redirect(page.url)
    context = {"page": page, "object": page.obj, "form": form}
    status = 422 if form.errors else 200
    return render(request, "services/service_wish_create.html", context, status=status)


def _blame(form: forms.Form, error: BadInput) -> None:
    for name, sentence in error.fields.items():
        form.add_error(name if name in form.fields else None, str(sentence))


def _page(request: HttpRequest, code: str) -> ObjectPage:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return ObjectPage(request, actor, SERVICE, fetch(actor, SERVICE, code))
