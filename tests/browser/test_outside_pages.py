"""Pages outside a workspace, in a real browser: signing in and its second step, one's own settings,
what anybody may read. A new one walks along by itself, or says with which example it is looked at.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from polku.kernel.actor import Actor
from polku.tenancy.models import UserAccount
from tests.browser.addresses import Stop
from tests.browser.examples import OLGA, PASSWORD
from tests.browser.test_every_page import LANGUAGES, PHONES, check, opened, sideways, sign_in, speak

type Axe = Callable[[Page], None]

# What is no page, or is looked at where somebody comes to it: by a link, on an empty server
ELSEWHERE = {
    "set_language", "first_run", "link_open", "link_picture", "link_take", "mails_stop",
    "offering_open",
    "account_logout", "account_confirm_email", "account_reset_password_from_key",
}  # fmt: skip
PLACES = {"offering_range": {"place": "norrvik"}}
WITHOUT_ONE = {"mfa_index", "mfa_activate_totp", "mfa_reauthenticate"}
LOOKED_AT = {
    "account_login", "account_reset_password", "account_request_login_code", "offering_range",
    "person_settings", "account_change_password", "account_reauthenticate", "mfa_index",
    "mfa_authenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def outside() -> list[Stop]:
    """Every page that stands under no workspace, with a believable address."""
    found: dict[str, Stop] = {}
    for name, parts in _routes(get_resolver().url_patterns, frozenset()):
        if name in ELSEWHERE or name in found:
            continue
        example = PLACES.get(name, {})
        assert parts - {"lang"} <= set(example), f"{name} needs an example to be looked at"
        found[name] = Stop(name, reverse(name, kwargs=example))
    return list(found.values())


def _routes(patterns: list[Any], above: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for pattern in patterns:
        if str(pattern.pattern) == "api/":
            continue  # its one page for people has a test of its own
        parts = above | set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, parts)
        elif isinstance(pattern, URLPattern) and pattern.name and "workspace" not in parts:
            yield pattern.name, parts


def switch_on_second_step() -> None:
    olga = UserAccount.objects.get(email=OLGA)
    TOTP.activate(olga, generate_totp_secret())
    RecoveryCodes.activate(olga)


def each(page: Page, server: str, problems: list[str]) -> Iterator[Stop]:
    """As a visitor, then as Olga without a second step, then with one, then half-way in."""
    found = outside()
    second = [stop for stop in found if stop.name.startswith("mfa_")]
    first = [stop for stop in found if stop not in second or stop.name in WITHOUT_ONE]
    yield from opened(page, server, first, problems)
    sign_in(page, server, OLGA)
    page.goto(f"{server}/accounts/reauthenticate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form .button-primary").click()
    page.wait_for_url("**/w/**")
    yield from opened(page, server, first, problems)
    switch_on_second_step()
    yield from opened(page, server, second, problems)
    page.context.clear_cookies()
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Mail address").fill(OLGA)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/2fa/authenticate/")
    yield Stop("mfa_authenticate", "/accounts/2fa/authenticate/")


@pytest.mark.slow
def test_axe_finds_nothing_outside_a_workspace(
    live_server: Any, page: Page, axe: Axe, olga: Actor
) -> None:
    problems: list[str] = []
    seen = set()
    for stop in each(page, live_server.url, problems):
        seen.add(stop.name)
        check(page, stop, problems, axe)
        if (over := sideways(page)) > 0:
            problems.append(f"{stop.name} ({stop.path}) is {over} px too wide at 1440")
    assert seen >= LOOKED_AT
    assert not problems, "\n".join(problems)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_they_fit_a_telephone_in_every_language(
    live_server: Any, new_page: Callable[..., Page], axe: Axe, olga: Actor, lang: str
) -> None:
    page = new_page(width=PHONES[0], color_scheme="dark")
    problems: list[str] = []
    for stop in each(page, live_server.url, problems):
        speak(page, live_server.url, lang)
        page.reload()
        for width in PHONES:
            page.set_viewport_size({"width": width, "height": 844})
            if (over := sideways(page)) > 0:
                problems.append(f"{stop.name} ({stop.path}) is {over} px too wide, {lang}, {width}")
        page.context.clear_cookies(name="polku_language")
    assert not problems, "\n".join(problems)
