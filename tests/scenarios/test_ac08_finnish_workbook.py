"""AC08: a workbook of 200 services with Finnish headings, own columns, one service spelt twice."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from polku.examples.workbooks import TWO_SPELLINGS, finnish_workbook
from polku.exchange.spreadsheet.reading import open_workbook
from polku.kernel.tokens import make_token
from tests.cast import Cast, gather

pytestmark = pytest.mark.scenario("AC08")

BOOK = finnish_workbook(200, title_lines=2)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The server in its thread sees what is committed."""
    return gather()


def cells(content: bytes, name: str) -> list[tuple[str, ...]]:
    sheet = open_workbook(content, name).sheets[0]
    return [sheet.headers, *(row.cells for row in sheet.rows())]


def without_codes(table: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    assert table[0][0] == "id"
    assert all(row[0].startswith("SRV-") for row in table[1:])
    return [row[1:] for row in table]


def test_by_program(cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    assert cast.aino.membership is not None
    _token, secret = make_token(cast.aino.membership, "import", by=cast.aino.actor)
    headers = {"Authorization": f"Bearer {secret}"}
    client, base = cast.mallory.client(), "/api/v1/w/museum"
    upload = {"file": SimpleUploadedFile("palvelut.xlsx", BOOK)}
    tried = client.post(f"{base}/imports", upload, headers=headers)
    assert tried.status_code == 201, tried.content
    number = tried.json()["id"]
    assert tried.json()["counts"]["new"] == 200
    assert client.get(f"{base}/services", headers=headers).json()["count"] == 0
    rows = client.get(f"{base}/imports/{number}/rows?outcome=look", headers=headers).json()
    assert {row["title"] for row in rows["items"]} >= set(TWO_SPELLINGS)
    saved = client.post(f"{base}/imports/{number}/run", headers=headers)
    assert (saved.status_code, saved.json()["state"]) == (202, "complete")
    out = client.get(f"{base}/export?format=xlsx&layout=source", headers=headers)
    assert without_codes(cells(out.content, "x.xlsx")) == cells(BOOK, "palvelut.xlsx")
    again = client.post(
        f"{base}/imports", {"file": SimpleUploadedFile("x.xlsx", out.content), "dry_run": "false"},
        headers=headers,
    )  # fmt: skip
    assert again.json()["counts"]["same"] == 200, json.dumps(again.json())


def test_from_the_shell(cast: Cast, tmp_path: Path) -> None:
    from polku.cli.main import app

    book = tmp_path / "palvelut.xlsx"
    book.write_bytes(BOOK)
    shell = CliRunner()
    tried = shell.invoke(app, ["import", str(book), "-w", "museum", "--dry-run"])
    assert tried.exit_code == 0, tried.output
    assert "Palvelun nimi -> name" in tried.output
    assert "200 new" in tried.output
    assert TWO_SPELLINGS[0] in tried.output
    saved = shell.invoke(app, ["import", str(book), "-w", "museum", "--yes"])
    assert "Saved as import" in saved.output
    out = tmp_path / "out.xlsx"
    exported = shell.invoke(
        app, ["export", "-w", "museum", "--layout", "source", "--out", str(out)]
    )
    assert exported.exit_code == 0, exported.output
    assert without_codes(cells(out.read_bytes(), "x.xlsx")) == cells(BOOK, "palvelut.xlsx")
    again = shell.invoke(app, ["import", str(out), "-w", "museum", "--yes"])
    assert "0 new, 0 changed, 200 same" in again.output
