"""A real browser: pages at two widths, axe, and a guard on each page's console.

def test_services(page, live_server, axe):
    page.goto(f"{live_server.url}/w/norrvik/services/")
    axe(page)
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright

from tests.browser.guard import watch
from tests.browser.hands import WITHOUT_SCRIPT, patient, patient_locators, wait_until_heard
from tests.browser.traffic import Traffic
from tools.debian import CHROMIUM

if TYPE_CHECKING:
    from polku.kernel.actor import Actor

# Django refuses to touch the database while a loop of asyncio runs in the thread; the browser's
# driver keeps one there all the time, and none of our code runs in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# A busy machine is slow, not wrong: what is waited for mostly comes within a tenth of a second.
TIMEOUT = 30_000
expect.set_options(timeout=20_000)

# Only what is wrong is told at length; what axe found in order would cost as much again.
ASK_AXE = "() => axe.run({resultTypes: ['violations']}).then(found => found.violations)"

Axe = Callable[[Page], None]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    path = CHROMIUM.found()
    if path is None:
        pytest.skip("Chromium is missing (Debian's package chromium)")
    with sync_playwright() as playwright, patient_locators():
        chromium = playwright.chromium.launch(executable_path=str(path), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def traffic() -> Traffic:
    """What the server is answering."""
    return Traffic()


@pytest.fixture
def new_page(browser: Browser, traffic: Traffic) -> Iterator[Callable[..., Page]]:
    """Open a page with a cookie jar of its own, `new_page(width=390, locale="fi")`, once a person.

    The test fails at its end when the console of a page showed an error: a script that broke,
    or something that the security policy refused.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(*, width: int = DESK["width"], locale: str = "en-GB", **options: object) -> Page:
        size = PHONE if width <= PHONE["width"] else DESK
        context = browser.new_context(viewport={**size, "width": width}, locale=locale, **options)
        context.set_default_timeout(TIMEOUT)
        contexts.append(context)
        page = context.new_page()
        watch(page, complaints)
        if options.get("java_script_enabled", True):
            patient(page)
        else:
            WITHOUT_SCRIPT.add(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    traffic.wait_for_quiet()
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


def heard(page: Page, answer: Response | None = None) -> Response | None:
    """Wait until the page listens; hands do so by themselves (hands.py), eyes may have to."""
    wait_until_heard(page)
    return answer


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page as wide as a desk's screen."""
    return new_page()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A page as wide as a telephone, with touch."""
    return new_page(width=PHONE["width"], has_touch=True, is_mobile=True)


@pytest.fixture
def olga(transactional_db: None) -> "Actor":
    """Olga of Norrvik IT, with both example workspaces made."""
    from tests.browser.examples import olga_in_norrvik  # not before Django is set up

    return olga_in_norrvik()


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Fail with a readable list of what axe finds on the page, WCAG 2.2 AA and good practice."""
    import axe_playwright_python

    source = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(
        encoding="utf-8"
    )

    def check(page: Page) -> None:
        wait_until_heard(page)
        page.evaluate(source)
        found = page.evaluate(ASK_AXE)
        assert not found, f"axe on {page.url}:\n" + "\n".join(map(_describe, found))

    return check


def _describe(violation: dict[str, object]) -> str:
    places = [str(node["target"][0]) for node in violation["nodes"]]
    shown = "\n".join(f"    {place}" for place in places[:5])
    title = f"{violation['impact']}: {violation['help']} ({violation['id']}, {len(places)} places)"
    return f"  {title}\n{shown}"
