"""Looking at one object by a link: its name, what it is, where it stands. Nothing else."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from polku.kernel.actor import system_actor
from polku.kernel.magic_links import Found
from polku.kernel.queries import find
from polku.kernel.registry import Entity, entity_of
from polku.tenancy.translated import Translated
from polku.web.guest.journeys import journey_shared


def shared_view(request: HttpRequest, found: Found) -> HttpResponse:
    """What somebody shared; reading uses nothing up."""
    link = found.link
    if link.object_kind == "journey":
        return journey_shared(request, found)
    obj = find(system_actor(link.workspace, "page"), link.object_kind, link.object_id)
    if obj is None or obj.archived:
        raise Http404
    entity = entity_of(obj)
    context = {
        "entity": entity, "object": obj, "place": link.workspace, "found": found,
        "texts": _texts(entity, obj),
    }  # fmt: skip
    return render(request, "guest/shared_view.html", context)


def _texts(entity: Entity, obj: Any) -> list[dict[str, Any]]:
    """The texts of an object, without its name and what stays inside."""
    rows = []
    for field in entity.fields:
        value = getattr(obj, field.name, None) if field.type == "translated" else None
        inside = getattr(field, "inside_only", False)
        if (
            isinstance(value, Translated)
            and value
            and field.name != entity.title_field
            and not inside
        ):
            rows.append({"label": field.label(entity.model), "value": value})
    return rows
