"""A journey drawn by keys alone, read on a telephone and without script, with a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from polku.journeys.documents import JourneyDoc, read_document
from polku.journeys.models import Journey
from polku.journeys.operations import add_stage, add_step, write_step, write_text
from tests.browser.test_edit_in_place import signed_in
from tests.cast import Cast, gather, make

Axe = Callable[[Page], None]
STEPS = ("Hears", "Books", "Gets ticket", "Arrives", "Enters", "Visits", "Says")


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast where the server's own thread sees it too."""
    return gather()


@pytest.fixture
def empty(cast: Cast) -> Journey:
    found: Journey = make("journey", cast.aino.actor, name={"en": "I visit with children"})
    return found


@pytest.fixture
def drawn(cast: Cast, empty: Journey) -> Journey:
    """Two stages, three steps, one text."""
    by = cast.aino.actor
    before = add_stage(empty, values={"name": "Before"}, by=by)
    there = add_stage(empty, values={"name": "There"}, by=by)
    books = add_step(empty, before.pk, values={"name": "Books"}, by=by)
    add_step(empty, there.pk, values={"name": "Arrives"}, by=by)
    add_step(empty, there.pk, values={"name": "Enters"}, by=by)
    write_text(empty, books.pk, "frontstage", "takes the money", by=by)
    write_step(empty, books.pk, {"emotion_assumed": -1, "emotion_target": 1}, by=by)
    return empty


def now(cast: Cast, journey: Journey) -> JourneyDoc:
    return read_document(cast.aino.actor, Journey.objects.get(pk=journey.pk))


def address(server: Any, journey: Journey, page: str = "") -> str:
    return f"{server.url}/w/museum/journeys/{journey.code}/{page}"


def names(page: Page) -> list[str]:
    return page.locator("#journey-grid th[draggable] > a:first-child").all_inner_texts()


def cell(page: Page, row: str, place: int) -> Locator:
    return page.locator(f"#journey-grid tr[data-row={row}] > [id]").nth(place)


def area(page: Page) -> Locator:
    return page.locator(".cell-open textarea")


def settled(page: Page) -> None:
    """Until the server has all that was written."""
    expect(page.locator(".cell-unsaved")).to_have_count(0)
    expect(page.locator("#journey-saved")).to_contain_text("Saved")


def write(page: Page, text: str, key: str = "Control+Enter") -> None:
    expect(area(page)).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press(key)


