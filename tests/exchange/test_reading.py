"""Opening table files: what is guessed, what is asked, and how cells come out as text."""

import datetime
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from polku.exchange.spreadsheet.limits import Limits
from polku.exchange.spreadsheet.reading import Options, open_workbook
from polku.exchange.spreadsheet.refusals import FileRefused
from polku.exchange.spreadsheet.sheets import Layout
from polku.exchange.spreadsheet.workbook import Sheet, Workbook


def only(book: Workbook) -> Sheet:
    assert len(book.sheets) == 1
    return book.sheets[0]


def cells(book: Workbook) -> list[tuple[str, ...]]:
    return [row.cells for row in only(book).rows()]


def test_a_csv_tells_what_it_is() -> None:
    data = "id;name;owner\r\n1;Näyttely;Aino\r\n2;Opastus;\r\n".encode()
    book = open_workbook(data, "palvelut.csv")
    assert (book.format, book.encoding, book.delimiter) == ("csv", "utf-8", ";")
    assert book.file_hash == hashlib.sha256(data).hexdigest()
    assert (only(book).name, only(book).header_row, only(book).row_count) == ("palvelut", 1, 2)
    assert cells(book) == [("1", "Näyttely", "Aino"), ("2", "Opastus", "")]


def test_a_file_on_disk_is_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "services.tsv"
    path.write_bytes(b"id\tname\n1\tGuided tour\n")
    book = open_workbook(path, path.name)
    assert (book.format, book.delimiter) == ("tsv", "\t")
    assert cells(book) == cells(open_workbook(path.read_bytes(), "services.tsv"))


ENCODED = [
    ("utf-8", "nimi,omistaja\nKävely yössä,Pekka Mäkelä\n"),
    ("utf-8-sig", "nimi,omistaja\nKävely yössä,Pekka Mäkelä\n"),
    ("utf-16", "nazwa,właściciel\nŁódź nocą,Paweł Żak\n"),
    ("utf-16-le", "nazwa,właściciel\nŁódź nocą,Paweł Żak\n"),
    ("utf-16-be", "nazwa,właściciel\nŁódź nocą,Paweł Żak\n"),
    ("windows-1250", "nazwa,właściciel\nOprowadzanie po łodzi,Paweł Żak\nŚwięto,Świątek\n"),
    ("windows-1251", "название,владелец\nЭкскурсия по музею,Иванова\n"),
    ("windows-1252", "nimi,omistaja\nKävely yössä,Pekka Mäkelä\n"),
    ("windows-1252", "nom,responsable\nVisite guidée,Hélène Lefèvre à la mairie\nÉté,Ça\n"),
]


@pytest.mark.parametrize(("encoding", "text"), ENCODED)
def test_the_character_set_is_guessed_and_shown(encoding: str, text: str) -> None:
    book = open_workbook(text.encode(encoding), "x.csv")
    assert book.encoding == encoding
    assert [only(book).headers, *cells(book)] == [tuple(x.split(",")) for x in text.splitlines()]
    assert 1 <= len(book.samples) <= 3
    assert all(any(sign > "\x7f" for sign in sample) for sample in book.samples)


