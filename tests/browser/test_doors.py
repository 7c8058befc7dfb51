"""Doors in a real browser: first run, invitation, settings saved at a press, leaving."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from polku.tenancy.models import Membership, Workspace
from tests.cast import PASSWORD, make

Axe = Callable[[Page], None]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def first_run(page: Page, server: str, size: str = "A team with its own customers") -> None:
    page.goto(server)
    page.get_by_label("What do people call you?").fill("Harbour Museum")
    page.get_by_label(re.compile(size)).check()
    page.get_by_label("Your own name").fill("Aino Salmi")
    page.get_by_label("Mail address").fill("aino@museum.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url("**/w/harbour-museum/start/")


@pytest.mark.scenario("AC10", part="first run")
def test_a_lone_maker_is_in_with_three_things(
    live_server: object, page: Page, axe: Axe, transactional_db: None
) -> None:
    server = str(live_server.url)  # type: ignore[attr-defined]
    page.goto(server)
    axe(page)
    first_run(page, server, "Just me")
    axe(page)
    expect(page.get_by_role("heading", name="Harbour Museum is ready")).to_be_visible()
    assert Workspace.objects.get().size_profile == "solo"


@pytest.mark.scenario("AC29", part="invitation")
def test_an_invitation_is_accepted_although_the_browser_hides_its_origin(
    live_server: object, new_page: Callable[..., Page], axe: Axe, transactional_db: None
) -> None:
    server = str(live_server.url)  # type: ignore[attr-defined]
    aino, sanna = new_page(), new_page(width=390)
    first_run(aino, server)
    aino.goto(f"{server}/w/harbour-museum/settings/")
    axe(aino)
    aino.get_by_label("Mail address").fill("sanna@museum.example")
    aino.get_by_role("button", name="Send the invitation").click()
    expect(aino.get_by_text("An invitation went to sanna@museum.example.")).to_be_visible()
    secret = re.search(r"/m/\S+", str(mail.outbox[-1].body))
    assert secret
    sanna.goto(server + secret[0])
    assert sanna.url == f"{server}/m/open/"
    assert sanna.evaluate("document.referrer") == ""
    axe(sanna)
    with sanna.expect_request("**/m/open/") as posted:
        sanna.get_by_label("Your name").fill("Sanna Virta")
        sanna.get_by_label("Choose a password").fill("a boat on the long lake")
        sanna.get_by_role("button", name="Come in").click()
    assert posted.value.headers.get("origin") == "null"
    sanna.wait_for_url("**/w/harbour-museum/**")
    assert Membership.objects.get(user__email="sanna@museum.example").state == "active"


def test_a_switch_is_saved_at_once_and_the_rail_follows(
    live_server: object, page: Page, axe: Axe, transactional_db: None
) -> None:
    server = str(live_server.url)  # type: ignore[attr-defined]
    first_run(page, server)
    page.goto(f"{server}/w/harbour-museum/settings/")
    rail = page.get_by_role("navigation", name="Main")
    expect(rail.get_by_role("link", name="Customers")).to_be_visible()
    for words in ("We know our customers by name", "We choose whom we serve"):
        page.get_by_label(words).uncheck()
        expect(page.get_by_text(f"“{words}” switched off.").first).to_be_visible()
    expect(rail.get_by_role("link", name="Customers")).to_have_count(0)
    expect(page.get_by_label("We choose whom we serve")).to_be_focused()
    axe(page)
    page.get_by_role("button", name="Undo").click()
    expect(rail.get_by_role("link", name="Customers")).to_be_visible()


@pytest.mark.scenario("AC33", part="leaver")
def test_a_leaver_is_written_down_on_a_phone(
    live_server: object, phone: Page, axe: Axe, transactional_db: None
) -> None:
    from polku.kernel.actor import system_actor
    from polku.people.operations import NewPerson, add_person

    server = str(live_server.url)  # type: ignore[attr-defined]
    first_run(phone, server)
    by = system_actor(Workspace.objects.get(), "cli")
    piotr = add_person(NewPerson("Piotr", "piotr@museum.example", PASSWORD), "editor", by=by)
    assert piotr.party is not None
    for n in range(14):
        make("service_product", by, name=f"Service {n}", owner_party=piotr.party.code)
    phone.goto(f"{server}/w/harbour-museum/settings/people/{piotr.party.code}/left/")
    axe(phone)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert phone.evaluate(wide) == 0
    phone.get_by_label("Next owner of Service 3").select_option("nobody: a loose end")
    phone.get_by_role("button", name="Write down that they left").click()
    expect(phone.get_by_text("Handed over: 13. Without an owner now: 1.")).to_be_visible()
    axe(phone)
