"""A guest with a link in a real browser: looks, says something at a cell by keys, on a telephone
too; and a talk held on a telephone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from polku.journeys.models import CellComment, InterviewAnswer, Journey
from polku.journeys.operations import add_pain, meet_at
from polku.journeys.operations.sharing import Wanted, share_journey
from tests.browser.test_edit_in_place import signed_in
from tests.browser.test_journey_walk import address, now
from tests.browser.test_journey_walk import cast as cast
from tests.browser.test_journey_walk import drawn as drawn
from tests.browser.test_journey_walk import empty as empty
from tests.cast import Cast, make

type Axe = Callable[[Page], None]
SAY = re.compile("Say something ?: We do, 1")
ROWS = ["customer_action", "touchpoint", "frontstage", "experience", "wait"]


@pytest.fixture
def link(cast: Cast, drawn: Journey, live_server: Any) -> str:
    cache.clear()
    made = share_journey(drawn, Wanted(ROWS), by=cast.aino.actor)
    return f"{live_server.url}/m/{made.secret}"


def sideways(page: Page) -> int:
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


@pytest.mark.scenario("AC15")
def test_a_guest_says_something_at_a_cell_by_keys(
    new_page: Callable[..., Page], live_server: Any, cast: Cast, drawn: Journey, link: str, axe: Axe
) -> None:
    guest = new_page(width=1440)
    guest.goto(link)
    assert guest.url == f"{live_server.url}/m/open/"
    table = guest.get_by_role("table")
    expect(table).to_contain_text("takes the money")
    expect(table).to_contain_text("hidden by Harbour Museum")
    axe(guest)
    say = table.get_by_role("link", name=SAY)
    say.focus()
    guest.keyboard.press("Enter")
    guest.wait_for_url("**row=frontstage**")
    expect(guest.get_by_label("At which step")).to_have_value(str(now(cast, drawn).steps[0].number))
    expect(guest.get_by_label("About", exact=True)).to_have_value("frontstage")
    guest.get_by_label("What you want to say").fill("In coins?")
    guest.keyboard.press("Tab")
    guest.keyboard.type("Tuomas")
    guest.keyboard.press("Enter")
    expect(guest.get_by_role("status")).to_contain_text("Thank you")
    expect(guest.get_by_role("table")).to_contain_text("1 comment")
    axe(guest)
    assert CellComment.objects.get().author_name == "Tuomas"

    aino = signed_in(new_page(), cast.aino, live_server)
    aino.goto(address(live_server, drawn, "comments/"))
    aino.get_by_text("Answer, or be done with it").click()
    aino.get_by_label("Your answer").fill("By card too.")
    axe(aino)
    aino.get_by_role("button", name="Done").click()
    expect(aino.get_by_text("Nothing waits.")).to_be_visible()
    guest.goto(f"{live_server.url}/m/open/")
    expect(guest.get_by_text("By card too.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_telephone_the_steps_stand_below_each_other(
    new_page: Callable[..., Page], link: str, axe: Axe, width: int
) -> None:
    phone = new_page(width=width)
    phone.goto(link)
    expect(phone.get_by_role("table")).to_be_hidden()
    first = phone.locator("details").filter(has_text="1 Books")
    expect(first.get_by_text("takes the money")).to_be_visible()
    assert sideways(phone) == 0
    axe(phone)
    phone.locator("summary").filter(has_text="2 Arrives").click()
    expect(phone.locator("details[open]").filter(has_text="2 Arrives")).to_be_visible()
    first.get_by_role("link", name=SAY).click()
    phone.wait_for_url("**row=frontstage**")
    expect(phone.get_by_label("About", exact=True)).to_have_value("frontstage")


def test_a_talk_is_held_on_a_telephone(
    new_page: Callable[..., Page], live_server: Any, cast: Cast, drawn: Journey, axe: Axe
) -> None:
    by = cast.aino.actor
    for step, name in zip(now(cast, drawn).steps, ("Web shop", "Sign"), strict=False):
        meet_at(drawn, step.id, [make("touchpoint", by, name=name)], by=by)
    phone = signed_in(new_page(width=390), cast.aino, live_server)
    phone.goto(address(live_server, drawn, "analysis/"))
    phone.get_by_label("Who, in a word or two").fill("mother of two")
    phone.get_by_label("They said yes").check()
    phone.get_by_role("button", name="Begin the talk").click()
    expect(phone.get_by_role("heading", name="Web shop")).to_be_visible()
    axe(phone)
    assert sideways(phone) == 0
    phone.get_by_label("How did it feel?").fill("Hurried.")
    phone.get_by_role("button", name="Keep it, on to the next").click()
    expect(phone.get_by_role("heading", name="Sign", exact=True)).to_be_visible()
    phone.get_by_label("What worked?").fill("The arrow.")
    phone.get_by_role("button", name="Keep it").click()
    expect(phone.get_by_text("2 of 2 meeting points")).to_be_visible()
    assert InterviewAnswer.objects.count() == 2
    pain = add_pain(drawn, values={"text": "The stairs", "severity": 3}, by=by)
    beside = ("analysis/", "analysis/strips/", "analysis/guide/", "analysis/points/TP-1/", "pains/",
              f"pains/{pain.number}/", "people/", "shares/", "comments/")  # fmt: skip
    room = f"{live_server.url}/w/museum/touchpoints"
    for url in (*(address(live_server, drawn, page) for page in beside),
                f"{room}/library/", f"{room}/TP-1/decisive/"):  # fmt: skip
        phone.goto(url)
        axe(phone)
        assert sideways(phone) == 0, url
