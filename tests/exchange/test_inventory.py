"""A real file: the public service inventory of 2023-24, with the mapping that comes along."""

import io
import tracemalloc
from pathlib import Path

import pytest

from polku.exchange.spreadsheet.cells import Cell
from polku.exchange.spreadsheet.headers import propose
from polku.exchange.spreadsheet.identity import chosen_rows, keyed_rows
from polku.exchange.spreadsheet.mapping_json import ready_made
from polku.exchange.spreadsheet.reading import open_workbook
from polku.exchange.spreadsheet.shapes import SERVICES
from polku.exchange.spreadsheet.values import read_cell
from polku.exchange.spreadsheet.writing import Table, write_csv, write_xlsx

MAPPING = ready_made("government-service-inventory")


def column(path: Path, field: str) -> list[Cell]:
    """The cells of a mapped field, one a service."""
    sheet = open_workbook(path, path.name, MAPPING.options()).sheets[0]
    mapping = MAPPING.sheets[0]
    keyed = keyed_rows(sheet, mapping)
    (place, rule), *_ = [(c.index, r) for c, r in mapping.rules(sheet) if r.field == field]
    shape = SERVICES.field(field)
    assert shape is not None
    return [read_cell(shape, row.cells[place], rule) for row in chosen_rows(sheet, keyed)]


def test_it_is_understood_without_any_mapping(inventory: Path) -> None:
    book = open_workbook(inventory, inventory.name)
    assert (book.encoding, book.delimiter, len(book.samples)) == ("utf-8-sig", ",", 3)
    assert (book.sheets[0].row_count, len(book.sheets[0].columns)) == (1_721, 46)
    proposal = propose(book.sheets[0])
    assert proposal.kind == "services"
    found = {guess.header: (guess.field, guess.lang) for guess in proposal.columns if guess.field}
    assert found == {
        "service_id": ("id", None),
        "service_name_en": ("name", "en"),
        "service_name_fr": ("name", "fr"),
        "service_description_en": ("purpose", "en"),
        "service_description_fr": ("purpose", "fr"),
    }


@pytest.mark.scenario("AC22", part="repeated keys")
def test_repeated_rows_are_listed_and_the_latest_year_is_kept(inventory: Path) -> None:
    sheet = open_workbook(inventory, inventory.name, MAPPING.options()).sheets[0]
    assert MAPPING.sheets[0].missing(sheet) == ()
    keyed = keyed_rows(sheet, MAPPING.sheets[0])
    assert len(keyed.kept) == 1_716
    assert [left.key for left in keyed.left_out] == [
        ("2576",), ("1530",), ("657",), ("1533",), ("SRV02975",),
    ]  # fmt: skip
    years = {row.number: row.cells[0] for row in sheet.rows()}
    assert all(years[left.row] < years[left.kept_row] for left in keyed.left_out)


def test_its_gaps_are_counted(inventory: Path) -> None:
    """672 and 137 of 1,716 services; over all 1,721 rows, repeated ones too, it is 677 and 140."""
    reviewed = column(inventory, "last_reviewed")
    assert [cell.outcome for cell in reviewed].count("empty") == 672
    assert {cell.outcome for cell in reviewed} == {"empty", "value"}
    assert {cell.precision for cell in reviewed if cell.value} == {"year"}
    channels = column(inventory, "channels")
    assert [cell.outcome for cell in channels].count("empty") == 137
    sheet = open_workbook(inventory, inventory.name).sheets[0]
    review = sheet.headers.index("last_service_review")
    channel = sheet.headers.index("client_feedback_channel")
    rows = list(sheet.rows())
    assert sum(not row.cells[review] for row in rows) == 677
    assert sum(row.cells[channel] == "NON" for row in rows) == 140


def test_names_of_owners_come_in_two_languages(inventory: Path) -> None:
    owners = [cell.value for cell in column(inventory, "owner")]
    assert {owner.kind for owner in owners} == {"organisation"}  # type: ignore[attr-defined]
    assert len({owner.name for owner in owners}) == 78  # type: ignore[attr-defined]
    assert all(set(owner.others) == {"en", "fr"} for owner in owners)  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_cell_comes_back_in_its_place(inventory: Path, form: str) -> None:
    sheet = open_workbook(inventory, inventory.name).sheets[0]
    table = Table("services", sheet.headers, (row.cells for row in sheet.rows()))
    file = io.BytesIO()
    if form == "csv":
        write_csv(file, table, "3f9a2c71")
    else:
        write_xlsx(file, [table], "3f9a2c71")
    again = open_workbook(file.getvalue(), f"x.{form}").sheets[0]
    assert again.headers == sheet.headers
    assert list(again.rows()) == list(sheet.rows())


def test_reading_holds_one_row_at_a_time(inventory: Path) -> None:
    tracemalloc.start()
    sheet = open_workbook(inventory, inventory.name).sheets[0]
    assert sum(1 for _row in sheet.rows()) == 1_721
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
