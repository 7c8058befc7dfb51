"""The wall in a real browser: nothing overlaps, cards are tied by hand and by keys alone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from polku.kernel.actor import Actor
from polku.kernel.links import ties_of
from polku.kernel.models import Link
from tests.browser.examples import OLGA, PASSWORD
from tests.browser.hands import step_to
from tests.cast import Cast, Person, gather, make

# Boxes of cards and of the lines of their labels, in user units, and who lies on whom
MEASURE = """() => {
  const svg = document.querySelector('svg.wall-picture')
  const box = one => { const b = one.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height] }
  const cards = [...svg.querySelectorAll('.wall-card')].map(card => ({
    code: card.dataset.card, paper: box(card.querySelector('.wall-paper')),
    text: box(card.querySelector('text')),
    lines: [...card.querySelectorAll('tspan')].map(line => line.getComputedTextLength()),
  }))
  const heads = [...svg.querySelectorAll('.wall-head')].map(head => ({ code: head.textContent,
    paper: box(head) }))
  const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
  const all = [...cards, ...heads]
  const clashes = []
  all.forEach((one, n) => all.slice(0, n).forEach(other =>
    overlap(one.paper, other.paper) && clashes.push(`${one.code} on ${other.code}`)))
  const outside = cards.filter(c => c.text[0] < c.paper[0] || c.text[2] > c.paper[2]
    || c.text[1] < c.paper[1] || c.text[3] > c.paper[3])
    .map(c => [c.code, c.text, c.paper].join(" "))
  // Threads: no point of one lies on a card, but for its ends
  const behind = []
  for (const path of svg.querySelectorAll('.wall-thread > path[id]')) {
    const long = path.getTotalLength()
    for (let at = 6; at < long - 6; at += 5) {
      const p = path.getPointAtLength(at)
      const hit = cards.find(c => p.x > c.paper[0] + 1 && p.x < c.paper[2] - 1
        && p.y > c.paper[1] + 1 && p.y < c.paper[3] - 1)
      if (hit) { behind.push(`${path.parentNode.dataset.ends} behind ${hit.code}`); break }
    }
  }
  const paths = [...svg.querySelectorAll('.wall-thread > path[id]')].map(p => p.getAttribute('d'))
  return { cards: cards.length, clashes, outside, behind, threads: paths.length,
    distinct: new Set(paths).size }
}"""

WIDTH = "document.querySelector('svg.wall-picture').getBoundingClientRect().width"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Two services, a goal and a group; nothing is tied yet but one service to the goal."""
    found = gather()
    by = found.aino.actor
    make("service_product", by, name="School visit", managed_state="live")
    make("service_product", by, name="Audio guide", managed_state="idea")
    make("strategy_goal", by, statement="Every child comes twice")
    make("segment", by, name="School classes")
    return found


def come_in(page: Page, server: str, who: Person, query: str = "") -> None:
    """Sign in without the form, and open the wall."""
    cookie = who.client().cookies["polku_session"]
    page.context.add_cookies([{"name": "polku_session", "value": cookie.value, "url": server}])
    page.goto(f"{server}/w/museum/services/wall/{query}")


def card(page: Page, name: str) -> Any:
    return page.locator(".wall-card", has_text=name)


def drag(page: Page, start: Any, end: Any) -> None:
    """By the mouse, in steps, as a hand would."""
    first, last = start.bounding_box(), end.bounding_box()
    page.mouse.move(first["x"] + 30, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + 20, last["y"] + 10, steps=6)
    page.mouse.move(last["x"] + 30, last["y"] + last["height"] / 2, steps=3)
    page.mouse.up()


def test_dragging_a_card_onto_another_ties_the_two(
    page: Page, live_server: Any, cast: Cast
) -> None:
    come_in(page, live_server.url, cast.aino)
    drag(page, card(page, "School visit"), card(page, "Every child"))
    expect(page.get_by_role("heading", name="School visit serves the goal")).to_be_visible()
    assert page.get_by_label("serves the goal").input_value() == "GOAL-1"
    page.get_by_label("Why").fill("They told us")
    page.get_by_role("button", name="Tie it").click()
    expect(page.get_by_role("status").first).to_contain_text("Tied: School visit serves the goal")
    link = Link.objects.get()
    assert (link.kind, link.why) == ("L01", "They told us")


def test_a_card_that_fits_no_way_is_refused_with_the_reason(
    page: Page, live_server: Any, cast: Cast
) -> None:
    come_in(page, live_server.url, cast.aino)
    drag(page, card(page, "Every child"), card(page, "School classes"))
    expect(page.get_by_text("Nothing ties these two kinds of thing")).to_be_visible()
    assert not Link.objects.exists()


