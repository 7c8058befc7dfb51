"""Two journeys beside each other."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from polku.journeys.comparing import compare
from polku.journeys.document_shapes import CellDoc, JourneyDoc, StageDoc, StepDoc
from polku.tenancy.translated import Translated
from tests.journeys.documents_drawn import journeys

UNHURRIED = settings(
    deadline=None, max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


def say(text: str) -> Translated:
    return Translated.of(text, "en")


def step(name: str, **more: object) -> StepDoc:
    return StepDoc(say(f"{name} does"), say(name), thread=name, **more)  # type: ignore[arg-type]


def way(*steps: StepDoc, stage: str = "s") -> JourneyDoc:
    numbered = (replace(one, number=n, place=n) for n, one in enumerate(steps, 1))
    return JourneyDoc(say("A way"), stages=(StageDoc(say(stage), thread=stage,
                                                     steps=tuple(numbered)),))  # fmt: skip


@UNHURRIED
@given(doc=journeys())
def test_a_journey_beside_itself_differs_in_nothing(doc: JourneyDoc) -> None:
    found = compare(doc, doc)
    assert not found
    assert [pair.signs for pair in found.pairs] == [("same",)] * len(doc.steps)


@UNHURRIED
@given(one=journeys(), other=journeys())
def test_what_is_added_one_way_is_removed_the_other(one: JourneyDoc, other: JourneyDoc) -> None:
    mixed = replace(other, stages=(*other.stages, *one.stages[:1]))
    there, back = compare(one, mixed), compare(mixed, one)
    added = {pair.step.thread for pair in there.with_sign("added")}
    removed = {pair.step.thread for pair in back.with_sign("removed")}
    assert added == removed
    assert len(there.pairs) == len(back.pairs)
    assert {p.step.thread for p in there.with_sign("removed")} == {
        p.step.thread for p in back.with_sign("added")
    }


def test_a_step_that_went_stands_where_it_was() -> None:
    found = compare(way(step("a"), step("b"), step("c")), way(step("a"), step("c"), step("d")))
    assert [(pair.step.thread, pair.signs[0]) for pair in found.pairs] == [
        ("a", "same"), ("b", "removed"), ("c", "same"), ("d", "added"),
    ]  # fmt: skip


def test_one_step_that_moved_does_not_move_the_others() -> None:
    before = way(step("a"), step("b"), step("c"), step("d"))
    after = way(step("b"), step("c"), step("d"), step("a"))
    found = compare(before, after)
    assert [pair.step.thread for pair in found.with_sign("moved")] == ["a"]


def test_a_step_in_another_stage_has_moved() -> None:
    found = compare(way(step("a"), stage="s"), way(step("a"), stage="t"))
    assert found.pairs[0].signs == ("moved",)


def test_what_differs_is_named_with_both_texts() -> None:
    old = step("a", emotion_target=1, cells={"frontstage": (CellDoc("frontstage", say("wave")),)})
    new = step("a", emotion_target=2, cells={"frontstage": (CellDoc("frontstage", say("nod")),)})
    pair = compare(way(old), way(new)).pairs[0]
    assert pair.signs == ("changed",)
    told = {one.what: (one.before, one.after) for one in pair.differences}
    assert told == {
        "frontstage": ((say("wave"),), (say("nod"),)), "emotion_target": ((1,), (2,)),
    }  # fmt: skip


def test_two_different_journeys_are_not_paired() -> None:
    assert not compare(way(step("a")), way(step("b"))).is_paired
    assert compare(way(step("a")), way(step("a"))).is_paired
