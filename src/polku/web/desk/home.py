"""The first page: what to do now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.insight.home import Home, Unknowns, home_of
from polku.insight.portfolio import DueThing
from polku.kernel.actor import Actor
from polku.kernel.clock import today_in
from polku.kernel.policy import may_import
from polku.kernel.queries import find
from polku.kernel.registry import entity
from polku.portfolio.models import Requirement
from polku.portfolio.queries import visible_services
from polku.web import formats, navigation
from polku.web.desk.ends import lines
from polku.web.desk.notices import new_lines
from polku.web.desk.values import link_html, state_html
from polku.web.history_sentences import lately

NEWS = 3


def home(request: HttpRequest, workspace: str) -> HttpResponse:
    """What now: my loose ends, decisions due, who waits, what changed, what we do not know."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = home_of(actor)
    context = {
        "heading": _heading(actor, found),
        "today": formats.week_day(today_in(actor.workspace)),
        "ends": lines(actor, found.ends, found.things),
        "ends_note": _ends_note(found),
        "found": found,
        "news": new_lines(request, NEWS),
        "due": [_due(actor, thing) for thing in found.due],
        "waiting": [_waiting(actor, wish) for wish in found.waiting],
        "changed": lately(actor, found.changed),
        "unknowns": _unknowns(actor, found.unknowns),
        "goals": [link_html(goal, actor.workspace) for goal in found.goals],
        "starts": _starts(actor),
    }
    return render(request, "home/home.html", context)


def _heading(actor: Actor, found: Home) -> str:
    first_name = actor.name.split()[0] if actor.name else ""
    if not found.ends:
        return _("Nothing hangs loose, %(name)s") % {"name": first_name}
    n = len(found.ends)
    words = ngettext("%(n)d thing first, %(name)s", "%(n)d things first, %(name)s", n)
    return words % {"n": n, "name": first_name}


def _ends_note(found: Home) -> str:
    words = ngettext("%(shown)d of %(n)d, the most urgent first.",
                     "%(shown)d of %(n)d, the most urgent first.", found.mine)  # fmt: skip
    mine = words % {"shown": len(found.ends), "n": found.mine}
    before = _("%(now)d open in all, %(before)d a month ago.") % {
        "now": found.open, "before": found.open_before,
    }  # fmt: skip
    return f"{mine} {before}"


def _due(actor: Actor, thing: DueThing) -> dict[str, Any]:
    late = thing.due.on < today_in(actor.workspace)
    return {
        "what": link_html(thing.obj, actor.workspace),
        "note": _due_words(thing),
        "day": thing.due.on,
        "late": late,
    }


def _due_words(thing: DueThing) -> Any:
    if thing.due.kind == "review":
        return _("Look at it again: is it still true?")
    if thing.due.decision is not None:
        return _("Look again at: %(question)s") % {"question": thing.due.decision.title}
    return state_html(thing.entity, thing.due.state)


def _waiting(actor: Actor, wish: Requirement) -> dict[str, Any]:
    giver: Any = wish.raised_by_party
    if giver is not None and not actor.is_internal:  # they may not know who asked
        giver = find(actor, "party", giver.pk)
    who = giver.title if giver else "" if wish.raised_by_party_id else _("nobody is named")
    return {"what": link_html(wish, actor.workspace), "who": who, "day": wish.raised_on}


def _unknowns(actor: Actor, found: Unknowns) -> list[dict[str, Any]]:
    base = navigation.url_or_none("service_list", actor.workspace)
    rows = [
        (_("Without an owner"), found.without_owner, "owner_party=none"),
        (_("Without a state"), found.without_state, "managed_state=none"),
        (_("Live without a day to look again"), found.without_review, "managed_state=live,ending"),
    ]
    return [
        {"label": label, "value": n, "of": found.services, "url": f"{base}?{query}"}
        for label, n, query in rows
    ]


def _starts(actor: Actor) -> list[dict[str, Any]]:
    """Ways to begin, while there is no service yet."""
    if visible_services(actor).exists() or not may_import(actor):
        return []
    words = entity("service_product").words
    rows = [
        (_("From a spreadsheet"), navigation.url_or_none("import_start", actor.workspace),
         _("Any list of services will do. You see what each row would become before anything is "
           "saved.")),
        (words.phrase("new", actor.vocabulary),
         navigation.url_or_none("service_create", actor.workspace),
         _("Its name and one line. Polku then asks what is missing, one thing at a time.")),
    ]  # fmt: skip
    return [{"title": title, "url": url, "note": note} for title, url, note in rows if url]
