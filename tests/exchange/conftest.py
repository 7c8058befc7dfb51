"""Files made for the tests of the exchange: small, wrong and hostile ones."""

import io
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.exchange.desk import Desk


type Rows = Sequence[Sequence[object]]


@pytest.fixture
def inventory() -> Path:
    """The public service inventory of 2023-24, which lives beside the project, not in it."""
    root = Path(__file__).resolve().parents[2]
    data = Path(os.environ.get("POLKU_DATA", root.parent / "shared" / "data"))
    path = data / "service-inventory" / "services-2023-24.csv"
    if not path.exists():
        pytest.skip(f"the public service inventory is not at {path}")
    return path


@pytest.fixture
def xlsx() -> Callable[..., bytes]:
    """Make an XLSX of sheets, as a spreadsheet program would."""

    def make(**sheets: Rows) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    return make


@pytest.fixture
def packed() -> Callable[..., bytes]:
    """Make a zip file of the given entries, whatever they are."""

    def make(entries: dict[str, bytes | str], level: int = 6) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
            for name, text in entries.items():
                archive.writestr(name, text)
        return file.getvalue()

    return make


@pytest.fixture
def replaced() -> Callable[[bytes, str, bytes], bytes]:
    """A packed file with one entry put in the place of another of that name."""

    def replace(file: bytes, name: str, text: bytes) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(target, "w", 8) as new:
            for entry in old.namelist():
                new.writestr(entry, text if entry == name else old.read(entry))
        return target.getvalue()

    return replace


@pytest.fixture
def ods(packed: Callable[..., bytes]) -> Callable[[str], bytes]:
    """An ODS whose only table holds the given rows of XML."""

    def make(rows: str) -> bytes:
        names = "urn:oasis:names:tc:opendocument:xmlns"
        content = (
            '<?xml version="1.0" encoding="UTF-8"?>'
            f'<office:document-content xmlns:office="{names}:office:1.0" '
            f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0" office:version="1.3">'
            '<office:body><office:spreadsheet><table:table table:name="Palvelut">'
            f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
        )
        manifest = f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"/>'
        return packed(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": content,
                "META-INF/manifest.xml": manifest,
            }
        )

    return make


@pytest.fixture
def desk(cast: "Cast") -> "Desk":
    """Aino brings files into the museum."""
    from tests.exchange.desk import Desk

    return Desk(cast.aino.actor)
