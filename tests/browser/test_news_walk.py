"""News in a real browser: read off by opening, by hand, by keys, on a telephone, and stopped."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from polku.insight.notices.morning import tell_morning
from polku.insight.notices.places import stop_address
from polku.kernel.changes import change_object, create_objects
from polku.kernel.models import Notification
from polku.kernel.notices import choices_of
from polku.kernel.registry import entity
from tests.cast import Cast, Person, gather, make

SERVICE = entity("service_product")


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Heikki answers for a tour that Piotr changed, for five new walks, and for loose ends."""
    found = gather()
    tour = make("service_product", found.heikki.actor, name="Guided tour")
    change_object(SERVICE, tour, {"tags": ["autumn"]}, by=found.piotr.actor)
    rows = [{"name": f"Walk {n}", "owner_party": found.heikki.party.code} for n in range(5)]
    create_objects(SERVICE, rows, by=found.piotr.actor)
    tell_morning(found.museum)
    return found


def come_in(page: Page, server: str, who: Person, path: str) -> None:
    cookie = who.client().cookies["polku_session"]
    page.context.add_cookies([{"name": "polku_session", "value": cookie.value, "url": server}])
    page.goto(f"{server}/w/museum/{path}")


def test_opening_what_a_notice_is_about_reads_it(
    page: Page, live_server: object, cast: Cast, axe: Callable[[Page], None]
) -> None:
    come_in(page, live_server.url, cast.heikki, "")
    axe(page)
    n = Notification.objects.filter(user=cast.heikki.user, read_at=None).count()
    page.get_by_role("link", name=f"News , {n} new").click()
    axe(page)
    # The word that it was read outlives the page, so its answer is not seen there
    with page.expect_request(lambda asked: asked.url.endswith("/read/")):
        page.locator(".news-line").get_by_role("link", name="Guided tour").first.click()
    page.wait_for_url("**/services/**")
    for _try in range(50):
        page.goto(f"{live_server.url}/w/museum/news/")
        if page.locator(".news-new").count() == n - 1:
            break
    expect(page.locator(".news-new")).to_have_count(n - 1)


def test_keys_read_one_and_all(page: Page, live_server: object, cast: Cast) -> None:
    come_in(page, live_server.url, cast.heikki, "news/?show=new")
    n = page.locator(".news-new").count()
    page.get_by_role("button", name="Mark as read").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".news-new")).to_have_count(n - 1)
    page.get_by_role("button", name="Mark all as read").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing is new")).to_be_visible()
    expect(page.locator(".news-count")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 320])
def test_choices_on_a_telephone(
    new_page: Callable[..., Page], live_server: object, cast: Cast,
    axe: Callable[[Page], None], width: int,
) -> None:  # fmt: skip
    page = new_page(width=width, java_script_enabled=True)
    for path in ("news/", "news/choices/"):
        come_in(page, live_server.url, cast.heikki, path)
        axe(page)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0
    page.get_by_label("By mail: Decisions due").select_option("weekly")
    page.get_by_label("here: Changes to what is mine").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("By mail: Decisions due")).to_have_value("weekly")
    found = {row.kind.code: row for row in choices_of(cast.heikki.actor)}
    assert found["due"].mail == "weekly"
    assert not found["changed"].in_app


def test_mails_are_stopped_without_signing_in_or_script(
    new_page: Callable[..., Page], live_server: object, cast: Cast
) -> None:
    assert cast.heikki.membership is not None
    page = new_page(java_script_enabled=False)
    page.goto(live_server.url + urlsplit(stop_address(cast.heikki.membership)).path)
    page.get_by_role("button", name="Stop the mails").click()
    expect(page.get_by_role("heading", name="No more of these mails")).to_be_visible()
    assert {row.mail for row in choices_of(cast.heikki.actor)} == {"never"}
