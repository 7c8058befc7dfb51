"""Tying one thing to another: choose the way, choose the other end, say why."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.changes import create_object
from polku.kernel.link_rows import end_by_code
from polku.kernel.links import tie
from polku.kernel.policy import may_read_inside
from polku.kernel.registry import entity as entity_row
from polku.portfolio.entities import DEPENDENCY
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.ties_forms import TieForm, properties_in
from polku.web.desk.ties_ways import Way, choices_for, find_other, grouped, ways_for_kind
from polku.web.desk.values import end_url, title_text


def tie_create(request: HttpRequest, workspace: str, kind: str, code: str) -> HttpResponse:
    """First the way (``?way=L01-to``), then the other end; both work without script."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    page = ObjectPage(request, actor, entity, fetch(actor, entity, code))
    _require_inside(actor, page)
    here = here_on(page, request.GET.get("piece", ""))
    ways = ways_for_kind(actor, here._meta.db_table)
    asked = request.GET.get("way", "")
    way = next((way for way in ways if way.key == asked), None)
    if way is None:
        context = {"page": page, "object": page.obj, "here": here, "groups": grouped(ways),
                   "piece": request.GET.get("piece", "")}  # fmt: skip
        return render(request, "ties/tie_ways.html", context)
    return _fill_in(request, page, here, way)


def here_on(page: ObjectPage, piece: str) -> Any:
    """The thing of the page, or the piece of it with this number. Raises NotFound."""
    if not piece:
        return page.obj
    found = end_by_code(page.actor, f"{page.obj.code}.{piece}")
    if found is None:
        raise NotFound
    return found


def _require_inside(actor: Actor, page: ObjectPage) -> None:
    """Somebody of the team may tie; which ends they may touch is asked when the tie is made."""
    require(may_read_inside(actor))
    if actor.role == "reader":
        require(page.may_change)


def _fill_in(request: HttpRequest, page: ObjectPage, here: Any, way: Way) -> HttpResponse:
    choices = choices_for(page.actor, way, here)
    given = request.POST if request.method == "POST" else None
    form = TieForm(way, choices, given, initial={"other": request.GET.get("other", "")})
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            other = find_other(page.actor, way, here, form.cleaned_data["other"])
            _make(page, way, (here, other), form.cleaned_data)
        except BadInput as error:
            form.blame(error)
        except Refused as error:
            refused = str(error)
        else:
            _say(request, here, way, other, form.cleaned_data)
            return redirect(end_url(here, page.actor.workspace))
    context = {
        "page": page, "object": page.obj, "here": here, "way": way, "form": form,
        "refused": refused, "total": choices.total,
    }  # fmt: skip
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "ties/tie_create.html", context, status=status)


def _make(page: ObjectPage, way: Way, ends: tuple[Any, Any], data: dict[str, Any]) -> None:
    start, end = ends if way.forward else (ends[1], ends[0])
    if not way.is_need:
        tie(
            way.code, start, end, by=page.actor, why=data["why"], confidence=data["confidence"],
            valid_from=data["valid_from"], valid_to=data["valid_to"],
            properties=properties_in(data),
        )  # fmt: skip
        return
    values = {
        "from": start, "to": end, "kind": way.code, "note": data["why"],
        "criticality": data["criticality"] or "unknown",
        "valid_from": data["valid_from"], "valid_to": data["valid_to"],
    }  # fmt: skip
    create_object(DEPENDENCY, values, by=page.actor)


def _say(request: HttpRequest, here: Any, way: Way, other: Any, data: dict[str, Any]) -> None:
    words = {"name": title_text(here), "words": way.words, "other": title_text(other)}
    sentence = _("Tied: %(name)s %(words)s %(other)s.")
    if data.get("confidence") == "guess":
        sentence = _("Tied as a guess: %(name)s %(words)s %(other)s. Confirm it when you know.")
    messages.success(request, sentence % words)
