"""AC28 in a real browser: in a workspace of one, by the buttons alone, nobody else is asked."""

import pytest
from playwright.sync_api import Page, expect

from polku.kernel.models import Decision
from polku.portfolio.models import Requirement, ServiceProduct
from tests.cast import person, workspace


@pytest.fixture
def server(live_server: object, page: Page, transactional_db: None) -> str:
    """Aino works alone in the net loft, and is signed in."""
    room = workspace("loft", "The net loft", size="solo", languages="en")
    room.features["requirements"] = True
    room.save()
    aino = person(room, "Aino Salmi", "admin")
    url = str(live_server.url)  # type: ignore[attr-defined]
    cookie = aino.client().cookies["polku_session"]
    page.context.add_cookies([{"name": "polku_session", "value": cookie.value, "url": url}])
    return url


def take(page: Page, verb: str, reason: str = "") -> None:
    """One step by its button on the page, through the gate with every question left unknown."""
    page.get_by_role("link", name=verb, exact=True).first.click()
    gate = page.locator("form.gate")
    expect(page.get_by_role("heading", name=verb, level=1)).to_be_visible()
    if reason:
        gate.get_by_label("Why").fill(reason)
    gate.get_by_role("button", name=verb, exact=True).click()
    expect(page.get_by_role("heading", name=verb, level=1)).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.scenario("AC28")
def test_she_proposes_decides_builds_and_verifies(server: str, page: Page) -> None:
    page.goto(f"{server}/w/loft/services/new/")
    page.get_by_label("Name").first.fill("Net mending evening")
    page.get_by_role("button", name="Add a service").click()
    expect(page.get_by_role("heading", name="Net mending evening")).to_be_visible()
    take(page, "Note as an idea")

    page.get_by_role("link", name="Add a wish to this service").click()
    page.get_by_label("What is asked for").fill("Light enough to see the knots")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Written down and tied")).to_be_visible()

    take(page, "Start making it")
    take(page, "Start the test")
    page.goto(f"{server}/w/loft/requirements/REQ-1/")
    take(page, "Say: will do")
    take(page, "Note as done", "Read a newspaper under the lamp")
    page.goto(f"{server}/w/loft/services/SRV-1/")
    take(page, "Open it")

    service, wish = ServiceProduct.objects.get(), Requirement.objects.get()
    assert (service.managed_state, wish.state) == ("live", "done")
    rows = Decision.objects.filter(subject_kind="service_product")
    assert rows.count() == 3
    assert all(row.same_person and row.unknowns for row in rows)
    page.goto(f"{server}/w/loft/services/SRV-1/")
    expect(page.locator("section:has(#decisions)").get_by_text("same person")).to_have_count(3)
