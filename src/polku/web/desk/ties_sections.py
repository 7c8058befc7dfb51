"""The yarn on a thing's page: ties and needs as sentences, grouped by the question they answer."""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string

from polku.kernel.clock import today_in
from polku.kernel.link_kinds import QUESTION_WORDS, QUESTIONS
from polku.kernel.links import Tie, ties_of
from polku.kernel.queries import find_many
from polku.portfolio.models import Component, Dependency
from polku.web.desk.needs_rows import is_forward, need_rows, other_end
from polku.web.desk.objects import EVERY_KIND, ObjectPage, section
from polku.web.desk.ties_facts import fact_ties
from polku.web.desk.ties_shown import TieShown, tie_shown
from polku.web.desk.ties_ways import NEED_WORDS, ways_for
from polku.web.desk.values import link_html, title_text

# Pages that say no more of what is tied than its name and state
BY_NAME = frozenset({"service_product"})


def ties(page: ObjectPage) -> list[Tie]:
    """The links of a thing; read once a page."""
    if "ties" not in page.shared:
        by_name = page.entity.kind in BY_NAME
        page.shared["ties"] = ties_of(page.actor, page.obj, by_name=by_name)
    found: list[Tie] = page.shared["ties"]
    return found


def tied(page: ObjectPage, code: str, *, forward: bool) -> list[Tie]:
    """Links of one kind, seen in one direction."""
    return [tie for tie in ties(page) if tie.kind.code == code and tie.forward is forward]


def yarn(page: ObjectPage) -> list[TieShown]:
    """All sentences of a thing, ties first; read once a page."""
    if "yarn" not in page.shared:
        told = [tie_shown(page, tie) for tie in ties(page)]
        page.shared["yarn"] = told + _needs(page, today_in(page.actor.workspace))
    found: list[TieShown] = page.shared["yarn"]
    return found


def need_shown(page: ObjectPage, row: Dependency) -> TieShown:
    """One need as a sentence seen from the page's thing."""
    end = other_end(page, row)
    return _need(page, row, find_many(page.actor, {end})[end])


def _needs(page: ObjectPage, day: dt.date, *, then: bool = False) -> list[TieShown]:
    """Needs that have not ended by the day; *then* only those that had begun, to be read alone."""
    return [
        _need(page, row, other, fixed=then)
        for row, other in need_rows(page)
        if (row.valid_to is None or row.valid_to >= day)
        and (not then or row.valid_from is None or row.valid_from <= day)
    ]


def _need(page: ObjectPage, row: Dependency, other: Any, *, fixed: bool = False) -> TieShown:
    forward = is_forward(page, row)
    words = NEED_WORDS[row.kind][0 if forward else 1]
    known = row.criticality != Component.Criticality.UNKNOWN
    note = str(dict(Component.Criticality.choices)[row.criticality]) if known else ""
    url = page.page_url("need_change", need=row.code) if page.may_change and not fixed else ""
    return TieShown(
        "where", "live", words, link_html(other, page.actor.workspace), title_text(other),
        row.note, row.valid_from, row.valid_to, other.archived, url, note,
        forward and row.kind == Dependency.Kind.REQUIRES,
    )  # fmt: skip


def ties_by_question(page: ObjectPage) -> str:
    """The section; nothing for a thing that cannot be tied. ``?ties_on=2026-03-01`` tells it as of
    that day."""
    if not ways_for(page.actor, page.entity):
        return ""
    day = _asked_day(page)
    found = _on(page, day) if day else [*yarn(page), *fact_ties(page)]
    groups = [
        {"question": QUESTION_WORDS[question], "ties": chosen}
        for question in QUESTIONS
        if (chosen := [row for row in found if row.question == question])
    ]
    counts = {thread: sum(row.thread == thread for row in found) for thread in ("guess", "suspect")}
    add = page.may_change and page.actor.is_internal and not page.obj.archived and not day
    context = {
        "groups": groups, "count": len(found), "counts": counts, "url": page.url, "day": day,
        "add_url": page.page_url("tie_create") if add else "", "inside": page.actor.is_internal,
    }  # fmt: skip
    return render_to_string("ties/section_ties.html", context)


def _asked_day(page: ObjectPage) -> dt.date | None:
    """The day that the reader asks about; a word that is no day asks about nothing."""
    asked = page.request.GET.get("ties_on", "")
    if not asked or not page.actor.is_internal:
        return None
    try:
        return dt.date.fromisoformat(asked[:10])
    except ValueError:
        return None


def _on(page: ObjectPage, day: dt.date) -> list[TieShown]:
    """Ties and needs that held on a day; what stands in fields is told by the history."""
    told = ties_of(page.actor, page.obj, as_of=day)
    return [tie_shown(page, tie, then=True) for tie in told] + _needs(page, day, then=True)


section(EVERY_KIND, "ties", ties_by_question)
