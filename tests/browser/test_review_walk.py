"""Ties that need a look, by keys alone in a real browser, wide and narrow."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from polku.kernel.changes import change_object
from polku.kernel.links import tie
from polku.kernel.models import Link
from polku.kernel.registry import entity
from tests.browser.test_edit_in_place import signed_in
from tests.cast import Cast, gather, make

Axe = Callable[[Page], None]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast where the server's own thread sees it too."""
    return gather()


@pytest.fixture
def goal(cast: Cast) -> Any:
    by = cast.aino.actor
    goal = make("strategy_goal", by, statement="Every child visits once")
    for name in ("School visit", "Family visit", "Boat trip"):
        service = make("service_product", by, name=name, owner_party=cast.aino.party.code)
        tie("L01", service, goal, by=by, why="In the strategy")
    change_object(entity("strategy_goal"), goal, {"statement": "Every child visits twice"}, by=by)
    return goal


def choose(page: Page, key: str, times: int) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def test_ties_are_answered_by_keys_alone(
    page: Page, live_server: Any, cast: Cast, goal: Any, axe: Axe
) -> None:
    signed_in(page, cast.aino, live_server).goto(f"{live_server.url}/w/museum/")
    page.get_by_role("link", name="3 ties need a look").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs a look")
    axe(page)
    page.get_by_role("link", name="Look at 3 ties").focus()
    page.keyboard.press("Enter")
    expect(page.locator("del")).to_have_text("once")
    expect(page.locator("ins")).to_have_text("twice")
    axe(page)
    first, second, third = Link.objects.order_by("pk")
    page.locator(f'input[name="verdict-{first.pk}-to"]').first.focus()
    page.keyboard.press("Space")
    reason = page.locator(f"#reason-{second.pk}-to")
    expect(reason).to_be_hidden()
    page.keyboard.press("Tab")  # the page of the next tie, then its answers
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(f'input[name="verdict-{second.pk}-to"]').first).to_be_focused()
    page.keyboard.press("Space")
    choose(page, "ArrowDown", 2)
    expect(reason).to_be_visible()
    page.keyboard.press("Tab")
    expect(reason).to_be_focused()
    page.keyboard.type("Grown-ups only")
    axe(page)
    page.get_by_role("button", name="Mine: all not chosen are still right").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 answers are chosen")).to_be_visible()
    expect(page.locator(f"#reason-{second.pk}-to")).to_have_value("Grown-ups only")
    page.get_by_role("button", name="Save the answers").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 answers are saved.")).to_be_visible()
    assert [row.verdict for row in Link.objects.order_by("pk")] == [
        "still_right", "removed", "still_right",
    ]  # fmt: skip
    assert third.pk


@pytest.mark.parametrize("width", [320, 390])
def test_a_narrow_page_needs_no_scrolling_sideways(
    page: Page, live_server: Any, cast: Cast, goal: Any, axe: Axe, width: int
) -> None:
    signed_in(page, cast.aino, live_server).set_viewport_size({"width": width, "height": 800})
    link = Link.objects.order_by("pk").first()
    assert link is not None
    for path in ("reviews/", f"reviews/{goal.code}/", f"goals/{goal.code}/ties/{link.pk}/"):
        page.goto(f"{live_server.url}/w/museum/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        axe(page)
