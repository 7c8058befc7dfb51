"""Files made to do harm, or that are no tables: refused as a whole, with a sentence."""

import struct
import time
import tracemalloc
from collections.abc import Callable

import pytest

from polku.exchange.spreadsheet.limits import Limits
from polku.exchange.spreadsheet.reading import open_workbook
from polku.exchange.spreadsheet.refusals import FileRefused

SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"
FIRST_SHEET = "xl/worksheets/sheet1.xml"


def read_all(data: bytes, name: str = "x.xlsx", limits: Limits | None = None) -> int:
    """How many rows a file gives, in all its sheets."""
    book = open_workbook(data, name, limits=limits or Limits())
    return sum(1 for sheet in book.sheets for _row in sheet.rows())


def refusal_of(data: bytes, name: str = "x.xlsx", limits: Limits | None = None) -> str:
    """The code of the refusal; its sentence must be whole, also in the reader's language."""
    with pytest.raises(FileRefused) as refusal:
        read_all(data, name, limits or Limits())
    assert str(refusal.value).endswith(".")
    assert "Nothing was read" in str(refusal.value)
    assert "{" not in str(refusal.value)
    return refusal.value.code


@pytest.fixture
def plain(xlsx: Callable[..., bytes]) -> bytes:
    return xlsx(Services=[["name", "owner"], ["A", "x"]])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"\0\0\0\0", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b",,,\n,,\n", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "not-a-table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not-a-table"),
        (b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table>", "not-a-table"),
        (b'{"services": []}', "not-a-table"),
        (bytes(range(1, 32)) * 50, "not-a-table"),
        (b"a\0\0b\0c\0\0\0d" * 500, "not-a-table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "old-excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (b"PK\x03\x04 but nothing more", "damaged"),
        (b"PK\x05\x06" + bytes(18), "not-a-table"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    assert refusal_of(data, "x.csv") == code


def test_a_file_over_the_limit_is_not_opened() -> None:
    assert refusal_of(b"name\n" * 100, "x.csv", Limits(file_bytes=100)) == "too-big"


def test_a_zip_of_something_else_is_no_table(packed: Callable[..., bytes]) -> None:
    assert refusal_of(packed({"notes.txt": "hello"})) == "not-a-table"
    assert refusal_of(packed({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"})) == (
        "not-a-table"
    )
    assert refusal_of(packed({"xl/workbook.bin": b"x"})) == "old-excel"


def test_a_zip_bomb_is_refused_at_once(plain: bytes, replaced: Callable[..., bytes]) -> None:
    row = b'<row><c t="inlineStr"><is><t>' + b"0" * 470 + b"</t></is></c></row>"
    bomb = replaced(plain, FIRST_SHEET, SHEET + row * 627_000 + END)
    assert 627_000 * len(row) > 300_000_000
    assert len(bomb) < 1_500_000
    tracemalloc.start()
    started = time.process_time()
    assert refusal_of(bomb) == "packed-too-tight"
    assert time.process_time() - started < 1
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_refused(
    plain: bytes, replaced: Callable[..., bytes]
) -> None:
    size = len(SHEET) + 60_000_000 + len(END)
    bomb = bytearray(replaced(plain, FIRST_SHEET, SHEET + b" " * 60_000_000 + END))
    assert bomb.count(struct.pack("<L", size)) >= 1
    lying = bytes(bomb).replace(struct.pack("<L", size), struct.pack("<L", 900))
    assert refusal_of(lying) == "packed-too-tight"


def test_too_many_entries_are_refused(packed: Callable[..., bytes]) -> None:
    assert refusal_of(packed({f"xl/{at}.xml": "<x/>" for at in range(2_001)})) == "packed-too-tight"


def test_a_locked_zip_entry_is_said_to_be_locked(plain: bytes) -> None:
    data = bytearray(plain)
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal_of(bytes(data)) == "encrypted"


def test_a_zip_of_another_time_is_called_damaged(plain: bytes) -> None:
    data = bytearray(plain)
    data[data.rindex(b"PK\x01\x02") + 6] ^= 0x80  # the version that it takes to unpack
    assert refusal_of(bytes(data)) == "damaged"


def test_a_locked_ods_is_said_to_be_locked(packed: Callable[..., bytes]) -> None:
    entries = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>",
        "content.xml": "xxxx",
    }
    assert refusal_of(packed(entries), "x.ods") == "encrypted"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("entry", [FIRST_SHEET, "xl/workbook.xml", "docProps/custom.xml"])
def test_document_types_and_entities_are_refused(
    plain: bytes, replaced: Callable[..., bytes], entry: str, encoding: str
) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        f'<!DOCTYPE x [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>'
        "<x>&a9;&f;</x>"
    )
    file = plain
    if entry == "docProps/custom.xml":
        file = replaced(plain, "docProps/core.xml", b"<x/>")
        entry = "docProps/core.xml"
    assert refusal_of(replaced(file, entry, text.encode(encoding))) == "entities"


def cell(place: str, value: bytes = b"<v>1</v>") -> bytes:
    return b'<c r="' + place.encode() + b'">' + value + b"</c>"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (b"<row r='1'>" + cell("A1") + cell("XFD1") + b"</row>", "too-many-columns"),
        (b"<row r='1'>" + cell("A1") + b"</row><row r='9'>" + cell("A1048576") + b"</row>",
         "too-many-rows"),
        (b"<row r='1'>" + cell("ALL1") + b"</row><row r='9'>" + cell("A190000") + b"</row>",
         "too-many-cells"),
        (b'<x:row xmlns:x="u" r="1"><x:c r="A99999999999999"><x:v>1</x:v></x:c></x:row>',
         "too-many-rows"),
    ],
)  # fmt: skip
def test_cells_in_far_corners_are_refused(
    plain: bytes, replaced: Callable[..., bytes], rows: bytes, code: str
) -> None:
    assert refusal_of(replaced(plain, FIRST_SHEET, SHEET + rows + END)) == code


def test_a_format_far_away_is_no_cell(plain: bytes, replaced: Callable[..., bytes]) -> None:
    names = b"".join(
        b'<c r="' + place + b'" t="inlineStr"><is><t>' + text + b"</t></is></c>"
        for place, text in ((b"A1", b"name"), (b"B1", b"owner"))
    )
    rows = b"<row r='1'>" + names + b"</row><row r='1048576'><c r='XFD1048576' s='0'/></row>"
    book = open_workbook(replaced(plain, FIRST_SHEET, SHEET + rows + END), "x.xlsx")
    assert book.sheets[0].headers == ("name", "owner")


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row table:number-rows-repeated="1048576">{}</table:table-row>',
        '<table:table-row table:number-rows-repeated="99999999999999999">{}</table:table-row>',
        "<table:table-row>" + "{}" * 70 + "</table:table-row>",
    ],
)
def test_repeats_in_an_ods_do_not_unfold(ods: Callable[[str], bytes], row: str) -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell>"
    )
    assert refusal_of(ods(row.replace("{}", cell)), "x.ods").startswith("too-many")


def test_broken_xml_is_called_damaged(plain: bytes, replaced: Callable[..., bytes]) -> None:
    assert refusal_of(replaced(plain, FIRST_SHEET, SHEET + b"<row><c>")) == "damaged"
    assert refusal_of(plain[: len(plain) // 2]) == "damaged"


def test_any_damage_is_refused_or_read_but_never_crashes(plain: bytes) -> None:
    refused = 0
    for at in range(0, len(plain), 97):
        broken = plain[:at] + bytes([plain[at] ^ 0xFF]) + plain[at + 1 :]
        try:
            assert read_all(broken) <= 1
        except FileRefused:
            refused += 1
    assert refused > 10
