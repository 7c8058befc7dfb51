"""A need added, and a part looked at, by keys alone; the pages pass axe at a desk and a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from polku.portfolio.models import Dependency
from tests.browser.test_board_walk import come_in
from tests.cast import Cast, gather, make


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """A service, a part with a place, and a released version."""
    found = gather()
    found.museum.features |= {"components": True, "releases": True}
    found.museum.save()
    by = found.aino.actor
    shop = make("service_product", by, name="Ticket shop", managed_state="live")
    place = {"system": "asset_tag", "value": "NV-7", "checked_on": "2025-01-02"}
    make("component", by, name="Server", kind="asset", real_world_ref=[place])
    make("product_version", by, product=shop, label="2.1", notes="Faster")
    return found


@pytest.mark.browser
def test_a_need_is_added_by_keys(
    page: Page, live_server: object, cast: Cast, axe: Callable[[Page], None]
) -> None:
    come_in(page, live_server.url, cast.aino)
    page.goto(f"{live_server.url}/w/museum/services/SRV-1/")
    axe(page)
    page.get_by_role("link", name="Add what it needs").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What does Ticket shop need?")
    axe(page)
    page.get_by_label("Which thing").focus()
    page.keyboard.type("Server")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # from unknown to "stops the service"
    page.keyboard.press("Tab")
    page.keyboard.type("No tickets without it")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Written down: Ticket shop needs Server.")).to_be_visible()
    section = page.get_by_role("region", name="What rests on what")
    expect(section).to_contain_text("stops the service")
    expect(section).to_contain_text("No tickets without it")
    assert Dependency.objects.get().criticality == "stops"
    section.get_by_role("link", name="Change or end").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A need")
    axe(page)


@pytest.mark.browser
def test_a_part_is_looked_at_on_a_phone(
    phone: Page, live_server: object, cast: Cast, axe: Callable[[Page], None]
) -> None:
    come_in(phone, live_server.url, cast.aino)
    phone.goto(f"{live_server.url}/w/museum/components/CMP-1/")
    axe(phone)
    wide = phone.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    phone.get_by_role("button", name="Checked today").tap()
    expect(phone.get_by_text("checked today", exact=True)).to_be_visible()
    for path in ("components/CMP-1/supply/", "components/CMP-1/references/", "versions/VER-1/",
                 "services/SRV-1/who-to-tell/", "services/SRV-1/move/ending/"):  # fmt: skip
        phone.goto(f"{live_server.url}/w/museum/{path}")
        axe(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, path
