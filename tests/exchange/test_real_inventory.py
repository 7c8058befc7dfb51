"""The public service inventory from file to workspace and out again (handbook, portfolio 7)."""

from pathlib import Path

from polku.exchange.gaps import gaps_of
from polku.exchange.operations.exports import export_all
from polku.exchange.spreadsheet.identity import keyed_rows
from polku.exchange.spreadsheet.mapping_json import ready_made
from polku.exchange.spreadsheet.reading import open_workbook
from polku.journeys.models import Touchpoint
from polku.kernel.changes import change_object
from polku.kernel.listing import listing
from polku.kernel.models import LooseEnd
from polku.portfolio.entities import SERVICE
from polku.portfolio.models import ServiceProduct
from polku.tenancy.models import Party
from tests.exchange.desk import Desk

NAME = "services-2023-24.csv"


def test_it_comes_in_shows_its_gaps_and_goes_out_unchanged(desk: Desk, inventory: Path) -> None:
    run = desk.bring(inventory, NAME)
    assert run.source == "service-inventory"
    assert (run.counts["new"], run.counts["left_out"]) == (1_716, 5)
    _counts(desk)
    gaps = {gap.code: gap.n for gap in gaps_of(desk.by, run)}
    # Over all 1,721 rows, repeated ones too, it would be 677 and 140.
    assert gaps == {"owner": 0, "state": 1_716, "review": 672, "feedback": 137}
    assert listing(desk.by, SERVICE, {"without": "feedback_channel"}).rows.count() == 137
    told = LooseEnd.objects.filter(object_kind="import_run", state="open")
    assert {end.check_code: end.parameters["n"] for end in told} == {"no-state": 1_716}

    again = desk.bring(inventory, NAME)
    assert (again.counts["new"], again.counts["changed"], again.counts["same"]) == (0, 0, 1_716)

    out = export_all(by=desk.by, form="csv", layout="source")
    assert _cells(out.content, out.name)[1:] == _kept_cells(inventory)[1:]
    back = desk.bring(out.content, out.name)
    assert (back.counts["new"], back.counts["changed"]) == (0, 0)
    _edited(desk)


def _counts(desk: Desk) -> None:
    assert ServiceProduct.objects.filter(pending_run=None).count() == 1_716
    assert Party.objects.filter(kind="organisation", kind_is_guess=True).count() == 78
    points = Touchpoint.objects.filter(workspace=desk.by.workspace)
    assert {point.attributes["use"] for point in points} == {"feedback"}
    assert points.count() == 7
    one = ServiceProduct.objects.get(attributes__service_id="3595")
    assert set(one.name.texts) == {"en", "fr"}
    assert one.attributes["last_service_review"] == "2022-2023"
    assert str(one.last_reviewed_on) == "2023-03-31"


def _kept_cells(path: Path) -> list[tuple[str, ...]]:
    sheet = open_workbook(path, NAME).sheets[0]
    keyed = keyed_rows(sheet, ready_made("government-service-inventory").sheets[0])
    return [sheet.headers, *(row.cells for row in sheet.rows() if row.number in keyed.kept)]


def _cells(content: bytes, name: str) -> list[tuple[str, ...]]:
    """Headings and cells without our own column of codes, which comes first."""
    sheet = open_workbook(content, name).sheets[0]
    assert sheet.headers[0] == "id"
    return [sheet.headers[1:], *(row.cells[1:] for row in sheet.rows())]


def _edited(desk: Desk) -> None:
    """One edit is one difference, in its cell."""
    before = _cells(export_all(by=desk.by, form="csv", layout="source").content, "a.csv")
    one = ServiceProduct.objects.get(attributes__service_id="3595")
    change_object(SERVICE, one, {"web": "https://library.example"}, by=desk.by)
    after = _cells(export_all(by=desk.by, form="csv", layout="source").content, "a.csv")
    differ = [
        (before[0][column], new)
        for old_row, new_row in zip(before, after, strict=True)
        for column, (old, new) in enumerate(zip(old_row, new_row, strict=True))
        if old != new
    ]
    assert differ == [("service_uri_en", "https://library.example")]
