"""The editor of a journey: the page, and the small verbs that its cells and buttons send.

Each verb answers a script with what changed, and a form without script with the page again.
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polku.journeys.documents import read_document
from polku.journeys.entities import JOURNEY
from polku.journeys.models import Journey
from polku.journeys.operations import note_place
from polku.journeys.policy import may_edit
from polku.journeys.polling import tag_now, ticket_for
from polku.journeys.queries import people_here, visible_journeys, visible_touchpoints
from polku.kernel.actor import Actor
from polku.kernel.answers import (
    BadInput,
    Conflict,
    NotAllowed,
    NotFound,
    PolkuError,
    Refused,
    require,
)
from polku.kernel.policy import may_read_inside
from polku.web.desk.journeys_acting import act, paste_text, write
from polku.web.desk.journeys_asking import question_from
from polku.web.desk.journeys_both import clash_html, mended_html
from polku.web.desk.journeys_grid import grid_html
from polku.web.desk.journeys_head import head_context, lanes_menu, look_at
from polku.web.desk.journeys_news import (
    EDITED,
    Told,
    edit_sheet,
    news,
    people_html,
    people_marks,
    turns_part,
)
from polku.web.desk.values import title_text
from polku.web.polling import place_asked

MOST_NAMES = 400
WHERE = "journey-both"


def journey_edit(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The journey as a table one writes in."""
    require(may_read_inside(_actor(request)))
    look = look_at(request, code, "journey_edit", EDITED)
    require(may_edit(look.actor, look.journey))
    doc = read_document(look.actor, look.journey)
    sheet = edit_sheet(request, look.actor, look.journey, doc)
    people = people_here(look.actor, look.journey)
    query = urlencode(dict(look.question.asked), safe=",")
    ticket = ticket_for(look.actor, look.journey, request.session.session_key or "")
    context = {
        **head_context(look), "table": grid_html(sheet) if doc.stages else "", "doc": doc,
        "menu": lanes_menu(look), "stages": doc.stages, "query": f"?{query}" if query else "",
        "poll_query": "?" + "&".join(filter(None, [query, f"ticket={ticket}"])),
        "steps": doc.steps, "lang": look.actor.lang_for_writing,
        "here": people_html(people), "people": json.dumps(people_marks(people)),
        "names": [row.name for row in visible_touchpoints(look.actor).only("name")[:MOST_NAMES]],
        **{name.replace("-", "_"): html
           for name, html in turns_part(request, look.actor, look.journey).items()},
        "urls": {name: look.url(f"journey_{name}") for name in ("write", "act", "paste", "poll")},
        "map_url": look.url("journey_detail"), "list_url": look.url("journey_steps"),
    }  # fmt: skip
    return render(request, "journeys/journey_edit.html", context)


