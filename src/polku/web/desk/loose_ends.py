"""All loose ends: by whose they are and how grave; asking somebody; leaving one open on purpose."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.insight.home import MONTH, my_loose_ends, objects_of, open_on
from polku.insight.operations import ask_about
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused
from polku.kernel.loose_ends import (
    dismiss,
    get_loose_end,
    may_dismiss,
    reopen,
    visible_loose_ends,
)
from polku.kernel.models import LooseEnd
from polku.kernel.queries import find
from polku.kernel.registry import entity_of, has_entity
from polku.people.queries.members import colleagues
from polku.web.desk.addresses import object_url
from polku.web.desk.ends import lines

PER_PAGE = 50


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


def loose_end_list(request: HttpRequest, workspace: str) -> HttpResponse:
    """Open ends, the most urgent and oldest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    whose = request.GET.get("whose", "all")
    rows = _chosen(actor, whose, request.GET.get("severity", ""))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    ends = list(page.object_list)
    context = {
        "ends": lines(actor, ends, objects_of(actor, ends)),
        "page": page,
        "total": rows.count(),
        "open_now": visible_loose_ends(actor).count(),
        "open_before": open_on(actor, timezone.now() - MONTH),
        "whose": whose,
        "severity": request.GET.get("severity", ""),
        "severities": LooseEnd.Severity.choices,
        "room": "home",
    }
    return render(request, "loose_ends/loose_end_list.html", context)


def _chosen(actor: Actor, whose: str, severity: str) -> QuerySet[LooseEnd]:
    rows = my_loose_ends(actor) if whose == "mine" else visible_loose_ends(actor)
    if whose == "nobody":
        rows = rows.filter(owner_party__isnull=True)
    if severity in LooseEnd.Severity.values:
        rows = rows.filter(severity=severity)
    return rows


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
            return redirect(_back(request, actor, end))
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
    return redirect(_back(request, actor, end))


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
        address = request.build_absolute_uri(_back(request, actor, end))
        try:
            ask_about(end, person, by=actor, words=form.cleaned_data["words"], address=address)
        except (BadInput, Refused) as error:
            _tell(form, error)
        else:
            messages.success(request, _("Asked. The question stands in the history too."))
            return redirect(_back(request, actor, end))
    context = {"form": form, "end": lines(actor, [end])[0], "room": "home", "alone": not choices}
    status = 422 if form.errors else 200
    return render(request, "loose_ends/loose_end_ask.html", context, status=status)


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


def _back(_request: HttpRequest, actor: Actor, end: LooseEnd) -> str:
    obj = _object(actor, end)
    if obj is None:
        return reverse("loose_end_list", kwargs={"workspace": actor.workspace.slug})
    return object_url(actor.workspace, entity_of(obj), obj.code)
