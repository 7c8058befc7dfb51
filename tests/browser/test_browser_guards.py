"""The guards of the browser tests guard: each is shown a page that must fail."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.guard import watch

POLICY = {"Content-Security-Policy": "default-src 'self'", "Content-Type": "text/html"}
WIDTH = '<meta name="viewport" content="width=device-width">'
SOUND = """<!doctype html><html lang="en"><head><title>A page</title></head>
<body><main><h1>A page</h1></main></body></html>"""


def serve(page: Page, html: str) -> None:
    """Show `html` under the product's policy, from an address that no server has."""

    def answer(route: Route) -> None:
        route.fulfill(body=html, headers=POLICY)

    page.route("http://polku.test/", answer)
    page.goto("http://polku.test/")


def test_axe_runs_under_the_policy_and_passes_a_sound_page(
    page: Page, axe: Callable[[Page], None]
) -> None:
    serve(page, SOUND)
    axe(page)


def test_axe_names_what_it_found(page: Page, axe: Callable[[Page], None]) -> None:
    serve(page, SOUND.replace("<h1>", "<button></button><h1>"))
    with pytest.raises(AssertionError, match="button-name"):
        axe(page)


@pytest.mark.parametrize(
    ("breach", "sign"),
    [
        ("<script>document.title = 'x'</script>", "inline script"),
        ("<p style='color: red'>x</p>", "inline style"),
    ],
)
def test_a_breach_of_the_policy_is_a_complaint(browser: Browser, breach: str, sign: str) -> None:
    complaints: list[str] = []
    page = browser.new_page()
    watch(page, complaints)
    serve(page, SOUND.replace("<h1>", f"{breach}<h1>"))
    page.context.close()
    assert any("Content Security Policy" in line and sign in line for line in complaints), (
        complaints
    )


def test_the_phone_is_as_wide_as_a_phone(phone: Page) -> None:
    serve(phone, SOUND.replace("<head>", f"<head>{WIDTH}"))
    assert phone.evaluate("() => window.innerWidth") == 390
