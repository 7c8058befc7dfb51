"""What one does with a part: say where it is and that somebody looked, say who brings it."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.clock import today_in
from polku.kernel.durations import parts_of
from polku.kernel.queries import visible_kind
from polku.people.entities import PARTY
from polku.portfolio.entities import COMPONENT
from polku.portfolio.operations import (
    add_reference,
    check_reference,
    remove_reference,
    supply_from,
)
from polku.portfolio.references import LONGEST, SYSTEMS, references_of
from polku.tenancy.models import Party
from polku.web.desk.moves_forms import DayField
from polku.web.desk.objects import ObjectPage, fetch

NEW = "new"
UNITS = (
    ("D", gettext_lazy("days")), ("W", gettext_lazy("weeks")), ("M", gettext_lazy("months")),
    ("Y", gettext_lazy("years")),
)  # fmt: skip
PER = (
    ("", gettext_lazy("at once")), ("P1D", gettext_lazy("a day")), ("P1W", gettext_lazy("a week")),
    ("P1M", gettext_lazy("a month")), ("P1Y", gettext_lazy("a year")),
)  # fmt: skip


class ReferenceForm(forms.Form):
    """One more place where the part is found."""

    system = forms.ChoiceField(
        label=gettext_lazy("What kind of place"), choices=[*SYSTEMS.items()], initial="asset_tag"
    )
    value = forms.CharField(
        label=gettext_lazy("Where it is"), max_length=LONGEST,
        error_messages={"required": gettext_lazy("Write the tag, room, address or number.")},
    )  # fmt: skip
    checked_on = DayField(label=gettext_lazy("Looked at on"))


class SupplyForm(forms.Form):
    """Who brings it, how long another one takes, how much there is."""

    supplier = forms.ChoiceField(label=gettext_lazy("Who brings it"), required=False)
    new_supplier = forms.CharField(
        label=gettext_lazy("Name of the new one"), max_length=200, required=False
    )
    replace_n = forms.IntegerField(
        label=gettext_lazy("Time to replace it"), min_value=1, max_value=99999, required=False
    )
    replace_unit = forms.ChoiceField(label=gettext_lazy("In"), choices=UNITS, required=False)
    capacity = forms.DecimalField(
        label=gettext_lazy("How much there is"), min_value=0, max_digits=14, decimal_places=3,
        required=False,
    )  # fmt: skip
    capacity_unit = forms.CharField(label=gettext_lazy("Of what"), max_length=40, required=False)
    capacity_per = forms.ChoiceField(label=gettext_lazy("Per"), choices=PER, required=False)

    def __init__(self, parties: list[Party], part: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["supplier"]
        named = [(party.code, party.name) for party in parties]
        chosen.choices = [("", _("nobody outside")), (NEW, _("somebody new")), *named]
        per: Any = self.fields["capacity_per"]
        if part.capacity_per and part.capacity_per not in dict(PER):
            per.choices = [*PER, (part.capacity_per, part.capacity_per)]

    def clean(self) -> dict[str, Any]:
        """A name for somebody new, and a unit for a number."""
        data = super().clean() or {}
        if data.get("supplier") == NEW and not (data.get("new_supplier") or "").strip():
            self.add_error("new_supplier", _("Write the name of the one who brings it."))
        return data

    def values(self) -> dict[str, Any]:
        """What is said beside the supplier."""
        data = self.cleaned_data
        n = data.get("replace_n")
        return {
            "replace_time": f"P{n}{data.get('replace_unit') or 'D'}" if n else "",
            "capacity": data.get("capacity"), "capacity_unit": data.get("capacity_unit") or "",
            "capacity_per": data.get("capacity_per") or "",
        }  # fmt: skip


def component_references(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Add a place, take one away, or say that somebody looked at it today."""
    page = _page(request, code)
    require(page.may_change)
    verb = request.POST.get("verb", "add") if request.method == "POST" else ""
    first = {"checked_on": today_in(page.actor.workspace)}
    form = ReferenceForm(request.POST if verb == "add" else None, initial=first)
    if verb in {"check", "remove"} or (verb == "add" and form.is_valid()):
        try:
            done = _act(page, verb, form, request.POST)
        except BadInput as error:
            form.add_error("value", " ".join(str(text) for text in error.fields.values()))
        except NotFound:
            messages.warning(request, _("That place is not written here any more."))
            return redirect(_back(page))
        else:
            messages.success(request, done)
            return redirect(_back(page))
    context = {"page": page, "object": page.obj, "form": form, "rows": rows_of(page)}
    status = 422 if form.errors else 200
    return render(request, "parts/component_references.html", context, status=status)