def test_a_press_without_dragging_opens_the_card(page: Page, live_server: Any, cast: Cast) -> None:
    come_in(page, live_server.url, cast.aino)
    card(page, "School visit").get_by_role("link", name="School visit ·").click()
    expect(page.get_by_role("heading", name="School visit", exact=True)).to_be_visible()


def test_keys_alone_tie_two_cards(
    page: Page, live_server: Any, cast: Cast, axe: Callable[[Page], None]
) -> None:
    come_in(page, live_server.url, cast.aino)
    card(page, "Audio guide").locator("a").first.focus()
    page.keyboard.press("Tab")
    plus = page.get_by_role("link", name="Tie Audio guide to…")
    expect(plus).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tie Audio guide to…")).to_be_visible()
    axe(page)
    step_to(page, page.get_by_label("To which card?"), "GOAL-1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Audio guide serves the goal")).to_be_visible()
    page.get_by_label("Why").focus()
    page.keyboard.type("Children listen")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("Tied: Audio guide serves the goal")
    assert [tie.kind.code for tie in ties_of(cast.aino.actor, _service(cast))] == ["L01"]


def _service(cast: Cast) -> Any:
    from polku.portfolio.models import ServiceProduct

    return ServiceProduct.objects.get(workspace=cast.museum, code="SRV-2")


def test_arrows_walk_from_card_to_card(page: Page, live_server: Any, cast: Cast) -> None:
    come_in(page, live_server.url, cast.aino)
    expect(page.get_by_role("button", name="Larger")).to_be_visible()  # the keys are heard now
    first = page.locator(".wall-card").nth(0)
    first.locator("a").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('[data-card]') !== null")
    expect(first.locator("a").first).not_to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(first.locator("a").first).to_be_focused()


def test_the_picture_grows_and_shrinks(page: Page, live_server: Any, cast: Cast) -> None:
    come_in(page, live_server.url, cast.aino)
    wide = page.locator("svg.wall-picture").bounding_box()["width"]
    page.get_by_role("button", name="Larger").click()
    page.wait_for_function(f"wide => {WIDTH} > wide * 1.2", arg=wide)
    larger = page.locator("svg.wall-picture").bounding_box()["width"]
    page.get_by_role("button", name="All of it").click()
    page.wait_for_function(f"larger => {WIDTH} < larger", arg=larger)


def test_a_reader_can_drag_nothing(page: Page, live_server: Any, cast: Cast) -> None:
    come_in(page, live_server.url, cast.liisa)
    expect(page.locator(".wall-tie")).to_have_count(0)
    drag(page, card(page, "School visit"), card(page, "Every child"))
    assert page.url.endswith("/services/wall/")


def test_nothing_overlaps_on_the_wall_of_norrvik(
    new_page: Callable[..., Page], live_server: Any, olga: Actor, axe: Callable[[Page], None]
) -> None:
    for scheme in ("light", "dark"):
        page = new_page(color_scheme=scheme)
        page.goto(f"{live_server.url}/accounts/login/")
        page.locator('input[name="login"]').fill(OLGA)
        page.locator('input[name="password"]').fill(PASSWORD)
        page.locator('main button[type="submit"]').click()
        page.wait_for_url("**/w/**")
        for query in ("", "?start=SRV-1&far=2", "?of=strategy_goal&far=1"):
            page.goto(f"{live_server.url}/w/norrvik/services/wall/{query}")
            found = page.evaluate(MEASURE)
            assert found["cards"] > 12
            assert found["clashes"] == []
            assert found["outside"] == []
            assert found["behind"] == []
            assert found["distinct"] == found["threads"] > 15
        axe(page)
        page.goto(f"{live_server.url}/w/norrvik/services/SRV-1/")
        page.locator(".nearby svg").wait_for()
        found = page.evaluate(MEASURE)
        assert found["clashes"] == []
        assert found["outside"] == []
        axe(page)


def test_on_a_phone_the_wall_scrolls_in_its_own_frame(
    phone: Page, live_server: Any, cast: Cast, axe: Callable[[Page], None]
) -> None:
    come_in(phone, live_server.url, cast.aino)
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    axe(phone)
    expect(phone.get_by_role("link", name="Tie School visit to…")).to_be_visible()


def test_without_script_the_wall_is_read_and_cards_are_tied(
    new_page: Callable[..., Page], live_server: Any, cast: Cast
) -> None:
    page = new_page(java_script_enabled=False)
    come_in(page, live_server.url, cast.aino)
    expect(page.locator("[data-zoom]")).to_be_hidden()
    page.get_by_label("Start from").fill("every child")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="The wall around Every child")).to_be_visible()
    page.get_by_role("link", name="Tie Every child comes twice to…").click()
    page.get_by_label("To which card?").select_option("SRV-1")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Tie it")).to_be_visible()
