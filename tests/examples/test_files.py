"""The example files have what an import can stumble over, and nothing by accident."""

import csv
from io import BytesIO, StringIO
from itertools import combinations

from openpyxl import load_workbook
from rapidfuzz import fuzz

from polku.examples.files import example_file
from polku.examples.workbooks import (
    HEADINGS,
    OWN_HEADINGS,
    SHEET,
    TWO_SPELLINGS,
    finnish_rows,
    finnish_workbook,
    service_names,
)
from polku.kernel.folding import fold

ALIKE = 85


def alike(names: list[str]) -> list[tuple[str, str]]:
    return [(a, b) for a, b in combinations(names, 2) if fuzz.ratio(fold(a), fold(b)) >= ALIKE]


def test_dance_school_has_thirty_rows_under_headings_in_row_three() -> None:
    rows = list(csv.reader(StringIO(example_file().decode("utf-8")), delimiter=";"))
    assert rows[2][0] == "Palvelun nimi"
    assert len(rows[3:]) == 30
    assert {len(row) for row in rows} == {13}


def test_dance_school_holds_one_pair_one_bad_day_and_one_row_without_a_name() -> None:
    rows = list(csv.reader(StringIO(example_file().decode("utf-8")), delimiter=";"))[3:]
    assert alike([row[0] for row in rows if row[0]]) == [("Häävalssi", "Haavalssi")]
    assert sum(not row[0] for row in rows) == 1
    assert [row[10] for row in rows].count("31.2.2026") == 1
    assert any(row[7].startswith("=") for row in rows)


def test_workbook_holds_200_services_under_finnish_headings() -> None:
    sheet = load_workbook(BytesIO(finnish_workbook()))[SHEET]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == HEADINGS
    assert set(OWN_HEADINGS) <= set(HEADINGS)
    assert len(rows) == 201
    assert len({row[0] for row in rows[1:]}) == 200


def test_workbook_holds_exactly_one_service_spelt_twice() -> None:
    assert alike(service_names(200)) == [TWO_SPELLINGS]


def test_equal_arguments_give_equal_bytes() -> None:
    assert finnish_workbook(20, title_lines=2) == finnish_workbook(20, title_lines=2)
    assert finnish_workbook(20) != finnish_workbook(21)


def test_larger_workbooks_keep_names_apart() -> None:
    names = service_names(1700)
    assert len(set(names)) == len(names) == 1700
    assert len(finnish_rows(3)) == 3
