"""Two parties are made one in a real browser, by keys and on a narrow phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from polku.tenancy.models import Party
from tests.browser.test_people_walk import come_in
from tests.cast import Cast, gather, make


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """A department that came in twice."""
    found = gather()
    make("party", found.aino.actor, name="IT department")
    gone = make("party", found.aino.actor, name="IT-departments", web="https://it.example")
    make("service_product", found.aino.actor, name="Tours", owner_party=gone)
    return found


def test_two_are_made_one_by_keys(
    new_page: Callable[..., Page], live_server: object, cast: Cast, axe: Callable[[Page], None]
) -> None:
    page, code = new_page(width=320), Party.objects.get(name="IT department").code
    come_in(page, live_server.url, cast.piotr, f"parties/{code}/merge/")
    axe(page)
    page.get_by_label("IT-departments").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("IT-departments")).to_be_checked()
    page.get_by_role("button", name="Go on").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What comes here")).to_be_visible()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    axe(page)
    page.get_by_role("button", name="Merge them").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("are one now")).to_be_visible()
    page.get_by_role("link", name="IT-departments").click()
    expect(page.get_by_text("This was merged into “IT department”.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Go to IT department").click()
    page.wait_for_url(f"**/parties/{code}/")
