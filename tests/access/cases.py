"""The questions of the matrix: each route, asked about a thing on each side of each wall."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from polku.kernel.registry import entity
from tests.access.canaries import Side, missing_code
from tests.access.filling import SEEN_STATES
from tests.access.routes import Route
from tests.access.world import World

NO_NUMBER = 987654
NO_PLACE = "zzzzzzz"  # as long as the other workspace's address
NO_SECRET = "x" * 43

# Routes that are about a person of the workspace, by the code of their party
OF_PEOPLE = "person_"
# Routes that are about a thing of several kinds, and the kind that is tried
OF_ANY = {"impact_detail": "service_product", "api-v1:impact": "service_product"}

# Parameters that name a row by its number, by the beginning of the route's name where they differ
NUMBERS = {
    "number": {
        "api-v1:link": "link", "api-v1:loose_end": "loose_end", "api-v1:import": "import_run",
        "loose_end": "loose_end",
        "invitation": "invitation",
        "token": "token", "party_role": "party_role", "import": "import_run",
        "stakeholder_line": "stakeholder_line", "api-v1:stakeholder_line": "stakeholder_line",
        "notice": "notice", "api-v1:notice": "notice",
        "journey_pain": "journey_pain", "journey_comment": "journey_comment",
        "journey_talk": "journey_talk", "journey_share": "journey_share",
        "api-v1:journey_comment": "journey_comment", "api-v1:journey_share": "journey_share",
        "api-v1:journey_talk": "journey_talk",
        "picture": "picture", "link_picture": "picture", "api-v1:picture": "picture",
        "export": "import_run", "": "transition",
    },
    "link": {"": "link"},
    "step": {
        "journey_step_": "transition", "journey_cell": "step", "journey_step": "step",
        "": "transition",
    },
    "stage": {"": "stage"},
    "run": {"": "import_run"},
}  # fmt: skip

# Parameters that choose among a few words
WORDS = {
    "dial": "cost",
    "check": "D14",
    "question": "I2",
    "plural": "services",
    "uidb36": "1",
    "key": "none-such",
    "place": "museum",
    "lang": "en",
    "row": "frontstage",
    "size": "small",
    "by": "service",
}

# Parameters that are a code of another kind than the route's own
CODES = {"need": "dependency", "end": "service_product", "point": "touchpoint"}
NEEDED = frozenset({"service_product", "component"})

OBJECT_PARAMS = frozenset({"code", *CODES, *NUMBERS})


@dataclass(frozen=True)
class Case:
    """One question: a path, on which side its object stands, what of the path is the object's."""

    where: str
    path: str
    own: tuple[str, ...] = ()


def cases_of(world: World, route: Route, *, outcome: bool = False) -> Iterator[Case]:
    """Shared, inside, other, foreign, pending; then the foreign one at its own address.

    With *outcome* only what answers by the table: where the object and its rows are really there.
    """
    if not OBJECT_PARAMS & set(route.params):
        yield from _without_object(world, route)
        return
    if outcome:
        found = (_case(world, route, side.name.lower(), "museum", side, exact=True)
                 for side in (Side.SHARED, Side.INSIDE))  # fmt: skip
        yield from (case for case in found if case is not None)
        return
    for side in (Side.SHARED, Side.INSIDE, Side.OTHER, Side.FOREIGN, Side.PENDING):
        if (case := _case(world, route, side.name.lower(), "museum", side)) is not None:
            yield case
    if "workspace" in route.params:
        elsewhere = _case(world, route, "elsewhere", "norrvik", Side.FOREIGN)
        yield elsewhere or _missing(world, route, "elsewhere", "norrvik")


def missing_case(world: World, route: Route, where: str) -> Case:
    """The same question about nothing."""
    place = NO_PLACE if where == "elsewhere" else "museum"
    if not OBJECT_PARAMS & set(route.params):
        return list(_without_object(world, route))[-1]
    return _missing(world, route, "missing", place)


