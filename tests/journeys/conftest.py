"""A journey and its steps, for whoever asks."""

from typing import Any

import pytest


@pytest.fixture
def visit(cast: Any) -> Any:
    """The museum's journey."""
    from tests.journeys.ways import visit_of

    return visit_of(cast.aino)


@pytest.fixture
def steps(visit: Any) -> list[Any]:
    """Its steps in order."""
    return list(visit.steps.order_by("stage__position", "position"))
