"""What stands behind a wall answers exactly as what is not there: status, headers, body."""

import pytest

from tests.access.asking import Matrix, routes_of, verbs
from tests.access.world import World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.scenario("AC31", part="pages and API"),
]


@pytest.mark.parametrize("verb", verbs())
def test_a_thing_behind_a_wall_is_missing(world: World, verb: str) -> None:
    matrix = Matrix(world)
    found = [each for route in routes_of(verb) for each in matrix.breaches_of_walls(route)]
    assert not found, "\n".join(found)
