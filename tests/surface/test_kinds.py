"""Every kind of thing has the same surface; a new one is tested before anybody writes a test."""

import re
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from polku.kernel.actor import system_actor
from polku.kernel.changes import change_object, create_objects
from polku.kernel.registry import Entity, entities
from polku.web.desk import objects as object_pages
from tests.access.asking import minimal
from tests.access.browsing import Answer, Browser
from tests.access.canaries import Side
from tests.access.filling import NEVER_OUTSIDE, OF_ONE_THING
from tests.access.people import browser_of
from tests.access.world import World
from tools.docs_reference import DOCS
from tools.reference.entities import path_of

pytestmark = pytest.mark.django_db

ROWS = list(entities())
EACH = pytest.mark.parametrize("row", ROWS, ids=[row.kind for row in ROWS])
WRITTEN = [row for row in ROWS if row.changeable]
EACH_WRITTEN = pytest.mark.parametrize("row", WRITTEN, ids=[row.kind for row in WRITTEN])
LANGUAGES = ("en", "fi", "pl", "ru")
LIST_STATEMENTS, OBJECT_STATEMENTS = 14, 45
UNFILLED = re.compile(r"%\(\w+\)[sd]|\{\w+\}|\{\{|\{%")


def list_path(row: Entity) -> str:
    return f"/w/museum/{row.plural}/"


def object_path(world: World, row: Entity, side: Side = Side.SHARED) -> str:
    return f"{list_path(row)}{world.code(side, row.kind)}/"


def opened(browser: Browser, path: str, **more: Any) -> Answer:
    answer = browser.ask("GET", path, **more)
    assert answer.broke is None, repr(answer.broke)
    return answer


@EACH
def test_the_list_opens_for_both_sides_and_not_for_a_stranger(world: World, row: Entity) -> None:
    statuses = {
        role: opened(browser_of(world, role), list_path(row)).status
        for role in ("admin", "reader", "co_creator", "stranger")
    }
    assert statuses == {"admin": 200, "reader": 200, "co_creator": 200, "stranger": 404}


@EACH
def test_the_page_opens_for_those_who_may_see_it(world: World, row: Entity) -> None:
    outside = 404 if row.kind in NEVER_OUTSIDE else 200
    wanted = {"admin": 200, "reader": 200, "co_creator": outside, "stranger": 404}
    path = object_path(world, row)
    assert {role: opened(browser_of(world, role), path).status for role in wanted} == wanted


