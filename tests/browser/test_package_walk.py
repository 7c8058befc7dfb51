"""A package put together by keys alone, and the open page of it, with a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from polku.kernel.transitions import Step
from polku.portfolio.models import Offering, ServicePackage
from polku.portfolio.operations import set_elements, set_members, set_prices, take_step
from polku.portfolio.packages import members_of
from tests.browser.test_edit_in_place import signed_in
from tests.cast import Cast, gather, make

Axe = Callable[[Page], None]
MOST = 40 * 1024


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast where the server's own thread sees it too."""
    return gather()


@pytest.fixture
def package(cast: Cast) -> ServicePackage:
    by = cast.aino.actor
    rows = [make("service_product", by, name=name, state="live", audience="public")
            for name in ("School visit", "Net loft", "Audio guide")]  # fmt: skip
    made = make("service_package", by, name={"en": "A class day", "fi": "Luokan päivä"},
                audience="public")  # fmt: skip
    return set_members(made, [{"product": row.code} for row in rows[:2]], by=by)


@pytest.fixture
def offer(cast: Cast, package: ServicePackage) -> Offering:
    by = cast.aino.actor
    made = make(
        "offering", by, package=package, audience="public", places=["Satamala"],
        title={"en": "A class day by the sea", "fi": "Luokan päivä meren äärellä"},
        summary={"en": "A whole morning", "fi": "Koko aamupäivä"}, when={"en": "School days"},
        what_is_not_included={"en": "Lunch </script><b>and the coach</b>"},
    )  # fmt: skip
    set_elements(made, [{"kind": "goods", "text": {"en": "A rope for each"}}], by=by)
    set_prices(made, [{"amount": 9000, "currency": "EUR", "condition": {"en": "a class"}}], by=by)
    take_step(package, Step("published"), by=by)
    made.refresh_from_db()
    take_step(made, Step("published"), by=by)
    return Offering.objects.get(pk=made.pk)


def names(package: ServicePackage) -> list[str]:
    return [str(row) for row in members_of(package)]


def test_a_package_is_put_together_by_keys_alone(
    page: Page, live_server: Any, cast: Cast, package: ServicePackage, axe: Axe
) -> None:
    signed_in(page, cast.aino, live_server)
    page.goto(f"{live_server.url}/w/museum/packages/{package.code}/builder/")
    axe(page)
    page.get_by_label("Find a service").focus()
    page.keyboard.type("audio")
    have = page.locator("#have")
    expect(have).not_to_contain_text("Net loft")
    page.get_by_role("button", name="Add Audio guide").focus()
    page.keyboard.press("Enter")
    usual = page.get_by_label("Usual, Audio guide")
    expect(usual).to_be_focused()
    assert names(package) == ["School visit", "Net loft", "Audio guide"]
    page.get_by_label("At most, Audio guide").fill("30")
    page.keyboard.press("Tab")
    expect(page.locator("#seen")).to_contain_text("from 1 to 30")
    up = page.get_by_role("button", name="Up Audio guide")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".members tbody tr").nth(1)).to_contain_text("Audio guide")
    expect(page.get_by_role("button", name="Up Audio guide")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".members tbody tr").nth(0)).to_contain_text("Audio guide")
    assert names(package) == ["Audio guide", "School visit", "Net loft"]
    page.get_by_role("button", name="Take out Net loft").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".members")).not_to_contain_text("Net loft")
    assert names(package) == ["Audio guide", "School visit"]
    axe(page)


def test_a_refusal_stands_beside_what_was_chosen(
    page: Page, live_server: Any, cast: Cast, package: ServicePackage, axe: Axe
) -> None:
    pair = {"from": "SRV-2", "to": "SRV-3", "kind": "excludes"}
    make("dependency", cast.aino.actor, **pair)
    signed_in(page, cast.aino, live_server)
    page.goto(f"{live_server.url}/w/museum/packages/{package.code}/builder/")
    page.get_by_label("At most, Net loft").fill("0")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("The numbers must rise")
    expect(page.get_by_label("At most, Net loft")).to_have_value("0")
    axe(page)


def test_the_open_page_in_two_languages_and_on_a_phone(
    new_page: Callable[..., Page], live_server: Any, offer: Offering, axe: Axe
) -> None:
    for width in (1440, 390):
        page = new_page(width=width)
        opened = page.goto(f"{live_server.url}/o/museum/{offer.code}/en/")
        assert opened is not None
        assert len(opened.body()) < MOST
        expect(page.get_by_role("heading", level=1)).to_have_text("A class day by the sea")
        expect(page.locator("main")).to_contain_text("Lunch </script><b>and the coach</b>")
        expect(page.locator("main")).to_contain_text("€90")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("link", name="Suomi").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Luokan päivä meren äärellä")
        assert page.evaluate("document.documentElement.lang") == "fi"
        axe(page)
        page.goto(f"{live_server.url}/o/museum/en/")
        expect(page.get_by_role("link", name="A class day by the sea")).to_be_visible()
        axe(page)


def test_the_sheet_prints_alone(
    page: Page, live_server: Any, cast: Cast, offer: Offering, package: ServicePackage, axe: Axe
) -> None:
    signed_in(page, cast.aino, live_server)
    page.goto(f"{live_server.url}/w/museum/packages/{package.code}/sheet/")
    axe(page)
    page.emulate_media(media="print")
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.get_by_role("heading", name="Sheet to print")).to_be_hidden()
    expect(page.get_by_role("heading", name="A class day by the sea")).to_be_visible()


def test_prices_are_written_by_hand(
    page: Page, live_server: Any, cast: Cast, offer: Offering, axe: Axe
) -> None:
    signed_in(page, cast.aino, live_server)
    page.goto(f"{live_server.url}/w/museum/offerings/{offer.code}/prices/")
    axe(page)
    page.get_by_label("How much").first.fill("95")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("€95")
    assert offer.prices.get().amount == 9500
