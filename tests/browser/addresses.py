"""Every page that a signed-in person can open, found from the URL conf and the registry.

An address whose parts are not known here fails the walk: a new page says with which example it is
to be looked at, or why it is no page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from polku.journeys.models import Touchpoint
from polku.kernel.actor import Actor
from polku.kernel.links import ties_of
from polku.kernel.loose_ends import visible_loose_ends
from polku.kernel.models import Link
from polku.kernel.queries import visible_kind
from polku.kernel.registry import Entity, entities
from polku.kernel.reviews import changes_waiting
from polku.kernel.transitions import offered_moves

# Answers to a press of a button, files and machine answers: no page of their own to look at
NO_PAGE = (
    "_alike", "_view_save", "_view_delete", "_restore", "set_language", "loose_end_reopen",
    "loose_end_export", "loose_end_again",
    "wall_svg", "_near", "picture_file",
)  # fmt: skip


# Pages that answer a question in their address
QUERIES = {"wall_tie": "?from=SRV-1", "settings_size": "?size=provider", "search": "?q=a"}


@dataclass(frozen=True)
class Stop:
    """One page of the walk."""

    name: str
    path: str


def stops(actor: Actor) -> list[Stop]:
    """Pages of the actor's workspace, each with a believable example."""
    found = []
    for name, parts in desk_routes():
        if name.endswith(NO_PAGE):
            continue
        kwargs = _example(actor, name, parts)
        if kwargs is not None:
            found.append(Stop(name, reverse(name, kwargs=kwargs) + QUERIES.get(name, "")))
    return found


def desk_routes() -> Iterator[tuple[str, set[str]]]:
    """Names and parts of every route under ``/w/<workspace>/``."""
    yield from _routes(get_resolver().url_patterns, frozenset())


def _routes(patterns: list[Any], above: frozenset[str]) -> Iterator[tuple[str, set[str]]]:
    for pattern in patterns:
        parts = above | set(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, parts)
        elif isinstance(pattern, URLPattern) and pattern.name and _is_page(pattern, parts):
            yield pattern.name, set(parts)


def _is_page(pattern: URLPattern, parts: frozenset[str]) -> bool:
    module = getattr(pattern.callback, "__module__", "")
    return "workspace" in parts and not module.startswith(("ninja", "polku.api"))


def _example(actor: Actor, name: str, parts: set[str]) -> dict[str, Any] | None:
    if name.endswith("_need_create") and not actor.workspace.has("components"):
        return None  # what is switched off is as if it were not there
    kwargs: dict[str, Any] = {"workspace": actor.workspace.slug}
    row = _entity(name)
    if "code" in parts:
        obj = _object(actor, row) if row else None
        if obj is None:
            return None
        kwargs["code"] = obj.code
        if "to" in parts:
            moves = [found.to for found, answer in offered_moves(obj, actor) if answer.ok]
            if not moves:
                return None
            kwargs["to"] = moves[0]
        if "field" in parts:
            kwargs["field"] = next(f.name for f in row.fields if f.editable)  # type: ignore[union-attr]
    for part in parts - set(kwargs):
        value = _part(actor, name, part, obj if "code" in parts else None)
        if value is None:
            return None
        kwargs[part] = value
    return kwargs


def _entity(name: str) -> Entity | None:
    if name == "impact_detail":  # of a thing of any kind: a service stands for them
        name = "service_detail"
    rows = sorted(entities(), key=lambda row: -len(row.page_name))
    return next((row for row in rows if name.startswith(f"{row.page_name}_")), None)


def _object(actor: Actor, row: Entity | None) -> Any:
    return visible_kind(actor, row).order_by("pk").first() if row else None


def _in_journey(part: str, journey: Any) -> Any:
    """A place of a journey: a row at its first step, the step, the stage."""
    if part == "row":
        return "frontstage"
    rows = journey.steps if part == "step" else journey.stages
    found = rows.filter(removed=False).first()
    return found.pk if found else None


def _beside_journey(name: str, part: str, journey: Any) -> Any:
    """What hangs on a journey: a pain point, a talk, a meeting point of one of its steps."""
    if part == "point":
        steps = journey.steps.filter(removed=False).values("pk")
        ties = Link.objects.filter(kind="L07", from_kind="step", from_id__in=steps)
        points = Touchpoint.objects.filter(pk__in=ties.values("to_id")).order_by("pk")
        return points.values_list("code", flat=True).first()
    rows = {"journey_pain": journey.painpoints.filter(removed=False),
            "journey_talk": journey.interviews.filter(consent=True)}  # fmt: skip
    return rows[name].values_list("number", flat=True).first() if name in rows else None


def _part(actor: Actor, name: str, part: str, obj: Any) -> Any:
    if part == "number" and name.startswith("loose_end_"):
        end = visible_loose_ends(actor).exclude(object_kind="import_run").first()
        return end.pk if end else None
    if part in {"link", "number"} and "tie" in name and obj is not None:
        ties = ties_of(actor, obj)
        return ties[0].link.pk if ties else None
    if name.startswith("journey_") and part in {"number", "point"}:
        return _beside_journey(name, part, obj)
    if name in {"journey_cell", "journey_step", "journey_stage"}:
        return _in_journey(part, obj)
    if part == "end":
        changes = changes_waiting(actor)
        return changes[0].obj.code if changes else None
    return {"dial": "cost", "check": "D14", "question": "I2", "by": "service"}.get(part)
