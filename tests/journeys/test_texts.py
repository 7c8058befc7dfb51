"""Writing one text: in its language, beside others, and against what somebody else wrote."""

from typing import Any

import pytest

from polku.journeys.documents import read_document
from polku.journeys.models import BlueprintCell, Journey, JourneyEdit
from polku.journeys.operations import remove_step, write_cell, write_step, write_text
from polku.kernel.answers import BadInput, Conflict, NotAllowed, NotFound
from polku.kernel.models import AuditEvent
from tests.cast import Cast, make


def said(cast: Cast, journey: Journey, step: int, row: str, lang: str = "en") -> str:
    return read_document(cast.aino.actor, journey).steps[step].text_of(row, lang)


def test_a_text_is_written_once_and_told_once(cast: Cast, visit: Journey, steps: list[Any]) -> None:
    before = visit.edits
    write_text(visit, steps[0].pk, "frontstage", " hangs it up ", by=cast.aino.actor, base="")
    assert said(cast, visit, 0, "frontstage") == "hangs it up"
    assert visit.edits == before + 1
    event = AuditEvent.objects.get(name="journey.text_written")
    was, now = event.changes["cells"]
    assert was == []
    assert [row["text"]["en"] for row in now] == ["hangs it up"]
    assert set(event.changes) == {"cells"}
    write_text(visit, steps[0].pk, "frontstage", "hangs it up", by=cast.aino.actor)
    assert visit.edits == before + 1
    assert JourneyEdit.objects.filter(journey=visit).count() == visit.edits


def test_two_write_at_one_place_and_the_later_gets_both_texts(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    write_text(visit, steps[0].pk, "backstage", "prints", by=cast.aino.actor, base="")
    with pytest.raises(Conflict) as caught:
        write_text(visit, steps[0].pk, "backstage", "carries", by=cast.piotr.actor, base="")
    both = caught.value.fields["backstage"]
    assert (both["base"], both["theirs"], both["mine"]) == ("", "prints", "carries")
    assert both["by"] == str(cast.aino.user)
    assert both["at"]
    assert said(cast, visit, 0, "backstage") == "prints"
    write_text(visit, steps[0].pk, "backstage", "prints", by=cast.piotr.actor, base="")  # the same
    write_text(visit, steps[0].pk, "backstage", "carries", by=cast.piotr.actor, base="prints")
    assert said(cast, visit, 0, "backstage") == "carries"


def test_other_places_and_languages_do_not_meet(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    aino, piotr = cast.aino.actor, cast.piotr.actor
    place = (visit, steps[0].pk, "customer_action")
    write_text(*place, "näkee julisteen", by=aino, lang="fi", base="")
    write_text(*place, "sees a big poster", by=piotr, lang="en", base="sees a poster")
    write_text(visit, steps[0].pk, "expectation", "an hour’s walk", by=piotr, base="")
    assert said(cast, visit, 0, "customer_action", "fi") == "näkee julisteen"
    assert said(cast, visit, 0, "customer_action") == "sees a big poster"
    steps[0].refresh_from_db()
    assert steps[0].customer_action.is_stale("fi")


def test_an_empty_text_takes_the_cell_out_and_a_translation_alone_stays_out(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by, place = cast.aino.actor, (visit, steps[0].pk, "support")
    write_text(*place, "library", by=by)
    write_text(*place, "kirjasto", by=by, lang="fi")
    write_text(*place, "", by=by, lang="fi")
    assert dict(BlueprintCell.objects.get().text.texts) == {"en": "library"}
    write_text(*place, "", by=by, base="library")
    assert BlueprintCell.objects.get().removed
    assert said(cast, visit, 0, "support") == ""
    with pytest.raises(Conflict) as caught:
        write_text(*place, "city library", by=cast.piotr.actor, base="library")
    assert caught.value.fields["support"]["by"] == str(cast.aino.user)


def test_what_was_written_for_a_step_that_was_taken_out_comes_back(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    remove_step(visit, steps[1].pk, by=cast.piotr.actor)
    with pytest.raises(Conflict) as caught:
        write_text(visit, steps[1].pk, "frontstage", "takes the money", by=cast.aino.actor)
    assert caught.value.fields["frontstage"]["mine"] == "takes the money"
    assert caught.value.fields["frontstage"]["removed"] is True


def test_bad_places_and_people_are_refused(cast: Cast, visit: Journey, steps: list[Any]) -> None:
    with pytest.raises(BadInput):
        write_text(visit, steps[0].pk, "roof", "x", by=cast.aino.actor)
    with pytest.raises(BadInput):
        write_text(visit, steps[0].pk, "frontstage", "x" * 601, by=cast.aino.actor)
    with pytest.raises(NotAllowed):
        write_text(visit, steps[0].pk, "frontstage", "x", by=cast.liisa.actor)
    with pytest.raises(NotAllowed):
        write_text(visit, steps[0].pk, "frontstage", "x", by=cast.tuomas.actor)
    with pytest.raises(NotFound):
        write_text(visit, steps[0].pk, "frontstage", "x", by=cast.olga.actor)
    other = make("journey", cast.aino.actor, name="Another")
    with pytest.raises(NotFound):
        write_text(other, steps[0].pk, "frontstage", "x", by=cast.aino.actor)
    assert not BlueprintCell.objects.exists()


def test_what_somebody_else_chose_is_not_written_over(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    aino, piotr, step = cast.aino.actor, cast.piotr.actor, steps[1].pk
    guide, porter = (make("party", aino, name=name) for name in ("Guides", "Porters"))
    cell = write_cell(visit, None, step, "frontstage", {"text": "greets"}, by=aino)
    write_cell(visit, cell.pk, step, "frontstage", {"actor": guide.code}, by=aino)
    with pytest.raises(Conflict) as caught:
        write_cell(visit, cell.pk, step, "frontstage", {"actor": porter.code}, by=piotr,
                   base={"actor": None})  # fmt: skip
    both = caught.value.fields["actor"]
    assert (both["base"], both["theirs"], both["mine"]) == (None, guide.code, porter.code)
    first = steps[0].number
    write_step(visit, step, {"emotion_target": 0}, by=aino)
    write_step(visit, step, {"branch_of": first, "emotion_target": None}, by=aino)
    with pytest.raises(Conflict) as caught:
        write_step(visit, step, {"branch_of": None, "emotion_target": 2}, by=piotr,
                   base={"branch_of": steps[2].number, "emotion_target": 0})  # fmt: skip
    found = caught.value.fields
    assert {name: (both["base"], both["theirs"], both["mine"]) for name, both in found.items()} == {
        "branch_of": (steps[2].number, first, None), "emotion_target": (0, None, 2),
    }  # fmt: skip
    seen = {"branch_of": first, "emotion_target": None}
    write_step(visit, step, {"branch_of": None, "emotion_target": 2}, by=piotr, base=seen)
    write_cell(visit, cell.pk, step, "frontstage", {"actor": porter.code}, by=piotr,
               base={"actor": guide.code})  # fmt: skip
