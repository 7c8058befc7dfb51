"""Decisions about an object. They are only ever added; the list of all is a list like others."""

from django.http import HttpRequest, HttpResponse

from polku.api.answers import answer_object, answer_once, who
from polku.api.bodies import read_json, shaped
from polku.api.lists import asked, hold_empty
from polku.api.objects import found, place_of, plain_of
from polku.api.shapes import DecisionIn
from polku.kernel.decisions import take_decision
from polku.kernel.entities import DECISION
from polku.kernel.plain_rows import plain_rows
from polku.kernel.queries import visible_kind
from polku.kernel.registry import Entity


def list_decisions(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Decisions about the object, the newest first."""
    actor = who(request)
    page, query = asked(request)
    hold_empty(query)
    obj = found(actor, entity, code)
    rows = visible_kind(actor, DECISION).filter(subject_kind=entity.kind, subject_id=obj.pk)
    rows = rows.order_by("-decided_on", "-id")
    items = plain_rows(actor, DECISION, rows[page.offset : page.end])
    return page.answer(items.values(), rows.count())


def create_decision(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Write down what was decided about the object, and why."""
    return answer_once(request, lambda: _create(request, entity, code))


def _create(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor, sent = who(request), shaped(DecisionIn, read_json(request))
    values = sent.model_dump(exclude={"revises"})
    revises = found(actor, DECISION, sent.revises) if sent.revises else None
    obj = found(actor, entity, code)
    row = take_decision(obj, by=actor, revises=revises, **values)
    return answer_object(plain_of(actor, DECISION, row), 201, place_of(actor, DECISION, row.code))
