"""What left comes back unchanged: the whole workspace, and each list by itself."""

import json

import pytest

from polku.exchange.operations.exports import export_all, export_list
from polku.exchange.operations.uploads import keep_upload, open_upload, try_import
from polku.exchange.planning.suggesting import suggest
from polku.kernel.registry import Entity, entities
from tests.access.canaries import Side, seen_in
from tests.access.people import HIDDEN
from tests.access.world import World

pytestmark = pytest.mark.django_db

ROWS = list(entities())


@pytest.mark.parametrize("form", ["xlsx"])
def test_an_export_comes_back_as_nothing_new(world: World, form: str) -> None:
    actor = world.cast.aino.actor
    found = export_all(by=actor, form=form)
    run = keep_upload([found.content], found.name, by=actor)
    plan = try_import(run, suggest(open_upload(run), actor).mapping, by=actor)
    counts = {name: n for name, n in plan.counts.items() if n}
    assert counts.get("same", 0) > 2
    assert not counts.get("new")
    assert not counts.get("changed")


@pytest.mark.parametrize("row", ROWS, ids=[row.kind for row in ROWS])
def test_a_list_leaves_with_what_its_reader_sees(world: World, row: Entity) -> None:
    for person, role in ((world.cast.aino, "admin"), (world.cast.tuomas, "co_creator")):
        found = export_list(row, {}, by=person.actor, form="json")
        assert json.loads(found.content) is not None
        assert seen_in(found.content, HIDDEN[role]) == []
    mine = export_list(row, {}, by=world.cast.aino.actor, form="csv")
    assert world.code(Side.INSIDE, row.kind).encode() in mine.content
