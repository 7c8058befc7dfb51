"""What hangs on a thing: who must know when it stops or ends, over which path, from which day."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.insight.impact import (
    FARTHEST,
    MOST,
    ImpactResult,
    impact,
    question_for,
    questions_of,
    start_of,
    tell,
)
from polku.kernel.actor import Actor
from polku.kernel.answers import require
from polku.kernel.audit import kind_of
from polku.kernel.policy import may_read_inside
from polku.kernel.registry import entity, entity_of
from polku.web import formats
from polku.web.desk.addresses import list_url, object_url
from polku.web.desk.impact_rows import EFFECTS_SHOWN, Painter
from polku.web.desk.values import title_text
from polku.web.navigation import url_or_none

PER_PAGE = 50
MOST_GUESSES = 50
STEPS = (1, 2, 3, 5, FARTHEST)


def impact_detail(request: HttpRequest, workspace: str, question: str, code: str) -> HttpResponse:
    """``?as_of=2026-05-14`` a day, ``far`` how many steps, ``kind`` what to show of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_read_inside(actor))
    obj = start_of(actor, code)
    asked = question_for(kind_of(obj), question)
    day, misread = _day(request.GET.get("as_of", ""))
    found = impact(actor, obj, asked.code, as_of=day, far=_far(request.GET.get("far", "")))
    kinds = [kind for kind in request.GET.getlist("kind") if kind in found.counts]
    shown = found.of_kinds(kinds)
    page = Paginator(shown.hits, PER_PAGE).get_page(request.GET.get("page"))
    # Named together: each kind of thing is read once
    told = tell(actor, found, [*page.object_list, *shown.perhaps[:MOST_GUESSES]])
    rows, guesses = told[: len(page.object_list)], told[len(page.object_list) :]
    painter = Painter(actor, found)
    context = {
        "obj": obj, "entity": entity_of(obj), "found": found, "page": page,
        "title": asked.title % {"name": title_text(obj)}, "name": title_text(obj),
        "crumbs": _crumbs(actor, obj), "views": _views(actor, obj, found),
        "lead": _lead(actor, found), "sums": _sums(found), "misread": misread,
        "groups": painter.groups(rows), "guesses": painter.items(guesses),
        "more_guesses": max(0, len(shown.perhaps) - MOST_GUESSES),
        "table_rows": painter.table_rows(rows), "heads": painter.heads(),
        "caption": _caption(found, page),
        "notes": _notes(found), "kinds": _kinds(actor, found, kinds), "steps": _steps(found),
        "is_today": day is None, "room": _room(found), "wall_url": _wall(actor, found),
    }  # fmt: skip
    return render(request, "impact/impact_detail.html", context)


def impact_url(actor: Actor, obj: Any, question: str = "") -> str:
    """Where the question about this thing is answered."""
    asked = question_for(kind_of(obj), question)
    kwargs = {"workspace": actor.workspace.slug, "question": asked.code, "code": obj.code}
    return reverse("impact_detail", kwargs=kwargs)


def _day(raw: str) -> tuple[dt.date | None, str]:
    if not raw:
        return None, ""
    try:
        day = dt.date.fromisoformat(raw)
    except ValueError:
        day = dt.date.min
    if 1900 <= day.year <= 2200:
        return day, ""
    words = _("“%(value)s” is not a day, so you see today. Write a day as 2026-05-31.")
    return None, words % {"value": raw[:40]}


def _far(raw: str) -> int:
    return int(raw) if raw in {str(n) for n in range(1, FARTHEST + 1)} else FARTHEST


def _crumbs(actor: Actor, obj: Any) -> list[dict[str, str]]:
    row, room = entity_of(obj), actor.workspace
    return [
        {"label": row.words.phrase("many", actor.vocabulary), "url": list_url(room, row)},
        {"label": title_text(obj), "url": object_url(room, row, obj.code)},
    ]


def _views(actor: Actor, obj: Any, found: ImpactResult) -> list[dict[str, Any]]:
    rows = [
        {"label": row.ask, "url": impact_url(actor, obj, row.code),
         "current": row is found.question}
        for row in questions_of(kind_of(obj))
    ]  # fmt: skip
    return rows if len(rows) > 1 else []


def _wall(actor: Actor, found: ImpactResult) -> str:
    """The same neighbourhood as a picture."""
    address = url_or_none("wall", actor.workspace)
    query = {"start": found.start.code, "far": 3, "as_of": found.day.isoformat()}
    return f"{address}?{urlencode(query)}" if address else ""


def _room(found: ImpactResult) -> str:
    people = {"relationship", "party", "segment"}
    return "customers" if kind_of(found.start) in people else "services"


def _lead(actor: Actor, found: ImpactResult) -> str:
    if not found.total:
        return str(found.question.nothing)
    counts = ", ".join(
        entity(kind).words.count(n, actor.vocabulary)
        for kind, n in sorted(found.counts.items(), key=lambda row: (-row[1], row[0]))
    )
    return f"{counts}."


def _sums(found: ImpactResult) -> list[dict[str, Any]]:
    """How many stop, get worse and so on, and how many people there are to call."""
    if not found.total or not found.question.weighs:
        return []
    effects = [
        {"label": words, "value": formats.number(found.effects[effect]), "result": result,
         "sign": sign}
        for effect, (result, sign, words) in EFFECTS_SHOWN.items()
        if found.effects.get(effect)
    ]  # fmt: skip
    owners = [group for group in found.groups if group.key is not None]
    alone = sum(len(group.hits) for group in found.groups if group.key is None)
    words = ngettext("and %(n)d without an owner", "and %(n)d without an owner", alone)
    note = words % {"n": alone} if alone else ""
    owned = {"label": _("Owners to call"), "value": formats.number(len(owners)), "note": note}
    return [*effects, owned]


def _caption(found: ImpactResult, page: Page[Any]) -> str:
    n = page.paginator.count
    words = ngettext("%(n)s thing, as of %(day)s", "%(n)s things, as of %(day)s", n)
    return words % {"n": formats.number(n), "day": formats.long_day(found.day)}


def _notes(found: ImpactResult) -> list[str]:
    """What was not looked at, in whole sentences."""
    notes = [str(words) for words in found.question.not_kept]
    if found.cut:
        words = _("More than %(n)s things hang on it; the nearest were looked at.")
        notes.insert(0, words % {"n": formats.number(MOST)})
    if found.beyond:
        words = ngettext(
            "More lies farther away than %(n)s step.", "More lies farther away than %(n)s steps.",
            found.far,
        )  # fmt: skip
        notes.insert(0, words % {"n": formats.number(found.far)})
    return notes


def _kinds(actor: Actor, found: ImpactResult, chosen: list[str]) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "chosen": kind in chosen,
         "words": entity(kind).words.count(n, actor.vocabulary)}
        for kind, n in sorted(found.counts.items(), key=lambda row: (-row[1], row[0]))
    ]  # fmt: skip


def _steps(found: ImpactResult) -> list[dict[str, Any]]:
    offered = sorted({*STEPS, found.far})
    return [
        {"n": n, "chosen": n == found.far,
         "words": ngettext("%(n)s step", "%(n)s steps", n) % {"n": formats.number(n)}}
        for n in offered
    ]  # fmt: skip


def patterns() -> list[URLPattern]:
    """The one address; the pages of things lead to it."""
    from polku.web.desk import impact_sections

    impact_sections.place()
    return [
        path("impact/<slug:question>/<code:code>/", impact_detail, name="impact_detail"),
    ]
