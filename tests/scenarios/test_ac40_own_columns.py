"""AC40, spreadsheets: own columns are kept, can be filtered by, and leave with the export."""

import pytest

from polku.exchange.operations.exports import export_list
from polku.exchange.spreadsheet.reading import open_workbook
from polku.portfolio.entities import SERVICE
from tests.cast import Cast
from tests.exchange.desk import Desk

pytestmark = pytest.mark.scenario("AC40", part="spreadsheet")

FILE = "name,Cost centre,Floor\nTour,4000,1\nVisit,4100,2\n"


@pytest.mark.django_db
def test_own_columns_are_kept_filterable_and_exported(cast: Cast) -> None:
    desk = Desk(cast.aino.actor)
    desk.bring(FILE)
    client = cast.aino.client()
    page = client.get("/w/museum/services/", {"own.Cost centre": "4100"}).content.decode()
    assert "Visit" in page
    assert ">Tour<" not in page
    assert "Only those with “4100” in the column Cost centre" in page
    detail = client.get(f"/w/museum/services/{desk.services()['Tour'].code}/").content.decode()
    assert "Cost centre" in detail
    out = export_list(SERVICE, {"own.Cost centre": "4100"}, by=desk.by, form="csv")
    sheet = open_workbook(out.content, out.name).sheets[0]
    (row,) = sheet.rows()
    found = dict(zip(sheet.headers, row.cells, strict=True))
    assert (found["Cost centre"], found["Floor"], found["name [en]"]) == ("4100", "2", "Visit")
    assert client.get(
        "/w/museum/export/services/", {"own.Floor": "1", "format": "csv"}
    ).content.count(b"SRV-") == 1  # fmt: skip


@pytest.mark.django_db
def test_own_columns_are_not_told_outside(cast: Cast) -> None:
    Desk(cast.aino.actor).bring(FILE)
    page = cast.tuomas.client().get("/w/museum/services/", {"own.Floor": "1"}).content.decode()
    assert "Cost centre" not in page
