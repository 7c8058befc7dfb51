"""Tables pasted in, documents taken over, and what others are told of an edit."""

from dataclasses import replace
from typing import Any

import pytest

from polku.journeys.documents import (
    CellDoc,
    StepDoc,
    TouchpointDoc,
    from_json,
    read_document,
)
from polku.journeys.entities import TOUCHPOINT
from polku.journeys.models import Journey, JourneyEdit, Touchpoint
from polku.journeys.operations import (
    apply_document,
    leave_place,
    move_step,
    new_touchpoint,
    note_place,
    paste,
    undo,
    write_step,
    write_text,
)
from polku.journeys.queries import changes_since, people_here
from polku.kernel.answers import BadInput, NotAllowed, NotFound
from polku.kernel.changes import archive_object
from polku.tenancy.translated import Translated
from tests.cast import Cast


def en(text: str) -> Translated:
    return Translated.of(text, "en")


def test_a_table_fills_cells_and_makes_steps(cast: Cast, visit: Journey, steps: list[Any]) -> None:
    by, edits = cast.aino.actor, visit.edits
    table = [
        ["hears", "", "enters", "leaves"],
        ["", "a price", "", ""],
        ["poster\nradio", "", "poster", ""],
    ]
    assert paste(visit, steps[0].pk, "customer_action", table, by=by) == 6
    doc = read_document(by, visit)
    assert [step.title("en") for step in doc.steps] == [
        "hears", "books on the phone", "enters", "leaves",
    ]  # fmt: skip
    assert doc.steps[1].text_of("expectation", "en") == "a price"
    assert [str(p.name) for p in doc.steps[0].touchpoints] == ["poster", "radio"]
    assert [p.primary for p in doc.steps[0].touchpoints] == [True, False]
    assert Touchpoint.objects.count() == 2
    assert visit.edits == edits + 1
    undo(visit, by=by)
    again = read_document(by, visit)
    assert [step.title("en") for step in again.steps] == [
        "sees a poster", "books on the phone", "finds the door",
    ]  # fmt: skip


def test_a_table_that_does_not_fit_changes_nothing(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by, before = cast.aino.actor, read_document(cast.aino.actor, visit)
    for row, table in (
        ("supplier", [["a"], ["b"]]), ("experience", [["1"]]), ("wait", [["soonish"]]),
        ("frontstage", [["x" * 700]]), ("name", [["a"] * 500]),
    ):  # fmt: skip
        with pytest.raises(BadInput):
            paste(visit, steps[0].pk, row, table, by=by)
    assert read_document(by, visit) == before


def test_a_changed_document_is_one_edit_of_what_differs(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    new_touchpoint(visit, steps[2].pk, "Front door", by=by)
    write_text(visit, steps[0].pk, "frontstage", "hangs it up", by=by)
    write_text(visit, steps[2].pk, "frontstage", "opens", by=by)
    before = read_document(by, visit)
    apply_document(visit, from_json(before.to_json()), by=by)
    assert visit.edits == before.edits  # nothing differs, nothing is written
    first, second = before.stages
    hears, books = first.steps
    door = second.steps[0]
    wanted = replace(before, stages=(
        replace(second, name=en("Inside"), steps=(
            replace(door, cells={"backstage": (CellDoc("backstage", en("warms up")),)}),
            replace(hears, emotion_target=2, touchpoints=(
                TouchpointDoc(name=en("Front door")), TouchpointDoc(name=en("Radio")))),
            StepDoc(en("leaves"), branch_of=door.number),
        )),
    ))  # fmt: skip
    apply_document(visit, wanted, by=by)
    assert visit.edits == before.edits + 1
    doc = read_document(by, visit)
    assert [str(stage.name) for stage in doc.stages] == ["Inside"]
    assert [step.title("en") for step in doc.steps] == ["finds the door", "sees a poster", "leaves"]
    assert [step.id for step in doc.steps][:2] == [door.id, hears.id]
    assert doc.steps[2].branch_of == door.number
    assert doc.steps[0].text_of("frontstage", "en") == ""
    assert doc.steps[0].text_of("backstage", "en") == "warms up"
    assert [str(p.name) for p in doc.steps[1].touchpoints] == ["Front door", "Radio"]
    assert books.id not in {step.id for step in doc.steps}
    undo(visit, by=by)
    after = read_document(by, visit)
    assert replace(after, edits=0) == replace(before, edits=0)


def test_a_meeting_point_that_was_put_away_stays_where_it_stands(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    door = new_touchpoint(visit, steps[0].pk, "Front door", by=by)
    archive_object(TOUCHPOINT, door, by=by)
    before = read_document(by, visit)
    apply_document(visit, before, by=by)
    assert (visit.edits, Touchpoint.objects.count()) == (before.edits, 1)


def test_others_are_told_where_something_changed(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by, piotr = cast.aino.actor, cast.piotr.actor
    known = visit.edits
    assert changes_since(piotr, visit, known).places == ()
    write_text(visit, steps[0].pk, "support", "library", by=by)
    write_step(visit, steps[1].pk, {"emotion_assumed": "-1"}, by=by)
    told = changes_since(piotr, visit, known)
    assert told.edits == known + 2
    assert set(told.places) == {(steps[0].pk, "support"), (steps[1].pk, "experience")}
    move_step(visit, steps[1].pk, after=0, by=by)
    assert changes_since(piotr, visit, known).whole
    assert changes_since(piotr, visit, 10_000).whole
    for stranger, error in ((cast.tuomas.actor, NotAllowed), (cast.olga.actor, NotFound)):
        with pytest.raises(error):
            changes_since(stranger, visit, known)


def test_who_is_where(cast: Cast, visit: Journey, steps: list[Any]) -> None:
    aino, piotr = cast.aino.actor, cast.piotr.actor
    note_place(visit, steps[0].pk, "frontstage", by=aino)
    note_place(visit, steps[1].pk, "backstage", by=aino)
    assert [(here.name, here.step, here.row) for here in people_here(piotr, visit)] == [
        (str(cast.aino.user), steps[1].pk, "backstage")
    ]
    assert people_here(aino, visit) == []
    with pytest.raises(NotFound):
        note_place(visit, steps[0].pk, "frontstage", by=cast.tuomas.actor)
    leave_place(visit, by=aino)
    assert people_here(piotr, visit) == []
    assert JourneyEdit.objects.filter(journey=visit).count() == visit.edits
