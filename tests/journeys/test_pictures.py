"""Pictures in cells: hung, exchanged and taken down like texts, and seen by whom the cell is."""

import io
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polku.journeys.comparing import compare
from polku.journeys.documents import from_json, read_agreed, read_document, to_json
from polku.journeys.edit_words import edit_words
from polku.journeys.entities import JOURNEY
from polku.journeys.models import BlueprintCell, Journey, JourneyVersion
from polku.journeys.operations import (
    agree,
    apply_document,
    copy_step,
    fill,
    make_counterpart,
    redo,
    remove_picture,
    set_picture,
    undo,
    undoable,
    write_cell,
    write_text,
)
from polku.journeys.operations.sharing import Wanted, share_journey
from polku.journeys.outside import document_of, share_of
from polku.journeys.pictures import picture_in_share
from polku.journeys.queries import changes_since, edits_of
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, NotAllowed, NotFound, Refused
from polku.kernel.changes import change_object
from polku.kernel.magic_links import open_link
from polku.kernel.models import Attachment, AuditEvent
from polku.kernel.pictures import keep_picture, may_see, picture_or_404
from tests import drawn
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


def kept(by: Actor, words: Any = "A door", seed: int = 0) -> Attachment:
    return keep_picture(io.BytesIO(drawn.file(drawn.picture(seed=seed))), words, by=by)


@pytest.fixture
def door(cast: Cast) -> Attachment:
    return kept(cast.aino.actor)


@pytest.fixture
def lamp(cast: Cast) -> Attachment:
    return kept(cast.piotr.actor, {"en": "A lamp", "fi": "Lamppu"}, seed=200)


def hung(cast: Cast, journey: Journey, row: str, step: int = 0) -> list[int]:
    doc = read_document(cast.aino.actor, journey)
    return [one.number for one in doc.steps[step].pictures_of(row)]


@pytest.mark.parametrize("row", ["customer_action", "frontstage", "supplier"])
def test_a_picture_hangs_and_comes_down(
    cast: Cast, visit: Journey, steps: list[Any], door: Attachment, row: str
) -> None:
    by, before = cast.aino.actor, visit.edits
    set_picture(visit, steps[0].pk, row, door.number, by=by, base=0)
    assert hung(cast, visit, row) == [1]
    set_picture(visit, steps[0].pk, row, door, by=by, base=1)
    assert visit.edits == before + 1
    assert changes_since(by, visit, before).places == ((steps[0].pk, row),)
    assert undoable(by, visit) == "picture “A door” at sees a poster"
    remove_picture(visit, steps[0].pk, row, by=by, base=1)
    assert hung(cast, visit, row) == []
    for turn, there in ((undo, [1]), (undo, []), (redo, [1]), (redo, []), (undo, [1])):
        turn(visit, by=by)
        assert hung(cast, visit, row) == there
    said = [edit_words(one) for one in edits_of(by, visit)][:7]
    assert set(said) == {"picture “A door” at sees a poster"}


def test_a_picture_alone_fills_a_cell_and_a_text_comes_and_goes_beside_it(
    cast: Cast, visit: Journey, steps: list[Any], door: Attachment
) -> None:
    by, place = cast.aino.actor, (visit, steps[0].pk, "system")
    cell = set_picture(*place, door, by=by)
    assert isinstance(cell, BlueprintCell)
    assert not cell.text
    assert "system" in read_document(by, visit).used
    write_text(*place, "the till", by=by, base="")
    write_text(*place, "", by=by, base="the till")
    write_cell(visit, cell.pk, steps[0].pk, "system", {"duration": "5 min"}, by=by)
    assert hung(cast, visit, "system") == [1]
    write_text(*place, "the till", by=by)
    remove_picture(*place, by=by)
    assert read_document(by, visit).steps[0].text_of("system", "en") == "the till"
    with pytest.raises(Refused, match="No picture hangs there"):
        remove_picture(*place, by=by)
    with pytest.raises(BadInput):
        write_cell(visit, cell.pk, steps[0].pk, "system", {"text": ""}, by=by)


def test_among_several_cells_one_is_named(
    cast: Cast, visit: Journey, steps: list[Any], door: Attachment, lamp: Attachment
) -> None:
    by, place = cast.aino.actor, (steps[0].pk, "frontstage")
    one, two = (write_cell(visit, None, *place, {"text": text}, by=by) for text in "ab")
    set_picture(visit, *place, lamp, by=by, cell_id=two.pk)
    set_picture(visit, *place, door, by=by, base=lamp.number)
    assert hung(cast, visit, "frontstage") == [door.number]
    set_picture(visit, *place, lamp, by=by, cell_id=one.pk, base=0)
    assert hung(cast, visit, "frontstage") == [lamp.number, door.number]
    remove_picture(visit, *place, by=by, cell_id=two.pk)
    assert hung(cast, visit, "frontstage") == [lamp.number]
    with pytest.raises(NotFound):
        set_picture(visit, steps[1].pk, "frontstage", door, by=by, cell_id=one.pk)


