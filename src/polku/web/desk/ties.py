"""Tying one thing to another: choose the way, choose the other end, say why."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.changes import create_object
from polku.kernel.links import tie
from polku.kernel.policy import may_read_inside
from polku.kernel.registry import entity as entity_row
from polku.portfolio.entities import DEPENDENCY
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.ties_forms import TieForm
from polku.web.desk.ties_ways import Way, choices_for, find_other, grouped, ways_for
from polku.web.desk.values import title_text


def tie_create(request: HttpRequest, workspace: str, kind: str, code: str) -> HttpResponse:
    """First the way (``?way=L01-to``), then the other end; both work without script."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    page = ObjectPage(request, actor, entity, fetch(actor, entity, code))
    _require_inside(actor, page)
    ways = ways_for(actor, entity)
    asked = request.GET.get("way", "")
    way = next((way for way in ways if way.key == asked), None)
    if way is None:
        context = {"page": page, "object": page.obj, "groups": grouped(ways)}
        return render(request, "ties/tie_ways.html", context)
    return _fill_in(request, page, way)


def _require_inside(actor: Actor, page: ObjectPage) -> None:
    """Somebody of the team may tie; which ends they may touch is asked when the tie is made."""
    require(may_read_inside(actor))
    if actor.role == "reader":
        require(page.may_change)


def _fill_in(request: HttpRequest, page: ObjectPage, way: Way) -> HttpResponse:
    choices = choices_for(page.actor, way, page.obj)
    given = request.POST if request.method == "POST" else None
    form = TieForm(way, choices, given, initial={"other": request.GET.get("other", "")})
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            other = find_other(page.actor, way, page.obj, form.cleaned_data["other"])
            _make(page, way, other, form.cleaned_data)
        except BadInput as error:
            form.blame(error)
        except Refused as error:
            refused = str(error)
        else:
            _say(request, page, way, other, form.cleaned_data)
            return redirect(page.url)
    context = {
        "page": page, "object": page.obj, "way": way, "form": form, "refused": refused,
        "total": choices.total,
    }  # fmt: skip
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "ties/tie_create.html", context, status=status)


def _make(page: ObjectPage, way: Way, other: Any, data: dict[str, Any]) -> None:
    start, end = (page.obj, other) if way.forward else (other, page.obj)
    if not way.is_need:
        tie(
            way.code, start, end, by=page.actor, why=data["why"], confidence=data["confidence"],
            valid_from=data["valid_from"], valid_to=data["valid_to"],
        )  # fmt: skip
        return
    values = {
        "from": start, "to": end, "kind": way.code, "note": data["why"],
        "criticality": data["criticality"] or "unknown",
        "valid_from": data["valid_from"], "valid_to": data["valid_to"],
    }  # fmt: skip
    create_object(DEPENDENCY, values, by=page.actor)


def _say(
    request: HttpRequest, page: ObjectPage, way: Way, other: Any, data: dict[str, Any]
) -> None:
    words = {"name": title_text(page.obj), "words": way.words, "other": title_text(other)}
    sentence = _("Tied: %(name)s %(words)s %(other)s.")
    if data.get("confidence") == "guess":
        sentence = _("Tied as a guess: %(name)s %(words)s %(other)s. Confirm it when you know.")
    messages.success(request, sentence % words)
