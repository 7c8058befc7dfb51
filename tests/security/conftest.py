"""The tests of this folder share one world, and what each role reads in it as it was built."""

from typing import TYPE_CHECKING

import pytest

from tests.access.fixtures import standing_world as standing_world
from tests.access.fixtures import world as world

if TYPE_CHECKING:
    from tests.access.world import World
    from tests.security.pages import Walk, Walks


@pytest.fixture(scope="package")
def kept_walks(standing_world: "World") -> dict[str, "Walk"]:
    """The walks of each role so far."""
    return {}


@pytest.fixture
def walked(world: "World", kept_walks: dict[str, "Walk"]) -> "Walks":
    """`walked("admin")` reads every page the first time, and answers with the same from then on."""
    from tests.security.pages import walk  # not before Django is set up

    def by(role: str) -> "Walk":
        if role not in kept_walks:
            kept_walks[role] = walk(world, role)
        return kept_walks[role]

    return by
