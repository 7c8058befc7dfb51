"""Asking the whole matrix; what is wrong comes back as sentences."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from polku.kernel.registry import Entity, entity
from tests.access.browsing import Answer, Browser
from tests.access.canaries import Side, seen_in
from tests.access.cases import OBJECT_PARAMS, Case, cases_of, missing_case, mixed_cases
from tests.access.filling import NEVER_OUTSIDE, OF_ONE_THING, SEEN_STATES
from tests.access.people import HIDDEN, INSIDE, ROLES, browser_of
from tests.access.routes import Route, routes
from tests.access.table import TABLE, Row
from tests.access.world import World

OTHER_METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "POST", "GET")


def row_of(route: Route) -> Row | None:
    """The row of a route: by its name, else by its verb."""
    return TABLE.get(route.name) or TABLE.get(route.verb)


def verbs() -> list[str]:
    """The rows that have routes, for one test each."""
    return sorted({route.name if route.name in TABLE else route.verb for route in routes()})


def routes_of(verb: str) -> list[Route]:
    """The routes that a row speaks about."""
    return [r for r in routes() if verb in ({r.name} if r.name in TABLE else {r.verb})]


@dataclass
class Matrix:
    """One asking of the matrix, with the browsers of all nine and a count of questions."""

    world: World
    asked: int = 0
    browsers: dict[str, Browser] = field(default_factory=dict)
    missing: dict[tuple[str, str, str], Answer] = field(default_factory=dict)

    def answer(self, role: str, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        """One question; effects are taken back."""
        if role not in self.browsers:
            self.browsers[role] = browser_of(self.world, role)
        self.asked += 1
        return self.browsers[role].ask(method, path, body, **more)

    def breaches_of_rights(self, route: Route) -> Iterator[str]:
        """What differs from the table, for a thing that stands open to the customer's person."""
        row = row_of(route)
        if row is None:
            return
        case = next(iter(cases_of(self.world, route, outcome=True)), None)
        for method, signs in _asked_methods(route, row):
            for role, sign in zip(ROLES, signs, strict=True):
                if case is None:
                    continue
                body = _body(self.world, route, row) if method != "GET" else None
                answer = self.answer(role, method, case.path, body)
                wanted = _wanted(route, role, sign, case)
                if problem := _unlike(answer, wanted, route):
                    yield f"{role} {method} {case.path}: {problem} (the table says {sign})"
                yield from self.canaries(role, method, case.path, answer, body)

    def canaries(
        self, role: str, method: str, path: str, answer: Answer, body: Any = None
    ) -> Iterator[str]:
        """Whatever of a hidden side stands in an answer."""
        asked = f"{path} {json.dumps(body)}"
        for found in seen_in(answer.everything(), HIDDEN[role], asked=asked):
            yield f"{role} {method} {path}: the answer holds “{found}”"

    def breaches_of_walls(self, route: Route) -> Iterator[str]:
        """Where a thing behind a wall answers otherwise than a missing one."""
        row = row_of(route) or Row("", "")
        for case in cases_of(self.world, route):
            if roles := WALLS.get(case.where):
                nothing = missing_case(self.world, route, case.where)
                yield from self._unlike_missing(route, row, roles, case, nothing)
        for case, nothing in mixed_cases(self.world, route):
            yield from self._unlike_missing(route, row, ("admin", "co_creator"), case, nothing)

    def _unlike_missing(
        self, route: Route, row: Row, roles: tuple[str, ...], case: Case, nothing: Case
    ) -> Iterator[str]:
        body = _body(self.world, route, row)
        for role in roles:
            for method in _wall_methods(route, role, case):
                sent = body if method not in {"GET", "HEAD", "OPTIONS"} else None
                found = self.answer(role, method, case.path, sent)
                other = self._of_nothing(role, method, nothing.path, sent)
                if found.comparable(*case.own) != other.comparable(*nothing.own):
                    yield (
                        f"{role} {method} {case.path} ({case.where}) answers {found.status}, "
                        f"a missing one {other.status}; {_difference(found, other)}"
                    )
                yield from self.canaries(role, method, case.path, found, sent)

    def _of_nothing(self, role: str, method: str, path: str, sent: Any) -> Answer:
        """The answer about a missing thing, asked once."""
        key = (role, method, path)
        if key not in self.missing:
            self.missing[key] = self.answer(role, method, path, sent)
        return self.missing[key]


# Before which wall each stands: the rest of the team sees all of its workspace
WALLS: dict[str, tuple[str, ...]] = {
    "foreign": ("admin", "editor", "member", "reader", "co_creator", "guest"),
    "pending": ("admin", "co_creator"),
    "inside": ("co_creator", "guest"),
    "other": ("co_creator", "guest"),
    "elsewhere": ("admin", "co_creator", "stranger", "link", "anonymous"),
}


