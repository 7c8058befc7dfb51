"""Journeys as files through the API: sheets out and in, ready-made ones, tables."""

from __future__ import annotations

from typing import Any

import pytest

from polku.journeys.documents import read_document
from polku.journeys.models import Journey
from tests.api.callers import ROOM, Caller, problem
from tests.cast import Cast, make
from tests.journeys.ways import visit_of


@pytest.fixture
def visit(cast: Cast) -> Journey:
    return visit_of(cast.aino)


def at(journey: Journey) -> str:
    return f"{ROOM}/journeys/{journey.code}/sheet"


def test_a_sheet_goes_out_and_comes_back(cast: Cast, piotr: Caller, visit: Journey) -> None:
    answer = piotr.get(f"journeys/{visit.code}/sheet?format=csv&lanes=frontstage")
    assert answer["Content-Type"].startswith("text/csv")
    table = answer.content.decode("utf-8-sig")
    same = piotr.send("PUT", at(visit), {"table": table, "dry_run": False}).json()
    assert (same["changes"], same["left_out"], same["kept"]) == ([], [], True)
    number = read_document(cast.piotr.actor, visit).steps[0].number
    changed = f"step;lane;text_en\n{number};frontstage;waves\n{number};no lane;x\n"
    tried = piotr.send("PUT", at(visit), {"table": changed}).json()
    assert not tried["kept"]
    assert [(one["how"], one["what"], one["after"]) for one in tried["changes"]] == [
        ("new", "frontstage", "waves"),
    ]  # fmt: skip
    assert [one["row"] for one in tried["left_out"]] == [3]
    kept = piotr.send("PUT", at(visit), {"table": changed, "dry_run": False}).json()
    assert kept["edits"] == tried["edits"] + 1
    assert read_document(cast.piotr.actor, visit).steps[0].text_of("frontstage", "en") == "waves"


@pytest.mark.parametrize("form", ["xlsx", "json", "svg"])
def test_other_forms_are_files_too(piotr: Caller, visit: Journey, form: str) -> None:
    answer = piotr.get(f"journeys/{visit.code}/sheet?format={form}")
    assert answer.status_code == 200
    assert f".{form}" in answer["Content-Disposition"]


def test_what_is_no_sheet_is_refused(piotr: Caller, visit: Journey) -> None:
    answer = piotr.send("PUT", at(visit), {"table": "a,b\n1,2"})
    assert "is not the sheet of a journey" in str(problem(answer, 422, "bad-input"))
    assert piotr.get(f"journeys/{visit.code}/sheet?format=docx").status_code == 422


def test_a_journey_begins_with_a_ready_made_one(cast: Cast, piotr: Caller) -> None:
    keys = [one["key"] for one in piotr.get("journeys/patterns").json()["items"]]
    assert keys == ["seven-steps", "museum-visit", "service-desk", "course", "blank"]
    service = make("service_product", cast.aino.actor, name="Courses")
    said = {"name": "I learn", "pattern": "course", "services": [service.code], "kind": "designed"}
    answer = piotr.send("POST", f"{ROOM}/journeys/begin", said)
    assert answer.status_code == 201
    assert answer.json()["kind"] == "designed"
    journey = Journey.objects.get()
    assert answer["Location"].endswith(f"/journeys/{journey.code}")
    assert len(read_document(cast.piotr.actor, journey).steps) == 7


def test_a_journey_begins_with_a_table(cast: Cast, piotr: Caller) -> None:
    said: dict[str, Any] = {"name": "Mine", "table": "Step\tCustomer does\nA\tgoes\n"}
    answer = piotr.send("POST", f"{ROOM}/journeys/begin", said)
    assert (answer.status_code, answer.json()["pictures_left"]) == (201, 0)
    doc = read_document(cast.piotr.actor, Journey.objects.get())
    assert [str(step.name) for step in doc.steps] == ["A"]


@pytest.mark.parametrize("said", [
    {"name": ""}, {"name": "X", "pattern": "none-such"}, {"name": "X", "services": ["SRV-99"]},
    {"name": "X", "table": "a;b;c"}, {"name": "X", "table": "A", "pattern": "blank"},
    {"name": "X", "table": f"Step\tCustomer does\nA\t{'x' * 900}"},
])  # fmt: skip
def test_what_cannot_begin_says_why(piotr: Caller, said: dict[str, Any]) -> None:
    assert problem(piotr.send("POST", f"{ROOM}/journeys/begin", said), 422, "bad-input")
    assert not Journey.objects.exists()
