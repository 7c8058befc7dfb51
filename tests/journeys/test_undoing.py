"""Undo and redo: one's own edits, newest first, never over what somebody else wrote."""

from itertools import pairwise
from typing import Any

import pytest

from polku.journeys.documents import JourneyDoc, StageDoc, StepDoc, read_document
from polku.journeys.models import Journey, JourneyEdit, Touchpoint
from polku.journeys.operations import (
    add_pain,
    add_step,
    apply_document,
    copy_step,
    meet_at,
    move_step,
    new_touchpoint,
    redo,
    redoable,
    remove_stage,
    remove_step,
    undo,
    undoable,
    write_cell,
    write_step,
    write_text,
)
from polku.kernel.answers import BadInput, Conflict, Refused
from polku.kernel.links import ties_of
from tests.cast import Cast


def shape(cast: Cast, journey: Journey) -> Any:
    doc = read_document(cast.aino.actor, journey)
    return [(str(stage.name), [step.title("en") for step in stage.steps]) for stage in doc.stages]


def whole(cast: Cast, journey: Journey) -> Any:
    """Everything the journey says, but for counters."""
    doc = read_document(cast.aino.actor, journey).to_json()
    for step in (step for stage in doc["stages"] for step in stage["steps"]):
        for point in step["touchpoints"]:
            point.pop("link_id")
    return {name: value for name, value in doc.items() if name != "edits"}


