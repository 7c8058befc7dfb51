"""Journeys as pictures, on paper and beside each other: what only a browser makes or shows."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from polku.exchange.journeys.beginning import begin_journey
from polku.journeys.documents import read_document
from polku.journeys.models import Journey
from polku.journeys.operations import agree, write_text
from polku.journeys.patterns import MUSEUM_VISIT
from polku.journeys.patterns.making import pattern_document
from tests.browser.test_edit_in_place import signed_in
from tests.cast import Cast, gather

Axe = Callable[[Page], None]
# A sheet of A3 and of A4, lying, in points
A3, A4 = (1191, 842), (842, 595)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast where the server's own thread sees it too."""
    return gather()


@pytest.fixture
def visit(cast: Cast) -> Journey:
    """A long visit: the ready-made one, three times over, agreed and then changed."""
    by = cast.aino.actor
    doc = pattern_document(MUSEUM_VISIT)
    made = begin_journey(replace(doc, stages=doc.stages * 3), by=by)
    agree(made, by=by)
    first = read_document(by, made).steps[0].id
    write_text(made, first, "customer_action", "sees a poster at the library", by=by)
    return made


def at(live_server: Any, journey: Journey, page: str = "") -> str:
    return f"{live_server.url}/w/museum/journeys/{journey.code}/{page}"


def pages_of(pdf: bytes) -> tuple[int, set[tuple[int, int]]]:
    """How many sheets a PDF has, and their sizes in points."""
    counts = [int(n) for n in re.findall(rb"/Count (\d+)", pdf)]
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    return max(counts), {(round(float(w)), round(float(h))) for w, h in boxes}


@pytest.mark.parametrize(("paper", "size"), [("a3", A3), ("a4", A4)])
def test_on_paper_a_long_journey_is_split_by_stages_under_its_heads(
    page: Page, live_server: Any, cast: Cast, visit: Journey, paper: str,
    size: tuple[int, int],
) -> None:  # fmt: skip
    signed_in(page, cast.aino, live_server)
    page.goto(at(live_server, visit, f"?paper={paper}"))
    tables = page.locator("table.map")
    for n in range(tables.count()):
        expect(tables.nth(n).locator("thead th[scope=col]").first).to_be_visible()
    assert tables.locator("thead th[scope=col]").count() == 24
    sheets, sizes = pages_of(page.pdf(prefer_css_page_size=True))
    assert size in sizes
    assert sheets == tables.count() > 1


def test_the_browser_makes_a_picture_of_the_whole_map(
    page: Page, live_server: Any, cast: Cast, visit: Journey, tmp_path: Path, axe: Axe
) -> None:
    signed_in(page, cast.aino, live_server)
    page.goto(at(live_server, visit, "export/"))
    button = page.get_by_role("button", name="Make the picture")
    expect(button).to_be_visible()
    with page.expect_download() as download:
        button.click()
    assert download.value.suggested_filename == f"{visit.code}.png"
    path = tmp_path / "map.png"
    download.value.save_as(path)
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width = int.from_bytes(content[16:20])
    assert width == 2 * (150 + 24 * 164)
    axe(page)


def test_a_pasted_table_becomes_a_journey_by_keys_alone(
    page: Page, live_server: Any, cast: Cast, axe: Axe
) -> None:
    signed_in(page, cast.aino, live_server)
    page.goto(f"{live_server.url}/w/museum/journeys/new/")
    axe(page)
    page.get_by_label("What is the way called").fill("I learn to dance")
    page.get_by_role("radio", name="Seven steps of a customer").focus()
    for _n in range(5):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="A table of yours")).to_be_checked()
    page.get_by_label("Your table").fill("Step\tCustomer does\tMood\nHears\tsees\tfine\n")
    page.get_by_role("button", name="Begin", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="So it was read")).to_be_visible()
    axe(page)
    page.get_by_label("Mood becomes").select_option("backstage")
    page.get_by_role("button", name="Begin this journey").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The journey is begun.")).to_be_visible()
    doc = read_document(cast.aino.actor, Journey.objects.get())
    assert [step.text_of("backstage", "en") for step in doc.steps] == ["fine"]


def test_a_changed_sheet_is_brought_back_and_two_versions_are_compared(
    page: Page, live_server: Any, cast: Cast, visit: Journey, tmp_path: Path, axe: Axe
) -> None:
    signed_in(page, cast.aino, live_server)
    number = read_document(cast.aino.actor, visit).steps[1].number
    path = tmp_path / "sheet.csv"
    path.write_text(f"step;lane;text_en\n{number};frontstage;say it once\n", "utf-8")
    page.goto(at(live_server, visit, "bring/"))
    axe(page)
    page.get_by_label("Choose the changed sheet").set_input_files(path)
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("button", name="Keep 1 change")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Keep 1 change").click()
    expect(page.get_by_text("1 change is kept.")).to_be_visible()
    page.goto(at(live_server, visit, "compare/"))
    expect(page.get_by_text("2 steps changed")).to_be_visible()
    axe(page)


def test_comparing_fits_a_telephone(
    phone: Page, live_server: Any, cast: Cast, visit: Journey
) -> None:
    signed_in(phone, cast.aino, live_server)
    for name in ("compare/", "export/", "bring/"):
        phone.goto(at(live_server, visit, name))
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.goto(f"{live_server.url}/w/museum/journeys/new/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
