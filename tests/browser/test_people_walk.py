"""Typical customers and the map of stakeholders in a real browser, by keys and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from polku.people.models import Insight, Stakeholder
from polku.people.operations import draw_line
from tests.cast import Cast, Person, gather, make


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Two stakeholders with a line between them, one of them not placed; one typical customer."""
    found = gather()
    by = found.aino.actor
    one = make("stakeholder", by, group_name="Neighbours of the quay", interest=4, influence=2,
               attitude="against", expects_from_us="Quiet after nine")  # fmt: skip
    other = make("stakeholder", by, party=found.school.consumer_party, attitude="champion")
    draw_line(other, one, "waves to", by=by)
    for name in ("The rainy Sunday family", "Somebody on wheels"):
        make("persona", by, label=name, goals="To be somewhere dry\nTo come in by the same door",
             pains="Eight steps", quotes="We came because it rains. — a mother")  # fmt: skip
    return found


def come_in(page: Page, server: str, who: Person, path: str) -> None:
    cookie = who.client().cookies["polku_session"]
    page.context.add_cookies([{"name": "polku_session", "value": cookie.value, "url": server}])
    page.goto(f"{server}/w/museum/{path}")


def test_a_stakeholder_is_moved_by_keys(
    page: Page, live_server: object, cast: Cast, axe: Callable[[Page], None]
) -> None:
    come_in(page, live_server.url, cast.aino, "stakeholders/map/")
    axe(page)
    card = page.get_by_role("link", name="Rantakylä School: speaks up for it")
    before = card.locator("rect").bounding_box()
    menu = page.locator("summary", has_text="Move… Rantakylä School")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#id_STK-2_interest")).to_be_focused()
    page.keyboard.type("5")
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stakeholders/map/#who-STK-2")
    expect(page.locator("#who-STK-2")).to_contain_text("interest 5 · influence 3")
    after = card.locator("rect").bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] < before["x"], "from the shelf into the grid"
    placed = Stakeholder.objects.get(code="STK-2")
    assert (placed.interest, placed.influence) == (5, 3)
    axe(page)


def test_a_card_of_the_map_leads_to_its_page(
    page: Page, live_server: object, cast: Cast, axe: Callable[[Page], None]
) -> None:
    come_in(page, live_server.url, cast.aino, "stakeholders/map/")
    page.get_by_role("link", name="Neighbours of the quay: against it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Neighbours of the quay", level=1)).to_be_visible()
    axe(page)


def test_evidence_is_added_where_one_reads(
    page: Page, live_server: object, cast: Cast, axe: Callable[[Page], None]
) -> None:
    come_in(page, live_server.url, cast.aino, "personas/PER-1/")
    axe(page)
    page.get_by_text("Add evidence").click()
    page.get_by_label("What we learnt").fill("They stay two hours")
    page.get_by_label("How we know (may stay empty)").select_option("observation")
    page.get_by_role("button", name="Write it down and tie it").click()
    expect(page.get_by_role("link", name="They stay two hours").first).to_be_visible()
    expect(page.get_by_text("1 piece, day not said")).to_be_visible()
    assert Insight.objects.get().owner_party == cast.aino.party
    axe(page)


def test_two_are_chosen_and_compared(
    page: Page, live_server: object, cast: Cast, axe: Callable[[Page], None]
) -> None:
    come_in(page, live_server.url, cast.aino, "personas/cards/")
    axe(page)
    for name in ("The rainy Sunday family", "Somebody on wheels"):
        page.get_by_label(f"Compare: {name}").check()
    page.get_by_role("button", name="Compare the chosen").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    axe(page)


@pytest.mark.parametrize(
    "path", ["personas/cards/", "personas/PER-1/", "personas/compare/?who=PER-1&who=PER-2",
             "personas/print/", "stakeholders/map/", "stakeholders/STK-1/",
             "stakeholders/STK-1/lines/", "personas/PER-1/evidence/"]
)  # fmt: skip
def test_pages_fit_a_phone(
    new_page: Callable[..., Page], live_server: object, cast: Cast, path: str
) -> None:
    for width in (390, 320):
        page = new_page(width=width)
        come_in(page, live_server.url, cast.aino, path)
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, (path, width)


def test_a_phone_says_that_the_map_goes_on(
    new_page: Callable[..., Page], live_server: object, cast: Cast
) -> None:
    page = new_page(width=390)
    come_in(page, live_server.url, cast.aino, "stakeholders/map/")
    expect(page.get_by_text("Pull the map sideways")).to_be_visible()
    frame = page.get_by_role("region", name="Map of interest and influence")
    assert frame.evaluate("it => it.scrollWidth > it.clientWidth")
    wide = new_page(width=1440)
    come_in(wide, live_server.url, cast.aino, "stakeholders/map/")
    expect(wide.get_by_text("Pull the map sideways")).to_be_hidden()


def test_checks_are_compact_on_a_phone(
    new_page: Callable[..., Page], live_server: object, cast: Cast
) -> None:
    page = new_page(width=390)
    come_in(page, live_server.url, cast.aino, "loose-ends/checks/")
    first = page.locator(".check").first
    name, change = first.locator("h3").bounding_box(), first.get_by_role("link").last.bounding_box()
    assert name is not None
    assert change is not None
    assert change["x"] > name["x"]
    assert abs(change["y"] - name["y"]) < change["height"]  # beside the name, not below the rest
