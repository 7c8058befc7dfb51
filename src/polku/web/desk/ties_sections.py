"""The yarn on a thing's page: ties and needs as sentences, grouped by the question they answer."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string

from polku.kernel.clock import today_in
from polku.kernel.link_kinds import QUESTION_WORDS, QUESTIONS
from polku.kernel.links import Tie, ties_of
from polku.kernel.queries import find_many
from polku.portfolio.dependencies import DEPENDENCY_ENDS
from polku.portfolio.models import Component, Dependency
from polku.portfolio.queries import visible_dependencies
from polku.web.desk.objects import EVERY_KIND, ObjectPage, section
from polku.web.desk.ties_facts import fact_ties
from polku.web.desk.ties_shown import TieShown, tie_shown
from polku.web.desk.ties_ways import NEED_WORDS, ways_for
from polku.web.desk.values import link_html, title_text


def ties(page: ObjectPage) -> list[Tie]:
    """The links of a thing; read once a page."""
    if "ties" not in page.shared:
        page.shared["ties"] = ties_of(page.actor, page.obj)
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
    end = _other_end(page, row)
    return _need(page, row, find_many(page.actor, {end})[end])


def _needs(page: ObjectPage, today: dt.date, *, then: bool = False) -> list[TieShown]:
    if page.entity.kind not in DEPENDENCY_ENDS or not page.actor.is_internal:
        return []
    here = {"kind": page.entity.kind, "id": page.obj.pk}
    rows = visible_dependencies(page.actor).filter(
        Q(from_kind=here["kind"], from_id=here["id"]) | Q(to_kind=here["kind"], to_id=here["id"]),
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
    )
    if then:
        rows = rows.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=today))
    found = list(rows.order_by("kind", "id"))
    others = find_many(page.actor, {_other_end(page, row) for row in found})
    return [
        _need(page, row, others[end], fixed=then)
        for row in found
        if (end := _other_end(page, row)) in others
    ]


def _other_end(page: ObjectPage, row: Dependency) -> tuple[str, int]:
    forward = (row.from_kind, row.from_id) == (page.entity.kind, page.obj.pk)
    return (row.to_kind, row.to_id) if forward else (row.from_kind, row.from_id)


def _need(page: ObjectPage, row: Dependency, other: Any, *, fixed: bool = False) -> TieShown:
    forward = (row.from_kind, row.from_id) == (page.entity.kind, page.obj.pk)
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


section(EVERY_KIND, "ties", ties_by_question, instead_of="ties")
