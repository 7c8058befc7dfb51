"""Pictures in a real browser: hung up by keys alone, taken back and brought again, sent from a
telephone and without script, shown to a guest; and the picture of a typical customer."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, Page, expect

from polku.journeys.documents import PictureDoc
from polku.journeys.models import Journey
from polku.journeys.operations import set_picture
from polku.journeys.operations.sharing import Wanted, share_journey
from polku.kernel.operations_pictures import keep_picture
from polku.people.models import Persona
from tests import drawn as drawings
from tests.browser.test_edit_in_place import signed_in
from tests.browser.test_journey_walk import address, cell, now
from tests.browser.test_journey_walk import cast as cast
from tests.browser.test_journey_walk import drawn as drawn
from tests.browser.test_journey_walk import empty as empty
from tests.cast import Cast, make

Axe = Callable[[Page], None]
ROW, WORDS = "frontstage", "A paper ticket with a ship"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture as a telephone keeps it."""
    found = tmp_path / "IMG_0412.JPG"
    found.write_bytes(drawings.file(drawings.picture((900, 600)), "JPEG"))
    return found


def hung(cast: Cast, journey: Journey, row: str = ROW) -> tuple[PictureDoc, ...]:
    return now(cast, journey).steps[0].pictures_of(row)


def hang(cast: Cast, journey: Journey, row: str = ROW, words: str = WORDS) -> None:
    file = io.BytesIO(drawings.file(drawings.picture((900, 600))))
    kept = keep_picture(file, words, by=cast.aino.actor)
    set_picture(journey, now(cast, journey).steps[0].id, row, kept, by=cast.aino.actor)


def is_loaded(picture: Locator) -> None:
    """It is there with all its dots, not only its words."""
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 480)


def tab_to(page: Page, wanted: Locator, most: int = 40) -> None:
    """Walk with the Tab key alone."""
    for _ in range(most):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()


def choose(page: Page, photo: Path) -> None:
    """Open the dialog for files by the key that opens it."""
    with page.expect_file_chooser() as asked:
        page.keyboard.press("Enter")
    asked.value.set_files(photo)


def test_a_picture_is_hung_undone_and_redone_by_keys_alone(
    page: Page, live_server: Any, cast: Cast, drawn: Journey, photo: Path, axe: Axe
) -> None:
    signed_in(page, cast.aino, live_server)
    page.goto(address(live_server, drawn, "edit/"))
    there = cell(page, ROW, 0)
    there.focus()
    page.keyboard.press("Alt+Enter")
    drawer = page.locator("#journey-drawer")
    expect(drawer.get_by_role("heading", name="We do, at 1 Books")).to_be_visible()
    tab_to(page, drawer.locator("summary", has_text="Add a picture"))
    page.keyboard.press("Enter")
    tab_to(page, drawer.get_by_label("Picture (needed)"))
    choose(page, photo)
    tab_to(page, drawer.get_by_label("What is to be seen (English)"))
    page.keyboard.type(WORDS)
    axe(page)
    tab_to(page, drawer.get_by_role("button", name="Hang it up"))
    page.keyboard.press("Enter")
    shown = there.get_by_role("img", name=WORDS)
    is_loaded(shown)
    expect(there).to_be_focused()
    expect(there).to_contain_text("takes the money")
    is_loaded(drawer.get_by_role("img", name=WORDS))
    expect(page.get_by_role("button", name=f"Undo: picture “{WORDS}” at Books")).to_be_visible()
    assert [str(one.words) for one in hung(cast, drawn)] == [WORDS]
    axe(page)
    page.keyboard.press("Control+z")
    expect(shown).to_have_count(0)
    expect(there).to_be_focused()
    assert not hung(cast, drawn)
    page.keyboard.press("Control+y")
    is_loaded(shown)
    # The text below it is still written in its place
    page.keyboard.press("Enter")
    expect(page.locator(".cell-open textarea")).to_have_value("takes the money")
    is_loaded(shown)


def test_others_see_it_come_while_they_look(
    new_page: Callable[..., Page], live_server: Any, cast: Cast, drawn: Journey
) -> None:
    page = signed_in(new_page(), cast.piotr, live_server)
    page.goto(address(live_server, drawn, "edit/"))
    expect(cell(page, ROW, 0)).to_contain_text("takes the money")
    hang(cast, drawn)
    is_loaded(cell(page, ROW, 0).get_by_role("img", name=WORDS))


@pytest.mark.parametrize("script", [True, False], ids=["script", "none"])
def test_a_telephone_sends_one_from_the_cells_own_page(
    new_page: Callable[..., Page], live_server: Any, cast: Cast, drawn: Journey, photo: Path,
    axe: Axe, script: bool,
) -> None:  # fmt: skip
    page = signed_in(new_page(width=390, java_script_enabled=script), cast.aino, live_server)
    step = now(cast, drawn).steps[0]
    page.goto(address(live_server, drawn, f"edit/{step.id}/{ROW}/"))
    page.locator("summary", has_text="Add a picture").click()
    page.get_by_label("Picture (needed)").set_input_files(photo)
    page.get_by_label("What is to be seen (English)").fill(WORDS)
    page.get_by_role("button", name="Hang it up").click()
    page.wait_for_url("**/edit/")
    assert len(hung(cast, drawn)) == 1
    page.goto(address(live_server, drawn, "list/"))
    is_loaded(page.get_by_role("img", name=WORDS))
    page.goto(address(live_server, drawn, f"edit/{step.id}/{ROW}/"))
    page.locator("summary", has_text="Change the picture").click()
    if script:
        axe(page)
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(sideways) == 0
    page.get_by_role("button", name="Take it down").click()
    page.wait_for_url("**/edit/")
    assert not hung(cast, drawn)


@pytest.mark.scenario("AC15")
@pytest.mark.parametrize("width", [1440, 390])
def test_a_guest_sees_the_pictures_of_the_rows_that_the_link_shows(
    new_page: Callable[..., Page], live_server: Any, cast: Cast, drawn: Journey, axe: Axe,
    width: int,
) -> None:  # fmt: skip
    cache.clear()
    hang(cast, drawn)
    hang(cast, drawn, "backstage", "The safe behind the desk")
    made = share_journey(drawn, Wanted(["customer_action", ROW]), by=cast.aino.actor)
    guest = new_page(width=width)
    guest.goto(f"{live_server.url}/m/{made.secret}")
    is_loaded(guest.get_by_role("img", name=WORDS))
    assert "The safe" not in guest.content()
    axe(guest)


def test_a_typical_customer_gets_a_picture_in_place_of_the_figure(
    page: Page, live_server: Any, cast: Cast, photo: Path, axe: Axe
) -> None:
    family: Persona = make("persona", cast.aino.actor, label="The rainy Sunday family")
    signed_in(page, cast.aino, live_server)
    page.goto(f"{live_server.url}/w/museum/personas/{family.code}/")
    page.get_by_role("link", name="Add a picture").click()
    page.get_by_label("Picture (needed)").set_input_files(photo)
    page.get_by_label("What is to be seen (English)").fill("Rubber boots")
    axe(page)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/{family.code}/#card")
    is_loaded(page.get_by_role("img", name="Rubber boots"))
    axe(page)
    page.goto(f"{live_server.url}/w/museum/personas/cards/")
    is_loaded(page.get_by_role("img", name="Rubber boots"))
    axe(page)
