"""One world for a folder of tests; a folder's conftest.py takes both fixtures by name."""

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.access.world import World


@pytest.fixture(scope="package")
def standing_world(django_db_setup: None, django_db_blocker: Any) -> Iterator["World"]:
    """Built once; every test of the folder runs inside its transaction."""
    from tests.access.world import standing

    refusals = logging.getLogger("django.request")
    level = refusals.level
    refusals.setLevel(logging.CRITICAL)  # tens of thousands of lines say "Not Found" on purpose
    with django_db_blocker.unblock(), standing() as world:
        yield world
    refusals.setLevel(level)


@pytest.fixture
def world(standing_world: "World", db: None) -> "World":
    """The world as it was built, whatever a test before changed."""
    from django.core.cache import cache

    cache.clear()
    return standing_world