def test_every_verb_is_taken_back_and_done_again(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    first, second, third = (step.pk for step in steps)
    stage = steps[0].stage_id
    door = new_touchpoint(visit, third, "Front door", by=by)
    edits = [
        lambda: write_text(visit, first, "frontstage", "hangs it up", by=by),
        lambda: write_text(visit, first, "frontstage", "", by=by),
        lambda: write_step(visit, second, {"emotion_target": 1, "expected_wait": "2 d",
                                           "branch_of": steps[0].number}, by=by),
        lambda: write_cell(visit, None, second, "system", {"text": "shop", "duration": "1 h"},
                           by=by),
        lambda: move_step(visit, third, stage_id=stage, after=first, by=by),
        lambda: copy_step(visit, third, by=by),
        lambda: meet_at(visit, second, [door], by=by),
        lambda: meet_at(visit, third, [], by=by),
        lambda: add_pain(visit, step_id=second, values={"text": "no price", "severity": 3}, by=by),
        lambda: add_step(visit, stage, after=0, values={"name": "Dreams"}, by=by),
        lambda: remove_step(visit, second, by=by),
        lambda: remove_stage(visit, stage, by=by),
    ]  # fmt: skip
    stood = [whole(cast, visit)]
    for edit in edits:
        edit()
        stood.append(whole(cast, visit))
    for before, after in reversed(list(pairwise(stood))):
        assert whole(cast, visit) == after
        undo(visit, by=by)
        assert whole(cast, visit) == before
    for after in stood[1:]:
        redo(visit, by=by)
        assert whole(cast, visit) == after
    with pytest.raises(Refused):
        redo(visit, by=by)


def test_each_takes_back_their_own(cast: Cast, visit: Journey, steps: list[Any]) -> None:
    aino, piotr = cast.aino.actor, cast.piotr.actor
    assert undoable(piotr, visit) is None
    write_text(visit, steps[0].pk, "support", "library", by=piotr)
    write_text(visit, steps[1].pk, "support", "bank", by=aino)
    assert undoable(piotr, visit) == "“library” at sees a poster"
    undo(visit, by=piotr)
    doc = read_document(aino, visit)
    assert [step.text_of("support", "en") for step in doc.steps] == ["", "bank", ""]
    assert redoable(piotr, visit) == "“library” at sees a poster"
    assert redoable(aino, visit) is None
    write_text(visit, steps[0].pk, "system", "web shop", by=piotr)
    assert redoable(piotr, visit) is None


def test_what_somebody_changed_since_is_shown_and_kept(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    aino, piotr = cast.aino.actor, cast.piotr.actor
    write_text(visit, steps[0].pk, "name", "Hears", by=aino)
    write_text(visit, steps[0].pk, "name", "Hears of us", by=piotr)
    with pytest.raises(Conflict) as caught:
        undo(visit, by=aino)
    both = caught.value.fields[f"{steps[0].number}.name"]
    assert (both["theirs"]["en"], both["mine"]) == ("Hears of us", {})
    assert shape(cast, visit)[0] == ("Before", ["Hears of us", "books on the phone"])


def test_what_one_made_stays_when_somebody_else_wrote_in_it(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    aino, piotr = cast.aino.actor, cast.piotr.actor
    first, second, _third = (step.pk for step in steps)
    write_text(visit, first, "frontstage", "opens the door", by=aino)
    write_text(visit, first, "frontstage", "opens the door, and waits", by=piotr)
    with pytest.raises(Refused, match="Piotr"):
        undo(visit, by=aino)
    added = add_step(visit, steps[0].stage_id, after=second, values={"name": "Rests"}, by=aino)
    move_step(visit, first, stage_id=steps[0].stage_id, after=second, by=piotr)  # only makes room
    undo(visit, by=aino)
    redo(visit, by=aino)
    write_text(visit, added.pk, "backstage", "wipes the bench", by=piotr)
    with pytest.raises(Refused, match="somebody wrote in it meanwhile"):
        undo(visit, by=aino)
    doc = read_document(aino, visit)
    step = next(one for one in doc.steps if one.number == added.number)
    assert step.text_of("backstage", "en") == "wipes the bench"


def test_a_step_taken_out_keeps_its_ties_for_the_day_it_comes_back(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    door = new_touchpoint(visit, steps[2].pk, "Front door", by=by)
    assert [tie.other for tie in ties_of(by, door)] == [steps[2]]
    remove_step(visit, steps[2].pk, by=by)
    assert ties_of(by, door) == []
    undo(visit, by=by)
    assert [tie.other for tie in ties_of(by, door)] == [steps[2]]


def test_a_meeting_point_out_of_use_gets_no_new_step(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    door = new_touchpoint(visit, steps[2].pk, "Front door", by=by)
    Touchpoint.objects.filter(pk=door.pk).update(state="removed")
    with pytest.raises(Refused):
        meet_at(visit, steps[0].pk, [door.code], by=by)
    meet_at(visit, steps[2].pk, [door.code], by=by)  # it stands there already
    assert len(read_document(by, visit).steps[2].touchpoints) == 1


def test_an_undo_is_an_edit_that_names_the_one_it_takes_back(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    write_text(visit, steps[0].pk, "support", "library", by=by)
    entry = undo(visit, by=by)
    assert entry.undoes is not None
    assert JourneyEdit.objects.get(pk=entry.undoes.pk).undone
    assert entry.number == visit.edits == JourneyEdit.objects.filter(journey=visit).count()


def test_no_edit_lets_a_way_branch_off_from_itself(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    aino, piotr = cast.aino.actor, cast.piotr.actor
    one, two, three = (step.number for step in steps)
    write_step(visit, steps[0].pk, {"branch_of": two}, by=aino)
    undo(visit, by=aino)
    write_step(visit, steps[1].pk, {"branch_of": three}, by=piotr)
    write_step(visit, steps[2].pk, {"branch_of": one}, by=piotr)
    around = JourneyDoc(visit.name, stages=(StageDoc(number=steps[0].stage.number, steps=(
        StepDoc(number=one, branch_of=two), StepDoc(number=two, branch_of=one),
    )),))  # fmt: skip
    for verb in (
        lambda: write_step(visit, steps[0].pk, {"branch_of": two}, by=piotr),
        lambda: write_step(visit, steps[0].pk, {"branch_of": one}, by=piotr),
        lambda: redo(visit, by=aino),
        lambda: apply_document(visit, around, by=piotr),
    ):
        with pytest.raises(BadInput) as caught:
            verb()
        assert list(caught.value.fields) == ["branch_of"]
    assert [step.branch_of for step in read_document(aino, visit).steps] == [None, three, one]
