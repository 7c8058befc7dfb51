"""What is written comes back cell by cell, and nothing in it is ever a formula."""

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from polku.exchange.spreadsheet.csv_marks import quoted, unquoted
from polku.exchange.spreadsheet.reading import Options, open_workbook
from polku.exchange.spreadsheet.sheets import Layout
from polku.exchange.spreadsheet.workbook import Workbook
from polku.exchange.spreadsheet.writing import Table, sheet_title, write_csv, write_xlsx

EXPORT = "3f9a2c71"
FIRST = Options(layouts={"*": Layout(header_row=1)})
# NUL is in no text of ours; half a surrogate pair and two more code points are no characters.
signs = st.characters(exclude_characters="\0\ufffe\uffff", exclude_categories=["Cs"])
any_text = st.text(signs, max_size=30)
formulas = st.sampled_from(["=1+1", "+1", "-1", "@x", "\t=", "\r", "'=x", "''=", "'", "=", "#N/A"])
cells = st.tuples(any_text | formulas, any_text | formulas)
tables = st.lists(cells.filter(lambda row: any(cell.strip() for cell in row)), max_size=5)
headers = st.tuples(any_text | formulas, any_text).filter(lambda row: bool(row[1].strip()))


def csv_of(headers: Sequence[str], rows: Sequence[Sequence[object]], **options: str) -> bytes:
    file = io.BytesIO()
    write_csv(file, Table("x", headers, rows), EXPORT, **options)  # type: ignore[arg-type]
    return file.getvalue()


def xlsx_of(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, [Table("x", headers, rows)], EXPORT)  # type: ignore[arg-type]
    return file.getvalue()


def content(book: Workbook) -> list[tuple[str, ...]]:
    (sheet,) = book.sheets
    return [sheet.headers, *(row.cells for row in sheet.rows())]


@given(headers, tables)
@example(("\r", "x"), [])
@example(("id", "name"), [("_x000D_", " "), ("\x01", "\n"), ("a\rb\r\n", "'=cmd()")])
def test_a_csv_comes_back_cell_by_cell(heads: tuple[str, str], rows: list[tuple[str, str]]) -> None:
    options = Options(delimiter=",", layouts=FIRST.layouts)
    book = open_workbook(csv_of(heads, rows), "x.csv", options)
    assert book.export_id == EXPORT
    assert content(book) == [heads, *rows]


@given(headers, tables)
@example(("\r", "x"), [])
@example(("id", "name"), [("_x000D_", " "), ("\x01", "\n"), ("a\rb\r\n", "'=cmd()")])
def test_an_xlsx_comes_back_cell_by_cell(
    heads: tuple[str, str], rows: list[tuple[str, str]]
) -> None:
    data = xlsx_of(heads, rows)
    book = open_workbook(data, "x.xlsx", FIRST)
    assert (book.export_id, book.quoted_formulas) == (EXPORT, False)
    assert content(book) == [heads, *rows]
    for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows():
        assert all(cell.data_type in ("s", "inlineStr", "n") for cell in row)
        assert all(cell.data_type != "n" or cell.value is None for cell in row)


@given(any_text | formulas)
def test_an_apostrophe_of_ours_is_taken_off_exactly_once(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert not quoted(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.scenario("AC36", part="formula stays text")
@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_stay_text(text: str) -> None:
    written = csv_of(["id", "=name"], [["1", text]]).decode("utf-8-sig")
    assert "'" + text in written
    assert "'=name" in written
    cell = openpyxl.load_workbook(io.BytesIO(xlsx_of(["id", "=n"], [["1", text]]))).active["B2"]
    assert cell.data_type == "s"


def test_apostrophes_of_others_are_not_ours() -> None:
    book = open_workbook(b"id,name\n1,'=x\n", "x.csv")
    assert book.export_id is None
    assert content(book)[1] == ("1", "'=x")


def test_the_mark_survives_a_csv_saved_by_another_program() -> None:
    rows = [["SRV-1", "=x", "a;b"]]
    text = csv_of(["id", "name", "notes"], rows).decode("utf-8-sig")
    assert text.splitlines()[0] == "id [polku-3f9a2c71],name,notes"
    saved = text.replace("a;b", "a b").replace(",", ";").replace("\r\n", "\n").encode("cp1252")
    book = open_workbook(saved, "renamed.csv")
    assert (book.export_id, book.quoted_formulas) == (EXPORT, True)
    assert content(book) == [("id", "name", "notes"), ("SRV-1", "=x", "a b")]


def test_our_csv_saved_as_a_workbook_keeps_its_text(xlsx: object) -> None:
    rows = [["id [polku-3f9a2c71]", "name"], ["SRV-1", "'=x"]]
    book = open_workbook(xlsx(x=rows), "x.xlsx")  # type: ignore[operator]
    assert (book.export_id, book.quoted_formulas) == (EXPORT, True)
    assert content(book) == [("id", "name"), ("SRV-1", "=x")]


def test_numbers_and_dates_are_typed_and_read_back_as_text() -> None:
    rows = [[3, Decimal("2.50"), datetime.date(2026, 3, 4), None]]
    heads = ["id", "name", "when", "x"]
    assert content(open_workbook(xlsx_of(heads, rows), "x.xlsx"))[1] == (
        "3",
        "2.5",
        "2026-03-04",
        "",
    )
    assert content(open_workbook(csv_of(heads, rows), "x.csv"))[1] == (
        "3",
        "2.50",
        "2026-03-04",
        "",
    )


def test_a_text_too_long_for_a_cell_is_reported() -> None:
    file = io.BytesIO()
    written = write_xlsx(file, [Table("x", ["id", "name"], [["1", "ä" * 40_000]])], EXPORT)
    assert [tuple(cut) for cut in written.cut] == [("x", 2, 1)]
    assert len(content(open_workbook(file.getvalue(), "x.xlsx"))[1][1]) == 32_767


@pytest.mark.parametrize(
    ("name", "taken", "title"),
    [
        ("Palvelut", [], "Palvelut"),
        ("a/b:c[d]", [], "a-b-c-d-"),
        ("x" * 40, [], "x" * 31),
        ("x" * 40, ["X" * 31], "x" * 27 + " (2)"),
        ("", [], "Sheet"),
    ],
)
def test_sheet_titles_fit_excel(name: str, taken: list[str], title: str) -> None:
    assert sheet_title(name, taken) == title
