"""What changed in a journey, told to an open editor: cells painted anew, who is where, undo."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from polku.journeys.conversations import open_comments
from polku.journeys.document_pieces import read_steps
from polku.journeys.documents import JourneyDoc, read_document
from polku.journeys.lanes import BY_KEY, LANES, lanes_for
from polku.journeys.models import Journey
from polku.journeys.operations import redoable, undoable
from polku.journeys.queries import Here, changes_since, people_here
from polku.kernel.actor import Actor
from polku.web import formats
from polku.web.desk.journeys_asking import Question, question_from
from polku.web.desk.journeys_cells import Painter
from polku.web.desk.journeys_grid import cell_inner, grid_html, name_inner
from polku.web.desk.journeys_table import Sheet, columns_of
from polku.web.desk.values import title_text
from polku.web.pictures import address_in
from polku.web.templatetags.polku import state

NAME = "name"
EDITED = tuple(lane.key for lane in LANES)


@dataclass(frozen=True)
class Told:
    """What an answer adds: a sentence to be heard, the id of a cell to write in, parts of the page
    by id, the id of an element to stand on."""

    say: str = ""
    go: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    focus: str = ""


def edit_sheet(request: HttpRequest, actor: Actor, journey: Journey, doc: JourneyDoc) -> Sheet:
    """How the editor shows a journey: all lanes that hold something, or those that were chosen."""
    question = question_from(request.GET)
    lanes = lanes_for("team", question.lanes, used=None if question.lanes else doc.used)
    painter = Painter(actor.lang_for_writing, None, open_comments(actor, journey),
                      address_in(actor.workspace))  # fmt: skip
    return sheet_for(actor, journey, doc, question, painter, lanes)


def sheet_for(
    actor: Actor,
    journey: Journey,
    doc: JourneyDoc,
    question: Question,
    painter: Painter,
    lanes: Any,
) -> Sheet:
    """The sheet of the grid."""
    return Sheet(
        doc=doc, lanes=lanes, painter=painter, question=question,
        columns=columns_of(doc, question.folded), vocabulary=actor.vocabulary,
        title=title_text(journey),
    )  # fmt: skip


def news(
    request: HttpRequest, actor: Actor, journey: Journey, seen: str, told: Told | None = None,
    *, status: int = 200,
) -> JsonResponse:  # fmt: skip
    """What changed since the edit *seen*, with what an own verb adds to it."""
    told = told or Told()
    changes = changes_since(actor, journey, _number(seen))
    people = people_here(actor, journey)
    found: dict[str, Any] = {
        "edits": changes.edits, "cells": [], "people": people_marks(people),
        "say": told.say, "parts": dict(told.parts), "go": told.go, "focus": told.focus,
    }  # fmt: skip
    if changes.whole:
        doc = read_document(actor, journey)
        found["table"] = grid_html(edit_sheet(request, actor, journey, doc))
    elif changes.places:
        found["cells"] = _painted(request, actor, journey, changes.places)
    if changes.whole or changes.places or told.say:
        found["parts"] |= turns_part(request, actor, journey)
    if request.method == "POST" and status == 200:
        found["parts"]["journey-saved"] = saved_html()
    found["parts"]["journey-people"] = people_html(people)
    return JsonResponse(found, status=status)


def _painted(
    request: HttpRequest, actor: Actor, journey: Journey, places: Iterable[tuple[int, str]]
) -> list[list[Any]]:
    """Inner HTML of cells by place. A step without a name is called by what the customer does."""
    wanted = set(places)
    numbers = {step for step, _row in wanted}
    if any(row == NAME for _step, row in wanted):
        doc = read_document(actor, journey)
    else:
        doc = read_steps(actor, journey, numbers)
    sheet = edit_sheet(request, actor, journey, doc)
    found: list[list[Any]] = []
    for step in doc.steps:
        rows = {row for number, row in wanted if number == step.id}
        if "customer_action" in rows and not step.name:
            rows.add(NAME)
        for row in sorted(rows):
            if row == NAME:
                found.append([place_id(row, step.id), name_inner(sheet, step)])
            elif row in BY_KEY:
                found.append([place_id(row, step.id), cell_inner(sheet, BY_KEY[row], step)])
    return found


def people_marks(people: Iterable[Here]) -> list[list[str]]:
    """Where others are: the id of the cell, and the words that go into it."""
    return [
        [place_id(one.row, one.step), format_html(
            '<span class="cell-mark" data-who>{}</span>', _("%(name)s is here") % {"name": one.name}
        )]
        for one in people if one.step
    ]  # fmt: skip


def place_id(row: str, number: int) -> str:
    """The id of a cell in the table: its row, and the inner number of its step or stage."""
    return f"{row}-{number}"


def turns_part(request: HttpRequest, actor: Actor, journey: Journey) -> dict[str, str]:
    """The buttons that undo and redo, by the id of their place."""
    context = {"undo": undoable(actor, journey), "redo": redoable(actor, journey),
               "csrf_token": get_token(request)}  # fmt: skip
    return {"journey-turns": render_to_string("journeys/turns.html", context)}


def saved_html() -> str:
    """That what was written is saved, and when."""
    words = _("Saved %(time)s") % {"time": formats.clock(timezone.now())}
    return state("good", words)


def people_html(people: Iterable[Here]) -> str:
    """Who else is here."""
    names = ", ".join(dict.fromkeys(one.name for one in people))
    return format_html("{}", _("Here now: %(names)s") % {"names": names}) if names else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else -1