@EACH
def test_a_page_asks_for_everything_it_shows(
    world: World, row: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reference that is fetched one by one, unseen, is an error here."""
    monkeypatch.setattr(object_pages, "FETCH", models.FETCH_RAISE)
    for role in ("admin", "co_creator"):
        if role == "admin" or row.kind not in NEVER_OUTSIDE:
            assert opened(browser_of(world, role), object_path(world, row)).status == 200


def statements(browser: Browser, path: str) -> list[str]:
    browser.ask("GET", path)  # what is read once a process stands aside
    with CaptureQueriesContext(connection) as seen:
        assert browser.ask("GET", path).status == 200
    return [q["sql"] for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]]


def shapes(queries: list[str]) -> set[str]:
    """Statements without their values."""
    return {re.sub(r"'[^']*'|\b\d+\b", "?", query)[:900] for query in queries}


def add_rows(world: World, row: Entity, n: int) -> None:
    """More of a kind, each owned and named."""
    by = system_actor(world.cast.museum)
    least = minimal(world, row, api=True)
    owner = world.code(Side.INSIDE, "party")
    for number in range(n):
        values = {**least, "owner_party": owner, "tags": [str(number)]}
        if row.kind == "relationship":
            party = create_objects(_row("party"), [{"name": f"Firm {n} {number}"}], by=by)[0]
            values["consumer_party"] = party
        if row.kind == "product_version":
            values["label"] = f"{n}.{number}"
        if row.kind == "dependency":
            part = create_objects(_row("component"), [{"name": f"Part {n} {number}"}], by=by)[0]
            values["to"] = part
        create_objects(row, [values], by=by)


def _row(kind: str) -> Entity:
    return next(row for row in ROWS if row.kind == kind)


@EACH_WRITTEN
@pytest.mark.parametrize("role", ["admin", "co_creator"])
def test_a_list_reads_as_often_for_thirty_rows_as_for_three(
    world: World, row: Entity, role: str
) -> None:
    browser = browser_of(world, role)
    add_rows(world, row, 3)
    few = statements(browser, list_path(row))
    add_rows(world, row, 27)
    many = statements(browser, list_path(row))
    assert len(many) == len(few), "\n".join(shapes(many) - shapes(few))
    assert len(many) <= LIST_STATEMENTS, "\n".join(many)


@EACH_WRITTEN
def test_a_page_reads_no_more_after_thirty_changes_than_after_three(
    world: World, row: Entity
) -> None:
    browser, by = browser_of(world, "admin"), system_actor(world.cast.museum)
    obj = row.model.objects.get(pk=world.objects[Side.SHARED][row.kind].pk)
    for number in range(3):
        obj = change_object(row, obj, {"tags": [str(number)]}, by=by)
    few = statements(browser, object_path(world, row))
    for number in range(27):
        obj = change_object(row, obj, {"tags": [f"more {number}"]}, by=by)
    many = statements(browser, object_path(world, row))
    assert len(many) <= len(few), "\n".join(shapes(many) - shapes(few))
    assert len(many) <= OBJECT_STATEMENTS, "\n".join(many)


@EACH_WRITTEN
def test_a_thing_is_made_with_the_least_that_is_asked(world: World, row: Entity) -> None:
    browser = browser_of(world, "admin")
    path = f"{list_path(row)}new/"
    assert opened(browser, path).status == 200
    answer = browser.ask("POST", path, minimal(world, row, api=False), keep=True)
    assert answer.status == 302
    page = opened(browser, answer.leads_to)
    assert page.status == 200
    if row.title_field in row.by_name and row.by_name[row.title_field].required:
        assert "Something new" in page.text


@EACH_WRITTEN
def test_an_empty_form_is_told_what_is_missing(world: World, row: Entity) -> None:
    answer = browser_of(world, "admin").ask("POST", f"{list_path(row)}new/", {"seen": "1"})
    required = [field.name for field in row.fields if field.required]
    required += [name for kind, name in OF_ONE_THING if kind == row.kind]
    assert answer.status == (422 if required else 302)
    assert answer.broke is None


@EACH
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_renders(world: World, row: Entity, lang: str) -> None:
    browser = Browser(world.cast.aino.user, cookies={"polku_language": lang})
    paths = [list_path(row), object_path(world, row), f"{object_path(world, row)}history/"]
    for path in [*paths, *([f"{list_path(row)}new/"] if row.changeable else [])]:
        answer = opened(browser, path)
        assert answer.status == 200, path
        assert f'<html lang="{lang}"' in answer.text
        words = re.sub(r"<[^>]*>", " ", answer.text)
        assert not UNFILLED.search(words), (path, UNFILLED.search(words))


@EACH
def test_history_is_there_for_the_team(world: World, row: Entity) -> None:
    path = f"{object_path(world, row)}history/"
    answer = opened(browser_of(world, "reader"), path)
    assert answer.status == 200
    if row.changeable:
        assert f"{Side.INSIDE} note" in answer.text


@EACH_WRITTEN
def test_a_thing_is_put_away_and_taken_out_again(world: World, row: Entity) -> None:
    browser, path = browser_of(world, "admin"), object_path(world, row)
    for verb, archived in (("archive", True), ("restore", False)):
        assert opened(browser, f"{path}{verb}/").status == 200
        answer = browser.ask("POST", f"{path}{verb}/", {"reason": "As told."}, keep=True)
        assert answer.status == 302
        obj = row.model.objects.get(pk=world.objects[Side.SHARED][row.kind].pk)
        assert obj.archived is archived


@EACH
def test_a_docs_page_tells_what_it_is(row: Entity) -> None:
    page = DOCS / path_of(row)
    assert page.exists()
    assert row.plural in page.read_text(encoding="utf-8")


@EACH
def test_search_finds_it_by_its_name(world: World, row: Entity) -> None:
    if not row.search_fields:
        pytest.skip("this kind has no words to be found by")
    path = "/api/v1/w/museum/search"
    answer = opened(browser_of(world, "admin"), f"{path}?q={Side.INSIDE}&per_kind=50")
    assert f'"{world.code(Side.INSIDE, row.kind)}"' in answer.text