def test_a_wrong_guess_is_one_click() -> None:
    data = "name,owner\nnoc³eg,x\n".encode("windows-1252")
    assert "nocłeg" in str(cells(open_workbook(data, "x.csv", Options(encoding="windows-1250"))))
    assert "noc³eg" in str(cells(open_workbook(data, "x.csv", Options(encoding="windows-1252"))))
    with pytest.raises(FileRefused) as refusal:
        open_workbook(data, "x.csv", Options(encoding="utf-8"))
    assert refusal.value.code == "wrong-encoding"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_guessed(delimiter: str) -> None:
    rows = [["name", "notes", "state"], ["A, B; C", "one|two\tthree", "live"], ["D", "", "idea"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert open_workbook(text.encode(), "x.csv").delimiter == delimiter


def test_a_line_that_names_the_separator_is_no_heading() -> None:
    book = open_workbook(b"sep=;\r\nname;owner\r\nA,B;C\r\n", "x.csv")
    assert (book.delimiter, only(book).headers) == (";", ("name", "owner"))
    assert cells(book) == [("A,B", "C")]


def test_quoted_line_ends_and_quotes_stay_in_their_cell() -> None:
    book = open_workbook(b'name,notes\r\nA,"one\r\ntwo ""three"""\r\nB,x\r\n', "x.csv")
    assert cells(book) == [("A", 'one\r\ntwo "three"'), ("B", "x")]
    assert [row.number for row in only(book).rows()] == [2, 3]


def test_a_quote_never_closed_does_not_swallow_the_rest() -> None:
    data = b'name,notes\nA,fine\nB,"never closed\nC,lost\nD,lost\n'
    with pytest.raises(FileRefused) as refusal:
        open_workbook(data, "x.csv")
    assert refusal.value.code == "cell-too-long"
    assert "row 3" in str(refusal.value)
    book = open_workbook(data, "x.csv", Options(quotes=False))
    assert [row[0] for row in cells(book)] == ["A", "B", "C", "D"]


def test_nul_bytes_are_left_out_and_said() -> None:
    book = open_workbook(b"name,owner\nGui\0ded tour of the house,Aino of the museum\n", "x.csv")
    assert cells(book)[0][0] == "Guided tour of the house"
    assert [note.code for note in book.notes] == ["nul"]


def test_blank_rows_are_skipped_and_numbers_kept() -> None:
    book = open_workbook(b"name,owner\nA,\n\n , \nB,x\n", "x.csv")
    assert [(row.number, row.cells[0]) for row in only(book).rows()] == [(2, "A"), (5, "B")]
    assert only(book).row_count == 2


def test_the_heading_row_may_stand_below_a_title() -> None:
    data = "Palveluluettelo 2026,,\n,,\nNimi,Omistaja,Tila\nOpastus,Aino,käytössä\n".encode()
    sheet = only(open_workbook(data, "x.csv"))
    assert sheet.header_row == 3
    assert sheet.preamble[0][0] == "Palveluluettelo 2026"
    overruled = Options(layouts={"*": Layout(header_row=1)})
    assert only(open_workbook(data, "x.csv", overruled)).header_row == 1


def test_columns_without_and_with_equal_headings_have_keys_of_their_own() -> None:
    sheet = only(open_workbook(b"name,,note,note\nA,b,c,d\n", "x.csv"))
    assert [column.key for column in sheet.columns] == ["name", "Column 2", "note", "note (2)"]
    assert sheet.headers == ("name", "", "note", "note")


RAGGED = b"name,notes\nA,one, two\nB,three, four\nC,five\n"


@pytest.mark.scenario("AC36", part="ragged file")
def test_a_ragged_file_is_asked_about() -> None:
    book = open_workbook(RAGGED, "x.csv")
    (question,) = book.questions
    assert (question.rows, question.ragged_rows, question.headers, question.widest) == (3, 2, 2, 3)
    assert [choice.value for choice in question.choices] == ["join", "columns", "shift"]
    assert "2 of 3 rows" in str(question.message)
    assert question.choices[0].example == (("name", "A"), ("notes", "one, two"))


@pytest.mark.parametrize(
    ("choice", "columns", "first", "last"),
    [
        ("join", ["name", "notes"], ("A", "one, two"), ("C", "five")),
        ("columns", ["name", "notes", "Column 3"], ("A", "one", " two"), ("C", "five", "")),
        ("shift", ["Column 1", "name", "notes"], ("A", "one", " two"), ("C", "five", "")),
    ],
)
def test_each_answer_reads_every_cell(
    choice: str, columns: list[str], first: tuple[str, ...], last: tuple[str, ...]
) -> None:
    options = Options(layouts={"x": Layout(extra_cells=choice)})  # type: ignore[arg-type]
    book = open_workbook(RAGGED, "x.csv", options)
    assert not book.questions
    assert [column.key for column in only(book).columns] == columns
    assert (cells(book)[0], cells(book)[-1]) == (first, last)


def test_a_few_long_rows_keep_their_extra_cells_beside_them() -> None:
    book = open_workbook(b"name,notes\nA,x,lost?\nB,y\nC,z\n", "x.csv")
    assert not book.questions
    assert [row.extra for row in only(book).rows()] == [("lost?",), (), ()]


def test_an_xlsx_gives_plain_text(xlsx: Callable[..., bytes]) -> None:
    rows = [
        ["name", "n", "when", "at", "yes", "share"],
        [
            "A",
            3.0,
            datetime.date(2026, 3, 4),
            datetime.datetime.fromisoformat("2026-03-04T05:06"),
            True,
            0.1 + 0.2,
        ],
        ["B", 12345678901, datetime.time(9, 30), datetime.timedelta(hours=30), False, -1.5],
    ]
    book = open_workbook(xlsx(Services=rows), "x.xlsx")
    assert book.format == "xlsx"
    assert (book.encoding, book.delimiter, book.samples) == (None, None, ())
    assert cells(book) == [
        ("A", "3", "2026-03-04", "2026-03-04 05:06:00", "TRUE", "0.3"),
        ("B", "12345678901", "09:30:00", "30:00:00", "FALSE", "-1.5"),
    ]


def test_formulas_give_their_saved_value_and_are_not_run(
    xlsx: Callable[..., bytes], replaced: Callable[..., bytes]
) -> None:
    file = xlsx(Services=[["name", "n"], ["A", "=1+1"], ["B", '=HYPERLINK("http://x")']])
    assert [row[1] for row in cells(open_workbook(file, "x.xlsx"))] == ["", ""]
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
        b'<row r="2"><c r="A2" t="str"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>'
    )
    saved = replaced(file, "xl/worksheets/sheet1.xml", sheet)
    assert cells(open_workbook(saved, "x.xlsx")) == [("2",)]


def test_sheets_keep_their_names_and_order(xlsx: Callable[..., bytes]) -> None:
    file = xlsx(Palvelut=[["Nimi"], ["A"]], Blank=[], Vaatimukset=[["Toive"], ["B"]])
    assert [sheet.name for sheet in open_workbook(file, "x.xlsx").sheets] == [
        "Palvelut",
        "Vaatimukset",
    ]


def test_a_table_away_from_the_corner_keeps_its_row_numbers() -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for place, value in {"C4": "name", "D4": "owner", "C6": "A", "D6": "Aino"}.items():
        book.active[place] = value
    book.save(file)
    sheet = only(open_workbook(file.getvalue(), "x.xlsx"))
    assert sheet.header_row == 4
    assert [(row.number, row.cells) for row in sheet.rows()] == [(6, ("", "", "A", "Aino"))]


def test_a_column_without_heading_is_kept_in_a_packed_file(xlsx: Callable[..., bytes]) -> None:
    rows = [["name", "owner"], ["A", "x", "kept"], ["B", "y"], ["C", "z"]]
    book = open_workbook(xlsx(Services=rows), "x.xlsx")
    assert [column.key for column in only(book).columns] == ["name", "owner", "Column 3"]
    assert cells(book)[0] == ("A", "x", "kept")


def test_an_ods_is_read(ods: Callable[[str], bytes]) -> None:
    def row(*words: str, repeat: int = 1) -> str:
        cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        inner = "".join(map(cell.format, words))
        return f'<table:table-row table:number-rows-repeated="{repeat}">{inner}</table:table-row>'

    blank = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    book = open_workbook(ods(row("Nimi", "Omistaja") + row("Opastus", "Aino") + blank), "x.ods")
    assert book.format == "ods"
    assert only(book).headers == ("Nimi", "Omistaja")
    assert cells(book) == [("Opastus", "Aino")]


def test_rows_can_be_read_again_and_again() -> None:
    sheet = only(open_workbook(b"name,owner\nA,x\nB,y\n", "x.csv"))
    assert list(sheet.rows()) == list(sheet.rows()) != []


def test_row_and_column_limits_hold() -> None:
    few = Limits(rows=3, columns=4)
    with pytest.raises(FileRefused) as rows:
        open_workbook(b"name,owner\n" + b"A,x\n" * 4, "x.csv", limits=few)
    with pytest.raises(FileRefused) as columns:
        open_workbook(b"a,b,c,d,e\n1,2,3,4,5\n", "x.csv", limits=few)
    assert (rows.value.code, columns.value.code) == ("too-many-rows", "too-many-columns")
    assert "3 rows" in str(rows.value)
