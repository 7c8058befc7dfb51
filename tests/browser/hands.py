"""Hands that wait: nothing is pressed, written or pointed at before the page listens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from weakref import WeakSet

import pytest
from playwright.sync_api import Locator, Page

# A page listens once all of it is there, its modules said so, and what came later has been taken
# in: a hand that is quicker, as no person's is, would press on what does nothing yet.
LISTENS = """() => document.readyState === 'complete'
    && (!document.querySelector('script[type=module][src*="/js/page"]')
        || document.documentElement.dataset.ready !== undefined)
    && !document.querySelector('.htmx-swapping, .htmx-settling, .htmx-added')"""

OF_LOCATORS = (
    "check", "click", "dblclick", "drag_to", "fill", "focus", "hover", "press",
    "press_sequentially", "select_option", "set_checked", "set_input_files", "tap", "uncheck",
)  # fmt: skip
OF_KEYS = ("press", "type", "down")
OF_MOUSE = ("click", "dblclick", "down", "move")
WITHOUT_SCRIPT: WeakSet[Page] = WeakSet()


def wait_until_heard(page: Page) -> None:
    """Until the page listens; one without scripts has nothing to wait for."""
    if page not in WITHOUT_SCRIPT:
        page.wait_for_function(LISTENS)


def patient(page: Page) -> None:
    """Let what is done by keys and mouse wait, and who opens an address."""
    for hand, deeds in ((page.keyboard, OF_KEYS), (page.mouse, OF_MOUSE)):
        for deed in deeds:
            setattr(hand, deed, _later(page, getattr(hand, deed)))
    goto = page.goto

    def open_address(*address: Any, **more: Any) -> Any:
        answer = goto(*address, **more)
        wait_until_heard(page)
        return answer

    page.goto = open_address  # type: ignore[method-assign]


@contextmanager
def patient_locators() -> Iterator[None]:
    """Let what is done to a part of a page wait."""
    with pytest.MonkeyPatch.context() as patch:
        for deed in OF_LOCATORS:
            patch.setattr(Locator, deed, _of_part(getattr(Locator, deed)))
        yield


def step_to(page: Page, choice: Locator, value: str) -> None:
    """Choose by the arrow alone: letters that come slowly would begin a new word each."""
    choice.focus()
    page.keyboard.press("Home")
    for _option in range(choice.locator("option").count()):
        if choice.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    assert choice.input_value() == value


def _later(page: Page, deed: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(deed)
    def waiting(*said: Any, **more: Any) -> Any:
        wait_until_heard(page)
        return deed(*said, **more)

    return waiting


def _of_part(deed: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(deed)
    def waiting(part: Locator, *said: Any, **more: Any) -> Any:
        wait_until_heard(part.page)
        return deed(part, *said, **more)

    return waiting
