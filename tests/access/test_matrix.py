"""Each route and operation, as each of the nine, against the table."""

import pytest

from tests.access.asking import Matrix, routes_of, row_of, verbs
from tests.access.canaries import Side
from tests.access.routes import operations, routes, unnamed
from tests.access.table import TABLE
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.scenario("AC30", part="roles")]


@pytest.mark.parametrize("verb", verbs())
def test_each_role_meets_what_the_table_says(world: World, verb: str) -> None:
    matrix = Matrix(world)
    found = [each for route in routes_of(verb) for each in matrix.breaches_of_rights(route)]
    assert not found, "\n".join(found)


def test_every_route_has_a_row() -> None:
    """Add the row: who reads, who writes, as nine signs (see the head of table.py)."""
    without = sorted({route.verb for route in routes() if row_of(route) is None})
    assert without == [], f"say in tests/access/table.py who may do what at: {', '.join(without)}"


def test_every_route_has_a_name() -> None:
    assert unnamed() == [], "give the address a name, so that the table can speak about it"


def test_every_operation_of_the_api_is_a_route() -> None:
    names = {route.name for route in routes() if route.method}
    assert len(names) > 100
    assert set(operations()) == names


def test_every_row_has_a_route() -> None:
    known = {route.name for route in routes()} | {route.verb for route in routes()}
    assert sorted(set(TABLE) - known) == []


def test_the_world_has_an_object_of_every_kind_on_every_side(world: World) -> None:
    from polku.kernel.registry import entities

    kinds = {row.kind for row in entities()}
    for side in (Side.SHARED, Side.INSIDE, Side.OTHER, Side.FOREIGN):
        assert set(world.objects[side]) == kinds
