"""The steps a thing has taken and will take: with decision and answers, to be taken back or put
right."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.history import transitions_of
from polku.kernel.machines import Question
from polku.kernel.models import Transition
from polku.kernel.policy import may_change, may_read_inside
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.kernel.transitions import cancel_planned, correct, machine_of
from polku.web.desk.addresses import object_url, page_url
from polku.web.desk.moves import state_of
from polku.web.desk.moves_forms import ANSWER_WORDS, ReasonForm
from polku.web.desk.objects import fetch

SIGN_OF_ANSWER = {"yes": "good", "no": "bad", "unknown": "unknown", "not_applicable": "plain"}


def object_steps(request: HttpRequest, workspace: str, kind: str, code: str) -> HttpResponse:
    """All steps of one thing, planned ones first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity, obj = _thing(actor, kind, code)
    require(may_read_inside(actor))
    rows = steps_shown(actor, entity, obj)
    context = {
        "entity": entity, "object": obj, "steps": rows,
        "back_url": object_url(actor.workspace, entity, obj.code),
    }  # fmt: skip
    return render(request, "moves/object_steps.html", context)


def steps_shown(
    actor: Actor, entity: Entity, obj: Any, rows: list[Transition] | None = None
) -> list[dict[str, Any]]:
    """Steps for people, newest first: states, who, why, answers, marks, and what may be done."""
    rows = transitions_of(actor, obj) if rows is None else rows
    corrected = {row.properties.get("corrects") for row in rows}
    newest = _newest(rows)
    may = bool(may_change(actor, obj)) and not obj.archived
    return [
        _shown(actor, entity, obj, row, corrected=row.pk in corrected,
               newest=may and newest is not None and row.pk == newest.pk, may=may)
        for row in rows
    ]  # fmt: skip


def _newest(rows: list[Transition]) -> Transition | None:
    """The step in force now: only it can be put right, and a correction only by a new step."""
    applied = [row for row in rows if row.applied_at and not row.cancelled_at]
    found = max(applied, key=lambda row: (row.effective_on, row.pk), default=None)
    return None if found is not None and found.properties.get("corrects") else found


def _shown(
    actor: Actor, entity: Entity, obj: Any, row: Transition, *, corrected: bool, newest: bool,
    may: bool,
) -> dict[str, Any]:  # fmt: skip
    machine = machine_of(entity)
    mark = "planned" if row.is_planned else "cancelled" if row.cancelled_at else ""
    mark = "corrected" if corrected else "correction" if row.properties.get("corrects") else mark
    done = {"code": obj.code, "step": row.pk}
    return {
        "row": row, "mark": mark, "before": state_of(machine, row.from_state),
        "after": state_of(machine, row.to_state), "answers": _answers(entity, row),
        "who": row.by_party or row.by,
        "cancel_url": page_url(actor.workspace, entity, "step_cancel", **done)
        if may and row.is_planned else "",
        "correct_url": page_url(actor.workspace, entity, "step_correct", **done) if newest else "",
    }  # fmt: skip


def _answers(entity: Entity, row: Transition) -> list[dict[str, Any]]:
    asked = _questions(entity)
    words = dict(ANSWER_WORDS)
    return [
        {
            "question": asked[code].text if code in asked else code,
            "answer": words.get(given.get("answer", ""), given.get("answer", "")),
            "result": SIGN_OF_ANSWER.get(given.get("answer", ""), "plain"),
            "words": given.get("words", ""),
        }
        for code, given in row.gate_answers.items()
    ]


def _questions(entity: Entity) -> dict[str, Question]:
    moves = [found for moves in machine_of(entity).moves.values() for found in moves]
    return {question.code: question for found in moves for question in found.gate}


def step_cancel(
    request: HttpRequest, workspace: str, kind: str, code: str, step: int
) -> HttpResponse:
    """Take a planned step back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity, obj = _thing(actor, kind, code)
    row = _step(actor, obj, step)
    require(may_change(actor, obj))
    form = ReasonForm(request.POST if request.method == "POST" else None, needed=False)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            cancel_planned(row, by=actor, obj=obj, reason=form.cleaned_data["reason"])
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, _("The plan is taken back. It stays in the history."))
            return redirect(object_url(actor.workspace, entity, obj.code))
    return _ask(request, actor, entity, obj, row, form, refused, "moves/step_cancel.html")


def step_correct(
    request: HttpRequest, workspace: str, kind: str, code: str, step: int
) -> HttpResponse:
    """Put the newest step right by a new one; both stay."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity, obj = _thing(actor, kind, code)
    row = _step(actor, obj, step)
    require(may_change(actor, obj))
    form = ReasonForm(request.POST or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            correct(row, by=actor, obj=obj, reason=form.cleaned_data["reason"])
        except BadInput as error:
            form.add_error("reason", str(error.fields.get("reason", "")))
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, _("Put right. The wrong step stays visible, marked so."))
            return redirect(object_url(actor.workspace, entity, obj.code))
    return _ask(request, actor, entity, obj, row, form, refused, "moves/step_correct.html")


def _ask(
    request: HttpRequest, actor: Actor, entity: Entity, obj: Any, row: Transition,
    form: ReasonForm, refused: str, template: str,
) -> HttpResponse:  # fmt: skip
    machine = machine_of(entity)
    context = {
        "entity": entity, "object": obj, "row": row, "form": form, "refused": refused,
        "before": state_of(machine, row.from_state), "after": state_of(machine, row.to_state),
        "back_url": object_url(actor.workspace, entity, obj.code),
    }  # fmt: skip
    status = 409 if refused else 422 if form.errors else 200
    return render(request, template, context, status=status)


def _thing(actor: Actor, kind: str, code: str) -> tuple[Entity, Any]:
    entity = entity_row(kind)
    return entity, fetch(actor, entity, code)


def _step(actor: Actor, obj: Any, step: int) -> Transition:
    if not actor.is_internal:
        raise NotFound
    found = next((row for row in transitions_of(actor, obj) if row.pk == step), None)
    if found is None:
        raise NotFound
    return found
