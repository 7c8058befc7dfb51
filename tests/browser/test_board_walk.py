"""The board and its gates by hand, by keys and at any day, in a real browser."""

import datetime as dt
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from polku.kernel.transitions import Step, move
from tests.cast import Cast, Person, gather, make


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Two services: an idea, and one that is live since spring and will end."""
    found = gather()
    by = found.aino.actor
    make("service_product", by, name="Audio guide", managed_state="idea")
    visit = make("service_product", by, name="School visit")
    for state, days in (("being_made", -300), ("live", -100)):
        move(visit, Step(state, effective_on=day(days)), by=by)
    move(visit, Step("ending", effective_on=day(25), reason="Rebuilt"), by=by)
    return found


def day(offset: int) -> dt.date:
    return dt.datetime.now(ZoneInfo("Europe/Helsinki")).date() + dt.timedelta(days=offset)


def come_in(page: Page, server: str, who: Person) -> None:
    """Sign in without the form, and open the board."""
    cookie = who.client().cookies["polku_session"]
    page.context.add_cookies([{"name": "polku_session", "value": cookie.value, "url": server}])
    page.goto(f"{server}/w/museum/services/board/")


def column(page: Page, name: str) -> object:
    return page.get_by_role("region", name=re.compile(rf"^{name}"))


def test_a_card_is_moved_by_keys_through_the_gate(
    page: Page, live_server: object, cast: Cast, axe: Callable[[Page], None]
) -> None:
    come_in(page, live_server.url, cast.aino)
    axe(page)
    menu = page.locator("summary", has_text="Move Audio guide")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Start making it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Start making it")).to_be_visible()
    axe(page)
    expect(page.locator("[data-signs]")).to_have_text("5")
    question = page.get_by_role("group", name="Does it serve a goal of ours?")
    question.get_by_label("unknown").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # unknown, does not apply, no
    expect(page.locator("[data-signs]")).to_have_text("4")
    page.get_by_label("Why, in a few words").focus()
    page.keyboard.type("Visitors ask for it")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("Audio guide is now “being made”.")
    page.goto(f"{live_server.url}/w/museum/services/board/")
    expect(column(page, "Being made")).to_contain_text("Audio guide")


def test_dragging_opens_the_form_and_moves_nothing(
    page: Page, live_server: object, cast: Cast
) -> None:
    come_in(page, live_server.url, cast.aino)
    card = page.locator("[data-card]", has_text="Audio guide")
    card.drag_to(page.locator('[data-column="live"]'))
    expect(page.get_by_role("heading", name="Open it")).to_be_visible()
    page.go_back()
    expect(column(page, "Idea")).to_contain_text("Audio guide")


def test_a_reader_can_drag_nothing(page: Page, live_server: object, cast: Cast) -> None:
    come_in(page, live_server.url, cast.liisa)
    expect(page.locator('[draggable="true"]')).to_have_count(0)
    page.locator("summary", has_text="Move Audio guide").click()
    expect(page.get_by_text("Only the one who decides on our services").first).to_be_visible()


@pytest.mark.scenario("AC06")
def test_the_board_is_set_to_another_day(page: Page, live_server: object, cast: Cast) -> None:
    come_in(page, live_server.url, cast.aino)
    expect(column(page, "Live")).to_contain_text("School visit")
    page.get_by_label("Show the board as of").fill(str(day(-200)))
    page.get_by_role("button", name="Show").click()
    expect(column(page, "Being made")).to_contain_text("School visit")
    expect(page.get_by_text("as they stood on")).to_be_visible()
    page.get_by_label("As we knew it then").check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator("[data-card]")).to_have_count(0)  # all of it was written down today
    page.get_by_role("link", name="Back to today").click()
    expect(page.get_by_role("link", name="Back to today")).to_have_count(0)
    slider = page.get_by_role("slider", name="Day of the board")
    slider.focus()
    page.keyboard.press("End")
    page.wait_for_url("**as_of=*")
    planned = column(page, "Ending").locator(".board-card-planned")
    expect(planned).to_contain_text("School visit")
    expect(planned).to_contain_text("Planned from")


def test_on_a_phone_columns_stand_below_each_other(
    phone: Page, live_server: object, cast: Cast, axe: Callable[[Page], None]
) -> None:
    come_in(phone, live_server.url, cast.aino)
    axe(phone)
    wider = phone.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0
    phone.get_by_role("link", name=re.compile("^Live")).click()
    expect(phone.get_by_role("heading", name=re.compile("^Live"))).to_be_in_viewport()
    idea = phone.locator('[data-column="idea"]').bounding_box()
    live = phone.locator('[data-column="live"]').bounding_box()
    assert idea
    assert live
    assert idea["y"] + idea["height"] <= live["y"]


def test_without_script_the_day_is_chosen_by_the_form(
    new_page: Callable[..., Page], live_server: object, cast: Cast
) -> None:
    page = new_page(java_script_enabled=False)
    come_in(page, live_server.url, cast.aino)
    page.get_by_label("Show the board as of").fill(str(day(30)))
    page.get_by_role("button", name="Show").click()
    expect(column(page, "Ending")).to_contain_text("Planned from")
