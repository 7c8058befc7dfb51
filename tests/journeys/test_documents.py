"""A journey as one document: read, written as JSON, filled from, and kept as a version."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polku.journeys.documents import (
    CellDoc,
    JourneyDoc,
    PainDoc,
    StageDoc,
    StepDoc,
    TouchpointDoc,
    from_json,
    read_document,
)
from polku.journeys.models import Journey, Touchpoint
from polku.journeys.operations import fill
from polku.kernel.answers import BadInput, NotFound, Refused
from polku.tenancy.translated import Translated
from tests.cast import Cast, make


def en(text: str) -> Translated:
    return Translated.of(text, "en")


DOOR = TouchpointDoc(name=en("Front door"), channel_kind="place", primary=True)
DOC = JourneyDoc(
    name=en("A visit"),
    pains=(PainDoc(text=en("Nobody knows us"), severity=2),),
    stages=(
        StageDoc(name=en("Before"), number=1, steps=(
            StepDoc(en("hears"), number=2, emotion_target=1, expected_wait="P1D"),
            StepDoc(en("books"), number=3, touchpoints=(TouchpointDoc(name=en("Web shop")),),
                    branch_of=2, branch_when=en("those who plan")),
        )),
        StageDoc(name=en("There"), number=4, steps=(
            StepDoc(en("enters"), number=5, touchpoints=(TouchpointDoc(name=en("Bell")), DOOR),
                    cells={"frontstage": (CellDoc("frontstage", en("opens")),
                                          CellDoc("frontstage", en("greets")))},
                    pains=(PainDoc(text=en("stairs"), severity=4, evidence="observed",
                                   evidence_n=3, evidence_on=dt.date(2026, 4, 9)),)),
        )),
    ),
)  # fmt: skip


@pytest.fixture
def filled(cast: Cast) -> Journey:
    journey: Journey = make("journey", cast.aino.actor, name="A visit")
    return fill(journey, DOC, by=cast.aino.actor)


def test_an_empty_journey_is_filled_by_one_edit(cast: Cast, filled: Journey) -> None:
    doc = read_document(cast.aino.actor, filled)
    assert [str(stage.name) for stage in doc.stages] == ["Before", "There"]
    assert [(step.place, step.title("en")) for step in doc.steps] == [
        (1, "hears"), (2, "books"), (3, "enters"),
    ]  # fmt: skip
    assert doc.steps[1].branch_of == doc.steps[0].number
    enters = doc.steps[2]
    assert [str(point.name) for point in enters.touchpoints] == ["Front door", "Bell"]
    assert enters.text_of("frontstage", "en") == "opens\ngreets"
    assert enters.pains[0].evidence_on == dt.date(2026, 4, 9)
    assert [str(pain.text) for pain in doc.pains] == ["Nobody knows us"]
    assert filled.edits == 1
    with pytest.raises(Refused):
        fill(filled, DOC, by=cast.aino.actor)


def test_the_library_gives_what_it_has_and_gets_what_is_new(cast: Cast, filled: Journey) -> None:
    assert Touchpoint.objects.count() == 3
    other: Journey = make("journey", cast.aino.actor, name="Another visit")
    fill(other, DOC, by=cast.aino.actor)
    assert Touchpoint.objects.count() == 3
    assert Touchpoint.objects.get(name__en="Front door").channel_kind == "place"


def test_json_and_back_is_the_same(cast: Cast, filled: Journey) -> None:
    doc = read_document(cast.aino.actor, filled)
    assert from_json(json.loads(json.dumps(doc.to_json()))) == doc


@pytest.mark.parametrize("bad", [
    {"stages": [3]}, {"name": "a text"}, {"stages": 7}, {"name": {"en": 5}},
    {"name": {"e n": "x"}}, {"stages": [{"number": "1"}]}, {"pains": [{"severity": True}]},
    {"stages": [{"steps": [{"optional": "yes"}]}]}, {"stages": [{"steps": [{"cells": [1]}]}]},
    {"stages": [{"steps": [{"sub_journey": {"code": [], "name": "x"}}]}]},
    {"pains": [{"evidence_on": "soon"}]}, {"name": {"en": "x", "_from": 3}},
])  # fmt: skip
def test_json_of_another_form_is_told(bad: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError, KeyError, AttributeError)):
        from_json(bad)


def test_a_wrong_value_leaves_nothing_behind(cast: Cast) -> None:
    journey: Journey = make("journey", cast.aino.actor, name="A visit")
    step = StepDoc(en("x"), emotion_target=5)
    doc = JourneyDoc(stages=(StageDoc(steps=(step,)),))
    with pytest.raises(BadInput):
        fill(journey, doc, by=cast.aino.actor)
    assert not read_document(cast.aino.actor, journey).stages


def test_reading_takes_few_statements_and_one_workspace(cast: Cast, filled: Journey) -> None:
    actor, olga = cast.aino.actor, cast.olga.actor
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read_document(actor, filled)
    assert len(asked) <= 7
    with pytest.raises(NotFound):
        read_document(olga, filled)
