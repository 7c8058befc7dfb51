"""Every kind of thing in the API: listed, read, made, changed, and its history."""

import json
from typing import Any

import pytest

from polku.kernel.registry import Entity, entities
from tests.access.asking import minimal
from tests.access.browsing import Answer
from tests.access.canaries import Side
from tests.access.people import browser_of
from tests.access.world import World

pytestmark = pytest.mark.django_db

ROWS = list(entities())
EACH = pytest.mark.parametrize("row", ROWS, ids=[row.kind for row in ROWS])
WRITTEN = [row for row in ROWS if row.changeable]
EACH_WRITTEN = pytest.mark.parametrize("row", WRITTEN, ids=[row.kind for row in WRITTEN])


def path(row: Entity, code: str = "") -> str:
    return f"/api/v1/w/museum/{row.plural}{'/' if code else ''}{code}"


def told(answer: Answer) -> Any:
    assert answer.status < 300, answer.text
    return json.loads(answer.text)


@EACH
def test_list_and_object_say_the_same(world: World, row: Entity) -> None:
    browser, code = browser_of(world, "admin"), world.code(Side.SHARED, row.kind)
    listed = told(browser.ask("GET", path(row), {"limit": "1000"}))
    one = told(browser.ask("GET", path(row, code)))
    assert [item for item in listed["items"] if item["code"] == code] == [one]
    assert listed["count"] == len(listed["items"])
    assert {field.name for field in row.fields} <= set(one)


@EACH
def test_history_tells_what_happened(world: World, row: Entity) -> None:
    browser, code = browser_of(world, "admin"), world.code(Side.SHARED, row.kind)
    events = told(browser.ask("GET", f"{path(row, code)}/history"))["items"]
    name = "decision.taken" if row.kind == "decision" else f"{row.kind}.created"
    assert name in {event["name"] for event in events}


@EACH_WRITTEN
def test_what_was_made_is_read_and_changed(world: World, row: Entity) -> None:
    browser = browser_of(world, "admin")
    least = minimal(world, row, api=True)
    made = browser.ask("POST", path(row), least, keep=True)
    new = told(made)
    assert made.leads_to.endswith(f"/{new['code']}")
    changed = browser.ask(
        "PATCH", path(row, new["code"]), {"tags": ["seen"]},
        headers={"If-Match": made.headers["ETag"]}, keep=True,
    )  # fmt: skip
    assert told(changed)["tags"] == ["seen"]
    assert changed.headers["ETag"] != made.headers["ETag"]
    assert told(browser.ask("GET", path(row, new["code"]))) == told(changed)


@EACH_WRITTEN
def test_two_who_write_the_same_field_are_told(world: World, row: Entity) -> None:
    browser, code = browser_of(world, "admin"), world.code(Side.SHARED, row.kind)
    before = browser.ask("GET", path(row, code)).headers["ETag"]
    browser.ask("PATCH", path(row, code), {"tags": ["first"]}, keep=True)
    late = browser.ask("PATCH", path(row, code), {"tags": ["second"]},
                       headers={"If-Match": before})  # fmt: skip
    assert late.status == 409
    assert json.loads(late.text)["fields"]["tags"]["theirs"] == ["first"]


@EACH_WRITTEN
def test_a_wrong_field_is_named(world: World, row: Entity) -> None:
    answer = browser_of(world, "admin").ask("POST", path(row), {"no_such_field": 1})
    assert answer.status == 422
    assert "no_such_field" in json.loads(answer.text)["errors"]
