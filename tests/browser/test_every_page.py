"""Every page, in a real browser: axe, no sideways scroll, four languages, both widths, print."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Error, Page

from polku.kernel.actor import Actor
from tests.browser.addresses import Stop, stops
from tests.browser.examples import OLGA, PASSWORD

LANGUAGES = ("fi", "pl", "ru")
PHONES = (390, 320)
PARTS = 4  # each a test of its own, so that two workers share the longest walks


def sign_in(page: Page, server: str, email: str) -> None:
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/w/**")


def speak(page: Page, server: str, lang: str) -> None:
    page.context.add_cookies([{"name": "polku_language", "value": lang, "url": server}])


def opened(page: Page, server: str, found: list[Stop], problems: list[str]) -> Iterator[Stop]:
    """One after the other what opens as a page; a file, or an answer to a button, is none."""
    for stop in found:
        answer = answer_at(page, server + stop.path)
        if answer is None:
            continue
        if answer.status not in {200, 405}:
            problems.append(f"{stop.path}: {answer.status}")
        is_html = answer.headers.get("content-type", "").startswith("text/html")
        if answer.status == 200 and is_html and answer.request.redirected_from is None:
            yield stop


def answer_at(page: Page, url: str) -> Any:
    """What the server answers; nothing where a file is handed over."""
    try:
        return page.goto(url)
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return None


def check(page: Page, stop: Stop, problems: list[str], axe: Callable[[Page], None]) -> None:
    """Note what axe says."""
    try:
        axe(page)
    except AssertionError as error:
        problems.append(f"{stop.name}: {error}")


def sideways(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def one_of_each(found: list[Stop]) -> list[Stop]:
    """Pages of one template once: the walk in other languages looks at layouts, not at rows."""
    seen: dict[str, Stop] = {}
    for stop in found:
        kind, _under, view = stop.name.partition("_")
        key = stop.name if kind in {"service", "home", "settings", "import"} else view or kind
        seen.setdefault(key, stop)
    return list(seen.values())


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    live_server: object, page: Page, axe: Callable[[Page], None], olga: Actor, part: int
) -> None:
    server = str(live_server.url)  # type: ignore[attr-defined]
    sign_in(page, server, OLGA)
    found = stops(olga)
    assert len(found) > 60
    problems: list[str] = []
    for stop in opened(page, server, found[part::PARTS], problems):
        check(page, stop, problems, axe)
        if (over := sideways(page)) > 0:
            problems.append(f"{stop.name} ({stop.path}) is {over} px too wide at 1440")
    assert not problems, "\n".join(problems)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_fit_a_telephone_in_every_language(
    live_server: object, new_page: Callable[..., Page], olga: Actor, lang: str
) -> None:
    server = str(live_server.url)  # type: ignore[attr-defined]
    page = new_page(width=PHONES[0])
    sign_in(page, server, OLGA)
    speak(page, server, lang)
    problems: list[str] = []
    for stop in opened(page, server, one_of_each(stops(olga)), problems):
        if page.locator("html").get_attribute("lang") != lang:
            problems.append(f"{stop.name} does not speak {lang}")
        for width in PHONES:
            page.set_viewport_size({"width": width, "height": 844})
            if (over := sideways(page)) > 0:
                problems.append(f"{stop.name} ({stop.path}) is {over} px too wide, {lang}, {width}")
    assert not problems, "\n".join(problems)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(2))
def test_dark_pages_pass_axe_too(
    live_server: object, new_page: Callable[..., Page], axe: Callable[[Page], None], olga: Actor,
    part: int,
) -> None:  # fmt: skip
    server = str(live_server.url)  # type: ignore[attr-defined]
    page = new_page(color_scheme="dark")
    sign_in(page, server, OLGA)
    problems: list[str] = []
    for stop in opened(page, server, one_of_each(stops(olga))[part::2], problems):
        check(page, stop, problems, axe)
    assert not problems, "\n".join(problems)
