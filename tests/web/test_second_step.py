"""The second step at sign-in: once it is switched on, the password alone opens nothing."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD, Cast, Person

pytestmark = pytest.mark.django_db

HALF_A_MINUTE = 30


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def code_of(secret: str, at: float | None = None) -> str:
    """Six digits as a phone shows them (RFC 6238, SHA-1)."""
    counter = struct.pack(">Q", int((time.time() if at is None else at) // HALF_A_MINUTE))
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 0xF
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def sign_in(who: Person) -> Client:
    """Mail address and password are given; whether that opens is the question."""
    client = Client()
    given = {"login": who.user.email, "password": PASSWORD}
    assert client.post("/accounts/login/", given).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/w/museum/").status_code == 200


def switch_on(who: Person) -> str:
    """Through the pages; returns the secret that the phone now holds."""
    client = sign_in(who)
    there = "/accounts/2fa/totp/activate/"
    first = client.get(there)
    assert first["Location"].startswith("/accounts/reauthenticate/"), "a screen left open is no key"
    assert client.post(first["Location"], {"password": "wrong"}).status_code == 200
    assert client.post(first["Location"], {"password": PASSWORD})["Location"] == there
    page = client.get(there).content.decode()
    letters = re.search(r'id="secret"[^>]*value="([A-Z2-7]+)"', page)
    assert letters, "who cannot photograph the square copies the letters"
    secret = letters[1]
    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert not Authenticator.objects.filter(user=who.user).exists()
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert done.status_code == 302
    assert Authenticator.objects.filter(user=who.user, type=Authenticator.Type.TOTP).exists()
    cache.clear()  # a code opens once; here the clock stands where it stood
    return secret


def test_rfc_6238_is_what_our_phone_speaks() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert code_of(secret, 59) == "287082"


def test_without_it_the_password_opens(cast: Cast) -> None:
    assert is_in(sign_in(cast.aino))


def test_the_password_alone_opens_nothing(cast: Cast) -> None:
    secret = switch_on(cast.aino)
    client = sign_in(cast.aino)
    assert not is_in(client)
    assert client.get("/me/").status_code == 302
    assert client.get("/api/v1/w/museum/services").status_code == 401
    asked = client.get("/accounts/2fa/authenticate/")
    assert asked.status_code == 200
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert not is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert is_in(client)


def test_a_code_opens_once(cast: Cast) -> None:
    code = code_of(switch_on(cast.aino))
    first, second = sign_in(cast.aino), sign_in(cast.aino)
    for client in (first, second):
        client.post("/accounts/2fa/authenticate/", {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)


def test_a_printed_code_opens_once(cast: Cast) -> None:
    switch_on(cast.aino)
    codes = RecoveryCodes(
        Authenticator.objects.get(user=cast.aino.user, type=Authenticator.Type.RECOVERY_CODES)
    ).get_unused_codes()
    assert len(codes) >= 8
    first, second = sign_in(cast.aino), sign_in(cast.aino)
    for client in (first, second):
        client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert (is_in(first), is_in(second)) == (True, False)


def test_guessing_codes_is_stopped(cast: Cast) -> None:
    secret = switch_on(cast.aino)
    client = sign_in(cast.aino)
    for guess in range(12):
        client.post("/accounts/2fa/authenticate/", {"code": f"{guess:06}"})
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert not is_in(client)
