"""Who one is, where one is, and finding by words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from polku.api.answers import answer, who
from polku.api.lists import hold_empty, number_in, query_of
from polku.api.objects import place_of
from polku.kernel.actor import Actor, actors_of
from polku.kernel.answers import BadInput
from polku.kernel.finding import find_words, with_code
from polku.kernel.registry import entities, entity_of
from polku.tenancy.models import UserAccount
from polku.tenancy.translated import Translated

MOST_PER_KIND = 50


def get_workspaces(request: HttpRequest) -> HttpResponse:
    """The caller's workspaces: with a token the one it opens, with a session all of theirs."""
    caller = request.auth  # type: ignore[attr-defined]
    actors = actors_of(caller, "api") if isinstance(caller, UserAccount) else [caller]
    return answer({"items": [_me(actor) for actor in actors], "count": len(actors), "next": None})


def get_me(request: HttpRequest) -> HttpResponse:
    """Who the caller is in this workspace, and what they may do."""
    return answer(_me(who(request)))


def _me(actor: Actor) -> dict[str, Any]:
    return {
        "name": actor.name, "role": actor.role, "side": actor.side, "lang": actor.lang,
        "workspace": actor.workspace.slug, "workspace_name": dict(actor.workspace.name.texts),
    }  # fmt: skip


def get_workspace(request: HttpRequest) -> HttpResponse:
    """The workspace: its name and languages, and for its own people its settings."""
    actor = who(request)
    room = actor.workspace
    found: dict[str, Any] = {
        "slug": room.slug, "name": dict(room.name.texts), "default_lang": room.default_lang,
        "languages": room.languages, "timezone": room.timezone,
    }  # fmt: skip
    if actor.is_internal:
        found |= {
            "size_profile": room.size_profile, "vocabulary": room.vocabulary,
            "features": room.features, "small_n_limit": room.small_n_limit,
            "revision": room.revision,
            "kinds": [{"kind": row.kind, "plural": row.plural, "prefix": row.prefix}
                      for row in entities()],
        }  # fmt: skip
    return answer(found)


def search(request: HttpRequest) -> HttpResponse:
    """Things in which every word begins some word, accents and case ignored."""
    actor, query = who(request), query_of(request)
    words = query.pop("q", "").strip()
    limit = number_in(query.pop("per_kind", ""), "per_kind", 10, 1, MOST_PER_KIND)
    hold_empty(query)
    if not words:
        raise BadInput({"q": _("Say which words to look for.")})
    exact = with_code(actor, words)
    result = find_words(actor, words, per_kind=limit)
    first = [exact] if exact is not None else []
    others = [obj for group in result.groups for obj in group.rows if obj != exact]
    counts = {group.entity.plural: group.count for group in result.groups}
    items = [_hit(actor, obj) for obj in [*first, *others]]
    return answer({"items": items, "count": max(result.count, len(items)), "counts": counts})


def _hit(actor: Actor, obj: Any) -> dict[str, Any]:
    row = entity_of(obj)
    title = getattr(obj, row.title_field)
    text = title.reading(actor.lang).text if isinstance(title, Translated) else str(title)
    return {
        "kind": row.kind, "plural": row.plural, "code": obj.code, "title": text,
        "url": place_of(actor, row, obj.code),
    }  # fmt: skip
