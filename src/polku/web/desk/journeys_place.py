"""A place of a journey by itself: one cell, one step, one stage. A page without script, a drawer
beside the table with it; each language, on what it rests, what was said, and what happened."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from polku.journeys.columns import steps_in_order
from polku.journeys.conversations import comments_of
from polku.journeys.documents import JourneyDoc, StageDoc, StepDoc, read_document
from polku.journeys.edit_words import edit_words
from polku.journeys.entities import JOURNEY
from polku.journeys.lanes import BY_KEY, Lane
from polku.journeys.models import Journey
from polku.journeys.policy import may_edit
from polku.journeys.queries import edits_of
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, NotFound, Refused, require
from polku.kernel.links import ties_of_pieces
from polku.kernel.policy import may_read_inside
from polku.web.desk.journeys_both import both_pictures, side_words
from polku.web.desk.journeys_edit import edit_url, fetch_bare
from polku.web.desk.journeys_forms import (
    PICTURE,
    PlaceForm,
    forms_of_cell,
    forms_of_stage,
    forms_of_step,
    pictures_at,
)
from polku.web.desk.journeys_news import Told, news, place_id
from polku.web.desk.journeys_saving import save_cell, save_stage, save_step
from polku.web.desk.journeys_words import numbered
from polku.web.desk.values import link_html, title_text
from polku.web.navigation import url_or_none

LAST = 5
MEETS = "L07"
DRAWER = "journey-drawer"
type Save = Callable[[Any], str]


class Place:
    """What a place's page shows; made anew after each save."""

    def __init__(self, request: HttpRequest, code: str) -> None:
        self.request = request
        self.actor: Actor = request.actor  # type: ignore[attr-defined]
        require(may_read_inside(self.actor))
        self.journey: Journey = fetch_bare(self.actor, code)
        self.doc: JourneyDoc = read_document(self.actor, self.journey)
        self.lang = self.actor.lang

    def step(self, number: int) -> StepDoc:
        """A standing step by its inner number. Raises NotFound."""
        found = next((step for step in self.doc.steps if step.id == number), None)
        if found is None:
            raise NotFound
        return found

    def stage(self, number: int) -> StageDoc:
        """A standing stage by its inner number. Raises NotFound."""
        found = next((stage for stage in self.doc.stages if stage.id == number), None)
        if found is None:
            raise NotFound
        return found

    def url(self, name: str, **more: Any) -> str:
        """The address of a page of this journey."""
        return url_or_none(name, self.actor.workspace, code=self.journey.code, **more)


def journey_cell(
    request: HttpRequest, workspace: str, code: str, step: int, row: str
) -> HttpResponse:
    """One row at one step."""
    place = Place(request, code)
    lane = BY_KEY.get(row)
    if lane is None:
        raise NotFound
    found = place.step(step)

    def context() -> dict[str, Any]:
        now = place.step(step)
        head = _("%(lane)s, at %(step)s") % {
            "lane": lane.name(place.actor.vocabulary), "step": numbered(now, place.lang),
        }  # fmt: skip
        return {
            "head": head, "forms": forms_of_cell(place.actor, lane, now), "step": now,
            "pictures": pictures_at(place.actor, lane, now),
            "said": _said(place, now, lane), **_ties(place, now),
            "history": _history(place, now, row), "say_url": _say_url(place, now, row),
            "points": now.touchpoints if lane.source == "touchpoints" else (),
        }  # fmt: skip

    own = reverse("journey_cell", kwargs={
        "workspace": workspace, "code": code, "step": step, "row": row})  # fmt: skip
    return _answer(place, own, place_id(row, step), context, lambda _post: save_cell(
        place.actor, place.journey, lane, found, request))  # fmt: skip


def journey_step(request: HttpRequest, workspace: str, code: str, step: int) -> HttpResponse:
    """One step: its name, whose ground, for whom, and where it stands."""
    place = Place(request, code)
    found = place.step(step)

    def context() -> dict[str, Any]:
        now = place.step(step)
        return {
            "head": numbered(now, place.lang), "forms": forms_of_step(place.actor, place.doc, now),
            "step": now, **_ties(place, now), "stages": place.doc.stages,
            "act_url": place.url("journey_act"),
            "history": _history(place, now, ""), "verbs_of": "step",
        }  # fmt: skip

    own = reverse("journey_step", kwargs={"workspace": workspace, "code": code, "step": step})
    return _answer(place, own, place_id("name", step), context, lambda post: save_step(
        place.actor, place.journey, found, post))  # fmt: skip


def journey_stage(request: HttpRequest, workspace: str, code: str, stage: int) -> HttpResponse:
    """One stage: its name and what the customer wants in it."""
    place = Place(request, code)
    found = place.stage(stage)

    def context() -> dict[str, Any]:
        now = place.stage(stage)
        return {
            "head": str(now.name.reading(place.lang)), "forms": forms_of_stage(place.actor, now),
            "stage": now, "act_url": place.url("journey_act"), "verbs_of": "stage",
        }  # fmt: skip

    own = reverse("journey_stage", kwargs={"workspace": workspace, "code": code, "stage": stage})
    return _answer(place, own, place_id("stage", stage), context, lambda post: save_stage(
        place.actor, place.journey, found, post))  # fmt: skip


