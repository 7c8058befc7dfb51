"""Ways to look at a list that have a name of their own: filters and groups one often asks for."""

from collections.abc import Callable, Mapping
from typing import Any

from polku.kernel.actor import Actor
from polku.kernel.registry import Entity

type Views = Callable[[Actor, Mapping[str, str]], list[dict[str, Any]]]

_named: dict[str, Views] = {}


def named_views(kind: str, views: Views) -> None:
    """Let *views* say the named ways to look at the list of a kind: label, url, current."""
    _named[kind] = views


def views_by_name(actor: Actor, entity: Entity, query: Mapping[str, str]) -> list[dict[str, Any]]:
    """The named ways of a list; none for most kinds."""
    views = _named.get(entity.kind)
    return views(actor, query) if views else []
