"""Wishes split into parts, merged into one, and counted in groups."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from polku.api.answers import answer, answer_object, answer_once, who
from polku.api.bodies import read_json, shaped
from polku.api.lists import asked
from polku.api.objects import found, plain_of
from polku.api.shapes import Code, Language, Line, Shape
from polku.api.shapes_of_answers import ANSWERS, NUMBER, TEXT, TEXT_OR_NOTHING, Schema
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.plain_rows import plain_rows
from polku.kernel.policy import may_change
from polku.kernel.queries import visible_kind
from polku.kernel.registry import Entity
from polku.portfolio.merging import name_in
from polku.portfolio.operations import merge_wishes, split_wish
from polku.portfolio.wish_groups import WAYS, Group, groups_of

type Text = Annotated[str, StringConstraints(max_length=600)]
type Texts = Text | dict[Language, Text]
MOST = 50


class PartIn(Shape):
    """One part of a wish; the rest it has from the whole."""

    statement: Texts = Field(description="What this part asks for.")
    priority: Line = Field("", description="The whole's, if not said.", examples=["must"])
    acceptance_criterion: Texts = Field("", description="By what one sees that it is done.")


class SplitIn(Shape):
    """The parts of a wish, two or more."""

    parts: list[PartIn] = Field(max_length=MOST)
    revision: int | None = Field(None, ge=1, description="The one that was read.")


class MergeIn(Shape):
    """The wishes for which this one stands from now on."""

    others: list[Code] = Field(max_length=MOST, examples=[["REQ-4", "REQ-9"]])
    answers: dict[Line, Code] = Field(
        default_factory=dict,
        description=(
            "Where the wishes differ, the code of the one whose word holds: state, priority, type, "
            "origin_kind, for_segment, acceptance_criterion, owner_party, relationship, audience, "
            "services, versions. For the last two also `all`. What differs and is not answered is "
            "told with its choices, and nothing is merged."
        ),
    )
    revisions: dict[Code, int] = Field(
        default_factory=dict, description="Those that were read, by code."
    )
    why: Annotated[str, StringConstraints(max_length=300)] = Field("", description="Why.")


def list_groups(request: HttpRequest, entity: Entity) -> HttpResponse:  # noqa: ARG001
    """Wishes counted by service, release or giver: all of each group, and those still open.

    The filters are those of the list; `filter` is the one that shows the wishes of a group.
    """
    actor = who(request)
    page, query = asked(request)
    by = query.pop("by", "")
    groups = groups_of(actor, by, query, strict=True)
    items = [_group(actor, by, group) for group in groups[page.offset : page.end]]
    return page.answer(items, len(groups))


def _group(actor: Actor, by: str, group: Group) -> dict[str, Any]:
    code = group.of.code if group.of else None
    return {
        "of": code, "name": name_in(group.of, actor.lang) if group.of else None,
        "count": group.count, "open": group.open, "filter": f"{WAYS[by].filter}={code or 'none'}",
    }  # fmt: skip


def split(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Split a wish into parts; each keeps who asked, where it comes from and what it hangs on."""
    return answer_once(request, lambda: _split(request, entity, code))


def _split(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor, sent = who(request), shaped(SplitIn, read_json(request))
    parts = [part.model_dump(exclude_unset=True) for part in sent.parts]
    wish = found(actor, entity, code)
    made = split_wish(wish, parts, by=actor, revision=sent.revision)
    rows = visible_kind(actor, entity).filter(pk__in=[part.pk for part in made]).order_by("id")
    items = list(plain_rows(actor, entity, rows).values())
    return answer({"items": items, "count": len(items), "next": None}, 201)


def merge(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Merge other wishes into this one; it keeps all who asked, and they hear how it stands."""
    return answer_once(request, lambda: _merge(request, entity, code))


def _merge(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor, sent = who(request), shaped(MergeIn, read_json(request))
    kept = found(actor, entity, code)
    require(may_change(actor, kept))  # before anything is told of the others
    others = _others(actor, entity, sent.others)
    revisions = {name.upper(): number for name, number in sent.revisions.items()}
    answers = {name: value if value == "all" else value.upper()
               for name, value in sent.answers.items()}  # fmt: skip
    kept = merge_wishes(kept, others, by=actor, answers=answers, revisions=revisions, why=sent.why)
    return answer_object(plain_of(actor, entity, kept))


def _others(actor: Actor, entity: Entity, codes: list[str]) -> list[Any]:
    """The wishes of these codes, in order; BadInput alike for missing ones and those of others."""
    rows = visible_kind(actor, entity, archived=actor.is_internal)
    by_code = {row.code: row for row in rows.filter(code__in=[code.upper() for code in codes])}
    problems = {
        f"others.{place}": _("There is nothing of that code here.")
        for place, code in enumerate(codes)
        if code.upper() not in by_code
    }
    if problems:
        raise BadInput(problems)
    return [by_code[code.upper()] for code in codes]


_GROUP: Schema = {
    "type": "object", "properties": {
        "of": TEXT_OR_NOTHING, "name": TEXT_OR_NOTHING, "count": NUMBER, "open": NUMBER,
        "filter": TEXT,
    }, "required": ["of", "name", "count", "open", "filter"],
}  # fmt: skip
ANSWERS |= {
    "WishGroupList": {"type": "object", "properties": {
        "items": {"type": "array", "items": _GROUP}, "count": NUMBER, "next": TEXT_OR_NOTHING,
    }, "required": ["items", "count", "next"]},
}  # fmt: skip
