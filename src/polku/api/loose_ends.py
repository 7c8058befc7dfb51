"""Loose ends for programs: the list, what one does with one, the checks, the line of progress."""

import datetime as dt
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from pydantic import Field, StringConstraints

from polku.api.answers import answer, answer_once, who
from polku.api.bodies import read_json, shaped
from polku.api.lists import asked, hold_empty, number_in
from polku.api.shapes import DecisionIn, Shape
from polku.insight.ends import KEYS, asked_of, ends_asked
from polku.insight.operations import (
    change_check,
    find_check,
    look_again,
    turn_into_decision,
    turn_into_wish,
)
from polku.insight.plain import plain_checks, plain_ends, plain_reading
from polku.insight.trend import USUAL_DAYS, readings
from polku.kernel.answers import NotFound, require
from polku.kernel.loose_ends import dismiss, get_loose_end, reopen
from polku.kernel.models import LooseEnd
from polku.kernel.policy import may_read_inside

YEARS = 3660


class DismissIn(Shape):
    """Why it may stay open, and until when."""

    reason: Annotated[str, StringConstraints(max_length=400)] = Field(description="Why; kept.")
    until: dt.date | None = Field(
        None, description="Comes back on this day; when the thing itself changes, if not said."
    )


class WishIn(Shape):
    """What is asked for."""

    statement: Annotated[str, StringConstraints(max_length=600)] = Field(
        description="What is asked for."
    )


class CheckIn(Shape):
    """What this workspace wants of one check."""

    check: Annotated[str, StringConstraints(max_length=20)] = Field(
        description="Code of the check.", examples=["D14"]
    )
    is_on: bool | None = Field(None, description="Whether it looks at all.")
    limits: dict[str, int] = Field(
        default_factory=dict, description="Numbers by the name of the limit."
    )


def list_loose_ends(request: HttpRequest) -> HttpResponse:
    """Loose ends, the most urgent and oldest first: open ones unless a state is asked for."""
    actor = who(request)
    page, query = asked(request)
    query = {("kind" if name == "about" else name): value for name, value in query.items()}
    hold_empty({name: value for name, value in query.items() if name not in KEYS})
    rows = ends_asked(actor, asked_of(query, strict=True))
    return page.answer(plain_ends(actor, rows[page.offset : page.end]), rows.count())


def get_one(request: HttpRequest, number: str) -> HttpResponse:
    """One loose end, also one that was left open on purpose."""
    return _told(request, _found(request, number))


def _found(request: HttpRequest, number: str) -> LooseEnd:
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise NotFound
    return get_loose_end(who(request), int(number))


def _told(request: HttpRequest, end: LooseEnd) -> HttpResponse:
    return answer(plain_ends(who(request), [end])[0])


def dismiss_one(request: HttpRequest, number: str) -> HttpResponse:
    """Leave it open on purpose, with a reason."""
    end, sent = _found(request, number), shaped(DismissIn, read_json(request))
    return _told(request, dismiss(end, by=who(request), reason=sent.reason, until=sent.until))


def reopen_one(request: HttpRequest, number: str) -> HttpResponse:
    """Take a dismissal back."""
    return _told(request, reopen(_found(request, number), by=who(request)))


def make_wish(request: HttpRequest, number: str) -> HttpResponse:
    """Make a wish of it; it is quiet until the wish is done."""
    return answer_once(request, lambda: _make_wish(request, number))


def _make_wish(request: HttpRequest, number: str) -> HttpResponse:
    end, sent = _found(request, number), shaped(WishIn, read_json(request))
    turn_into_wish(end, by=who(request), statement=sent.statement)
    return answer(plain_ends(who(request), [_found(request, number)])[0], 201)


def make_decision(request: HttpRequest, number: str) -> HttpResponse:
    """Make a decision of it; it is quiet until its day, or until the thing itself changes."""
    return answer_once(request, lambda: _make_decision(request, number))


def _make_decision(request: HttpRequest, number: str) -> HttpResponse:
    end, sent = _found(request, number), shaped(DecisionIn, read_json(request))
    turn_into_decision(end, by=who(request), question=sent.question, reason=sent.reason,
                       outcome=sent.outcome, look_again_on=sent.look_again_on)  # fmt: skip
    return answer(plain_ends(who(request), [_found(request, number)])[0], 201)


def list_checks(request: HttpRequest) -> HttpResponse:
    """What is looked for: each check with its rule, limits and newest run."""
    actor = who(request)
    require(may_read_inside(actor))
    items = plain_checks(actor)
    return answer({"items": items, "count": len(items), "next": None})


def set_check(request: HttpRequest) -> HttpResponse:
    """Switch a check on or off and set its limits; what is not sent stays."""
    actor, sent = who(request), shaped(CheckIn, read_json(request))
    change_check(find_check(sent.check), by=actor, is_on=sent.is_on, limits=sent.limits)
    found = [row for row in plain_checks(actor) if row["check"] == sent.check]
    return answer(found[0])


def list_trend(request: HttpRequest) -> HttpResponse:
    """Open loose ends by grade and unknown dials, one reading a day, oldest first."""
    query = {name: str(value) for name, value in request.GET.items()}
    days = number_in(query.pop("days", ""), "days", USUAL_DAYS, 1, YEARS)
    hold_empty(query)
    items = [plain_reading(reading) for reading in readings(who(request), days)]
    return answer({"items": items, "count": len(items), "next": None})


def run_again(request: HttpRequest) -> HttpResponse:
    """Run every check now, not only at night."""
    return answer({"open": look_again(by=who(request))})