def _act(page: ObjectPage, verb: str, form: ReferenceForm, post: Any) -> str:
    if verb == "add":
        add_reference(page.obj, by=page.actor, **form.cleaned_data)
        return _("Written down where it is.")
    place = {"system": post.get("system", ""), "value": post.get("value", "")}
    if verb == "check":
        check_reference(page.obj, by=page.actor, **place)
        return _("Looked at today. It is where it is said to be.")
    remove_reference(page.obj, by=page.actor, **place)
    return _("Taken away. The history keeps it.")


def rows_of(page: ObjectPage) -> list[dict[str, Any]]:
    """Every place of the part as the page tells it."""
    today: dt.date = today_in(page.actor.workspace)
    return [
        {
            "ref": row, "system": SYSTEMS[row.system], "stale": row.is_stale(today),
            "age": age_words(row.checked_on, today),
        }
        for row in references_of(page.obj.real_world_ref)
    ]  # fmt: skip


def age_words(day: dt.date | None, today: dt.date) -> str:
    """How long ago somebody looked: "checked 14 months ago"."""
    if day is None:
        return _("nobody said when they looked")
    days = (today - day).days
    if days < 1:
        return _("checked today")
    if days < 60:
        return ngettext("checked %(n)d day ago", "checked %(n)d days ago", days) % {"n": days}
    months = max(2, round(days / 30.44))
    if months < 24:
        words = ngettext("checked %(n)d month ago", "checked %(n)d months ago", months)
        return words % {"n": months}
    years = days // 365
    return ngettext("checked %(n)d year ago", "checked %(n)d years ago", years) % {"n": years}


def component_supply(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Who brings the part, how long another one takes, how much there is: one form."""
    page = _page(request, code)
    require(page.may_change)
    parties = _parties(page)
    form = SupplyForm(parties, page.obj, request.POST or None, initial=_initial(page.obj))
    refused = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        party = next((row for row in parties if row.code == given["supplier"]), None)
        name = given["new_supplier"] if given["supplier"] == NEW else ""
        try:
            supply_from(page.obj, by=page.actor, party=party, name=name, **form.values())
        except BadInput as error:
            for field, sentence in error.fields.items():
                form.add_error(field if field in form.fields else None, str(sentence))
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, _("Saved: who brings it, and how soon another one comes."))
            return redirect(_back(page))
    context = {"page": page, "object": page.obj, "form": form, "refused": refused}
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "parts/component_supply.html", context, status=status)


def _parties(page: ObjectPage) -> list[Party]:
    """Organisations beside ourselves; those that supply us already come first."""
    rows = visible_kind(page.actor, PARTY).exclude(kind="person").filter(is_internal=False)
    rows = rows.exclude(pk=page.actor.workspace.home_party_id).order_by("sort_title", "id")
    tie = page.obj.supplier_relationship
    found = list(rows[:300])
    if tie is not None and tie.provider_party_id not in {party.pk for party in found}:
        found.append(tie.provider_party)
    return found


def _initial(part: Any) -> dict[str, Any]:
    tie = part.supplier_relationship
    n, unit = parts_of(part.replace_time) or (None, "D")
    supplier = tie.provider_party.code if tie is not None else NEW if part.supplier_name else ""
    return {
        "supplier": supplier, "new_supplier": part.supplier_name if supplier == NEW else "",
        "replace_n": n, "replace_unit": unit, "capacity": part.capacity,
        "capacity_unit": part.capacity_unit, "capacity_per": part.capacity_per,
    }  # fmt: skip


def _back(page: ObjectPage) -> str:
    return f"{page.url}#real-world"


def _page(request: HttpRequest, code: str) -> ObjectPage:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return ObjectPage(request, actor, COMPONENT, fetch(actor, COMPONENT, code))