def test_two_hang_at_one_place_and_the_later_sees_both(
    cast: Cast, visit: Journey, steps: list[Any], door: Attachment, lamp: Attachment
) -> None:
    place = (visit, steps[0].pk, "customer_action")
    set_picture(*place, lamp, by=cast.piotr.actor, base=0)
    with pytest.raises(Conflict) as caught:
        set_picture(*place, door, by=cast.aino.actor, base=0)
    both = caught.value.fields["picture"]
    assert both["by"] == str(cast.piotr.user)
    assert (both["base"], both["theirs"], both["mine"]) == (0, lamp.number, door.number)
    assert both["theirs_words"] == {"en": "A lamp", "fi": "Lamppu"}
    assert both["mine_words"] == {"en": "A door"}
    with pytest.raises(Conflict):
        remove_picture(*place, by=cast.aino.actor, base=0)
    set_picture(*place, door, by=cast.aino.actor, base=lamp.number)
    with pytest.raises(Conflict) as caught:
        undo(visit, by=cast.piotr.actor)
    [(name, both)] = caught.value.fields.items()
    assert name.endswith(".picture")
    assert (both["theirs"], both["mine"]) == (door.number, 0)
    assert hung(cast, visit, "customer_action") == [door.number]


def test_other_words_are_another_picture_of_the_same_file(
    cast: Cast, visit: Journey, steps: list[Any], door: Attachment
) -> None:
    by, place = cast.aino.actor, (visit, steps[0].pk, "customer_action")
    set_picture(*place, door, by=by)
    set_picture(*place, door.number, {"fi": "Ovi"}, by=by, base=1)
    [found] = read_document(by, visit).steps[0].pictures
    assert (found.number, found.sha256) == (2, door.sha256)
    assert found.words.texts == {"en": "A door", "fi": "Ovi"}
    undo(visit, by=by)
    assert hung(cast, visit, "customer_action") == [1]


