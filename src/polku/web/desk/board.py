"""The board: services in columns of state, today, on a past day, or as planned."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.insight.portfolio_board import Board, Sums, board
from polku.kernel.actor import Actor
from polku.kernel.policy import may_create
from polku.portfolio.entities import SERVICE
from polku.web import formats
from polku.web.desk.board_cards import Column, columns
from polku.web.desk.lists import views_nav
from polku.web.desk.services_dials import legend
from polku.web.desk.values import title_text
from polku.web.navigation import url_or_none

THEN = "then"
ASKED = ("as_of", "known_on", "owner")


def service_board(request: HttpRequest, workspace: str) -> HttpResponse:
    """``?as_of=2026-05-14`` a day, ``known_on`` a day or ``then``, ``owner``, ``all`` a column."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    query = {key: request.GET[key] for key in ASKED if request.GET.get(key)}
    day, misread = _day(query.get("as_of", ""))
    known, unknown_day = _known(query.get("known_on", ""), day)
    shown = board(actor, day=day, known_on=known, owner=query.get("owner", ""))
    found = columns(actor, shown, {**query, **_whole(request)})
    context = {
        "board": shown, "columns": found, "query": query, "misread": misread or unknown_day,
        "lead": _lead(shown, found), "sums": _sums(shown) if actor.is_internal else [],
        "as_of": _slider(shown), "legend": legend(),
        "views": views_nav(actor, None, "service_board"),
        "actions": _actions(actor), "entity": SERVICE, "then": known is not None,
    }  # fmt: skip
    return render(request, "board/service_board.html", context)


def _whole(request: HttpRequest) -> dict[str, str]:
    return {"all": request.GET["all"]} if request.GET.get("all") else {}


def _day(raw: str) -> tuple[dt.date | None, str]:
    if not raw:
        return None, ""
    try:
        return dt.date.fromisoformat(raw), ""
    except ValueError:
        words = _("“%(value)s” is not a day, so you see today. Write a day as 2026-05-31.")
        return None, words % {"value": raw[:40]}


def _known(raw: str, day: dt.date | None) -> tuple[dt.date | None, str]:
    """``then`` means: as it was known on the very day of the board."""
    return (day, "") if raw == THEN else _day(raw)


def _lead(shown: Board, found: list[Column]) -> str:
    ended = sum(column.total for column in found if column.ended)
    standing = len(shown.cards) - ended
    words = SERVICE.words.count(standing)
    if ended:
        more = ngettext("%(n)d ended", "%(n)d ended", ended) % {"n": ended}
        words = _("%(services)s and %(ended)s") % {"services": words, "ended": more}
    if shown.is_today:
        return f"{words}."
    day = formats.week_day(shown.day)
    if shown.day > shown.today:
        return _("%(services)s, as planned for %(day)s.") % {"services": words, "day": day}
    if shown.known_on:
        return _("%(services)s, as we knew it on %(day)s.") % {
            "services": words, "day": formats.week_day(shown.known_on),
        }  # fmt: skip
    return _("%(services)s, as they stood on %(day)s.") % {"services": words, "day": day}


def _sums(shown: Board) -> list[dict[str, Any]]:
    sums = shown.sums
    dials = {
        "label": _("Dials unknown"),
        "value": _("%(n)s of %(all)s") % {
            "n": formats.number(sums.dials.unknown), "all": formats.number(sums.dials.total),
        },
        "note": ", ".join(_dial_notes(sums, today=shown.is_today)),
    }  # fmt: skip
    if not shown.is_today:
        return [dials]
    first = sums.first_due
    due_note = _("first on %(day)s") % {"day": formats.short_day(first)} if first else ""
    pressing = {"n": formats.number(sums.pressing)}
    return [
        {"label": _("Decisions due"), "value": formats.number(sums.due), "note": due_note},
        dials,
        {
            "label": _("Loose ends"), "value": formats.number(sums.loose),
            "note": _("%(n)s urgent or attention") % pressing if sums.pressing else "",
        },
        {
            "label": _("Live without an owner"), "value": formats.number(sums.ownerless),
            "note": title_text(sums.first_ownerless) if sums.ownerless == 1 else "",
        },
    ]  # fmt: skip


def _dial_notes(sums: Sums, *, today: bool) -> list[str]:
    notes = []
    if today and sums.unknown_before is not None:
        notes.append(_("%(n)s a month ago") % {"n": formats.number(sums.unknown_before)})
    if sums.dials.not_yet:
        notes.append(_("%(n)s not yet") % {"n": formats.number(sums.dials.not_yet)})
    return notes


def _slider(shown: Board) -> dict[str, Any]:
    first = min(shown.first_day, shown.day)
    last = max(shown.last_day, shown.day, shown.today + dt.timedelta(days=30))
    planned = shown.last_day > shown.today
    return {
        "min": first.isoformat(), "max": last.isoformat(), "value": shown.day.isoformat(),
        "first_words": formats.short_day(first),
        "last_words": _("%(day)s, planned") % {"day": formats.short_day(last)} if planned
        else formats.short_day(last),
    }  # fmt: skip


def _actions(actor: Actor) -> list[dict[str, Any]]:
    if not may_create(actor, SERVICE):
        return []
    url = url_or_none("service_create", actor.workspace)
    label = SERVICE.words.phrase("new", actor.vocabulary)
    return [{"label": label, "url": url, "primary": True}] if url else []