@pytest.mark.scenario("AC10", part="journey-by-keys")
def test_seven_steps_are_drawn_moved_undone_and_printed_by_keys_alone(
    page: Page, live_server: Any, cast: Cast, empty: Journey, axe: Axe
) -> None:
    signed_in(page, cast.aino, live_server)
    page.goto(address(live_server, empty, "edit/"))
    axe(page)
    page.get_by_label("The first stage, in the customer’s words").focus()
    page.keyboard.type("Before")
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/**")
    page.goto(address(live_server, empty, "edit/"))
    first = cell(page, "name", 0)
    first.focus()
    page.keyboard.press("Enter")
    for n, name in enumerate(STEPS, 1):
        write(page, name, "Enter")
        expect(cell(page, "name", n - 1)).to_be_focused()
        expect(cell(page, "name", n - 1)).to_contain_text(f"{n} {name}")
        if n < len(STEPS):
            page.keyboard.press("Insert")
    settled(page)
    assert names(page) == [f"{n} {name}" for n, name in enumerate(STEPS, 1)]
    # Meeting points, one after the other along the row
    page.keyboard.press("Home")
    cell(page, "touchpoint", 0).focus()
    page.keyboard.press("Enter")
    for point in ("poster", "web shop", "mail"):
        write(page, point)
    page.keyboard.press("Escape")
    expect(cell(page, "touchpoint", 2)).to_contain_text("mail")
    expect(cell(page, "touchpoint", 3)).to_be_focused()
    settled(page)
    met = [[str(p.name) for p in step.touchpoints] for step in now(cast, empty).steps]
    assert met[:4] == [["poster"], ["web shop"], ["mail"], []]
    # The step over the cell moves with the cell under the keys
    page.keyboard.press("Alt+ArrowRight")
    expect(cell(page, "name", 4)).to_contain_text("5 Arrives")
    expect(cell(page, "touchpoint", 4)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(cell(page, "name", 3)).to_contain_text("4 Arrives")
    axe(page)
    page.keyboard.press("Shift+F10")
    menu = page.locator("#step-menu")
    expect(menu.get_by_role("button", name="Move left")).to_be_focused()
    axe(page)
    page.keyboard.press("Escape")
    expect(cell(page, "touchpoint", 3)).to_be_focused()
    assert [str(step.name) for step in now(cast, empty).steps] == list(STEPS)
    page.goto(f"{address(live_server, empty)}?paper=a4")
    page.emulate_media(media="print")
    expect(page.locator("table.map th.step")).to_have_count(len(STEPS))
    expect(page.locator(".topbar")).to_be_hidden()
    expect(page.get_by_role("link", name="Edit")).to_be_hidden()


def test_cells_are_walked_by_arrows_and_written_by_typing(
    page: Page, live_server: Any, cast: Cast, drawn: Journey, axe: Axe
) -> None:
    signed_in(page, cast.aino, live_server)
    page.goto(address(live_server, drawn, "edit/"))
    start = page.locator("#journey-grid [tabindex='0']")
    expect(start).to_have_count(1)
    start.focus()
    page.keyboard.press("Control+End")
    expect(page.locator("#journey-grid tbody tr[data-row]").last.locator("td").last).to_be_focused()
    page.keyboard.press("Control+Home")
    expect(cell(page, "stage", 0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell(page, "name", 1)).to_be_focused()
    page.keyboard.press("End")
    expect(cell(page, "name", 2)).to_be_focused()
    cell(page, "frontstage", 0).focus()
    page.keyboard.type("x")
    expect(area(page)).to_have_value("x")
    page.keyboard.press("Escape")
    expect(cell(page, "frontstage", 0)).to_contain_text("takes the money")
    page.keyboard.press("F2")
    expect(area(page)).to_have_value("takes the money")
    area(page).fill("takes the money, sends the ticket")
    page.keyboard.press("Control+Enter")
    settled(page)
    expect(area(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell(page, "frontstage", 1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    expect(cell(page, "frontstage", 0)).to_have_text("–")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(cell(page, "frontstage", 0)).to_contain_text("sends the ticket")
    cell(page, "experience", 0).focus()
    page.keyboard.press("Enter")
    drawer = page.locator("#journey-drawer")
    expect(drawer.get_by_role("heading", name="Experience, at 1 Books")).to_be_visible()
    axe(page)
    drawer.get_by_label("How it shall feel").select_option("2")
    drawer.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(cell(page, "experience", 0)).to_contain_text("shall be +2")
    expect(cell(page, "experience", 0)).to_be_focused()
    drawer.get_by_role("link", name="Close").press("Enter")
    expect(drawer).to_be_hidden()
    expect(cell(page, "experience", 0)).to_be_focused()


def test_a_folded_stage_is_one_cell_that_keys_pass_over_and_open(
    page: Page, live_server: Any, cast: Cast, drawn: Journey, axe: Axe
) -> None:
    by = cast.aino.actor
    last = add_stage(drawn, values={"name": "After"}, by=by)
    add_step(drawn, last.pk, values={"name": "Says"}, by=by)
    there = now(cast, drawn).stages[1].id
    signed_in(page, cast.aino, live_server)
    page.goto(address(live_server, drawn, f"edit/?fold={there}"))
    axe(page)
    folded, stage = page.locator(f"#none-{there}"), page.locator(f"#stage-{there}")
    cell(page, "frontstage", 0).focus()
    page.keyboard.press("ArrowRight")
    expect(cell(page, "frontstage", 1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    write(page, "takes the money")
    expect(area(page)).to_be_focused()
    expect(area(page)).to_have_accessible_name("We do, 4 Says")
    write(page, "listens", "Escape")
    page.keyboard.press("Control+End")
    expect(page.locator("#journey-grid tr[data-row]").last.locator("td").last).to_be_focused()
    cell(page, "name", 0).focus()
    page.keyboard.press("ArrowRight")
    expect(folded).to_be_focused()
    expect(folded.get_by_role("link", name="2 steps, folded. Unfold There")).to_be_visible()
    for key in ("ArrowDown", "Delete"):
        page.keyboard.press(key)
        expect(folded).to_be_focused()
    expect(folded).to_have_text("2 steps")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/edit/?#stage-{there}")
    expect(stage).to_be_focused()
    expect(folded).to_have_count(0)
    page.keyboard.press(" ")
    page.wait_for_url(f"**/edit/?fold={there}#stage-{there}")
    expect(stage).to_be_focused()
    expect(folded).to_have_text("2 steps")


