"""The experience curve, and the moments that want mending first."""

from polku.journeys.curve import COLUMN, Observed, curve_of, curve_points, signed
from polku.journeys.document_shapes import (
    JourneyDoc,
    PainDoc,
    StageDoc,
    StepDoc,
    TouchpointDoc,
)
from polku.journeys.moments import moments_to_fix
from polku.tenancy.translated import Translated


def say(text: str) -> Translated:
    return Translated.of(text, "en")


DOOR = TouchpointDoc(say("door"), "TP-1", 1)


def steps(*assumed: int | None, target: int | None = None) -> list[StepDoc]:
    return [
        StepDoc(say("goes"), number=n, place=n, emotion_assumed=felt, emotion_target=target,
                touchpoints=(DOOR,))
        for n, felt in enumerate(assumed, 1)
    ]  # fmt: skip


def journey(*rows: StepDoc) -> JourneyDoc:
    return JourneyDoc(say("A way"), stages=(StageDoc(say("s"), steps=tuple(rows)),))


def test_a_line_stops_where_nothing_is_said() -> None:
    curve = curve_of(steps(1, 2, None, 0, -1, None, 2))
    assert [len(piece.split()) for piece in curve.assumed.pieces] == [2, 2]
    assert [mark.label for mark in curve.assumed.marks] == ["+1", "+2", "0", "−1", "+2"]
    assert curve.width == 7 * COLUMN


def test_higher_feelings_stand_higher_and_steps_in_their_columns() -> None:
    marks = curve_of(steps(-2, 2)).assumed.marks
    assert marks[0].y > marks[1].y
    assert [mark.x for mark in marks] == [COLUMN / 2, COLUMN * 1.5]


def test_an_empty_curve_says_so() -> None:
    assert not curve_of(steps(None, None))
    assert curve_of(steps(None, None, target=1))


def test_observed_comes_before_assumed() -> None:
    points = curve_points(steps(2, target=1), {1: Observed(0.5, 41)})
    assert points[0].felt == 0.5
    assert points[0].is_under
    assert not curve_points(steps(2, target=1))[0].is_under


def test_numbers_carry_their_sign() -> None:
    assert [signed(n) for n in (2, 0, -1, 0.4, -1.04, 0.04)] == [
        "+2", "0", "−1", "+0.4", "−1", "0",
    ]  # fmt: skip


def test_what_was_seen_weighs_more_than_what_is_assumed() -> None:
    seen = PainDoc(say("stairs"), severity=3, evidence="observed", evidence_n=12)
    guessed = PainDoc(say("queue"), severity=3)
    one, other = steps(None, None)
    doc = journey(
        StepDoc(say("waits"), number=1, place=1, touchpoints=(DOOR,), pains=(guessed,)),
        StepDoc(say("enters"), number=2, place=2, touchpoints=(DOOR,), pains=(seen,)),
    )  # fmt: skip
    found = moments_to_fix(doc)
    assert [moment.step.place for moment in found] == [2, 1]
    assert found[0].reasons[0].sentence("en") == "“stairs”, 3 of 5 bad; seen 12 times."
    assert moments_to_fix(journey(one, other)) == []


def test_a_decisive_moment_without_recovery_or_latitude_is_named() -> None:
    point = TouchpointDoc(say("door"), "TP-1", 1, decisive=True)
    found = moments_to_fix(journey(StepDoc(say("enters"), place=1, touchpoints=(point,))))
    assert [reason.what for reason in found[0].reasons] == ["no_recovery", "no_latitude"]


def test_pains_that_are_decided_are_quiet() -> None:
    done = PainDoc(say("stairs"), severity=5, decision="accepted")
    step = StepDoc(say("enters"), place=1, touchpoints=(DOOR,), pains=(done,))
    assert moments_to_fix(journey(step)) == []


def test_feeling_under_target_and_no_meeting_point_are_reasons() -> None:
    step = StepDoc(say("waits"), place=1, emotion_target=1, emotion_assumed=-1, sphere="joint")
    found = moments_to_fix(journey(step))[0]
    assert [reason.what for reason in found.reasons] == ["under_target", "no_meeting_point"]
    assert found.reasons[0].sentence("en") == (
        "We think it feels like −1; it shall feel like +1."
    )  # fmt: skip


def test_at_most_three_and_the_heaviest_first() -> None:
    rows = [
        StepDoc(say("x"), number=n, place=n, touchpoints=(DOOR,),
                pains=(PainDoc(say("p"), severity=n),))
        for n in range(1, 6)
    ]  # fmt: skip
    assert [moment.step.place for moment in moments_to_fix(journey(*rows))] == [5, 4, 3]
