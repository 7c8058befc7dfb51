"""What every answer says to the browser, and what no page holds."""

import json
import re

import pytest

from tests.access.cases import cases_of
from tests.access.people import browser_of
from tests.access.routes import routes
from tests.access.world import World
from tests.security.pages import Walks, inline, is_html

pytestmark = pytest.mark.django_db

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
# Web pages of things lead outside; their texts are the world's own
OUTSIDE = ("https://zqx",)


@pytest.mark.parametrize("role", ["admin", "co_creator", "link", "anonymous"])
def test_every_page_carries_the_policy_and_holds_no_code(walked: Walks, role: str) -> None:
    wrong, seen = [], 0
    for path, answer in walked(role).answers:
        assert answer.broke is None, (path, answer.broke)
        if not is_html(answer):
            continue
        seen += 1
        heads = answer.headers
        if heads.get("Content-Security-Policy") != POLICY:
            wrong.append(f"{path}: {heads.get('Content-Security-Policy')}")
        if heads.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
            wrong.append(f"{path}: Referrer-Policy {heads.get('Referrer-Policy')}")
        if heads.get("X-Content-Type-Options") != "nosniff" or heads["X-Frame-Options"] != "DENY":
            wrong.append(f"{path}: framing or sniffing")
        wrong += [f"{path}: {each}" for each in inline(answer, allowed=OUTSIDE)]
    assert seen > 40
    assert not wrong, "\n".join(wrong)


def test_pages_of_a_workspace_are_not_kept_on_the_way(walked: Walks) -> None:
    """The file of a picture may stay with its reader: what a number names never changes."""
    pictures = 0
    for path, answer in walked("admin").answers:
        if path.startswith("/w/museum/") and answer.status == 200:
            is_picture = answer.headers["Content-Type"] == "image/webp"
            wanted = {"private", "immutable" if is_picture else "no-cache"}
            said = set(re.split(r",\s*", answer.headers.get("Cache-Control", "")))
            assert wanted <= said, path
            pictures += is_picture
    assert pictures == 1


def test_no_address_is_told_by_a_link(world: World) -> None:
    """The secret leaves the address at once, and the page behind it sends no referrer."""
    holder, path = browser_of(world, "anonymous"), f"/m/{world.link_secret}"
    taken = holder.ask("GET", path)
    assert taken.status == 302
    assert taken.leads_to == "/m/open/"
    assert taken.headers["Referrer-Policy"] == "no-referrer"
    cookie = taken.cookies["polku_link"]
    assert all(word in cookie for word in ("HttpOnly", "Path=/m/", "SameSite=Lax"))
    shown = browser_of(world, "link").ask("GET", "/m/open/")
    assert shown.status == 200
    assert world.link_secret not in shown.text
    assert shown.headers["Referrer-Policy"] == "no-referrer"


def test_opening_a_link_uses_nothing_up(world: World) -> None:
    from polku.kernel.models import MagicLink
    from tests.access.canaries import Side

    holder = browser_of(world, "link")
    for _time in range(7):
        assert holder.ask("GET", "/m/open/", keep=True).status == 200
    assert MagicLink.objects.get(pk=world.numbers[Side.INSIDE]["magic_link"]).uses == 0


# What reading may note: who was seen when, that somebody took a file, the session itself, and what
# allauth copies of an account when it first meets it
NOTED = re.compile(
    r"^(INSERT INTO|UPDATE|DELETE FROM) "
    r'"(django_session|audit_event|membership|account_emailaddress)"'
)


@pytest.mark.parametrize("role", ["admin", "co_creator", "anonymous"])
def test_reading_changes_nothing(walked: Walks, role: str) -> None:
    found = walked(role)
    assert len(found.answers) > 100
    assert [sql[:200] for sql in found.writes if not NOTED.match(sql)] == []


FILES = (":export", "_sheet", ":picture_file")


def test_the_api_speaks_json_and_says_so(world: World) -> None:
    browser = browser_of(world, "admin")
    for route in routes():
        case = next(iter(cases_of(world, route, outcome=True)), None)
        if route.method != "GET" or case is None or route.name.endswith(FILES):
            continue
        answer = browser.ask("GET", case.path)
        kind = answer.headers["Content-Type"].split(";")[0]
        wanted = "application/json" if answer.status == 200 else "application/problem+json"
        assert kind == wanted, case.path
        json.loads(answer.text)


def test_files_leave_under_names_of_ours(world: World) -> None:
    browser = browser_of(world, "admin")
    for form in ("csv", "xlsx", "json"):
        for path in ("/w/museum/export/services/", "/w/museum/export/"):
            answer = browser.ask("GET", path, {"format": form})
            assert answer.status == 200
            name = answer.headers["Content-Disposition"]
            assert re.fullmatch(r'attachment; filename="[a-z0-9.-]+"', name), name
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
