"""Everything that happened to one thing, page after page, for one field or all."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from polku.kernel.actor import Actor
from polku.kernel.history import events_of
from polku.kernel.registry import entity as entity_row
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.values import title_text
from polku.web.history_sentences import sentences

PER_PAGE = 50


def object_history(request: HttpRequest, workspace: str, kind: str, code: str) -> HttpResponse:
    """The history of one thing, newest first; only for those who may look inside."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    page = ObjectPage(request, actor, entity, fetch(actor, entity, code))
    field = request.GET.get("field", "")
    field = field if field in page.readable else ""
    before = request.GET.get("before", "")
    number = int(before) if before.isdecimal() and len(before) < 19 else None
    events = events_of(actor, page.obj, limit=PER_PAGE + 1, before=number, field=field)
    shown = events[:PER_PAGE]
    older = {"before": shown[-1].pk} | ({"field": field} if field else {}) if shown else {}
    context = {
        "page": page, "entity": entity, "object": page.obj, "title": title_text(page.obj),
        "entries": sentences(actor, entity, shown), "fields": _fields(page, field),
        "older": f"?{urlencode(older)}" if len(events) > PER_PAGE else "",
        "is_first": number is None, "field": field,
    }  # fmt: skip
    return render(request, "objects/object_history.html", context)


def _fields(page: ObjectPage, chosen: str) -> list[dict[str, Any]]:
    model = page.entity.model
    rows = [
        {"name": found.name, "label": found.label(model), "chosen": found.name == chosen}
        for found in page.readable.values()
        if found.name != "dial_notes"
    ]
    return sorted(rows, key=lambda row: str(row["label"]).casefold())