def mixed_cases(world: World, route: Route) -> Iterator[tuple[Case, Case]]:
    """A shared object with a foreign row under it, beside the same with a row that is not there."""
    rows = [param for param in route.params if param in NUMBERS or param in CODES]
    if "code" not in route.params or not rows:
        return
    values = {"workspace": "museum"} | {
        param: object_value(world, route, param, Side.SHARED)
        for param in route.params if param != "workspace"
    }  # fmt: skip
    for side in (Side.FOREIGN, Side.OTHER):
        behind = {param: object_value(world, route, param, side) for param in rows}
        nothing = {param: no_value(world, route, param) for param in rows}
        where = f"{side.name.lower()} row"
        yield (
            _asked(where, route, {**values, **behind}),
            _asked(where, route, {**values, **nothing}),
        )


def _without_object(world: World, route: Route) -> Iterator[Case]:
    places = ("museum", "norrvik", NO_PLACE) if "workspace" in route.params else ("",)
    names = ("here", "elsewhere", "nowhere")
    for name, place in zip(names, places, strict=False):
        values = {p: place if p == "workspace" else _word(world, route, p) for p in route.params}
        yield _asked(name, route, values)


def _case(
    world: World, route: Route, where: str, place: str, side: Side, *, exact: bool = False
) -> Case | None:
    values: dict[str, Any] = {"workspace": place}
    for param in route.params:
        if param in values:
            continue
        found = object_value(world, route, param, side, exact=exact)
        if found is None:
            return None
        values[param] = found
    return _asked(where, route, values)


def _missing(world: World, route: Route, where: str, place: str) -> Case:
    others = [param for param in route.params if param != "workspace"]
    values = {"workspace": place, **{p: no_value(world, route, p) for p in others}}
    return _asked(where, route, values)


def _asked(where: str, route: Route, values: dict[str, Any]) -> Case:
    """The case with the words that an answer may repeat: its path, its codes, its place."""
    path = route.path(**values)
    words = {str(value) for value in values.values() if not str(value).isdigit()}
    return Case(where, path, (path, quote(path), *sorted(words)))


def object_value(world: World, route: Route, param: str, side: Side, *, exact: bool = False) -> Any:
    """The value of a parameter for an object on a side; None where no such object is.

    Unless *exact*, a row of another object stands in where this kind has none.
    """
    if param == "code":
        return _code(world, route, side)
    if param in CODES:
        fits = not exact or param == "point" or route.kind in NEEDED
        return world.code(side, CODES[param]) if fits else None
    if param in NUMBERS:
        what, numbers = _what(route, param), world.numbers[side]
        of_kind = numbers.get(f"{what} {_kind(route)}" if "code" in route.params else what)
        return of_kind or (None if exact else numbers.get(what))
    return _word(world, route, param)


def no_value(world: World, route: Route, param: str) -> Any:
    """The value of a parameter that leads to nothing."""
    if param == "code":
        return missing_code(entity(_kind(route)).prefix)
    if param in CODES:
        return missing_code(entity(CODES[param]).prefix)
    return NO_NUMBER if param in NUMBERS else _word(world, route, param)


def _word(world: World, route: Route, param: str) -> str:
    if param == "token":
        return world.link_secret
    chosen = {"field": some_field, "to": _some_state}
    return chosen[param](route) if param in chosen else WORDS[param]


def _what(route: Route, param: str) -> str:
    names = NUMBERS[param]
    return next(what for start, what in names.items() if route.name.startswith(start))


def _code(world: World, route: Route, side: Side) -> str | None:
    if route.name.startswith(OF_PEOPLE):
        return world.people.get(side)
    found = world.objects[side].get(_kind(route))
    return found.code if found is not None else None


def _kind(route: Route) -> str:
    """What the object of a route is: said by the route, or by the beginning of its name."""
    from polku.kernel.registry import entities

    if route.name.startswith(OF_PEOPLE):
        return "party"
    named = (row.kind for row in entities() if route.name.startswith(f"{row.page_name}_"))
    return route.kind or OF_ANY.get(route.name) or next(named)


def some_field(route: Route) -> str:
    """A text that can be changed."""
    row = entity(route.kind)
    return next(f.name for f in row.fields if f.editable and f.type in {"text", "translated"})


def _some_state(route: Route) -> str:
    machine = entity(route.kind).machine
    assert machine is not None
    return machine.moves_from(SEEN_STATES.get(route.kind, machine.initial))[0].to
