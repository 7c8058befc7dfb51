"""The list view of a journey: one step at a time, lanes as headings; the twin for phones and
speech."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from polku.journeys.documents import StageDoc, StepDoc
from polku.journeys.lanes import LANES, Lane, Line
from polku.kernel.answers import NotFound
from polku.web.desk.journeys import hidden_words
from polku.web.desk.journeys_head import Look, head_context, look_at
from polku.web.desk.journeys_table import Sheet, columns_of, rows_of, step_marks
from polku.web.desk.journeys_words import SPHERES, numbered

ALL = tuple(lane.key for lane in LANES)


def journey_steps(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """One step with all its rows; ``?step=5`` counts through the whole journey."""
    look = look_at(request, code, "journey_steps", ALL)
    steps = look.doc.steps
    place = look.question.step or 1
    if steps and not 1 <= place <= len(steps):
        raise NotFound
    context = {**head_context(look), "steps": _index(look, place), "n": len(steps),
               "stages": len(look.doc.stages)}  # fmt: skip
    if steps:
        context |= _of_step(look, steps[place - 1])
    return render(request, "journeys/journey_steps.html", context)


def _index(look: Look, here: int) -> list[dict[str, Any]]:
    return [
        {"label": numbered(step, look.painter.lang), "current": step.place == here,
         "url": look.question.address(step=str(step.place)), "decisive": step.decisive}
        for step in look.doc.steps
    ]  # fmt: skip


def _of_step(look: Look, step: StepDoc) -> dict[str, Any]:
    sheet = Sheet(look.doc, look.lanes, look.painter, look.question, columns_of(look.doc),
                  look.actor.vocabulary)  # fmt: skip
    steps, place = look.doc.steps, step.place
    stage = _stage(look, step)
    may = bool(look.url("journey_edit")) and look.is_now and bool(look.page.can_edit)
    base = look.url("journey_edit") if may else ""
    return {
        "step": step, "step_name": numbered(step, look.painter.lang),
        "stage_name": look.painter.text(stage.name),
        "stage_place": look.doc.stages.index(stage) + 1,
        "marks": step_marks(sheet, step), "ground": SPHERES[step.sphere]
        if step.sphere != "unknown" else "",
        "before": steps[place - 2] if place > 1 else None,
        "before_url": look.question.address(step=str(place - 1)),
        "before_name": numbered(steps[place - 2], look.painter.lang) if place > 1 else "",
        "after_name": numbered(steps[place], look.painter.lang) if place < len(steps) else "",
        "after_url": look.question.address(step=str(place + 1)),
        "lanes": [_lane(look, row, step, base) for row in rows_of(sheet)],
        "step_url": f"{base}steps/{step.id}/?back=list" if base else "",
    }  # fmt: skip


def _stage(look: Look, step: StepDoc) -> StageDoc:
    return next(stage for stage in look.doc.stages if step in stage.steps)


def _lane(look: Look, row: Lane | Line, step: StepDoc, edit: str) -> dict[str, Any]:
    if isinstance(row, Line):
        return {"line": row.name(look.actor.vocabulary)}
    name = row.name(look.actor.vocabulary)
    if row in look.lanes.hidden:
        return {"name": name, "hidden": hidden_words(look)}
    comments = look.painter.comments.get((step.number, row.key), 0)
    return {
        "name": name, "inner": look.painter.inner(row, step), "comments": comments,
        "edit_url": f"{edit}{step.id}/{row.key}/?back=list" if edit else "",
        "empty": _("nothing told, nothing guessed") if row.side == "customer" else "–",
        "chips": row.source == "touchpoints",
        "comment_url": f"{look.url('journey_comments')}?step={step.number}&row={row.key}"
        if look.actor.is_internal and look.url("journey_comments") else "",
    }  # fmt: skip
