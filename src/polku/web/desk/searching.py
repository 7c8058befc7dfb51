"""Finding anything by words."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from polku.kernel.actor import Actor
from polku.kernel.finding import Hits, find_words, with_code
from polku.kernel.registry import Entity, entity_of
from polku.web import navigation
from polku.web.desk.addresses import list_url, object_url
from polku.web.desk.values import enum_word, state_html, title_html, title_note


def search(request: HttpRequest, workspace: str) -> HttpResponse:
    """Hits by kind, with counts; a code leads straight to its page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    question = " ".join(request.GET.get("q", "").split())[:200]
    exact = with_code(actor, question)
    if exact is not None:
        return redirect(object_url(actor.workspace, entity_of(exact), exact.code))
    found = find_words(actor, question)
    hits = sorted(found.groups, key=lambda group: _place(group.entity))
    context = {
        "question": question, "groups": [_group(actor, group, question) for group in hits],
        "found": found, "understood": bool(found.words),
    }  # fmt: skip
    return render(request, "search/search.html", context)


def _place(entity: Entity) -> int:
    """Kinds stand in the order of the rooms around the page."""
    order = [page for room in navigation.RAIL for page in room.pages]
    return order.index(entity.page_name) if entity.page_name in order else len(order)


def _group(actor: Actor, hits: Hits, question: str) -> dict[str, Any]:
    address = f"{list_url(actor.workspace, hits.entity)}?{urlencode({'q': question})}"
    return {
        "entity": hits.entity,
        "count": hits.entity.words.count(hits.count, actor.vocabulary),
        "more": hits.count - len(hits.rows),
        "url": address,
        "rows": [_row(actor, hits.entity, obj) for obj in hits.rows],
    }


def _row(actor: Actor, entity: Entity, obj: Any) -> dict[str, Any]:
    return {
        "url": object_url(actor.workspace, entity, obj.code), "code": obj.code,
        "title": title_html(obj), "note": title_note(obj), "state": _state(entity, obj),
    }  # fmt: skip


def _state(entity: Entity, obj: Any) -> Any:
    if entity.machine is not None:
        return state_html(entity, getattr(obj, entity.state_field))
    kind = entity.by_name.get("kind")
    return enum_word(entity, kind, obj.kind) if kind else ""