def _asked_methods(route: Route, row: Row) -> list[tuple[str, str]]:
    if route.method:
        return [(route.method, row.read if route.method == "GET" else row.write)]
    return [("GET", row.read), ("POST", row.write)]


def _wall_methods(route: Route, role: str, case: Case) -> tuple[str, ...]:
    """Every method for the admin at the wall of the workspace; the usual ones elsewhere."""
    if route.method not in {"", "GET"}:
        return (route.method,)
    if role == "admin" and case.where == "foreign":
        return OTHER_METHODS
    return ("GET", "POST") if role in {"admin", "co_creator"} and not route.method else ("GET",)


def _wanted(route: Route, role: str, sign: str, case: Case) -> str:
    row: Entity | None = entity(route.kind) if route.kind else None
    if sign == "c":
        assert row is not None
        return "." if role in row.creators else "n"
    hidden = route.kind in NEVER_OUTSIDE and "code" in route.params
    return "0" if role == "co_creator" and sign in ".n~" and hidden else sign


def _unlike(answer: Answer, wanted: str, route: Route) -> str:
    """Nothing when the answer is as wanted, else what it was."""
    if answer.broke is not None or answer.status >= 500:
        return f"broke with {answer.broke!r}"
    signed = answer.status == 401 if route.is_api else answer.asks_to_sign_in
    sign = (
        "i" if signed else {403: "n", 404: "0", 405: "x"}.get(answer.status, ".")
    )  # fmt: skip
    allowed = {"N": "n", "~": ".n", "s": ".n0xi"}.get(wanted, wanted)
    return "" if sign in allowed else f"answered {answer.status} {answer.leads_to}".strip()


def _body(world: World, route: Route, row: Row) -> dict[str, Any]:
    """What a sensible write sends here."""
    if route.verb.endswith("{}_create"):
        return minimal(world, entity(route.kind), api=route.is_api)
    if route.verb == "{}_field":
        return _field_body(route)
    if route.verb == "api-v1:{}_change":
        return {"tags": ["new"]}
    if route.name == "api-v1:link_create":
        codes = world.codes(Side.SHARED)
        return {"kind": "L06", "from": codes["service_product"], "to": codes["segment"]}
    if route.name == "settings_portfolio_owner":
        return {"person": world.people[Side.INSIDE]}
    if route.verb == "api-v1:{}_transition":
        return {**(row.body or {}), "to": first_step(route.kind)}
    return dict(row.body or {})


def first_step(kind: str) -> str:
    """A state that an object of the world can enter next."""
    machine = entity(kind).machine
    assert machine is not None
    return machine.moves_from(SEEN_STATES.get(kind, machine.initial))[0].to


def _field_body(route: Route) -> dict[str, Any]:
    from tests.access.cases import some_field

    found = entity(route.kind).by_name[some_field(route)]
    return {f"{found.name}-en" if found.type == "translated" else found.name: "New words"}


def minimal(world: World, row: Entity, *, api: bool, side: Side = Side.SHARED) -> dict[str, Any]:
    """The least that makes an object of a kind."""
    codes = {**world.codes(Side.INSIDE), **world.codes(side)}
    found: dict[str, Any] = {}
    for each in row.fields:
        if not each.required and OF_ONE_THING.get((row.kind, each.name)) != "own":
            continue
        if each.type in {"ref", "object"}:
            found[each.name] = _ends(row, each.name, world) or codes[each.ref]
        else:
            found[each.name] = "Something new"
    return found if api else {**found, "seen": "1"}


def _ends(row: Entity, name: str, world: World) -> str:
    if row.kind == "dependency":
        side = Side.INSIDE if name == "from" else Side.SHARED
        return world.code(side, "service_product")
    if row.kind == "relationship":
        side = Side.SHARED if name == "consumer_party" else Side.INSIDE
        return world.code(side, "party")
    return ""


def _difference(found: Answer, other: Answer) -> str:
    if found.status != other.status:
        return f"{found.leads_to} | {other.leads_to}"
    if set(found.headers) != set(other.headers):
        return f"headers {sorted(set(found.headers) ^ set(other.headers))}"
    lines = zip(found.text.splitlines(), other.text.splitlines(), strict=False)
    odd = next(((a, b) for a, b in lines if a != b), ("", ""))
    return f"body: {odd[0].strip()[:120]} | {odd[1].strip()[:120]}"


__all__ = ["INSIDE", "OBJECT_PARAMS", "Matrix", "first_step", "minimal", "row_of", "verbs"]
