"""Evidence under typical customers and stakeholders, lines between stakeholders, and two parties
that are one."""

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from polku.api.answers import answer, answer_object, answer_once, who
from polku.api.bodies import read_json, shaped
from polku.api.objects import found, plain_of
from polku.api.shapes import Code, Language, Line, Shape, Words
from polku.kernel.answers import BadInput, require
from polku.kernel.policy import may_change
from polku.kernel.queries import visible_kind
from polku.kernel.registry import Entity
from polku.people.entities import INSIGHT
from polku.people.models import StakeholderTie
from polku.people.operations import add_evidence, draw_line, merge_parties, rub_out_line
from polku.people.policy import may_merge
from polku.people.queries import find_line, lines_of


class EvidenceIn(Shape):
    """One thing that was learnt; it becomes an insight and is tied in one go."""

    statement: Words | dict[Language, Words] = Field(description="What was learnt.")
    method: Line = Field("unknown", examples=["interview"])
    n: int | None = Field(None, ge=0, description="From how many people.")
    learnt_on: dt.date | None = None
    source: Line = Field("", description="From whom, without names.")
    kept_at: Line = Field("", description="Where it is kept.")
    why: Line = Field("", description="Why it tells us something about them.")


class LineIn(Shape):
    """How one stakeholder stands to another."""

    other: Code = Field(examples=["STK-2"])
    words: Line | dict[Language, Line] = Field(examples=["pays half of it"])


class PartyMergeIn(Shape):
    """The party for which this one stands from now on."""

    other: Code = Field(examples=["PTY-9"], description="The one that ends and leads here.")
    revisions: dict[Code, int] = Field(
        default_factory=dict, description="Those that were read, by code."
    )
    why: Annotated[str, StringConstraints(max_length=300)] = Field("", description="Why.")


def create_evidence(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Write down what was learnt and tie it to whom it tells us about; gives the insight."""
    return answer_once(request, lambda: _evidence(request, entity, code))


def _evidence(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor, sent = who(request), shaped(EvidenceIn, read_json(request))
    values: dict[str, Any] = sent.model_dump(exclude={"why"}, exclude_unset=True)
    made = add_evidence(found(actor, entity, code), values, by=actor, why=sent.why)
    return answer_object(plain_of(actor, INSIGHT, made), status=201)


def merge(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Merge another party into this one: whatever led to that one leads here, and it is put away.

    Its names find this one, which also gets what it says nothing of. The other is `merged`, and
    says in `merged_into` where it went.
    """
    return answer_once(request, lambda: _merge(request, entity, code))


def _merge(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor, sent = who(request), shaped(PartyMergeIn, read_json(request))
    kept = found(actor, entity, code)
    require(may_merge(actor, kept))  # before anything is told of the other
    rows = visible_kind(actor, entity, archived=actor.is_internal)
    other = rows.filter(code=sent.other.strip().upper()).first()
    if other is None:
        raise BadInput({"other": _("There is no “%(code)s” here.") % {"code": sent.other[:40]}})
    revisions = {name.upper(): number for name, number in sent.revisions.items()}
    kept = merge_parties(kept, other, by=actor, revisions=revisions, why=sent.why)
    return answer_object(plain_of(actor, entity, kept))


def list_lines(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """The lines from and to one stakeholder."""
    actor = who(request)
    return _lines(lines_of(actor, found(actor, entity, code)))


def create_line(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Draw a line to another stakeholder; gives all lines of this one."""
    return answer_once(request, lambda: _line(request, entity, code))


def _line(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor, sent = who(request), shaped(LineIn, read_json(request))
    obj = found(actor, entity, code)
    require(may_change(actor, obj))
    other = visible_kind(actor, entity).filter(code=sent.other.strip().upper()).first()
    if other is None:
        raise BadInput({"other": _("There is no “%(code)s” here.") % {"code": sent.other[:40]}})
    draw_line(obj, other, sent.words, by=actor)
    return _lines(lines_of(actor, obj), status=201)


def remove_line(request: HttpRequest, entity: Entity, code: str, number: str) -> HttpResponse:
    """Take a line away; gives those that are left."""
    actor = who(request)
    obj = found(actor, entity, code)
    rub_out_line(find_line(actor, obj, number), by=actor)
    return _lines(lines_of(actor, obj))


def _lines(lines: list[StakeholderTie], status: int = 200) -> HttpResponse:
    items = [
        {"id": line.pk, "from": line.stakeholder.code, "to": line.other.code,
         "words": dict(line.words.texts)}
        for line in lines
    ]  # fmt: skip
    return answer({"items": items, "count": len(items), "next": None}, status=status)
