"""Checks of journeys after each edit find what they find at night, and most edits cost nothing."""

from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polku.insight.operations import refresh
from polku.journeys.models import Journey, Touchpoint
from polku.journeys.models import Step as JourneyStep
from polku.journeys.operations import agree, meet_at, new_touchpoint, remove_step, undo, write_text
from polku.kernel.answers import PolkuError
from polku.kernel.loose_ends import loose_ends_of, visible_loose_ends
from polku.kernel.profiles import FEATURES
from polku.kernel.transitions import Step, move
from tests.cast import Cast, make
from tests.journeys.ways import visit_of


@pytest.fixture
def visit(cast: Cast) -> Journey:
    cast.museum.features = {feature.code: True for feature in FEATURES}
    cast.museum.save()
    journey = visit_of(cast.aino)
    new_touchpoint(journey, journey.steps.first().pk, "Door", by=cast.aino.actor, state="live")
    refresh(cast.museum)
    return journey


def now(cast: Cast) -> set[tuple[Any, ...]]:
    rows = visible_loose_ends(cast.aino.actor)
    return {(end.check_code, end.object_id, str(end.parameters)) for end in rows}


@pytest.mark.parametrize("seed", range(3))
def test_what_is_found_at_once_is_what_is_found_at_night(
    cast: Cast, visit: Journey, seed: int
) -> None:
    by, dice = cast.aino.actor, Random(seed)
    make("segment", by, name="Families")
    steps = list(visit.steps.all())
    points = [*Touchpoint.objects.all(), make("touchpoint", by, name="Desk", state="live")]
    verbs = [
        lambda: write_text(visit, dice.choice(steps).pk, "customer_action",
                           dice.choice(["", "a", "b"]), by=by),
        lambda: write_text(visit, dice.choice(steps).pk, "frontstage", "c", by=by),
        lambda: meet_at(visit, dice.choice(steps).pk, dice.sample(points, dice.randint(0, 2)),
                        by=by),
        lambda: remove_step(visit, dice.choice(steps).pk, by=by),
        lambda: undo(visit, by=by),
        lambda: move(dice.choice(points), Step(dice.choice(["paused", "live"])), by=by),
        lambda: agree(visit, by=by),
    ]  # fmt: skip
    for _turn in range(40):
        try:
            dice.choice(verbs)()
        except PolkuError:
            visit.refresh_from_db()
    before = now(cast)
    refresh(cast.museum)
    assert now(cast) == before


def test_the_steps_without_a_meeting_point_are_named(cast: Cast, visit: Journey) -> None:
    found = loose_ends_of(cast.aino.actor, visit)
    (end,) = [row for row in found if row.check_code == "L07"]
    assert end.parameters["n"] == 2
    named = [JourneyStep.objects.get(pk=pk) for _kind, pk in end.parameters["things"]["steps"]]
    assert [step.title for step in named] == [
        "books on the phone", "finds the door",
    ]  # fmt: skip


def test_an_edit_of_a_cell_asks_no_check(cast: Cast, visit: Journey) -> None:
    step = visit.steps.first()
    write_text(visit, step.pk, "frontstage", "opens", by=cast.aino.actor)
    with CaptureQueriesContext(connection) as asked:
        write_text(visit, step.pk, "frontstage", "opens at ten", by=cast.aino.actor)
    assert not [row for row in asked if "loose_end" in row["sql"]]
    assert len(asked) <= 20, [row["sql"][:120] for row in asked]