def _answer(
    place: Place, own: str, cell: str, context: Callable[[], dict[str, Any]], save: Save
) -> HttpResponse:
    allowed = may_edit(place.actor, place.journey)
    base: dict[str, Any] = {
        "own_url": own, "cell": cell, "may_edit": allowed, "object": place.journey,
        "entity": JOURNEY, "title": title_text(place.journey),
        "edit_url": edit_url(place.actor, place.journey),
        "back": place.request.POST.get("back") or place.request.GET.get("back", ""),
    }  # fmt: skip
    if place.request.method != "POST":
        return _shown(place, {**base, **context()}, 200)
    require(allowed)
    try:
        said = save(place.request.POST)
    except BadInput as error:
        said = " ".join(str(text) for text in error.fields.values())
        at_field = place.request.POST.get("form", "").startswith(PICTURE)
        problem = _("See below what is wrong with the picture.") if at_field else said
        again = _again(place, context(), error.fields) | {"problem": problem, "say": said}
        return _shown(place, {**base, **again}, error.status)
    except Refused as error:
        return _shown(place, {**base, **_again(place, context()), "problem": str(error)}, 409)
    except Conflict as error:
        name, clash = next(iter(error.fields.items()))
        more = {
            "clash": {
                "field": name,
                "theirs": side_words(clash, "theirs"),
                "who": clash.get("by", ""),
                "removed": clash.get("removed"),
                "form": place.request.POST.get("form", ""),
                "pictures": both_pictures(place.actor, clash) if PICTURE in name else {},
            }
        }
        return _shown(place, {**base, **_again(place, context()), **more}, error.status)
    return _saved(place, base, context, said)


def _saved(
    place: Place, base: dict[str, Any], context: Callable[[], dict[str, Any]], said: str
) -> HttpResponse:
    if "application/json" in place.request.headers.get("Accept", ""):
        place.doc = read_document(place.actor, place.journey)
        parts = {DRAWER: _part(place, {**base, **context()}), "journey-both": ""}
        told = Told(said, parts=parts, focus=base["cell"])
        return news(place.request, place.actor, place.journey,
                    place.request.POST.get("seen", ""), told)  # fmt: skip
    messages.success(place.request, said)
    if base["back"] == "list" and "step" in (now := context()):
        return redirect(f"{place.url('journey_steps')}?step={now['step'].place}")
    return redirect(base["edit_url"])


def _shown(place: Place, context: dict[str, Any], status: int) -> HttpResponse:
    wants_json = "application/json" in place.request.headers.get("Accept", "")
    if wants_json:
        say = context.get("say") or context.get("problem", "")
        told = Told(say, parts={DRAWER: _part(place, context)}, focus="place-head")
        return news(place.request, place.actor, place.journey,
                    place.request.POST.get("seen", ""), told, status=status)  # fmt: skip
    if place.request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(_part(place, context), status=status)
    return render(place.request, "journeys/journey_place.html", context, status=status)


def _part(place: Place, context: dict[str, Any]) -> str:
    return render_to_string("journeys/place.html", {**context, "in_drawer": True}, place.request)


def _again(
    place: Place, context: dict[str, Any], problems: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The forms with what was just sent in the one that came back."""
    post = place.request.POST
    key = post.get("form", "")

    def kept(form: PlaceForm) -> PlaceForm:
        if form.key != key:
            return form
        return replace(form, controls=[_kept(c, post) for c in form.controls],
                       more=[_kept(c, post) for c in form.more])  # fmt: skip

    pictures = [form.again(post, problems or {}) if form.key == key else form
                for form in context.get("pictures", ())]  # fmt: skip
    return context | {"forms": [kept(form) for form in context["forms"]], "pictures": pictures}


def _kept(control: Any, post: Any) -> Any:
    if control.name not in post:
        return control
    sent = set(post.getlist(control.name))
    options = [replace(option, chosen=option.value in sent) for option in control.options]
    return replace(control, value=post[control.name], options=options)


def _said(place: Place, step: StepDoc, lane: Lane) -> list[Any]:
    rows = comments_of(place.actor, place.journey)
    return [row for row in rows if row.step.number == step.number and row.row == lane.key]


def _ties(place: Place, step: StepDoc) -> dict[str, Any]:
    """What else hangs on the step, its meeting points aside: those stand in a row of their own."""
    rows = [row for row in steps_in_order(place.actor, place.journey) if row.pk == step.id]
    ties = ties_of_pieces(place.actor, rows).get(step.id, [])
    shown = [
        {"thread": tie.thread, "words": tie.words,
         "other": link_html(tie.other, place.actor.workspace)}
        for tie in ties if tie.kind.code != MEETS
    ]  # fmt: skip
    url = place.url("journey_tie_create")
    return {"ties": shown, "tie_url": f"{url}?piece={step.number}" if url else ""}


def _say_url(place: Place, step: StepDoc, row: str) -> str:
    url = place.url("journey_comments")
    return f"{url}?step={step.number}&row={row}" if url else ""


def _history(place: Place, step: StepDoc, row: str) -> list[dict[str, Any]]:
    """The last edits at this place, newest first."""
    found = [
        entry for entry in edits_of(place.actor, place.journey, 200)
        if entry.label.get("step") == step.number and (not row or entry.label.get("row") == row)
    ]  # fmt: skip
    return [
        {"at": entry.at, "who": str(entry.user) if entry.user else "",
         "words": edit_words(entry, place.actor.vocabulary), "undone": entry.undone}
        for entry in found[:LAST]
    ]  # fmt: skip
