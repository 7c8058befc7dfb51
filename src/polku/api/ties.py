"""Ties between objects: seen by those who see both ends."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from polku.api.answers import answer, answer_once, who
from polku.api.bodies import read_json, shaped
from polku.api.lists import Page, asked, hold_empty, past_of
from polku.api.objects import found
from polku.api.shapes import EndIn, LinkIn, ReasonIn
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, require
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.link_rows import find_link, plain_links, visible_links
from polku.kernel.links import confirm_tie, end_tie, remove_tie, tie
from polku.kernel.models import Link
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import visible_kind
from polku.kernel.registry import Entity, entities


def list_links(request: HttpRequest) -> HttpResponse:
    """Ties that hold today or on a day: all, of one kind, or of one object."""
    actor = who(request)
    page, query = asked(request)
    of = query.pop("of", "")
    kind = query.pop("kind", "")
    if kind and kind not in LINK_KINDS:
        raise BadInput({"kind": _("There is no such kind of tie.")})
    return _listed(page, query, _end(actor, of, "of") if of else None, kind)


def list_object_links(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Ties of the object, in both directions."""
    page, query = asked(request)
    return _listed(page, query, found(who(request), entity, code), "")


def _listed(page: Page, query: dict[str, str], of: Any, kind: str) -> HttpResponse:
    actor = who(page.request)
    when = past_of(query)
    hold_empty(query)
    if when is not None:
        require(may_read_inside(actor))
    rows = visible_links(actor, as_of=when.day if when else None, of=of, kind=kind)
    items = plain_links(actor, list(rows[page.offset : page.end]))
    return page.answer(items, rows.count())


def _end(actor: Actor, code: str, name: str) -> Any:
    prefix = code.strip().upper().split("-")[0]
    row = next((row for row in entities() if row.prefix == prefix), None)
    known = visible_kind(actor, row).filter(code=code.strip().upper()).first() if row else None
    if known is None:
        raise BadInput({name: _("There is no “%(code)s” here.") % {"code": code[:40]}})
    return known


def create_link(request: HttpRequest) -> HttpResponse:
    """Tie two objects."""
    return answer_once(request, lambda: _create(request))


def _create(request: HttpRequest) -> HttpResponse:
    actor, sent = who(request), shaped(LinkIn, read_json(request))
    ends = _end(actor, sent.start, "from"), _end(actor, sent.end, "to")
    values = sent.model_dump(include={"why", "confidence", "valid_from", "valid_to"})
    return _told(actor, tie(sent.kind, *ends, by=actor, **values), 201)


def _told(actor: Actor, link: Link, status: int = 200) -> HttpResponse:
    return answer(plain_links(actor, [link])[0], status)


def _found(request: HttpRequest, number: str) -> Link:
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise NotFound
    return find_link(who(request), int(number))


def get_link(request: HttpRequest, number: str) -> HttpResponse:
    """One tie, also an ended or removed one."""
    return _told(who(request), _found(request, number))


def end_link(request: HttpRequest, number: str) -> HttpResponse:
    """The tie held until a day."""
    sent = shaped(EndIn, read_json(request))
    link = end_tie(_found(request, number), by=who(request), on=sent.on, reason=sent.reason)
    return _told(who(request), link)


def confirm_link(request: HttpRequest, number: str) -> HttpResponse:
    """A guess becomes confirmed; a tie that needed a look has had it."""
    return _told(who(request), confirm_tie(_found(request, number), by=who(request)))


def remove_link(request: HttpRequest, number: str) -> HttpResponse:
    """Take a wrong tie away; the row and the reason stay."""
    sent = shaped(ReasonIn, read_json(request))
    return _told(
        who(request), remove_tie(_found(request, number), by=who(request), reason=sent.reason)
    )
