"""Two people in one journey: each sees the other's edits soon, and nothing is lost (AC37)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from polku.journeys.models import Journey
from polku.journeys.operations import add_step
from tests.browser.test_edit_in_place import signed_in
from tests.browser.test_journey_walk import address, area, cell, now, settled
from tests.browser.test_journey_walk import cast as cast
from tests.browser.test_journey_walk import drawn as drawn
from tests.browser.test_journey_walk import empty as empty
from tests.cast import Cast

SOON = 3_000


@pytest.mark.scenario("AC37", part="journey-in-the-browser")
def test_two_people_write_in_one_journey(
    new_page: Callable[..., Page], live_server: Any, cast: Cast, drawn: Journey,
    axe: Callable[[Page], None],
) -> None:  # fmt: skip
    aino = signed_in(new_page(), cast.aino, live_server)
    piotr = signed_in(new_page(), cast.piotr, live_server)
    for page in (aino, piotr):
        page.goto(address(live_server, drawn, "edit/"))
    # Each sees where the other is, and what they write, within three seconds
    cell(piotr, "backstage", 1).click()
    expect(area(piotr)).to_be_focused()
    expect(cell(aino, "backstage", 1)).to_contain_text("Piotr Zieliński is here", timeout=5_000)
    area(piotr).fill("salts the path")
    piotr.keyboard.press("Control+Enter")
    settled(piotr)
    expect(cell(aino, "backstage", 1)).to_contain_text("salts the path", timeout=SOON)
    piotr.keyboard.press("Escape")
    # Both open one cell; the second to save is shown both texts
    for page in (aino, piotr):
        cell(page, "frontstage", 0).click()
        expect(area(page)).to_have_value("takes the money")
    area(piotr).fill("takes the money on Tuesdays")
    piotr.keyboard.press("Control+Enter")
    expect(cell(piotr, "frontstage", 0)).to_contain_text("on Tuesdays")
    settled(piotr)
    area(aino).fill("takes the money within two days")
    aino.get_by_role("button", name="Save", exact=True).click()
    both = aino.locator("#journey-both")
    expect(both).to_contain_text("Two texts for “We do” at 1 Books")
    expect(both).to_contain_text("on Tuesdays")
    expect(both).to_contain_text("within two days")
    expect(both).to_contain_text("Saved by Piotr Zieliński")
    axe(aino)
    both.get_by_label("Or write one from both").fill("takes the money on Tuesdays, within two days")
    both.get_by_role("button", name="Save this one").click()
    expect(both).to_be_empty()
    wanted = "takes the money on Tuesdays, within two days"
    expect(cell(aino, "frontstage", 0)).to_contain_text(wanted)
    piotr.keyboard.press("Escape")
    expect(cell(piotr, "frontstage", 0)).to_contain_text(wanted, timeout=SOON)
    # A step put in by one stands for the other too, and what the other writes meanwhile stays
    cell(aino, "customer_action", 2).click()
    area(aino).fill("half a sent")
    cell(piotr, "name", 0).focus()
    piotr.keyboard.press("Insert")
    expect(area(piotr)).to_be_focused()
    piotr.keyboard.type("Pays")
    piotr.keyboard.press("Enter")
    expect(cell(aino, "name", 1)).to_contain_text("2 Pays", timeout=5_000)
    expect(area(aino)).to_have_value("half a sent")
    aino.keyboard.press("End")
    aino.keyboard.type("ence")
    aino.keyboard.press("Control+Enter")
    expect(cell(aino, "customer_action", 3)).to_contain_text("half a sentence")
    settled(aino)
    steps = now(cast, drawn).steps
    assert [str(step.name) for step in steps] == ["Books", "Pays", "Arrives", "Enters"]
    assert str(steps[3].customer_action) == "half a sentence"


def test_what_the_line_does_not_take_is_kept_and_sent_again(
    new_page: Callable[..., Page], live_server: Any, cast: Cast, drawn: Journey
) -> None:
    page = signed_in(new_page(), cast.aino, live_server)
    page.goto(address(live_server, drawn, "edit/"))
    page.route("**/edit/write/**", lambda route: route.fulfill(body="The line is cut."))
    cell(page, "backstage", 0).click()
    area(page).fill("counts the coins")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(cell(page, "backstage", 0)).to_have_class("cell-unsaved")
    page.unroute("**/edit/write/**")
    settled(page)
    assert str(now(cast, drawn).steps[0].cells["backstage"][0].text) == "counts the coins"


def test_an_answer_that_a_writing_has_overtaken_draws_nothing_old(
    new_page: Callable[..., Page], live_server: Any, cast: Cast, drawn: Journey
) -> None:
    page = signed_in(new_page(), cast.aino, live_server)
    page.goto(address(live_server, drawn, "edit/"))
    add_step(drawn, now(cast, drawn).stages[0].id, values={"name": "Pays"}, by=cast.piotr.actor)
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        if held:
            return route.fulfill(status=304)
        return held.append((route, route.fetch()))

    page.route("**/poll/**", hold)
    while not held:
        page.wait_for_timeout(100)
    cell(page, "backstage", 0).click()
    area(page).fill("counts the coins")
    page.get_by_role("button", name="Save", exact=True).click()
    settled(page)
    route, old = held[0]
    assert "Pays" in old.text()
    assert "counts the coins" not in old.text()
    with page.expect_request_finished(lambda request: "/poll/" in request.url):
        route.fulfill(response=old)
    page.wait_for_timeout(200)
    expect(cell(page, "backstage", 0)).to_contain_text("counts the coins")
    expect(cell(page, "name", 1)).to_contain_text("2 Pays")


def test_forty_steps_and_twelve_rows_stay_usable(
    new_page: Callable[..., Page], live_server: Any, cast: Cast, empty: Journey
) -> None:
    from polku.journeys.documents import CellDoc, JourneyDoc, StageDoc, StepDoc
    from polku.journeys.lanes import CELL_ROWS
    from polku.journeys.operations import fill
    from polku.tenancy.translated import Translated

    def step(n: int) -> StepDoc:
        cells = {row: (CellDoc(row, Translated.of(f"{row} {n}", "en")),) for row in CELL_ROWS}
        return StepDoc(
            Translated.of(f"does {n}", "en"), Translated.of(f"Step {n}", "en"), cells=cells
        )

    stages = [
        StageDoc(Translated.of(f"Part {s}", "en"), steps=tuple(step(s * 8 + n) for n in range(8)))
        for s in range(5)
    ]
    fill(empty, JourneyDoc(stages=tuple(stages)), by=cast.aino.actor)
    page = signed_in(new_page(), cast.aino, live_server)
    page.goto(address(live_server, empty))
    head, lane = page.locator("table.map th.step").first, page.locator("table.map tbody th").first
    frame = page.get_by_role("region", name="Journey, table")
    frame.evaluate("box => box.scrollTo(2000, 400)")
    box, edge = head.bounding_box(), frame.bounding_box()
    side = lane.bounding_box()
    assert box is not None
    assert edge is not None
    assert side is not None
    # Head and lanes stay in sight, whichever way the table is scrolled
    assert abs(box["y"] - edge["y"]) < 90
    assert abs(side["x"] - edge["x"]) < 4
    page.get_by_role("link", name="Fold Part 0").press("Enter")
    expect(page.locator("table.map th.step")).to_have_count(33)
    page.goto(address(live_server, empty, "edit/"))
    cell(page, "name", 0).focus()
    page.keyboard.press("Control+End")
    last = page.locator("#journey-grid tbody tr[data-row]").last.locator("td").last
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()
    page.keyboard.press("ArrowUp")
    page.keyboard.type("z")
    expect(area(page)).to_be_in_viewport()
