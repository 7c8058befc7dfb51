"""Magic links on the page: the invitation through its life (in the manner of AC29)."""

import re

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from polku.kernel.magic_links import make_link
from polku.people.operations import invite, take_back_invitation
from polku.tenancy.models import Membership, UserAccount
from polku.web.limits import MISSES
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db
PASSWORD = "a boat on the long lake"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def without_tokens(answer: HttpResponse) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode()).replace(
        answer.wsgi_request.path, ""
    )


def invited(cast: Cast, email: str = "sanna@museum.example", lang: str = "en") -> str:
    invite(email, "editor", by=cast.aino.actor, lang=lang)
    body = str(mail.outbox[-1].body)
    return body[body.index("/m/") :].split()[0]


def test_the_secret_leaves_the_address_and_nothing_is_used(cast: Cast, client: Client) -> None:
    address = invited(cast)
    answer = client.get(address)
    assert answer.headers["Location"] == "/m/open/"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    cookie = answer.cookies["polku_link"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/m/", True, "Lax")
    for _time in range(3):
        page = client.get("/m/open/")
        assert "Come in to Harbour Museum" in page.content.decode()
        assert page.headers["Referrer-Policy"] == "no-referrer"
    assert client.head(address).status_code == 302
    assert Membership.objects.get(user__email="sanna@museum.example").state == "invited"


@pytest.mark.scenario("AC29", part="invitation")
def test_an_invitation_from_first_opening_to_receipt(cast: Cast, client: Client) -> None:
    address = invited(cast)
    client.get(address)
    bad = client.post("/m/open/", {"name": "Sanna Virta", "password": "short"})
    assert bad.status_code == 422
    assert "Sanna Virta" in bad.content.decode()
    done = client.post("/m/open/", {"name": "Sanna Virta", "password": PASSWORD})
    assert done.headers["Location"] == "/"
    assert client.get("/me/").status_code == 200
    client.get(address)
    receipt = client.get("/m/open/").content.decode()
    assert "This invitation was used" in receipt
    again = client.post("/m/open/", {"name": "Mallory", "password": "another one entirely"})
    assert "This invitation was used" in again.content.decode()
    account = UserAccount.objects.get(email="sanna@museum.example")
    assert (account.name, account.check_password(PASSWORD)) == ("Sanna Virta", True)


@pytest.mark.scenario("AC29", part="invitation")
def test_a_changed_token_is_as_a_random_one(cast: Cast, client: Client) -> None:
    address = invited(cast)
    changed = client.get(address[:-2] + ("aa" if address[-2:] != "aa" else "bb"))
    random = client.get("/m/" + "x" * 43)
    assert (changed.status_code, random.status_code) == (404, 404)
    assert without_tokens(changed) == without_tokens(random)
    assert "polku_link" not in changed.cookies
    take_back_invitation(
        Membership.objects.get(user__email="sanna@museum.example"), by=cast.aino.actor
    )
    assert client.get(address).status_code == 404
    assert client.get("/m/open/").status_code == 404


@pytest.mark.scenario("AC29", part="invitation")
def test_a_late_one_offers_to_ask_anew(cast: Cast, client: Client) -> None:
    with time_machine.travel("2026-05-01 10:00", tick=False):
        address = invited(cast)
    with time_machine.travel("2026-05-16 10:00", tick=False):
        client.get(address)
        page = client.get("/m/open/").content.decode()
        assert "This link is over" in page
        assert len(mail.outbox) == 1
        for _time in range(2):
            asked = client.post("/m/open/", {"name": "Sanna", "password": PASSWORD})
            assert "We have asked" in asked.content.decode()
        assert [message.to for message in mail.outbox[1:]] == [["aino@example.org"]]
    assert not UserAccount.objects.get(email="sanna@museum.example").has_usable_password()


def test_it_speaks_the_language_it_was_sent_in(cast: Cast, client: Client) -> None:
    client.get(invited(cast, lang="pl"))
    assert '<html lang="pl"' in client.get("/m/open/").content.decode()
    client.post("/language/", {"language": "fi", "next": "/m/open/"})
    assert '<html lang="fi"' in client.get("/m/open/").content.decode()


def test_a_known_account_signs_in_first(cast: Cast, client: Client) -> None:
    address = invited(cast, "mallory@example.org")
    client.get(address)
    assert "Sign in and come in" in client.get("/m/open/").content.decode()
    client.post("/m/open/", {"name": "X", "password": PASSWORD})
    membership = Membership.objects.get(user=cast.mallory.user)
    assert membership.state == "invited"
    other = cast.olga.client()
    other.get(address)
    assert "another account" in other.get("/m/open/").content.decode()
    other.post("/m/open/")
    own = cast.mallory.client()
    own.get(address)
    assert own.post("/m/open/").headers["Location"] == "/"
    membership.refresh_from_db()
    assert membership.state == "active"


def test_the_form_needs_its_token_and_lets_a_quiet_browser_pass(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get(invited(cast))
    strict.get("/m/open/")
    given = {"name": "Sanna", "password": PASSWORD}
    quiet = {"origin": "null"}
    assert strict.post("/m/open/", given, headers=quiet).status_code == 403
    given["csrfmiddlewaretoken"] = strict.cookies["csrftoken"].value
    foreign = strict.post("/m/open/", given, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert strict.post("/m/open/", given, headers=quiet).status_code == 302


def test_guessing_is_stopped(cast: Cast, client: Client) -> None:
    address = invited(cast)
    answers = [client.get("/m/" + f"{n:x>43}").status_code for n in range(MISSES + 3)]
    assert answers == [404] * MISSES + [429] * 3
    assert client.get(address).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").get(address).status_code == 302


def test_a_shared_object_shows_itself_and_nothing_else(cast: Cast, client: Client) -> None:
    service = make("service_product", cast.aino.actor, name="Tour", purpose="A walk",
                   dial_notes={"cost": "secret figure"})  # fmt: skip
    make("service_product", cast.aino.actor, name="Hidden one")
    _link, secret = make_link("view", service, by=cast.aino.actor)
    client.get(f"/m/{secret}")
    page = client.get("/m/open/").content.decode()
    assert "Tour" in page
    assert "A walk" in page
    assert "secret figure" not in page
    assert "Hidden one" not in page


def test_a_purpose_without_a_page_is_not_found(cast: Cast, client: Client) -> None:
    _link, secret = make_link("do_task", cast.school, by=cast.aino.actor)
    client.get(f"/m/{secret}")
    assert client.get("/m/open/").status_code == 404
