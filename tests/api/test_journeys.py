"""Journeys through the API: whole documents, every verb, conflicts with both texts."""

from typing import Any

import pytest

from polku.journeys.models import Journey, JourneyEdit
from polku.kernel.changes import change_object
from polku.kernel.registry import entity
from tests.api.callers import ROOM, Caller, problem
from tests.cast import Cast
from tests.journeys.ways import visit_of


@pytest.fixture
def visit(cast: Cast) -> Journey:
    return visit_of(cast.aino)


def edit(caller: Caller, journey: Journey, *edits: dict[str, Any]) -> Any:
    return caller.send("POST", f"{ROOM}/journeys/{journey.code}/edits", {"edits": list(edits)})


def document(caller: Caller, journey: Journey) -> Any:
    return caller.get(f"journeys/{journey.code}/document").json()


def test_every_verb_is_reachable(piotr: Caller, visit: Journey) -> None:
    doc = document(piotr, visit)
    one, two = (stage["number"] for stage in doc["stages"])
    first, second = (step["number"] for step in doc["stages"][0]["steps"])
    made = edit(
        piotr, visit,
        {"do": "write_text", "step": first, "row": "frontstage", "text": "hangs", "base": ""},
        {"do": "add_stage", "after": 0, "values": {"name": {"en": "Dreams", "fi": "Haaveet"}}},
        {"do": "write_stage", "stage": one, "values": {"dsv_step": "explore"}},
        {"do": "move_stage", "stage": two, "after": 0},
        {"do": "add_step", "stage": one, "values": {"name": "Talks", "emotion_target": -1}},
        {"do": "write_step", "step": first, "values": {"expected_wait": "5 min"},
         "base": {"expected_wait": ""}},
        {"do": "move_step", "step": second, "stage": two, "after": 0},
        {"do": "copy_step", "step": first},
        {"do": "add_cell", "step": second, "row": "system", "values": {"text": "shop"}},
        {"do": "new_touchpoint", "step": first, "name": "Poster", "channel_kind": "printed"},
        {"do": "meet_at", "step": second, "touchpoints": ["TP-1"], "primary": "TP-1"},
        {"do": "add_pain", "step": first, "values": {"text": "too high up", "severity": 2}},
        {"do": "paste", "step": first, "row": "backstage", "table": [["prints", "counts"]]},
        {"do": "remove_step", "step": second},
        {"do": "undo"}, {"do": "redo"}, {"do": "undo"},
    ).json()  # fmt: skip
    assert len(made["made"]) == 17
    assert made["edits"] == JourneyEdit.objects.filter(journey=visit).count()
    cell, pain = made["made"][8], made["made"][11]
    again = edit(
        piotr, visit,
        {"do": "write_cell", "cell": cell, "values": {"duration": "PT1H"}},
        {"do": "remove_cell", "cell": cell},
        {"do": "write_pain", "pain": pain, "values": {"severity": 4}},
        {"do": "decide_pain", "pain": pain, "decision": "mend"},
        {"do": "remove_pain", "pain": pain},
        {"do": "remove_stage", "stage": one},
    )  # fmt: skip
    assert again.status_code == 200, again.content
    left = document(piotr, visit)
    assert [stage["number"] for stage in left["stages"]] == [two, made["made"][1]]
    assert [step["customer_action"]["en"] for step in left["stages"][0]["steps"]] == [
        "books on the phone", "finds the door",
    ]  # fmt: skip


def test_edits_are_all_or_none(piotr: Caller, visit: Journey) -> None:
    before = document(piotr, visit)
    step = before["stages"][0]["steps"][0]["number"]
    answer = edit(
        piotr, visit, {"do": "add_stage"},
        {"do": "write_text", "step": step, "row": "customer_action", "text": "a", "base": "b"},
    )  # fmt: skip
    fields = problem(answer, 409, "conflict")["fields"]
    assert fields["customer_action"]["theirs"] == "sees a poster"
    assert document(piotr, visit) == before


def test_who_may_only_read_is_not_told_which_pieces_there_are(
    cast: Cast, tuomas: Caller, visit: Journey
) -> None:
    change_object(entity("journey"), visit, {"audience": "customers"}, by=cast.aino.actor)
    for step in (3, 999):
        text = {"do": "write_text", "step": step, "row": "backstage", "text": "a"}
        problem(edit(tuomas, visit, text), 403, "not-allowed")


@pytest.mark.parametrize("wrong", [
    {"do": "dance"}, {"do": "write_text", "step": 1}, {"do": "undo", "more": 1}, {},
    {"do": "write_step", "step": 2, "values": {"emotion_target": 3}},
    {"do": "write_step", "step": 2, "values": {"colour": "red"}},
])  # fmt: skip
def test_an_edit_of_another_shape_is_told(
    piotr: Caller, visit: Journey, wrong: dict[str, Any]
) -> None:
    problem(edit(piotr, visit, wrong), 422, "bad-input")


def test_a_document_goes_round(piotr: Caller, visit: Journey) -> None:
    at = f"{ROOM}/journeys/{visit.code}/document"
    doc = document(piotr, visit)
    doc["stages"][0]["name"] = {"en": "Long before"}
    sent = {"document": doc, "edits": doc["edits"]}
    stands = piotr.send("PUT", at, sent).json()
    assert stands["edits"] == doc["edits"] + 1
    assert document(piotr, visit)["stages"][0]["name"]["en"] == "Long before"
    problem(piotr.send("PUT", at, sent), 409, "conflict")
    odd = {"customer_action": {}, "evidence_n": -1}
    for wrong in (
        {"stages": 7}, {"stages": [{"steps": [{"cells": []}]}]}, {"name": 5},
        {"stages": [{"steps": [odd]}]}, {"stages": [{"steps": [{"thread": "x"}]}]},
        {"stages": [{"steps": [{"sphere": "moon"}]}]}, {"pains": [{"severity": 9}]},
    ):  # fmt: skip
        problem(piotr.send("PUT", at, {"document": wrong}), 422, "bad-input")


def test_versions_edits_and_who_looked(piotr: Caller, visit: Journey) -> None:
    at = f"{ROOM}/journeys/{visit.code}"
    piotr.send("POST", f"{at}/transitions", {"to": "agreed"})
    kept = piotr.get(f"journeys/{visit.code}/versions").json()
    assert [row["version"] for row in kept["items"]] == [1]
    step = document(piotr, visit)["stages"][0]["steps"][0]["number"]
    stands = edit(
        piotr, visit, {"do": "write_text", "step": step, "row": "name", "text": "Hears"}
    ).json()
    assert (stands["version"], stands["state"]) == (2, "sketch")
    old = piotr.get(f"journeys/{visit.code}/document?version=1").json()
    assert old["stages"][0]["steps"][0]["name"] == {}
    told = piotr.get(f"journeys/{visit.code}/edits?after={stands['edits'] - 1}").json()
    assert told["places"] == [{"step": step, "row": "name"}]
    made = piotr.send("POST", f"{at}/counterpart", {})
    assert made.status_code == 201
    assert made.json()["kind"] == "designed"
    assert piotr.send("POST", f"{at}/still-true", {}).json()["looked_on"]