def test_cells_come_from_a_spreadsheet_by_the_clipboard(
    page: Page, live_server: Any, cast: Cast, drawn: Journey
) -> None:
    signed_in(page, cast.aino, live_server)
    page.goto(address(live_server, drawn, "edit/"))
    cell(page, "customer_action", 0).focus()
    page.evaluate(
        """() => {
          const data = new DataTransfer()
          data.setData('text/plain', 'buys\\twalks\\tfinds the door\\tsings\\n\\tsigns')
          document.activeElement.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
        }"""
    )
    expect(cell(page, "customer_action", 3)).to_contain_text("sings")
    expect(cell(page, "expectation", 1)).to_contain_text("signs")
    assert len(now(cast, drawn).steps) == 4


def test_a_step_is_pulled_by_its_head(
    page: Page, live_server: Any, cast: Cast, drawn: Journey
) -> None:
    signed_in(page, cast.aino, live_server)
    page.goto(address(live_server, drawn, "edit/"))
    cell(page, "name", 2).drag_to(cell(page, "name", 0), target_position={"x": 8, "y": 12})
    expect(cell(page, "name", 0)).to_contain_text("1 Enters")
    assert [str(step.name) for step in now(cast, drawn).steps] == ["Enters", "Books", "Arrives"]


def test_a_journey_is_read_and_changed_step_by_step_on_a_telephone(
    phone: Page, live_server: Any, cast: Cast, drawn: Journey, axe: Axe
) -> None:
    signed_in(phone, cast.aino, live_server)
    phone.goto(address(live_server, drawn))
    phone.get_by_role("link", name="List", exact=True).click()
    expect(phone.get_by_role("heading", name="1 Books")).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name="2 Arrives ›").first.click()
    expect(phone.get_by_role("heading", name="2 Arrives")).to_be_visible()
    phone.get_by_role("link", name="Write Customer does").click()
    axe(phone)
    phone.locator("#field-customer_action-en").fill("walks from the tram")
    phone.get_by_role("button", name="Save", exact=True).first.click()
    expect(phone.get_by_role("heading", name="2 Arrives")).to_be_visible()
    expect(phone.locator(".lane", has_text="Customer does")).to_contain_text("walks from the tram")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert phone.evaluate(wide) <= 0


def test_everything_is_read_and_written_without_script(
    new_page: Callable[..., Page], live_server: Any, cast: Cast, drawn: Journey
) -> None:
    page = signed_in(new_page(java_script_enabled=False), cast.aino, live_server)
    page.goto(address(live_server, drawn))
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader", name="1 Books")).to_be_visible()
    expect(table.get_by_role("rowheader", name="We do", exact=True)).to_be_visible()
    page.goto(address(live_server, drawn, "edit/"))
    page.get_by_role("link", name="takes the money").click()
    page.get_by_label("Text (English, the first text)").fill("takes the money kindly")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator("#journey-grid")).to_contain_text("takes the money kindly")
    page.get_by_role("link", name="Move step 1 Books").click()
    page.get_by_role("button", name="Move right").click()
    expect(page.locator("#journey-grid th.step").nth(1)).to_contain_text("Books")
    assert [len(stage.steps) for stage in now(cast, drawn).stages] == [0, 3]
    page.goto(address(live_server, drawn, "edit/"))
    page.get_by_role("button", name="Undo").click()
    assert [len(stage.steps) for stage in now(cast, drawn).stages] == [1, 2]
