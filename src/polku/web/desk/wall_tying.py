"""Tying one card to another: after a drag both are known, with keys the other is chosen first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from polku.insight.wall.lanes import LANE_OF
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, require
from polku.kernel.finding import with_code
from polku.kernel.policy import may_change, may_read_inside
from polku.kernel.registry import Entity, entity_of
from polku.web.desk.addresses import object_url, page_url
from polku.web.desk.ties_ways import Choices, Way, choices_for, find_other, ways_for
from polku.web.desk.values import title_text


def wall_tie(request: HttpRequest, workspace: str) -> HttpResponse:
    """``?from=SRV-2`` asks to what; with ``to=GOAL-1`` it asks in which of the ways that are legal
    there. The one way there is opens its form at once; where there is none, the page says so."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_read_inside(actor))
    if actor.role == "reader":
        require(may_change(actor, None))
    if not request.GET.get("from"):
        return redirect("wall", workspace=workspace)
    start = _card(actor, request.GET["from"])
    ways = ways_for(actor, entity_of(start))
    written = request.GET.get("to", "")[:300]
    context: dict[str, Any] = {
        "object": start, "title": title_text(start), "written": written, "room": "services",
        "url": object_url(actor.workspace, entity_of(start), start.code),
        "wall_url": reverse("wall", kwargs={"workspace": workspace}) + f"?start={start.code}",
    }  # fmt: skip
    if "to" in request.GET:
        return _to(request, actor, ways, context)
    return _ask(request, actor, ways, context)


def _card(actor: Actor, code: str) -> Any:
    found = with_code(actor, code)
    if found is None or found._meta.db_table not in LANE_OF:
        raise NotFound
    return found


def _to(
    request: HttpRequest, actor: Actor, ways: list[Way], context: dict[str, Any]
) -> HttpResponse:
    start = context["object"]
    try:
        other = _other(actor, ways, start, context["written"])
    except BadInput as error:
        context["wrong"] = str(error.fields["other"])
        return _ask(request, actor, ways, context, status=422)
    context |= {"other": title_text(other), "other_code": other.code}
    fitting = [] if other == start else [
        way for way in ways if other._meta.db_table in way.kinds
    ]  # fmt: skip
    refused = _refusal(actor, start, other, fitting)
    if refused:
        return render(request, "wall/wall_tie.html", {**context, "refused": refused}, status=409)
    choices: list[dict[str, str]] = [
        {"words": str(way.words), "url": _form_url(actor, entity_of(start), start, way, other)}
        for way in fitting
    ]
    if len(choices) == 1:
        return redirect(choices[0]["url"])
    return render(request, "wall/wall_tie.html", {**context, "ways": choices})


def _other(actor: Actor, ways: list[Way], start: Any, written: str) -> Any:
    """The other card: by its code whatever its kind, else among those that fit some way."""
    found = with_code(actor, written.rsplit(" · ", 1)[-1])
    if found is not None and found._meta.db_table in LANE_OF:
        return found
    return find_other(actor, _any_way(ways), start, written)


def _any_way(ways: list[Way]) -> Way:
    """One way that leads to every kind that some way leads to."""
    kinds = tuple(sorted({kind for way in ways for kind in way.kinds}))
    return Way("", True, "", "", kinds)


def _refusal(actor: Actor, start: Any, other: Any, fitting: list[Way]) -> str:
    """Why the two cannot be tied, in a sentence; nothing when they can."""
    if other == start:
        return _("A thing cannot be tied to itself.")
    if start.archived or other.archived:
        return _("One of the two was put away. Take it out again to tie it.")
    if not fitting:
        return _("Nothing ties these two kinds of thing to each other. Tie each to what lies "
                 "between them.")  # fmt: skip
    answer = may_change(actor, start)
    return "" if answer or may_change(actor, other) else str(answer.reason)


def _form_url(actor: Actor, entity: Entity, start: Any, way: Way, other: Any) -> str:
    address = page_url(actor.workspace, entity, "tie_create", code=start.code)
    name = other.code
    return f"{address}?way={way.key}&other={name}"


def _ask(
    request: HttpRequest, actor: Actor, ways: list[Way], context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Ask which card; a short list to choose from, or a line with hints."""
    found = choices_for(actor, _any_way(ways), context["object"]) if ways else Choices()
    context |= {"choices": found, "hints": [f"{title} · {code}" for code, title in found.rows]}
    return render(request, "wall/wall_tie.html", context, status=status)
