"""Changing a service in its place with a real browser: by hand, by key, and against another."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast, Person, gather, make

Axe = Callable[[Page], None]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast where the server's own thread sees it too."""
    return gather()


@pytest.fixture
def service(cast: Cast) -> Any:
    return make("service_product", cast.aino.actor, name={"en": "School visit"},
                purpose={"en": "Children learn knots."})  # fmt: skip


def signed_in(page: Page, person: Person, server: Any) -> Page:
    cookie = person.client().cookies["polku_session"].value
    page.context.add_cookies([{"name": "polku_session", "value": cookie, "url": server.url}])
    return page


def open_service(page: Page, server: Any, service: Any) -> None:
    page.goto(f"{server.url}/w/museum/services/{service.code}/")


def test_a_field_is_written_and_left_by_keys_alone(
    page: Page, live_server: Any, cast: Cast, service: Any
) -> None:
    signed_in(page, cast.aino, live_server)
    open_service(page, live_server, service)
    link = page.locator("#value-purpose a")
    link.focus()
    page.keyboard.press("Enter")
    field = page.locator("#field-purpose-en")
    expect(field).to_be_focused()
    field.fill("Nobody shall read this.")
    page.keyboard.press("Escape")
    expect(page.locator("#value-purpose")).to_contain_text("Children learn knots.")
    expect(page.locator("#value-purpose a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#field-purpose-en")).to_be_focused()
    page.keyboard.type("Children learn to sail.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#value-purpose")).to_contain_text("Children learn to sail.")
    expect(page.locator("#announcer")).to_have_text("Saved")
    service.refresh_from_db()
    assert str(service.purpose) == "Children learn to sail."


@pytest.mark.scenario("AC37", part="two-edit-in-the-browser")
def test_two_people_edit_one_field_and_nothing_is_lost(
    new_page: Callable[..., Page], live_server: Any, cast: Cast, service: Any, axe: Axe
) -> None:
    aino = signed_in(new_page(), cast.aino, live_server)
    piotr = signed_in(new_page(), cast.piotr, live_server)
    for page in (aino, piotr):
        open_service(page, live_server, service)
        page.locator("#value-purpose a").click()
    piotr.locator("#field-purpose-en").fill("Children learn to tie knots.")
    piotr.get_by_role("button", name="Save", exact=True).click()
    expect(piotr.locator("#value-purpose")).to_contain_text("to tie knots")
    aino.locator("#field-purpose-en").fill("Children learn knots and songs.")
    aino.get_by_role("button", name="Save", exact=True).click()
    both = aino.locator(".conflict")
    expect(both).to_contain_text("Saved by Piotr Zieliński")
    expect(both.locator("ins")).to_have_text("knots and songs.")
    axe(aino)
    both.locator("textarea").fill("Children learn to tie knots and to sing.")
    both.get_by_role("button", name="Save what stands here").click()
    expect(aino.locator("#value-purpose")).to_contain_text("and to sing")
    service.refresh_from_db()
    assert str(service.purpose) == "Children learn to tie knots and to sing."


@pytest.mark.parametrize(
    "place",
    ["", "SRV-1/", "SRV-1/history/", "SRV-1/archive/", "SRV-1/fields/name/", "new/", "kept/"],
)
def test_axe_finds_nothing_and_a_phone_never_scrolls_sideways(
    new_page: Callable[..., Page], live_server: Any, cast: Cast, service: Any, axe: Axe, place: str
) -> None:
    for width in (1440, 390, 320):
        page = signed_in(new_page(width=width), cast.aino, live_server)
        page.goto(f"{live_server.url}/w/museum/services/{place}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_list_is_walked_by_keyboard(
    page: Page, live_server: Any, cast: Cast, service: Any
) -> None:
    signed_in(page, cast.aino, live_server)
    page.goto(f"{live_server.url}/w/museum/services/")
    reached = set()
    for _step in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim().slice(0, 40)"))
        seen = page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
            " || document.activeElement === document.body"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")
    for words in ("More filters", "Show", "Kept lists", "Add a service", "School visit"):
        assert any(words in text for text in reached), words
