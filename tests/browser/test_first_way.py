"""The first way through the house, in Chromium: from a spreadsheet to a portfolio, and out."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_doors import first_run

CSV = """Palvelu;Vastuuhenkilö;Tila;Kerros
Kouluvierailu;Aino Salmi;käytössä;1
Ääniopas;;idea;2
"""


@pytest.mark.browser
def test_a_list_of_names_becomes_a_portfolio_and_leaves_again(
    live_server: object, page: Page, transactional_db: None, tmp_path: Path
) -> None:
    server = str(live_server.url)  # type: ignore[attr-defined]
    first_run(page, server)
    _bring_in(page, server, tmp_path)
    page.goto(f"{server}/w/harbour-museum/services/")
    expect(page.get_by_role("table")).to_contain_text("Ääniopas")
    page.get_by_role("link", name="Kouluvierailu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kouluvierailu")
    expect(page.get_by_text("Kerros")).to_be_visible()
    answer = page.request.get(f"{server}/w/harbour-museum/export/services/?format=csv&layout=polku")
    assert answer.ok, answer.text()[:400]
    rows = list(csv.reader(io.StringIO(answer.text().lstrip("\ufeff"))))
    assert sorted(
        cell for row in rows[1:] for cell in row if cell in {"Kouluvierailu", "Ääniopas"}
    ) == ["Kouluvierailu", "Ääniopas"]


def _bring_in(page: Page, server: str, folder: Path) -> None:
    file = folder / "palvelut.csv"
    file.write_text(CSV, encoding="utf-8")
    page.goto(f"{server}/w/harbour-museum/import/")
    page.locator("input[type=file]").set_input_files(str(file))
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Try the import")
    page.get_by_role("button", name="Save 2 rows").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved")
    expect(page.get_by_text("2 of 2").first).to_be_visible()
