"""Coming in: no guessing, no telling who is known, no leading elsewhere, no forged forms."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test.client import ClientHandler

from polku.people.operations import invite
from polku.tenancy.models import UserAccount
from tests.access.browsing import Answer, Browser
from tests.access.cases import cases_of
from tests.access.people import browser_of
from tests.access.routes import routes
from tests.access.world import World
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db

EVIL = (
    "https://evil.example/", "//evil.example/", "/\\evil.example/", "\\\\evil.example",
    "https:evil.example", "javascript:alert(1)", "http://testserver@evil.example/", "\t//evil",
    "/%09/evil.example", "https://testserver.evil.example/",
)  # fmt: skip
# Words that differ in two answers of the same kind
ADDRESSES = re.compile(rb"[\w.]+@example\.org")


def sign_in(browser: Browser, email: str, password: str, **more: Any) -> Answer:
    body = {"login": email, "password": password, **more}
    return browser.ask("POST", "/accounts/login/", body, keep=True)


def is_ours(address: str) -> bool:
    """A path on this host; two slashes of either kind would name another."""
    return not address or (address[0] == "/" and address[1:2] not in {"/", "\\"})


def shape(answer: Answer) -> tuple[Any, ...]:
    status, heads, cookies, content = answer.comparable()
    return status, heads, cookies, ADDRESSES.sub(b"~", content)


def test_the_right_password_opens_and_sets_careful_cookies(world: World) -> None:
    answer = sign_in(Browser(), world.cast.aino.user.email, PASSWORD)
    assert answer.status == 302
    session = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session


def test_after_some_wrong_passwords_even_the_right_one_waits(world: World) -> None:
    browser, email = Browser(), world.cast.aino.user.email
    answers = [sign_in(browser, email, "wrong") for _time in range(12)]
    assert all(answer.status in {200, 429} for answer in answers)
    assert sign_in(browser, email, PASSWORD).status != 302
    cache.clear()
    assert sign_in(browser, email, PASSWORD).status == 302


def test_a_wrong_password_and_an_unknown_address_look_alike(world: World) -> None:
    known = sign_in(Browser(), world.cast.aino.user.email, "wrong")
    cache.clear()
    unknown = sign_in(Browser(), "nobody@example.org", "wrong")
    assert shape(known) == shape(unknown)


def test_a_new_password_is_asked_for_alike(world: World) -> None:
    answers = [
        Browser().ask("POST", "/accounts/password/reset/", {"email": email}, keep=True)
        for email in (world.cast.aino.user.email, "nobody@example.org")
    ]
    assert shape(answers[0]) == shape(answers[1])
    assert answers[0].status == 302


def test_a_code_for_signing_in_is_asked_for_alike(world: World) -> None:
    answers = [
        Browser().ask("POST", "/accounts/login/code/", {"email": email}, keep=True)
        for email in (world.cast.aino.user.email, "nobody@example.org")
    ]
    assert shape(answers[0]) == shape(answers[1])


def test_an_invitation_tells_not_whether_an_address_is_known(world: World) -> None:
    admin = browser_of(world, "admin")
    UserAccount.objects.create_user("known@example.org", PASSWORD, name="Known Person")
    answers = [
        admin.ask("POST", "/w/museum/settings/invitations/", {
            "invite-email": email, "invite-role": "reader", "invite-lang": "en",
        })
        for email in ("known@example.org", "fresh@example.org")
    ]  # fmt: skip
    assert answers[0].status == 302
    assert shape(answers[0]) == shape(answers[1])
    invited = [invite(email, "reader", by=world.cast.aino.actor).membership.user
               for email in ("known@example.org", "fresh2@example.org")]  # fmt: skip
    page = admin.ask("GET", "/w/museum/settings/").text
    assert "Known Person" not in page
    assert all(user.email in page for user in invited)


@pytest.mark.parametrize("where", EVIL)
def test_nobody_is_led_elsewhere(world: World, where: str) -> None:
    answer = sign_in(Browser(), world.cast.aino.user.email, PASSWORD, next=where)
    assert answer.status == 302
    assert is_ours(answer.leads_to)
    browser = browser_of(world, "admin")
    for path, body in (("/language/", {"language": "fi", "next": where}),
                       ("/accounts/logout/", {"next": where}),
                       ("/w/museum/services/kept/", {"name": "a", "query": where})):  # fmt: skip
        led = browser.ask("POST", path, body, headers={"Referer": where})
        assert is_ours(led.leads_to), (path, led.leads_to)


def test_a_foreign_host_is_refused_and_stands_in_no_mail(world: World) -> None:
    for path in ("/", "/accounts/password/reset/", "/api/v1/me", "/w/museum/"):
        assert Browser().ask("GET", path, headers={"Host": "evil.example"}).status == 400
    Browser().ask("POST", "/accounts/password/reset/", {"email": world.cast.aino.user.email},
                  headers={"X-Forwarded-Host": "evil.example"}, keep=True)  # fmt: skip
    assert not any("evil" in letter.body for letter in mail.outbox)


# Let in by the signature in the address, since the press comes from a mail program (RFC 8058)
SIGNED = {"mails_stop"}


def test_every_form_needs_its_own_mark(world: World) -> None:
    """Each address that takes a POST, by a signed-in admin, without the mark of the page."""
    admin = browser_of(world, "admin")
    admin._answer = ClientHandler(enforce_csrf_checks=True)
    wrong, asked = [], 0
    for route in routes():
        if route.is_api:
            continue
        case = next(iter(cases_of(world, route, outcome=True)), None)
        if case is None:
            continue
        answer = admin.ask("POST", case.path, {"reason": "Forged"})
        asked += 1
        if route.name in SIGNED:
            assert answer.status == 404, route.name  # the address itself is the mark
        elif answer.status not in {403, 405}:
            wrong.append(f"{route.name} answered {answer.status}")
    assert asked > 150
    assert not wrong, "\n".join(wrong)


def test_the_api_takes_no_forged_write_by_session(world: World) -> None:
    admin = browser_of(world, "admin")
    admin._answer = ClientHandler(enforce_csrf_checks=True)
    answer = admin.ask("POST", "/api/v1/w/museum/services", {"name": "Forged"})
    assert answer.status == 403
    assert "forged" in answer.text
