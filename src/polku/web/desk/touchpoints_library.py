"""The library of meeting points, and what a decisive moment needs to be one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from polku.journeys.entities import JOURNEY, TOUCHPOINT
from polku.journeys.library import Shelved, library, met_at
from polku.journeys.models import Touchpoint
from polku.journeys.talks import readings_at
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, require
from polku.kernel.changes import change_object
from polku.kernel.policy import may_create
from polku.web.desk.addresses import list_url, object_url, page_url
from polku.web.desk.journeys_beside import blame, show_theirs
from polku.web.desk.lists import views_nav
from polku.web.desk.objects import ObjectPage, fetch, section
from polku.web.desk.values import enum_html, link_html, state_html, title_html, title_text
from polku.web.readings import page_language

# What staff may decide alone: the columns of the latitude, in plain words
LATITUDE = (("money", gettext_lazy("Money: up to how much, what for nothing")),
            ("time", gettext_lazy("Time: how long they may take")),
            ("exceptions", gettext_lazy("Exceptions: which rule they may bend")))  # fmt: skip
TEXTS = ("moment_why", "good_turn", "bad_turn", "recovery")


@dataclass(frozen=True)
class Shown:
    """One meeting point of the library as it is read."""

    row: Shelved
    url: str
    title: SafeString
    channel: SafeString
    state: SafeString
    journeys: list[SafeString]
    lacks: list[str]
    decisive_url: str


def touchpoint_library(request: HttpRequest, workspace: str) -> HttpResponse:
    """All meeting points, decisive ones first: in which journeys, and what is not written."""
    actor = _actor(request)
    shown = [_shown(actor, row) for row in library(actor)]
    context = {
        "entity": TOUCHPOINT,
        "views": views_nav(actor, TOUCHPOINT, "touchpoint_library"),
        "decisive": [row for row in shown if row.row.point.moment_of_truth],
        "others": [row for row in shown if not row.row.point.moment_of_truth],
        "nowhere": sum(not row.row.met for row in shown),
        "shared": sum(len(row.row.journeys) > 1 for row in shown),
        "count": TOUCHPOINT.words.count(len(shown), actor.vocabulary),
        "may_create": may_create(actor, TOUCHPOINT),
        "create_url": page_url(actor.workspace, TOUCHPOINT, "create"),
        "list_url": list_url(actor.workspace, TOUCHPOINT),
    }
    return render(request, "touchpoints/touchpoint_library.html", context)


def _shown(actor: Actor, row: Shelved) -> Shown:
    point = row.point
    point.workspace = actor.workspace
    labels = {name: TOUCHPOINT.by_name[name].label(Touchpoint) for name in row.lacks}
    return Shown(
        row, object_url(actor.workspace, TOUCHPOINT, point.code), title_html(point),
        enum_html(TOUCHPOINT, TOUCHPOINT.by_name["channel_kind"], point.channel_kind),
        state_html(TOUCHPOINT, point.state),
        [link_html(journey, actor.workspace) for journey in row.journeys],
        list(labels.values()) if actor.is_internal else [],
        page_url(actor.workspace, TOUCHPOINT, "decisive", code=point.code)
        if actor.is_internal else "",
    )  # fmt: skip


class DecisiveForm(forms.Form):
    """Why it is decided here, how it can turn, what staff may decide alone, how it is put right."""

    moment_of_truth = forms.BooleanField(
        label=gettext_lazy("Here it is decided whether people come again"), required=False,
        initial=True,
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        area = forms.Textarea(attrs={"rows": 2})
        for name in TEXTS:
            label = TOUCHPOINT.by_name[name].label(Touchpoint)
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=600, widget=area, show_hidden_initial=True
            )
        for name, words in LATITUDE:
            self.fields[name] = forms.CharField(
                label=words, required=False, max_length=300, show_hidden_initial=True
            )


@require_http_methods(["GET", "HEAD", "POST"])
def touchpoint_decisive(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Say that it is decided here whether people come again, and what that asks of us."""
    actor = _actor(request)
    page = ObjectPage(request, actor, TOUCHPOINT, fetch(actor, TOUCHPOINT, code))
    require(page.may_change)
    form = DecisiveForm(request.POST or None, initial=_now(page))
    if request.method == "POST" and form.is_valid():
        try:
            change_object(TOUCHPOINT, page.obj, _given(page, form), by=actor,
                          revision=_revision(request))  # fmt: skip
        except BadInput as error:
            blame(form, error)
        except Conflict as error:
            show_theirs(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(page.url)
    context = {
        "page": page, "object": page.obj, "title": title_text(page.obj), "form": form,
        "texts": [form[name] for name in TEXTS],
        "latitude": [form[name] for name, _words in LATITUDE],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "touchpoints/touchpoint_decisive.html", context, status=status)


def _revision(request: HttpRequest) -> int | None:
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isdecimal() else None


def _now(page: ObjectPage) -> dict[str, Any]:
    point: Touchpoint = page.obj
    lang = page.actor.lang_for_writing
    texts = {name: getattr(point, name).text(lang) or getattr(point, name).reading(lang).text
             for name in TEXTS}  # fmt: skip
    return {**texts, **{name: point.latitude.get(name, "") for name, _words in LATITUDE},
            "moment_of_truth": True}  # fmt: skip


def _given(page: ObjectPage, form: DecisiveForm) -> dict[str, Any]:
    """What was written, and nothing of what was only read."""
    given, point, lang = form.cleaned_data, page.obj, page.actor.lang_for_writing
    texts = {name: getattr(point, name).with_text(lang, given[name])
             for name in TEXTS if name in form.changed_data}  # fmt: skip
    latitude = {name: given[name] for name, _words in LATITUDE if name in form.changed_data}
    if latitude:
        kept = {**point.latitude, **latitude}
        texts["latitude"] = {name: words for name, words in kept.items() if words}
    return {"moment_of_truth": given["moment_of_truth"], **texts}


def where_met(page: ObjectPage) -> str:
    """On the page of a meeting point: at which steps, and what people said along them."""
    rows = met_at(page.actor, [page.obj.pk]).get(page.obj.pk, [])
    lang = page_language()
    context = {
        "page": page,
        "rows": [(link_html(row.journey, page.actor.workspace),
                  row.step.name.reading(lang).text or row.step.customer_action.reading(lang).text)
                 for row in rows],
        "readings": [(link_html(found.journey, page.actor.workspace), found.reading)
                     for found in readings_at(page.actor, page.obj)],
        "decisive_url": page.page_url("decisive") if page.can_edit else "",
        "is_decisive": page.obj.moment_of_truth,
        "lacks": [TOUCHPOINT.by_name[name].label(Touchpoint)
                  for name in Shelved(page.obj).lacks] if page.actor.is_internal else [],
        "map_url": list_url(page.actor.workspace, JOURNEY),
    }  # fmt: skip
    return render_to_string("touchpoints/section_met.html", context, request=page.request)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


section("touchpoint", "body", where_met, order=20)
