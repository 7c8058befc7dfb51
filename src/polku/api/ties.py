"""Ties between objects: seen by those who see both ends."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from polku.api.answers import answer, answer_once, who
from polku.api.bodies import read_json, shaped
from polku.api.lists import Page, asked, hold_empty, past_of
from polku.api.objects import found
from polku.api.shapes import EndIn, LinkChangeIn, LinkIn, ReasonIn, VerdictIn
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, require
from polku.kernel.fingerprints import fingerprint
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.link_rows import end_by_code, find_link, plain_links, visible_links
from polku.kernel.links import confirm_tie, end_tie, remove_tie, tie
from polku.kernel.models import Link
from polku.kernel.operations_links import Verdict, change_tie, review_tie
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import find_many
from polku.kernel.registry import Entity
from polku.kernel.reviews import Change, changes_waiting


def list_links(request: HttpRequest) -> HttpResponse:
    """Ties that hold today or on a day: all, of one kind, or of one object."""
    actor = who(request)
    page, query = asked(request)
    of = query.pop("of", "")
    kind = query.pop("kind", "")
    doubted = query.pop("needs_a_look", "")
    if kind and kind not in LINK_KINDS:
        raise BadInput({"kind": _("There is no such kind of tie.")})
    if doubted not in {"", "true", "false"}:
        raise BadInput({"needs_a_look": _("Answer true or false.")})
    if doubted:
        require(may_read_inside(actor))
    return _listed(page, query, _end(actor, of, "of") if of else None, kind, doubted)


def list_object_links(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Ties of the object, in both directions."""
    page, query = asked(request)
    return _listed(page, query, found(who(request), entity, code), "")


def _listed(
    page: Page, query: dict[str, str], of: Any, kind: str, doubted: str = ""
) -> HttpResponse:
    actor = who(page.request)
    when = past_of(query)
    hold_empty(query)
    if when is not None:
        require(may_read_inside(actor))
    rows = visible_links(actor, as_of=when.day if when else None, of=of, kind=kind)
    if doubted:
        rows = rows.filter(suspect_since__isnull=doubted == "false")
    items = plain_links(actor, list(rows[page.offset : page.end]))
    return page.answer(items, rows.count())


def _end(actor: Actor, code: str, name: str) -> Any:
    known = end_by_code(actor, code)
    if known is None:
        raise BadInput({name: _("There is no “%(code)s” here.") % {"code": code[:40]}})
    return known


def create_link(request: HttpRequest) -> HttpResponse:
    """Tie two objects."""
    return answer_once(request, lambda: _create(request))


def _create(request: HttpRequest) -> HttpResponse:
    actor, sent = who(request), shaped(LinkIn, read_json(request))
    ends = _end(actor, sent.start, "from"), _end(actor, sent.end, "to")
    values = sent.model_dump(include={"why", "confidence", "valid_from", "valid_to", "properties"})
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


def change_link(request: HttpRequest, number: str) -> HttpResponse:
    """Change the reason, the days or what a tie carries; the history keeps what it said."""
    actor, sent = who(request), shaped(LinkChangeIn, read_json(request))
    link = _found(request, number)
    was = _sent(sent.was) if sent.was is not None else None
    return _told(actor, change_tie(link, _sent(sent), by=actor, was=was))


def _sent(change: LinkChangeIn) -> dict[str, Any]:
    """The fields that were sent, and no others."""
    return change.model_dump(include=change.model_fields_set - {"was"})


def give_verdict(request: HttpRequest, number: str) -> HttpResponse:
    """Say of a tie that needs a look: still right, changed, or removed."""
    actor, sent = who(request), shaped(VerdictIn, read_json(request))
    values = _sent(sent.change) if sent.change is not None else {}
    link = _found(request, number)
    seen: dict[str, str] = dict(sent.seen.items())
    given = Verdict(link, sent.verdict, tuple(sent.ends), values, sent.reason, seen)
    return _told(actor, review_tie(given, by=actor))


def list_reviews(request: HttpRequest) -> HttpResponse:
    """What changed and has ties that wait for a look: before and after, whose look it is."""
    actor = who(request)
    page, query = asked(request)
    mine = query.pop("mine", "")
    hold_empty(query)
    changes = [row for row in changes_waiting(actor) if row.mine or mine != "true"]
    shown = changes[page.offset : page.end]
    parties = {("party", doubt.asked) for row in shown for doubt in row.doubts if doubt.asked}
    people = find_many(actor, parties)
    codes = {number: party.code for (_kind, number), party in people.items()}
    return page.answer([_review(actor, row, codes) for row in shown], len(changes))


def _review(actor: Actor, change: Change, codes: dict[int, str]) -> dict[str, Any]:
    links = plain_links(actor, [doubt.link for doubt in change.doubts])
    return {
        "object": change.obj.code,
        "print": fingerprint(change.obj),
        "since": change.since,
        "changes": {part.name: [part.before, part.after] for part in change.fields},
        "links": [
            {**link, "end": doubt.side, "asked": codes.get(doubt.asked or 0), "mine": doubt.mine}
            for link, doubt in zip(links, change.doubts, strict=True)
        ],
    }


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
