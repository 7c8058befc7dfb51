"""A workspace whose wall holds 300 cards and some 600 threads, tied as people tie them."""

import random
from collections.abc import Sequence
from typing import Any

GOALS, WISHES, SERVICES, OFFERS, GROUPS, PARTS = 20, 110, 60, 60, 30, 20


def fill_wall(workspace: Any) -> None:
    """Every wish asks something of a service; services serve goals, are offered and need parts."""
    from polku.kernel.actor import system_actor
    from polku.kernel.links import tie

    chance, by = random.Random(3), system_actor(workspace)  # noqa: S311  the same data each time
    goals = _make(by, "strategy_goal", "statement", "What we want, number", GOALS)
    wishes = _make(by, "requirement", "statement", "Somebody wishes for this, number", WISHES)
    groups = _make(by, "segment", "name", "People who come, number", GROUPS)
    services = _make(by, "service_product", "name", "A service of ours, number", SERVICES)
    parts = _make(by, "component", "name", "What carries it, number", PARTS)
    offers = _offers(by, services)
    for wish in wishes:
        tie("L02", wish, chance.choice(services), by=by)
        tie("L03", wish, chance.choice(goals), by=by)
    for number, service in enumerate(services):
        tie("L01", service, chance.choice(goals), by=by,
            confidence="guess" if number % 7 == 0 else "confirmed")  # fmt: skip
        tie("L06", service, chance.choice(groups), by=by)
        for part in chance.sample(list(parts), 2):
            _need(by, service, part)
    for offer in offers:
        tie("L06", offer, chance.choice(groups), by=by)


def _make(by: Any, kind: str, field: str, words: str, many: int) -> Sequence[Any]:
    from polku.kernel.changes import create_objects
    from polku.kernel.registry import entity

    return create_objects(entity(kind), [{field: f"{words} {n}"} for n in range(many)], by=by)


def _offers(by: Any, services: Sequence[Any]) -> Sequence[Any]:
    from polku.kernel.changes import create_objects
    from polku.kernel.registry import entity

    rows = [{"title": f"What one gets, number {n}", "product": service.code}
            for n, service in enumerate(services[:OFFERS])]  # fmt: skip
    return create_objects(entity("offering"), rows, by=by)


def _need(by: Any, service: Any, part: Any) -> None:
    from polku.kernel.changes import create_object
    from polku.kernel.registry import entity

    values = {"from": service, "to": part, "kind": "requires"}
    create_object(entity("dependency"), values, by=by)
