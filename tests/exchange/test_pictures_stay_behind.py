"""A whole workspace goes elsewhere as a workbook: pictures stay, the rest keeps its place."""

import io

import pytest

from polku.exchange.operations.exports import export_all
from polku.journeys.documents import read_document
from polku.journeys.models import BlueprintCell, Journey
from polku.journeys.operations import set_picture, write_cell
from polku.kernel.models import ExternalRef, ImportRow
from polku.kernel.pictures import keep_picture
from polku.kernel.queries import visible
from tests import drawn
from tests.cast import Cast, gather
from tests.exchange.desk import Desk
from tests.exchange.whole import room_for, rows_by_sheet
from tests.journeys.ways import visit_of

pytestmark = pytest.mark.django_db

CELLS = "journey cells"


@pytest.fixture
def cast() -> Cast:
    return gather()


def test_what_stands_beside_a_picture_alone_keeps_its_place(cast: Cast) -> None:
    by, journey = cast.aino.actor, visit_of(cast.aino)
    step = journey.steps.order_by("number")[0].pk
    door = keep_picture(io.BytesIO(drawn.file(drawn.picture((90, 60)))), {"en": "A door"}, by=by)
    cells = [write_cell(journey, None, step, "frontstage", {"text": words}, by=by).pk
             for words in ("opens", "rings", "greets")]  # fmt: skip
    set_picture(journey, step, "frontstage", door, by=by, cell_id=cells[1])
    write_cell(journey, cells[1], step, "frontstage", {"text": ""}, by=by)
    here = export_all(by=by)

    elsewhere = Desk(room_for(cast.aino.user, list(by.workspace.languages)))
    run = elsewhere.bring(here.content, here.name)
    told = ImportRow.objects.filter(run=run, outcome="left_out")
    assert [[problem["code"] for problem in row.problems] for row in told] == [["picture_left"]]
    there = visible(elsewhere.by, Journey).get()
    before, after = (
        [str(cell.text) for step in read_document(who, row).steps for cell in step.all_cells]
        for who, row in ((by, journey), (elsewhere.by, there))
    )
    assert after == [text for text in before if text]
    # Each number of the file is the cell that says the same
    stand = {row.pk: str(row.text) for row in BlueprintCell.objects.filter(journey=there)}
    refs = ExternalRef.objects.filter(run=run, kind="blueprint_cell")
    assert {ref.key.partition(".")[2]: stand[ref.object_id] for ref in refs} == {
        str(cell.number): str(cell.text)
        for step in read_document(by, journey).steps for cell in step.all_cells if cell.text
    }  # fmt: skip
    codes = {journey.code: there.code}
    theirs = rows_by_sheet(export_all(by=elsewhere.by).content)[CELLS]
    ours = rows_by_sheet(here.content, codes)[CELLS]
    missing = ours - theirs
    assert sum(missing.values()) == 1  # the cell that held nothing else
    assert theirs - ours == {}
    again = elsewhere.bring(here.content, here.name)
    assert (again.counts["new"], again.counts["changed"], again.counts["left_out"]) == (0, 0, 1)
