"""Every page that opens, and what a page may not hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.browsing import Answer
from tests.access.cases import cases_of
from tests.access.people import browser_of
from tests.access.routes import routes
from tests.access.world import World

SKIPPED = frozenset({"api_missing"})


def pages(world: World, role: str) -> Iterator[tuple[str, Answer]]:
    """(path, answer) of each address that is no operation of the API, read by *role*."""
    browser = browser_of(world, role)
    for route in routes():
        if route.method or route.name in SKIPPED:
            continue
        case = next(iter(cases_of(world, route, outcome=True)), None)
        if case is not None:
            yield case.path, browser.ask("GET", case.path)


@dataclass(frozen=True)
class Walk:
    """What one reader was answered at each address, and what reading wrote."""

    answers: list[tuple[str, Answer]]
    writes: list[str]


type Walks = Callable[[str], Walk]


def walk(world: World, role: str) -> Walk:
    """Read every page."""
    with CaptureQueriesContext(connection) as seen:
        answers = list(pages(world, role))
    texts = [query["sql"] for query in seen.captured_queries]
    return Walk(answers, [sql for sql in texts if sql.startswith(("INSERT", "UPDATE", "DELETE"))])


def is_html(answer: Answer) -> bool:
    """Whether a browser would show it as a page."""
    return answer.headers.get("Content-Type", "").startswith("text/html")


class Finder(HTMLParser):
    """Collects what our policy would refuse: code and styles inside the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Scripts without an address, styles, handlers of events, addresses that are code."""
        given = dict(attrs)
        data = given.get("type") in {"application/json", "importmap"}
        if tag == "style" or (tag == "script" and not given.get("src") and not data):
            self.found.append(f"<{tag}> inside the page")
        for name, value in attrs:
            text = (value or "").strip().lower()
            if name.startswith("on") or name == "style" or name in {"hx-on", "srcdoc"}:
                self.found.append(f"<{tag} {name}>")
            if name in {"href", "src", "action", "formaction"} and text.startswith(
                ("javascript:", "data:text", "vbscript:", "//", "http:", "https:")
            ):
                self.found.append(f"<{tag} {name}={text[:60]}>")
        if tag in {"iframe", "object", "embed", "base"}:
            self.found.append(f"<{tag}>")


def inline(answer: Answer, *, allowed: tuple[str, ...] = ()) -> list[str]:
    """What stands in a page and may not; links of data to outside are *allowed* by their start."""
    finder = Finder()
    finder.feed(answer.text)
    return [each for each in finder.found if not any(start in each for start in allowed)]
