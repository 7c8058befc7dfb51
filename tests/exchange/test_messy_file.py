"""AC36 below the models: one file with everything wrong that real files have."""

import pytest

from polku.exchange.spreadsheet.headers import propose
from polku.exchange.spreadsheet.mapping import from_proposals
from polku.exchange.spreadsheet.reading import open_workbook
from polku.exchange.spreadsheet.shapes import SERVICES
from polku.exchange.spreadsheet.values import read_cell

MESSY = """Wykaz usług miejskich;;;;
;;;;
Nazwa usługi;Właściciel;Stan;Ostatni przegląd;Numer teczki (własny)
Wypożyczalnia łodzi;Paweł Żak;działa;31.02.2026;=cmd()
;Święto Gęsi;pomysł;1.3.2026;T-2
Nocleg;Zespół Źródło;śpi;3/4/2026;T-3;za dużo
""".encode("windows-1250")


@pytest.mark.scenario("AC36", part="messy file")
def test_a_messy_file_is_read_row_by_row() -> None:
    book = open_workbook(MESSY, "usługi.csv")
    assert (book.encoding, book.encoding_is_guess) == ("windows-1250", True)
    assert book.samples[0].startswith("Wykaz usług")
    assert len(book.samples) == 3
    (sheet,) = book.sheets
    assert sheet.header_row == 3
    proposal = propose(sheet)
    assert [guess.field for guess in proposal.columns] == [
        "name", "owner", "state", "last_reviewed", None,
    ]  # fmt: skip
    mapping = from_proposals([proposal]).sheets[0]
    outcomes = {}
    for row in sheet.rows():
        for column, rule in mapping.rules(sheet):
            shape = SERVICES.field(rule.field or "")
            if shape:
                cell = read_cell(shape, row.cells[column.index], rule)
                outcomes[row.number, shape.name] = cell.code or cell.outcome
    assert outcomes == {
        (4, "name"): "value", (4, "owner"): "value",
        (4, "state"): "value", (4, "last_reviewed"): "no_such_day",
        (5, "name"): "empty", (5, "owner"): "value",
        (5, "state"): "value", (5, "last_reviewed"): "value",
        (6, "name"): "value", (6, "owner"): "value",
        (6, "state"): "unknown_word", (6, "last_reviewed"): "two_readings",
    }  # fmt: skip
    rows = list(sheet.rows())
    assert rows[0].cells[4] == "=cmd()"
    assert rows[2].extra == ("za dużo",)