@require_POST
def journey_write(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """One text into one cell."""
    return _done(request, code, write)


@require_POST
def journey_act(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """A verb about a step, a stage or the journey: add, move, copy, take out, undo, redo."""
    return _done(request, code, act)


def journey_paste(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """A block of cells from a spreadsheet; a page of its own for those who have no script."""
    if request.method == "POST":
        return _done(request, code, partial(paste_text, folded=question_from(request.GET).folded))
    actor = _actor(request)
    require(may_read_inside(actor))
    look = look_at(request, code, "journey_paste", EDITED)
    require(may_edit(actor, look.journey))
    rows = [("name", _("Step")), *((lane.key, lane.name(actor.vocabulary))
            for lane in look.lanes.shown if lane.source not in {"curve", "pains"})]  # fmt: skip
    context = {
        **head_context(look), "steps": look.doc.steps, "rows": rows,
        "chosen_step": request.GET.get("at", ""), "chosen_row": request.GET.get("row", "name"),
    }  # fmt: skip
    return render(request, "journeys/journey_paste.html", context)


def journey_poll(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """What others did since, and who is where; 304 when nothing moved."""
    actor = _actor(request)
    require(may_read_inside(actor))
    journey = fetch_bare(actor, code)
    if actor.user_id is not None and "at" in request.GET:  # an editor, not somebody who reads
        step, row = place_asked(request)
        note_place(journey, step, row, by=actor)
    people = people_here(actor, journey)
    tag = tag_now(journey, people)
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = news(request, actor, journey, request.GET.get("seen", ""))
    response["ETag"] = tag
    return response


def fetch_bare(actor: Actor, code: str) -> Journey:
    """The journey alone, for verbs: what it points at is not read."""
    found: Journey = visible_journeys(actor).get_or_404(code)
    found.workspace = actor.workspace
    return found


def _actor(request: HttpRequest) -> Actor:
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def _done(
    request: HttpRequest, code: str, verb: Callable[[Any, Actor, Journey], Told]
) -> HttpResponse:
    """Do it, and answer in the form that was asked for; a refusal is told where one looks."""
    actor = _actor(request)
    require(may_read_inside(actor))
    journey = fetch_bare(actor, code)
    asks_json = "application/json" in request.headers.get("Accept", "")
    status, told = 200, Told()
    try:
        require(may_edit(actor, journey))
        told = verb(request.POST, actor, journey)
    except Conflict as error:
        told, status = _both(request, actor, journey, error), error.status
    except BadInput as error:
        told, status = _mended(request, actor, journey, error), error.status
    except (Refused, NotAllowed, NotFound) as error:
        if not asks_json and not isinstance(error, Refused):
            raise
        told, status = Told(parts={WHERE: _refusal(error)}, say=str(error)), error.status
    if asks_json:
        if status == 200:
            told = Told(told.say, told.go, {WHERE: "", **told.parts}, told.focus)
        return news(request, actor, journey, request.POST.get("seen", ""), told, status=status)
    return _as_page(request, actor, journey, told, status)


def _as_page(
    request: HttpRequest, actor: Actor, journey: Journey, told: Told, status: int
) -> HttpResponse:
    """Without script: back to where one was, or what went wrong with all that was written."""
    if status == 200:
        messages.success(request, told.say or _("Saved."))
        return redirect(_back(request, actor, journey, told))
    context = {"object": journey, "page_title": title_text(journey), "both": told.parts[WHERE],
               "edit_url": edit_url(actor, journey), "entity": JOURNEY}  # fmt: skip
    return render(request, "journeys/not_saved.html", context, status=status)


def _back(request: HttpRequest, actor: Actor, journey: Journey, told: Told) -> str:
    slug = actor.workspace.slug
    if request.POST.get("back") == "list":
        at = reverse("journey_steps", kwargs={"workspace": slug, "code": journey.code})
        place = request.POST.get("place", "")
        return f"{at}?step={place}" if place.isdecimal() and len(place) < 5 else at
    query = request.GET.urlencode()
    step = told.go.removeprefix("name-") if told.go.startswith("name-") else ""
    address = edit_url(actor, journey) + (f"?{query}" if query else "")
    return f"{edit_url(actor, journey)}steps/{step}/" if step else address


def edit_url(actor: Actor, journey: Journey) -> str:
    """Where the journey is edited."""
    kwargs = {"workspace": actor.workspace.slug, "code": journey.code}
    return reverse("journey_edit", kwargs=kwargs)


def _both(request: HttpRequest, actor: Actor, journey: Journey, error: Conflict) -> Told:
    html = clash_html(request, actor, journey, error)
    return Told(say=str(error), parts={WHERE: html}, focus="both-head")


def _mended(request: HttpRequest, actor: Actor, journey: Journey, error: BadInput) -> Told:
    html = mended_html(request, actor, journey, error)
    words = " ".join(str(text) for text in error.fields.values())
    return Told(say=words, parts={WHERE: html}, focus="both-head")


def _refusal(error: PolkuError) -> str:
    return render_to_string("components/notice.html", {"tone": "watch", "text": str(error)})
