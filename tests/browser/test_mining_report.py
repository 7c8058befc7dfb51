"""The report of a log in a real browser: axe, keyboard, narrow, dark, print."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from playwright.sync_api import Page, expect

import polku_mining as pm
from polku_mining.report import page as report

WALKS = (
    *["Ask;Wait for an answer;Answer;Close"] * 40,
    *["Ask;Answer;Ask again about it;Answer;Close"] * 9,
    *["Ask;Answer;Answer;Close"] * 7, *["Ask;Escalate to the second line;Answer;Close"] * 3,
    "Close", "Ask;Withdraw",
)  # fmt: skip
DESIGN = {"seq": ["Ask", {"opt": "Wait for an answer"}, "Answer", "Close"]}
INSIDE = """() => [...document.querySelectorAll('svg.map g:is(.label, .activity, .end)')]
    .filter(g => { const room = g.querySelector('rect').getBBox();
                   return [...g.querySelectorAll('text')].some(text => {
                       const told = text.getBBox();
                       return told.x < room.x || told.x + told.width > room.x + room.width; }) })
    .map(g => g.textContent)"""


@pytest.fixture
def told(tmp_path: Path) -> Path:
    rows = [
        (f"c{number}", name, number * 7_200_000_000 + at * 5_000_000_000)
        for number, walk in enumerate(WALKS)
        for at, name in enumerate(walk.split(";"))
    ]
    case, activity, time = zip(*rows, strict=True)
    log = pm.from_arrays(pa.array(case), pa.array(activity), np.array(time, np.int64))
    log.problems.add(7, "unreadable_time", "yesterday")
    path = tmp_path / "report.html"
    path.write_text(report(log, name="questions.csv", design=DESIGN), "utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    told: Path, new_page: Callable[..., Page], axe: Callable[[Page], None], scheme: str
) -> None:
    page = new_page(color_scheme=scheme)
    page.goto(told.as_uri())
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
    axe(page)


def test_it_asks_nobody_for_anything(told: Path, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(told.as_uri())
    assert [url for url in asked if not url.startswith("data:")] == [told.as_uri()]


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_it_fits(told: Path, new_page: Callable[..., Page], width: int) -> None:
    page = new_page(width=width)
    page.goto(told.as_uri())
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_words_of_the_map_stay_in_their_room(told: Path, page: Page) -> None:
    page.goto(told.as_uri())
    assert page.evaluate(INSIDE) == []


def test_it_is_read_by_keyboard(told: Path, page: Page) -> None:
    page.goto(told.as_uri())
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the figures")).to_be_focused()
    twin = page.get_by_text("The map as a table", exact=True)
    twin.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="median time").first).to_be_visible()
    page.get_by_role("group", name="The map", exact=True).focus()
    expect(page.get_by_role("group", name="The map", exact=True)).to_be_focused()
    expect(page.get_by_role("img", name="The paths that cases walked")).to_be_visible()


def test_print_shows_the_tables(told: Path, page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(told.as_uri())
    room: Any = page.locator("details table").first.bounding_box()
    assert room["height"] > 50
    expect(page.get_by_role("navigation")).to_be_hidden()
