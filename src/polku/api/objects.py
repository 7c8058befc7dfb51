"""One object: read, made, changed, put away and brought back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from polku.api.answers import answer, answer_object, answer_once, who
from polku.api.bodies import read_json, read_object, read_objects, shaped
from polku.api.lists import asked, hold_empty, past_of, query_of
from polku.api.shapes import ReasonIn
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound
from polku.kernel.changes import archive_object, change_object, create_objects, restore_object
from polku.kernel.history import count_events, events_of
from polku.kernel.models import AuditEvent
from polku.kernel.past import rows_on, standing_on
from polku.kernel.plain_rows import Plain, plain_rows
from polku.kernel.queries import visible_kind
from polku.kernel.registry import Entity
from polku.portfolio.operations import create_services

# Kinds whose making is more than writing one row
CREATE: dict[str, Callable[..., list[Any]]] = {"service_product": create_services}


def found(actor: Actor, entity: Entity, code: str) -> Any:
    """The object of this code, for the team also when it was put away; else NotFound alike for
    missing and for not yours."""
    return visible_kind(actor, entity, archived=actor.is_internal).get_or_404(code)


def plain_of(actor: Actor, entity: Entity, obj: Any) -> Plain:
    """The object as it stands now. NotFound when a change took it out of the caller's sight."""
    rows = plain_rows(
        actor, entity, visible_kind(actor, entity, archived=actor.is_internal).filter(pk=obj.pk)
    )
    if obj.pk not in rows:
        raise NotFound
    return rows[obj.pk]


def place_of(actor: Actor, entity: Entity, code: str) -> str:
    """The address of an object."""
    slug = actor.workspace.slug
    return reverse(f"api-v1:{entity.page_name}_get", kwargs={"workspace": slug, "code": code})


def get_object(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """One object; with ``as_of`` as it was on that day."""
    actor, query = who(request), query_of(request)
    when = past_of(query)
    hold_empty(query)
    obj = found(actor, entity, code)
    if when is None:
        return answer_object(plain_of(actor, entity, obj))
    standing = standing_on(actor, entity, {"archived": "any"}, when)
    if obj.pk not in standing:
        raise NotFound(_("It was not there on that day, as far as we know."))
    return answer(rows_on(actor, entity, {obj.pk: standing[obj.pk]}, when)[0])


def create_object(request: HttpRequest, entity: Entity) -> HttpResponse:
    """Make one object, or all of a list of up to 1000 or none."""
    return answer_once(request, lambda: _create(request, entity))


def _create(request: HttpRequest, entity: Entity) -> HttpResponse:
    actor = who(request)
    values, many = read_objects(request)
    verb = CREATE.get(entity.kind)
    made = verb(values, by=actor) if verb else create_objects(entity, values, by=actor)
    if not many:
        plain = plain_of(actor, entity, made[0])
        return answer_object(plain, 201, place_of(actor, entity, made[0].code))
    numbers = [obj.pk for obj in made]
    rows = visible_kind(actor, entity).filter(pk__in=numbers).order_by("id")
    items = plain_rows(actor, entity, rows)
    return answer({"items": list(items.values()), "count": len(made), "next": None}, 201)


def change(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Change the fields named; ``revision`` or If-Match says which text was read before.

    ``wording_only`` claims that the meaning stays, so that nobody needs to look at its ties.
    """
    actor, values = who(request), read_object(request)
    revision, wording_only = _revision(request, values), _wording_only(values)
    obj = change_object(
        entity, found(actor, entity, code), values, by=actor, revision=revision,
        wording_only=wording_only,
    )  # fmt: skip
    return answer_object(plain_of(actor, entity, obj))


def _revision(request: HttpRequest, values: dict[str, Any]) -> int | None:
    given = values.pop("revision", None)
    tag = request.headers.get("If-Match", "").strip()
    if given is None and tag in {"", "*"}:
        return None
    text = str(given) if given is not None else tag.removeprefix("W/").strip('"')
    if text.isascii() and text.isdigit() and len(text) <= 9 and not isinstance(given, bool):
        return int(text)
    raise BadInput({"revision": _("Send the number that you read with the object.")})


def _wording_only(values: dict[str, Any]) -> bool:
    given = values.pop("wording_only", False)
    if not isinstance(given, bool):
        raise BadInput({"wording_only": _("Answer yes or no.")})
    return given


def archive(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Put the object away; nothing is deleted."""
    return _set_archived(request, entity, code, archive_object)


def restore(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Bring an archived object back."""
    return _set_archived(request, entity, code, restore_object)


def _set_archived(
    request: HttpRequest, entity: Entity, code: str, verb: Callable[..., Any]
) -> HttpResponse:
    actor, sent = who(request), shaped(ReasonIn, read_json(request))
    obj = verb(entity, found(actor, entity, code), by=actor, reason=sent.reason)
    return answer_object(plain_of(actor, entity, obj))


def list_history(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """What happened to the object, the newest first."""
    actor = who(request)
    page, query = asked(request)
    hold_empty(query)
    obj = found(actor, entity, code)
    events = events_of(actor, obj, limit=page.end)[page.offset :]
    return page.answer([_event(event) for event in events], count_events(actor, obj))


def _event(event: AuditEvent) -> dict[str, Any]:
    return {
        "id": event.pk, "name": event.name, "changes": event.changes, "note": event.note,
        "at": event.at, "by": str(event.actor) if event.actor else None,
        "by_party": event.actor_party.code if event.actor_party else None,
        "channel": event.channel, "operation": event.operation_id,
        "revision": event.object_revision,
    }  # fmt: skip
