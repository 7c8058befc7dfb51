"""Every page, in a real browser: axe, no sideways scroll, four languages, both widths, print."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from polku.examples.loading import load_examples
from polku.kernel.actor import Actor, actor_of
from polku.tenancy.models import Membership
from tests.browser.addresses import Stop, stops

PASSWORD = "the long way round the bay"
LANGUAGES = ("fi", "pl", "ru")


@pytest.fixture
def olga(transactional_db: None) -> Actor:
    """Olga of Norrvik IT, with both example workspaces made."""
    load_examples(password=PASSWORD)
    rows = Membership.objects.select_related("user", "workspace")
    return actor_of(rows.get(workspace__slug="norrvik", user__name__startswith="Olga"))


def sign_in(page: Page, server: str, email: str) -> None:
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/w/**")


def email_of(actor: Actor) -> str:
    return Membership.objects.get(pk=actor.membership_id).user.email


def speak(page: Page, server: str, lang: str) -> None:
    page.context.add_cookies([{"name": "polku_language", "value": lang, "url": server}])


def is_page(page: Page, url: str, problems: list[str]) -> bool:
    """Whether a page answers there; a file, or an answer to a button, is none."""
    answer = page.request.get(url, max_redirects=0)
    if answer.status not in {200, 302, 405}:
        problems.append(f"{url}: {answer.status}")
    is_html = answer.headers.get("content-type", "").startswith("text/html")
    return answer.status == 200 and is_html


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
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    live_server: object, page: Page, axe: Callable[[Page], None], olga: Actor
) -> None:
    server = str(live_server.url)  # type: ignore[attr-defined]
    sign_in(page, server, email_of(olga))
    found = stops(olga)
    assert len(found) > 60
    problems = []
    for stop in found:
        if not is_page(page, server + stop.path, problems):
            continue
        page.goto(server + stop.path)
        try:
            axe(page)
        except AssertionError as error:
            problems.append(str(error))
        if (over := sideways(page)) > 0:
            problems.append(f"{stop.name} ({stop.path}) is {over} px too wide at 1440")
    assert not problems, "\n".join(problems)


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 320])
def test_pages_fit_a_telephone_in_every_language(
    live_server: object, new_page: Callable[..., Page], olga: Actor, width: int
) -> None:
    server = str(live_server.url)  # type: ignore[attr-defined]
    page = new_page(width=width)
    sign_in(page, server, email_of(olga))
    problems = []
    for lang in LANGUAGES:
        speak(page, server, lang)
        for stop in one_of_each(stops(olga)):
            if not is_page(page, server + stop.path, problems):
                continue
            page.goto(server + stop.path)
            if page.locator("html").get_attribute("lang") != lang:
                problems.append(f"{stop.name} does not speak {lang}")
            if (over := sideways(page)) > 0:
                problems.append(f"{stop.name} ({stop.path}) is {over} px too wide, {lang}, {width}")
    assert not problems, "\n".join(problems)


@pytest.mark.slow
def test_dark_pages_pass_axe_too(
    live_server: object, new_page: Callable[..., Page], axe: Callable[[Page], None], olga: Actor
) -> None:
    server = str(live_server.url)  # type: ignore[attr-defined]
    page = new_page(color_scheme="dark")
    sign_in(page, server, email_of(olga))
    problems = []
    for stop in one_of_each(stops(olga)):
        if not is_page(page, server + stop.path, problems):
            continue
        page.goto(server + stop.path)
        try:
            axe(page)
        except AssertionError as error:
            problems.append(str(error))
    assert not problems, "\n".join(problems)
