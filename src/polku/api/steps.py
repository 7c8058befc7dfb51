"""Dated steps between states: which are offered, which were taken, which lie ahead."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from polku.api.answers import answer, answer_once, who
from polku.api.bodies import read_json, shaped
from polku.api.objects import found
from polku.api.shapes import ReasonIn, StepIn
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, require
from polku.kernel.history import transitions_of
from polku.kernel.models import Transition
from polku.kernel.policy import may_read_inside
from polku.kernel.registry import Entity
from polku.kernel.transitions import Step, cancel_planned, correct, offered_moves
from polku.portfolio.operations import take_step


def list_transitions(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """The state, every dated step, and the steps that are possible from here."""
    actor = who(request)
    require(may_read_inside(actor))
    obj = found(actor, entity, code)
    items = [_plain(row) for row in transitions_of(actor, obj)]
    state = getattr(obj, entity.state_field)
    return answer({"state": state, "items": items, "offered": _offered(obj, actor)})


def _offered(obj: Any, actor: Actor) -> list[dict[str, Any]]:
    size = actor.workspace.size_profile
    return [
        {
            "to": move.to, "verb": str(move.verb), "allowed": bool(answer_),
            "reason": str(answer_.reason), "needs_reason": move.needs_reason,
            "decides": move.decides,
            "questions": [
                {"code": q.code, "text": str(q.text)} for q in move.questions(size, obj)
            ],
        }
        for move, answer_ in offered_moves(obj, actor)
    ]  # fmt: skip


def _plain(row: Transition) -> dict[str, Any]:
    return {
        "id": row.pk, "from": row.from_state, "to": row.to_state,
        "effective_on": row.effective_on, "recorded_at": row.recorded_at,
        "planned": row.is_planned, "cancelled_at": row.cancelled_at, "reason": row.reason,
        "answers": row.gate_answers, "decision": row.decision.code if row.decision else None,
        "by": str(row.by) if row.by else None,
        "by_party": row.by_party.code if row.by_party else None,
    }  # fmt: skip


def create_transition(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Take a step, or plan it for a day to come."""
    return answer_once(request, lambda: _take(request, entity, code))


def _take(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor, sent = who(request), shaped(StepIn, read_json(request))
    step = Step(**sent.model_dump())
    row = take_step(found(actor, entity, code), step, by=actor)
    return _told(actor, entity, code, row, 201)


def _told(actor: Actor, entity: Entity, code: str, row: Transition, status: int) -> HttpResponse:
    obj = found(actor, entity, code)
    state = {"state": getattr(obj, entity.state_field), "revision": obj.revision}
    return answer(_plain(row) | state, status)


def _of(actor: Actor, obj: Any, number: str) -> Transition:
    require(may_read_inside(actor))
    row = next((row for row in transitions_of(actor, obj) if str(row.pk) == number), None)
    if row is None:
        raise NotFound
    return row


def cancel_transition(request: HttpRequest, entity: Entity, code: str, number: str) -> HttpResponse:
    """Take back a step that lies ahead; it stays in the history as cancelled."""
    actor, sent = who(request), shaped(ReasonIn, read_json(request))
    obj = found(actor, entity, code)
    row = cancel_planned(_of(actor, obj, number), by=actor, obj=obj, reason=sent.reason)
    return _told(actor, entity, code, row, 200)


def correct_transition(
    request: HttpRequest, entity: Entity, code: str, number: str
) -> HttpResponse:
    """Undo the newest step by a new one back to where it came from; both stay visible."""
    actor, sent = who(request), shaped(ReasonIn, read_json(request))
    obj = found(actor, entity, code)
    row = correct(_of(actor, obj, number), by=actor, obj=obj, reason=sent.reason)
    return _told(actor, entity, code, row, 201)
