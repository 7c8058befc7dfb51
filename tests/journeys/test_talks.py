"""Touchpoint analysis: talks with a yes, what each said, what it comes to (tools.md T7)."""

import datetime as dt
import json
from typing import Any

import pytest

from polku.journeys.models import InterviewAnswer, Journey, JourneyInterview, TouchpointReading
from polku.journeys.operations import meet_at
from polku.journeys.operations.interviews import (
    note_interview,
    take_back_consent,
    write_answers,
    write_reading,
)
from polku.journeys.talks import analysis, find_talk, readings_at
from polku.kernel.answers import BadInput, Conflict, NotAllowed, NotFound, Refused
from polku.kernel.clock import today_in
from polku.kernel.models import AuditEvent
from polku.tenancy.translated import Translated
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(cast: Cast, visit: Journey, steps: list[Any]) -> Any:
    """A meeting point at the first and the last step."""
    found = make("touchpoint", cast.aino.actor, name="Front door")
    for step in (steps[0], steps[2]):
        meet_at(visit, step.pk, [found], by=cast.aino.actor)
    visit.refresh_from_db()
    return found


def talk(cast: Cast, journey: Journey, who: str = "mother of two") -> JourneyInterview:
    return note_interview(journey, who=who, consent=True, by=cast.aino.actor)


def told(journey: Journey) -> str:
    rows = AuditEvent.objects.filter(object_kind="journey", object_id=journey.pk)
    return json.dumps([[row.changes, row.note] for row in rows])


def test_without_a_yes_nothing_is_kept(cast: Cast, visit: Journey) -> None:
    with pytest.raises(BadInput) as caught:
        note_interview(visit, who="father", consent=False, by=cast.aino.actor)
    assert set(caught.value.fields) == {"consent"}
    assert not JourneyInterview.objects.exists()
    assert "father" not in told(visit)


def test_a_talk_has_somebody_and_a_day_gone_by(cast: Cast, visit: Journey) -> None:
    tomorrow = today_in(cast.museum) + dt.timedelta(days=1)
    with pytest.raises(BadInput) as caught:
        note_interview(visit, who=" ", held_on=tomorrow, consent=True, by=cast.aino.actor)
    assert set(caught.value.fields) == {"who", "held_on"}
    assert [talk(cast, visit).number for _time in range(2)] == [1, 2]


def test_words_are_kept_by_question_and_taken_out_again(
    cast: Cast, visit: Journey, door: Any
) -> None:
    one = talk(cast, visit)
    by = cast.aino.actor
    write_answers(one, door, {"expected": " A ramp.\r\nOr a bell. ", "felt": "late"}, by=by)
    write_answers(one, door, {"felt": "looked at"}, by=by)
    [kept] = InterviewAnswer.objects.all()
    assert (kept.expected, kept.felt) == ("A ramp.\nOr a bell.", "looked at")
    with pytest.raises(BadInput):
        write_answers(one, door, {"felt": "x" * 4001}, by=by)
    assert write_answers(one, door, {"expected": "", "felt": ""}, by=by) is None
    assert not InterviewAnswer.objects.exists()


def test_who_takes_the_yes_back_takes_every_word_back(
    cast: Cast, visit: Journey, door: Any
) -> None:
    one = talk(cast, visit, "uncle in a wheelchair")
    by = cast.aino.actor
    write_answers(one, door, {"expected": "eleven minutes in the rain"}, by=by)
    assert take_back_consent(one, by=by) == 1
    one.refresh_from_db()
    assert (one.consent, one.who, one.number) == (False, "", 1)
    everything = told(visit) + json.dumps([
        list(JourneyInterview.objects.values_list("who", flat=True)),
        list(InterviewAnswer.objects.values_list("expected", flat=True)),
    ])  # fmt: skip
    assert "rain" not in everything
    assert "wheelchair" not in everything
    with pytest.raises(Refused):
        write_answers(one, door, {"expected": "again"}, by=by)
    found = analysis(by, visit)
    assert (found.talks, found.forgotten) == ((), 1)


def test_talks_stand_side_by_side_at_each_meeting_point(
    cast: Cast, visit: Journey, door: Any, steps: list[Any]
) -> None:
    by = cast.aino.actor
    for number in range(3):
        write_answers(talk(cast, visit), door, {"felt": f"feeling {number}"}, by=by)
    found = analysis(cast.liisa.actor, visit)
    assert [row.number for row in found.talks] == [1, 2, 3]
    assert [row.step.place for row in found.points] == [1, 3]
    assert {n: a.felt for n, a in found.by_code[door.code].answers.items()} == {
        1: "feeling 0", 2: "feeling 1", 3: "feeling 2",
    }  # fmt: skip
    assert found.by_code[door.code].step.place == 1
    assert [step.place for step in found.bare] == [2]
    with pytest.raises(NotAllowed):
        analysis(cast.tuomas.actor, visit)


def test_the_result_is_written_at_the_same_meeting_point_record(
    cast: Cast, visit: Journey, door: Any
) -> None:
    by = cast.aino.actor
    values = {
        "in_short": Translated.from_mapping({"en": "Too high", "fi": "Liian korkealla"}, "en")
    }
    write_reading(visit, door, values, by=by)
    write_reading(visit, door, {"problems": "The bell"}, by=by, base={"problems": ""})
    [row] = TouchpointReading.objects.all()
    assert (row.in_short.text("fi"), row.problems.text("en")) == ("Liian korkealla", "The bell")
    [elsewhere] = readings_at(by, door)
    assert elsewhere.journey == visit
    assert readings_at(cast.tuomas.actor, door) == []
    assert analysis(by, visit).with_result == 1


def test_two_write_one_result_and_the_later_sees_both(
    cast: Cast, visit: Journey, door: Any
) -> None:
    write_reading(visit, door, {"problems": "The bell"}, by=cast.aino.actor, base={"problems": ""})
    with pytest.raises(Conflict) as caught:
        write_reading(visit, door, {"problems": "Stairs"}, by=cast.piotr.actor,
                      base={"problems": ""})  # fmt: skip
    assert caught.value.fields == {"problems": {"base": "", "theirs": "The bell", "mine": "Stairs"}}
    write_reading(visit, door, {"missing": "A light"}, by=cast.piotr.actor, base={"missing": ""})
    with pytest.raises(BadInput):
        write_reading(visit, door, {"missing": "x" * 601}, by=cast.aino.actor)


def test_who_may(cast: Cast, visit: Journey, door: Any) -> None:
    one = talk(cast, visit)
    for person in (cast.liisa, cast.heikki, cast.tuomas):
        with pytest.raises(NotAllowed):
            note_interview(visit, who="x", consent=True, by=person.actor)
        with pytest.raises(NotAllowed):
            write_answers(one, door, {"felt": "x"}, by=person.actor)
        with pytest.raises(NotAllowed):
            take_back_consent(one, by=person.actor)
        with pytest.raises(NotAllowed):
            write_reading(visit, door, {"problems": "x"}, by=person.actor)
    with pytest.raises(NotFound):
        write_reading(visit, door, {"problems": "x"}, by=cast.olga.actor)
    with pytest.raises(NotFound):
        find_talk(cast.aino.actor, visit, 99)
