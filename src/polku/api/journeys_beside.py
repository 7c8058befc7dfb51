"""What stands beside a journey: comments, links, talks and their results, and for whom it is.

For the team alone, as on the pages.
"""

import datetime as dt
from typing import Any, Literal

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from polku.api.answers import answer, answer_once, who
from polku.api.bodies import read_json, shaped
from polku.api.lists import number_in
from polku.api.objects import found
from polku.api.shapes import Code, Language, Line, Shape, Words
from polku.journeys.conversations import comments_of, find_comment, find_share, shares_of
from polku.journeys.models import CellComment, Journey, JourneyShare, Touchpoint
from polku.journeys.operations.comments import answer_comment, comment, reopen_comment
from polku.journeys.operations.interviews import (
    QUESTIONS,
    RESULTS,
    note_interview,
    say_like_whom,
    take_back_consent,
    write_answers,
    write_reading,
)
from polku.journeys.operations.sharing import DAYS, Wanted, share_journey, take_back_share
from polku.journeys.people import choose_people, people_of
from polku.journeys.talks import analysis, find_talk
from polku.journeys.theirs import Theirs, theirs_of
from polku.kernel.actor import Actor, party_of
from polku.kernel.answers import BadInput, NotFound, require
from polku.kernel.audit import one_operation
from polku.kernel.magic_links import standing_of
from polku.kernel.policy import may_change, may_read_inside
from polku.kernel.queries import visible
from polku.kernel.registry import Entity
from polku.people.models import Persona

LARGEST = 2_147_483_647
LONGEST = 4000


class CommentIn(Shape):
    """Something about a row at a step, by the step's number."""

    step: int = Field(ge=1, le=LARGEST)
    row: Line = Field(examples=["frontstage"])
    text: str = Field(max_length=2000)


class CommentChange(Shape):
    """Be done with a comment, with an answer or without; or open it again."""

    done: bool = True
    answer: str = Field("", max_length=2000, description="A guest reads it at their link.")


class ShareIn(Shape):
    """What a link shows, to whom, for how long."""

    lanes: list[Line] = Field(examples=[["customer_action", "touchpoint"]])
    view_as: Literal["customer", "partner", "team"] = "customer"
    label: Line = ""
    version: int | None = Field(None, ge=1, le=LARGEST)
    may_comment: bool = True
    lang: Line = ""
    days: int = Field(DAYS, ge=1, le=365)


class TalkIn(Shape):
    """A talk with somebody who said yes to our keeping what they say."""

    who: Line = Field(examples=["mother of two, Sunday"])
    consent: bool
    held_on: dt.date | None = None
    persona: Code | None = Field(None, description="The typical customer they are like.",
                                 examples=["PER-1"])  # fmt: skip


class TalkChange(Shape):
    """What was said at one meeting point; questions that are left out stay as they are. Or, with
    ``persona``, which typical customer they are like; an empty code: nobody knows."""

    touchpoint: Code | None = Field(None, examples=["TP-1"])
    persona: Code | None = Field(None, examples=["PER-1"])
    expected: str | None = Field(None, max_length=LONGEST)
    happened: str | None = Field(None, max_length=LONGEST)
    worked: str | None = Field(None, max_length=LONGEST)
    made_sense: str | None = Field(None, max_length=LONGEST)
    felt: str | None = Field(None, max_length=LONGEST)
    would_change: str | None = Field(None, max_length=LONGEST)


class ReadingIn(Shape):
    """What the talks come to at a meeting point, in one language. ``base`` holds what the writer
    started from: where another stands now, the answer is 409 with both."""

    touchpoint: Code = Field(examples=["TP-1"])
    lang: Language = ""
    in_short: Words | None = None
    problems: Words | None = None
    missing: Words | None = None
    base: dict[Literal["in_short", "problems", "missing"], Words] = Field(default_factory=dict)


class PeopleIn(Shape):
    """All typical customers and groups that a journey is for."""

    people: list[Code] = Field(examples=[["PER-1", "SEG-2"]])


