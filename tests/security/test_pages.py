"""What every answer says to the browser, and what no page holds."""

import re

import pytest

from tests.access.people import browser_of
from tests.access.world import World
from tests.security.pages import inline, is_html, pages

pytestmark = pytest.mark.django_db

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
# Web pages of things lead outside; their texts are the world's own
OUTSIDE = ("https://zqx",)


@pytest.mark.parametrize("role", ["admin", "co_creator", "link", "anonymous"])
def test_every_page_carries_the_policy_and_holds_no_code(world: World, role: str) -> None:
    wrong, seen = [], 0
    for path, answer in pages(world, role):
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


def test_pages_of_a_workspace_are_not_kept_on_the_way(world: World) -> None:
    for path, answer in pages(world, "admin"):
        if path.startswith("/w/museum/") and answer.status == 200:
            assert {"private", "no-cache"} <= set(
                re.split(r",\s*", answer.headers.get("Cache-Control", ""))
            ), path


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