def test_what_does_not_fit_is_said(
    cast: Cast, visit: Journey, steps: list[Any], door: Attachment
) -> None:
    by = cast.aino.actor
    for row, picture, words, name in (
        ("wait", 1, None, "row"), ("name", 1, None, "row"), ("frontstage", 9, None, "picture"),
        ("frontstage", "x", None, "picture"), ("frontstage", 1, {"en": "x" * 201}, "words"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            set_picture(visit, steps[0].pk, row, picture, words, by=by)
        assert set(refused.value.fields) == {name}
    other = kept(cast.olga.actor)
    with pytest.raises(BadInput):
        set_picture(visit, steps[0].pk, "frontstage", other, by=by)
    with pytest.raises(NotAllowed):
        set_picture(visit, steps[0].pk, "frontstage", door, by=cast.liisa.actor)
    assert hung(cast, visit, "frontstage") == []


def test_history_tells_of_the_picture_by_its_words(
    cast: Cast, visit: Journey, steps: list[Any], door: Attachment
) -> None:
    set_picture(visit, steps[0].pk, "frontstage", door, by=cast.aino.actor)
    event = AuditEvent.objects.get(name="journey.picture_set")
    _was, [now] = event.changes["cells"]
    assert now["picture"]["number"] == 1
    assert now["picture"]["words"]["en"] == "A door"
    write_text(visit, steps[0].pk, "frontstage", "opens", by=cast.aino.actor)
    event = AuditEvent.objects.filter(name="journey.text_written").latest("pk")
    assert event.changes["cells"][0][0]["picture"]["number"] == 1


def test_copies_counterparts_documents_and_comparing_keep_it(
    cast: Cast, visit: Journey, steps: list[Any], door: Attachment, lamp: Attachment
) -> None:
    by = cast.aino.actor
    set_picture(visit, steps[0].pk, "customer_action", door, by=by)
    set_picture(visit, steps[0].pk, "frontstage", lamp, by=by)
    copy_step(visit, steps[0].pk, by=by)
    doc = read_document(by, visit)
    assert [len(step.pictures) for step in doc.steps] == [2, 2, 0, 0]
    assert from_json(to_json(doc)) == doc
    other = make_counterpart(visit, by=by)
    assert hung(cast, other, "frontstage", 1) == [lamp.number]
    assert not compare(doc, read_document(by, other)).pairs[0].differences
    empty = make("journey", by, name="The same once more")
    fill(empty, doc, by=by)
    assert hung(cast, empty, "customer_action") == [door.number]
    set_picture(other, other.steps.get(thread=steps[0].thread).pk, "frontstage", door, by=by)
    [found] = compare(doc, read_document(by, other)).pairs[0].differences
    assert (found.what, found.is_picture) == ("frontstage", True)
    assert [str(text) for text in (*found.before, *found.after)] == ["A lamp", "A door"]


def test_a_document_from_elsewhere_brings_no_picture_and_takes_none_away(
    cast: Cast, visit: Journey, steps: list[Any], door: Attachment
) -> None:
    by = cast.aino.actor
    set_picture(visit, steps[0].pk, "customer_action", door, by=by)
    set_picture(visit, steps[0].pk, "system", door, by=by)
    doc = read_document(by, visit)
    theirs = make("journey", cast.olga.actor, name="Of others")
    fill(theirs, doc, by=cast.olga.actor)
    there = read_document(cast.olga.actor, theirs)
    assert there.pictures == ()
    assert "system" not in there.used
    strange = from_json(_with_file(to_json(doc), "0" * 64))
    apply_document(visit, strange, by=by)
    assert hung(cast, visit, "customer_action") == hung(cast, visit, "system") == [1]
    bare = replace(doc.steps[0], picture=None, cells={})
    stage = replace(doc.stages[0], steps=(bare, *doc.stages[0].steps[1:]))
    apply_document(visit, replace(doc, stages=(stage, *doc.stages[1:])), by=by)
    assert read_document(by, visit).pictures == ()
    undo(visit, by=by)
    assert len(read_document(by, visit).pictures) == 2


def _with_file(value: Any, sha: str) -> Any:
    if isinstance(value, dict):
        return {k: sha if k == "sha256" else _with_file(part, sha) for k, part in value.items()}
    return [_with_file(part, sha) for part in value] if isinstance(value, list) else value


def test_the_whole_is_read_in_as_many_statements_as_without(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            read_document(by, visit)
        return len(asked)

    without = statements()
    for number, step in enumerate(steps):
        for row in ("customer_action", "frontstage", "backstage"):
            set_picture(visit, step.pk, row, kept(by, f"{row} {number}"), by=by)
    assert statements() == without


def agreed_once(cast: Cast, visit: Journey) -> None:
    agree(visit, by=cast.aino.actor)
    visit.refresh_from_db()


def test_an_agreed_version_keeps_its_pictures_for_whoever_may_read_it(
    cast: Cast, visit: Journey, steps: list[Any], door: Attachment, lamp: Attachment
) -> None:
    by, customer = cast.aino.actor, cast.tuomas.actor
    change_object(JOURNEY, visit, {"audience": "customers"}, by=by)
    visit.refresh_from_db()
    unseen = kept(by, "The store room", seed=90)
    set_picture(visit, steps[0].pk, "frontstage", door, by=by)
    set_picture(visit, steps[0].pk, "backstage", unseen, by=by)
    assert [may_see(customer, one) for one in (door, lamp, unseen)] == [True, False, False]
    agreed_once(cast, visit)
    assert may_see(customer, door)
    set_picture(visit, steps[0].pk, "frontstage", lamp, by=by)  # begins the next version
    assert JourneyVersion.objects.get(journey=visit).pictures.count() == 2
    [seen] = read_agreed(customer, visit).pictures
    assert seen.number == door.number
    assert [may_see(customer, one) for one in (door, lamp, unseen)] == [True, False, False]
    with CaptureQueriesContext(connection) as asked, pytest.raises(NotFound):
        picture_or_404(customer, lamp.number)
    assert len(asked) <= 5
    change_object(JOURNEY, visit, {"audience": "internal"}, by=by)
    assert not may_see(customer, door)


def test_a_link_shows_the_pictures_of_its_rows_and_version(
    cast: Cast, visit: Journey, steps: list[Any], door: Attachment, lamp: Attachment
) -> None:
    by = cast.aino.actor
    set_picture(visit, steps[0].pk, "frontstage", door, by=by)
    set_picture(visit, steps[0].pk, "customer_action", lamp, by=by)
    agreed_once(cast, visit)
    ways = {
        "rows": Wanted(("frontstage",), "customer"),
        "hidden": Wanted(("experience",), "customer"),
        "agreed": Wanted(("frontstage", "customer_action"), "customer", version=1),
    }
    shares = {name: shared(visit, wanted, by) for name, wanted in ways.items()}
    other = kept(by, "Another", seed=70)
    set_picture(visit, steps[0].pk, "frontstage", other, by=by)
    for name, there in (("rows", [other]), ("hidden", []), ("agreed", [lamp, door])):
        share = share_of(shares[name])
        assert {p.number for p in document_of(share).pictures} == {p.number for p in there}, name
        for picture in (door, lamp, other):
            assert picture_in_share(share, picture) == (picture in there), (name, picture)
    assert not picture_in_share(share_of(shares["rows"]), kept(cast.olga.actor))


def shared(visit: Journey, wanted: Wanted, by: Actor) -> Any:
    return open_link(share_journey(visit, wanted, by=by).secret).link
