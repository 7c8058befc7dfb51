"""Imports walked through in a real browser: AC08 and AC36, by mouse and by keys."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from polku.examples.workbooks import OWN_HEADINGS, TWO_SPELLINGS, finnish_workbook
from polku.exchange.spreadsheet.reading import open_workbook
from polku.kernel.queries import visible
from polku.portfolio.models import ServiceProduct
from tests.browser.hands import step_to
from tests.cast import Cast, gather

BOOK = finnish_workbook(200, title_lines=2)
LONG = 90_000  # two hundred rows are not written at once


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


MESSY = """Nazwa usługi;Właściciel;Ostatni przegląd;Numer teczki
Wypożyczalnia łodzi;Paweł Żak;31.02.2026;=cmd()
;Święto Gęsi;1.3.2026;T-2
Nocleg;Zespół Źródło;2.3.2026;T-3;za dużo
Świetlica;Łucja Źdźbło;5.3.2026;T-4;też za dużo
Żłobek;Łucja Źdźbło;6.3.2026;T-5;i tu za dużo
""".encode("windows-1250")


@pytest.mark.scenario("AC08")
def test_through_the_pages(cast: Cast, page: Page, live_server: Any, axe: Callable[..., None],
                           tmp_path: Path) -> None:  # fmt: skip
    come_in(page, live_server.url, cast)
    choose(page, live_server.url, "palvelut.xlsx", BOOK)
    expect(page.get_by_role("heading", name="Try the import")).to_be_visible()
    columns = page.get_by_role("region", name="Columns, table")
    expect(columns.get_by_label("Field for Palvelun nimi")).to_have_value("name")
    expect(columns.get_by_label("Field for Vastuuhenkilö")).to_have_value("owner")
    for own in OWN_HEADINGS:
        expect(columns.get_by_label(f"Field for {own}")).to_have_value("own")
    expect(page.get_by_text(f"much like “{TWO_SPELLINGS[0]}”")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save 200 rows").click()
    expect(page.get_by_role("heading", name="Saved")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("link", name="200 services")).to_be_visible()
    gaps = page.get_by_role("region", name="What the file does not say")
    expect(gaps.get_by_role("link", name="Without an owner")).to_be_visible()
    axe(page)
    page.goto(f"{live_server.url}/w/museum/loose-ends/")
    expect(page.get_by_text("11 services in use have no owner.")).to_be_visible()

    page.goto(f"{live_server.url}/w/museum/export/")
    page.get_by_label("the file you brought").check()
    with page.expect_download(timeout=LONG) as waiting:
        page.get_by_role("button", name="Export", exact=True).click()
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    assert without_codes(cells(saved.read_bytes(), saved.name)) == cells(BOOK, "palvelut.xlsx")

    choose(page, live_server.url, saved.name, saved.read_bytes())
    sums = page.locator("dl.sums")
    expect(sums).to_contain_text("New0")
    expect(sums).to_contain_text("Changed0")
    expect(sums).to_contain_text("Same200")


def come_in(page: Page, server: str, cast: Cast) -> None:
    """Aino is signed in already."""
    cookie = cast.aino.client().cookies["polku_session"]
    page.context.add_cookies([{"name": "polku_session", "value": cookie.value, "url": server}])


def choose(page: Page, server: str, name: str, content: bytes, *, press: bool = True) -> None:
    page.goto(f"{server}/w/museum/import/")
    page.get_by_label("Choose your spreadsheet").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    if press:
        page.get_by_role("button", name="Try it", exact=True).click()


@pytest.mark.scenario("AC36", part="spreadsheet")
def test_a_messy_file_is_asked_about_told_and_brings_nothing_twice(
    cast: Cast, page: Page, live_server: Any, axe: Callable[..., None]
) -> None:
    come_in(page, live_server.url, cast)
    for turn in (1, 2):
        choose(page, live_server.url, "usługi.csv", MESSY)
        if turn == 1:
            expect(page.get_by_role("heading", name="Are the letters right?")).to_be_visible()
            expect(page.get_by_text("Wypożyczalnia łodzi;Paweł Żak").first).to_be_visible()
            expect(page.get_by_role("button", name="Read as Windows-1251")).to_be_visible()
            axe(page)
            page.get_by_label("They are columns without a heading").check()
            page.get_by_role("button", name="It reads well, go on").click()
        expect(page.get_by_role("heading", name="Try the import")).to_be_visible()
        rows = page.get_by_role("region", name="Rows, table")
        if turn == 1:
            expect(rows).to_contain_text("There is no day “31.02.2026”")
            expect(rows).to_contain_text("A row needs a name")
            page.get_by_role("button", name="Save 4 rows").click()
            expect(page.get_by_role("heading", name="Saved")).to_be_visible()
        else:
            expect(page.locator("dl.sums")).to_contain_text("New0")
            expect(page.locator("dl.sums")).to_contain_text("Changed0")
            expect(page.locator("dl.sums")).to_contain_text("Same4")
    boats = visible(cast.aino.actor, ServiceProduct).get(sort_title="wypozyczalnia lodzi")
    assert boats.last_reviewed_on is None
    assert boats.attributes["Ostatni przegląd"] == "31.02.2026"
    assert boats.attributes["Numer teczki"] == "=cmd()"
    assert visible(cast.aino.actor, ServiceProduct).count() == 4


@pytest.mark.scenario("AC36", part="spreadsheet")
def test_one_click_reads_the_letters_anew(cast: Cast, page: Page, live_server: Any) -> None:
    come_in(page, live_server.url, cast)
    choose(page, live_server.url, "usługi.csv", MESSY)
    page.get_by_role("button", name="Read as Windows-1251").click()
    now = page.locator(".reading-choice[aria-current]")
    expect(now).to_contain_text("Windows-1251")
    expect(now).not_to_contain_text("Paweł Żak")
    page.get_by_role("button", name="Read as Windows-1250").click()
    expect(now).to_contain_text("Paweł Żak")


@pytest.mark.scenario("AC36", part="spreadsheet")
def test_days_with_two_readings_are_asked_about_once(
    cast: Cast, page: Page, live_server: Any
) -> None:
    come_in(page, live_server.url, cast)
    text = b"Name,Last reviewed\nTour,3/4/2026\nVisit,5/6/2026\n"
    choose(page, live_server.url, "days.csv", text)
    page.get_by_label("the month").check()
    page.get_by_role("button", name="It reads well, go on").click()
    page.get_by_role("button", name="Save 2 rows").click()
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    tour = visible(cast.aino.actor, ServiceProduct).get(sort_title="tour")
    assert str(tour.last_reviewed_on) == "2026-03-04"


def test_the_wizard_by_keys_alone(cast: Cast, page: Page, live_server: Any) -> None:
    come_in(page, live_server.url, cast)
    choose(page, live_server.url, "list.csv", b"Nimi;Tila;Kerros\nOpastus;pilotti;2\n", press=False)
    page.get_by_role("button", name="Try it", exact=True).focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Field for Kerros")
    step_to(page, field, "skip")
    page.get_by_role("button", name="Try again with these answers").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tried again with your answers")).to_be_visible()
    expect(page.get_by_label("Field for Kerros")).to_have_value("skip")
    page.get_by_role("button", name="Save 1 row").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    page.get_by_role("link", name="Undo this import").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Undo the whole import").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Undone")).to_be_visible()
    assert not visible(cast.aino.actor, ServiceProduct).exists()


def test_a_wrong_file_says_what_to_do(cast: Cast, page: Page, live_server: Any) -> None:
    come_in(page, live_server.url, cast)
    choose(page, live_server.url, "picture.pdf", b"%PDF-1.7 no table")
    expect(page.get_by_text("This is not a table file")).to_be_visible()
    expect(page.get_by_label("Choose your spreadsheet")).to_be_visible()
