"""Taking a step: the page where a gate asks its questions. It asks and records; it never locks."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.clock import today_in
from polku.kernel.gate_facts import facts_for
from polku.kernel.history import transitions_of
from polku.kernel.machines import Move, StateMachine
from polku.kernel.models import Transition
from polku.kernel.policy import may_move
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.kernel.transitions import gates_skipped, machine_of, offered_moves
from polku.portfolio.operations import take_step
from polku.web import formats
from polku.web.desk.addresses import object_url, page_url
from polku.web.desk.moves_falling import falling
from polku.web.desk.moves_forms import StepForm
from polku.web.desk.objects import fetch
from polku.web.desk.values import title_text


def object_move(
    request: HttpRequest, workspace: str, kind: str, code: str, to: str
) -> HttpResponse:
    """The form of one step of one thing; on success back to the thing with a message."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    obj = fetch(actor, entity, code)
    found = _found(request, entity, obj, to)
    if found is None:
        return _no_way(request, actor, entity, obj, to)
    require(may_move(actor, obj, found))
    form = _form(request, found, actor, obj)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            row = take_step(obj, form.step(), by=actor)
        except BadInput as error:
            form.blame(error)
        except Refused as error:
            refused = str(error)
        else:
            _say(request, actor, entity, obj, row)
            return redirect(object_url(actor.workspace, entity, obj.code))
    context = {**_context(actor, entity, obj, found), "form": form, "refused": refused}
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "moves/object_move.html", context, status=status)


def _form(request: HttpRequest, found: Move, actor: Actor, obj: Any) -> StepForm:
    questions = found.questions(actor.workspace.size_profile, obj)
    facts = facts_for(actor, obj, found)
    if request.method == "POST":
        return StepForm(found, questions, facts, request.POST)
    initial = {"effective_on": today_in(actor.workspace), "reason": request.GET.get("reason", "")}
    return StepForm(found, questions, facts, initial=initial)


def _found(request: HttpRequest, entity: Entity, obj: Any, to: str) -> Move | None:
    """The step from where the object stands, stood on the day given, or will stand by a plan."""
    machine = machine_of(entity)
    held = getattr(obj, "held_from_state", "")
    for state in _stands(request, entity, obj):
        found = machine.find(state, to, held)
        if found is not None and found.who != "sys":
            return found
    return None


def _stands(request: HttpRequest, entity: Entity, obj: Any) -> list[str]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = [row for row in transitions_of(actor, obj) if row.cancelled_at is None]
    given = request.POST.get("effective_on", "")
    on_that_day = [row.to_state for row in rows if str(row.effective_on) <= given]
    planned = [row.to_state for row in rows if row.is_planned]
    return [*on_that_day[:1], getattr(obj, entity.state_field), *planned]


def _no_way(request: HttpRequest, actor: Actor, entity: Entity, obj: Any, to: str) -> HttpResponse:
    """There is no such step from here: the reason, and the steps that there are."""
    machine = machine_of(entity)
    before = getattr(obj, entity.state_field)
    wanted = machine.state(to)
    sentence = machine.refusals.get((before, to)) or (
        _("It stands there already.")
        if before == to
        else _("There is no step from here to there. Choose one of those below.")
    )
    context = {
        "entity": entity, "object": obj, "sentence": sentence, "wanted": wanted,
        "back_url": object_url(actor.workspace, entity, obj.code),
        "ways": [
            {"label": found.verb, "url": page_url(actor.workspace, entity, "move",
                                                  code=obj.code, to=found.to)}
            for found, answer in offered_moves(obj, actor)
            if answer.ok
        ],
    }  # fmt: skip
    status = 409 if wanted else 404
    return render(request, "moves/no_way.html", context, status=status)


def _context(actor: Actor, entity: Entity, obj: Any, found: Move) -> dict[str, Any]:
    machine = machine_of(entity)
    before = getattr(obj, entity.state_field)
    return {
        "entity": entity, "object": obj, "found": found,
        "before": state_of(machine, before), "after": state_of(machine, found.to),
        "back_url": object_url(actor.workspace, entity, obj.code),
        "today": today_in(actor.workspace),
        "same_person": found.decides and actor.user_id is not None
        and obj.created_by_id == actor.user_id,
        "planned": [row for row in transitions_of(actor, obj) if row.is_planned]
        if actor.is_internal else [],
        "skipped": [
            {**state_of(machine, code), "questions": len(asked)}
            for code, asked in gates_skipped(entity, obj, before, found.to, actor).items()
        ] if found.decides else [],
        "falling": falling(actor, obj, found),
        "list_url": page_url(actor.workspace, entity, "retirement_list", code=obj.code)
        if entity.kind == "service_product" and found.to in {"ending", "ended"} else "",
    }  # fmt: skip


def state_of(machine: StateMachine, code: str) -> dict[str, str]:
    """The word and sign of a state; *not said* for none."""
    found = machine.state(code)
    if found is None:
        return {"code": code, "word": code or _("not said"), "sign": "life-none"}
    return {"code": code, "word": str(found.word), "sign": found.sign}


def _say(request: HttpRequest, actor: Actor, entity: Entity, obj: Any, row: Transition) -> None:
    name = title_text(obj)  # before what its name is made of has to be asked for again
    obj.refresh_from_db()
    machine = machine_of(entity)
    now = getattr(obj, entity.state_field)
    words = {
        "name": name, "state": state_of(machine, row.to_state)["word"],
        "day": formats.long_day(row.effective_on), "now": state_of(machine, now)["word"],
    }  # fmt: skip
    if row.is_planned:
        messages.success(request, _("Planned: %(name)s will be “%(state)s” from %(day)s.") % words)
    elif now != row.to_state:
        sentence = _("Written down for %(day)s: %(name)s was “%(state)s”. Today it is “%(now)s”.")
        messages.success(request, sentence % words)
    elif row.effective_on < _today(actor):
        messages.success(request, _("%(name)s is “%(state)s” since %(day)s.") % words)
    else:
        messages.success(request, _("%(name)s is now “%(state)s”.") % words)


def _today(actor: Actor) -> dt.date:
    return today_in(actor.workspace)
