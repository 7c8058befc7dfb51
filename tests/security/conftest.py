"""The tests of this folder share one world."""

from tests.access.fixtures import standing_world as standing_world
from tests.access.fixtures import world as world