def list_comments(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """What was said about a journey, by the team and through links, the oldest first."""
    actor = who(request)
    return _all([_comment(row) for row in comments_of(actor, found(actor, entity, code))])


def create_comment(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Say something about a row at a step; nothing in the journey changes."""
    return answer_once(request, lambda: _say(request, entity, code))


def _say(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor, sent = who(request), shaped(CommentIn, read_json(request))
    journey = found(actor, entity, code)
    try:
        said = comment(journey, sent.step, sent.row, sent.text, by=actor)
    except NotFound as error:
        raise BadInput({"step": _("There is no such step or row here.")}) from error
    return answer(_comment(said), status=201)


def change_comment(request: HttpRequest, entity: Entity, code: str, number: str) -> HttpResponse:
    """Be done with a comment, or open it again."""
    actor, sent = who(request), shaped(CommentChange, read_json(request))
    said = find_comment(actor, found(actor, entity, code), _number(number))
    row = answer_comment(said, text=sent.answer, by=actor) if sent.done else reopen_comment(
        said, by=actor
    )  # fmt: skip
    return answer(_comment(row))


def _comment(row: CellComment) -> dict[str, Any]:
    return {
        "id": row.pk, "step": row.step.number, "row": row.row, "text": row.text, "lang": row.lang,
        "at": row.at, "who": str(row.author) if row.author else row.author_name,
        "by_link": row.share_id, "answer": row.answer, "done_at": row.resolved_at,
    }  # fmt: skip


def list_shares(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """The links that show a journey to people outside, the newest first; never their secrets."""
    actor = who(request)
    return _all([_share(row) for row in shares_of(actor, found(actor, entity, code))])


def create_share(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Make a link. Its address is in this answer and can never be read again."""
    actor, sent = who(request), shaped(ShareIn, read_json(request))
    made = share_journey(found(actor, entity, code), Wanted(**sent.model_dump()), by=actor)
    return answer(_share(made.share) | {"address": made.address}, status=201)


def remove_share(request: HttpRequest, entity: Entity, code: str, number: str) -> HttpResponse:
    """Take a link back: it opens nothing any more; gives those that are left and gone."""
    actor = who(request)
    journey = found(actor, entity, code)
    take_back_share(find_share(actor, journey, _number(number)), by=actor)
    return _all([_share(row) for row in shares_of(actor, journey)])


def _share(row: JourneyShare) -> dict[str, Any]:
    link = row.link
    return {
        "id": row.pk, "label": row.label, "view_as": row.view_as, "lanes": row.lanes,
        "version": row.version, "may_comment": row.may_comment, "lang": link.lang,
        "expires_at": link.expires_at, "comments": link.uses,
        "state": "taken_back" if link.revoked_at else standing_of(link),
    }  # fmt: skip


def list_talks(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """The touchpoint analysis: talks, and at each meeting point what was said and what it comes
    to."""
    actor = who(request)
    return _analysis(actor, found(actor, entity, code))


def create_talk(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Begin a talk with somebody who said yes; gives the analysis.

    It is read anew for a repetition: no word of a talk may outlast the yes.
    """
    began, actor = answer_once(request, lambda: _begin(request, entity, code)), who(request)
    began.content = _analysis(actor, found(actor, entity, code)).content
    return began


def _begin(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor, sent = who(request), shaped(TalkIn, read_json(request))
    journey = found(actor, entity, code)
    note_interview(journey, who=sent.who, consent=sent.consent, held_on=sent.held_on,
                   held_by=party_of(actor), persona=_persona(actor, sent.persona or ""),
                   by=actor)  # fmt: skip
    return answer({}, status=201)


def write_talk(request: HttpRequest, entity: Entity, code: str, number: str) -> HttpResponse:
    """Keep what was said at one meeting point; gives the analysis."""
    actor, sent = who(request), shaped(TalkChange, read_json(request))
    journey = found(actor, entity, code)
    require(may_change(actor, journey))
    talk = find_talk(actor, journey, _number(number))
    said = sent.model_dump(include=set(QUESTIONS), exclude_none=True)
    if said and sent.touchpoint is None:
        raise BadInput({"touchpoint": _("Say at which meeting point it was said.")})
    with transaction.atomic(), one_operation():
        if sent.persona is not None:
            say_like_whom(talk, _persona(actor, sent.persona), by=actor)
        if sent.touchpoint is not None:
            write_answers(talk, _point(actor, sent.touchpoint), said, by=actor)
    return _analysis(actor, journey)


def forget_talk(request: HttpRequest, entity: Entity, code: str, number: str) -> HttpResponse:
    """They took their yes back: every word of the talk goes, for good; gives the analysis."""
    actor = who(request)
    journey = found(actor, entity, code)
    take_back_consent(find_talk(actor, journey, _number(number)), by=actor)
    return _analysis(actor, journey)


def set_reading(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Write what the talks come to at a meeting point; gives the analysis."""
    actor, sent = who(request), shaped(ReadingIn, read_json(request))
    journey = found(actor, entity, code)
    require(may_change(actor, journey))
    values = sent.model_dump(include=set(RESULTS), exclude_none=True)
    write_reading(journey, _point(actor, sent.touchpoint), values, by=actor, lang=sent.lang,
                  base={str(name): words for name, words in sent.base.items()})  # fmt: skip
    return _analysis(actor, journey)


def _analysis(actor: Actor, journey: Journey) -> HttpResponse:
    all_of_it = analysis(actor, journey)
    talks = [{"number": row.number, "who": row.who, "held_on": row.held_on,
              "held_by": row.held_by.code if row.held_by else None,
              "persona": row.persona.code if row.persona else None}
             for row in all_of_it.talks]  # fmt: skip
    points = [
        {
            "step": row.step.number, "touchpoint": row.point.code,
            "answers": [{"talk": number} | {name: getattr(said, name) for name in QUESTIONS}
                        for number, said in sorted(row.answers.items())],
            **{name: dict(getattr(row.reading, name).texts) if row.reading else {}
               for name in RESULTS},
        }
        for row in all_of_it.points
    ]  # fmt: skip
    told = {"items": talks, "count": len(talks), "next": None, "points": points,
            "forgotten": all_of_it.forgotten}  # fmt: skip
    return answer(told)


def list_people(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """The typical customers and groups that a journey is for, and what of it is known to be
    theirs: pain points that rest on what was learnt of them, meeting points where something is for
    them, talks with people like them and how many told of which meeting point."""
    actor = who(request)
    return _people(actor, found(actor, entity, code))


def set_people(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Say for whom a journey is: exactly these; the others are untied."""
    actor, sent = who(request), shaped(PeopleIn, read_json(request))
    journey = found(actor, entity, code)
    choose_people(journey, sent.people, by=actor)
    return _people(actor, journey)


def _people(actor: Actor, journey: Journey) -> HttpResponse:
    require(may_read_inside(actor))
    rows = people_of(actor, journey)
    return _all([
        {"code": row.who.code, "link": row.link.pk, "is_guess": row.is_guess,
         **_theirs(theirs_of(actor, journey, row.who))}
        for row in rows
    ])  # fmt: skip


def _theirs(of: Theirs) -> dict[str, Any]:
    """What of the journey is known to be theirs."""
    return {"pains": sorted(of.pains), "touchpoints": sorted(of.points), "talks": of.talks,
            "told": dict(sorted(of.told.items()))}  # fmt: skip


def _all(items: list[dict[str, Any]]) -> HttpResponse:
    return answer({"items": items, "count": len(items), "next": None})


def _number(raw: str) -> int:
    return number_in(raw, "number", 0, 0, LARGEST)


def _point(actor: Actor, code: str) -> Touchpoint:
    point = visible(actor, Touchpoint).filter(code=code.strip().upper()).first()
    if point is None:
        raise BadInput({"touchpoint": _("There is no “%(code)s” here.") % {"code": code}})
    return point


def _persona(actor: Actor, code: str) -> Persona | None:
    """Somebody by code; nobody for an empty one."""
    if not code.strip():
        return None
    found = visible(actor, Persona).filter(code=code.strip().upper()).first()
    if found is None:
        raise BadInput({"persona": _("There is no “%(code)s” here.") % {"code": code[:20]}})
    return found
