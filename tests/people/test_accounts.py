"""One account a person; what they decide about themselves, and how it is shut."""

import pytest
from django.test import Client

from polku.kernel.answers import BadInput
from polku.people.operations import change_person, disable_account, enable_account, set_password
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def sign_in(email: str, password: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_a_person_changes_their_own_words(cast: Cast) -> None:
    user = change_person(cast.liisa.user, lang="pl", vocabulary="service_management",
                         single_keys=False)  # fmt: skip
    user.refresh_from_db()
    assert (user.name, user.lang, user.vocabulary, user.single_keys) == (
        "Liisa Korpi", "pl", "service_management", False,
    )  # fmt: skip
    with pytest.raises(BadInput) as told:
        change_person(user, name=" ", lang="xx", vocabulary="none")
    assert set(told.value.fields) == {"name", "lang", "vocabulary"}


def test_a_new_password_ends_every_session(cast: Cast) -> None:
    client = sign_in("liisa@example.org", PASSWORD)
    assert is_in(client)
    set_password(cast.liisa.user, "a boat on the long lake")
    assert not is_in(client)
    assert is_in(sign_in("liisa@example.org", "a boat on the long lake"))
    with pytest.raises(BadInput):
        set_password(cast.liisa.user, "short")


def test_a_disabled_account_is_out_at_once_and_cannot_come_in(cast: Cast) -> None:
    client = sign_in("liisa@example.org", PASSWORD)
    disable_account(cast.liisa.user)
    assert not is_in(client)
    assert not is_in(sign_in("liisa@example.org", PASSWORD))
    enable_account(cast.liisa.user)
    assert not is_in(client)
    assert is_in(sign_in("liisa@example.org", PASSWORD))


def test_password_reset_says_the_same_for_any_address(cast: Cast, client: Client) -> None:
    answers = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in ("liisa@example.org", "nobody@example.org")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    known, unknown = (answer.content.decode() for answer in answers)
    assert "liisa@example.org" not in known
    assert strip_tokens(known) == strip_tokens(unknown)


def strip_tokens(page: str) -> str:
    import re

    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page)


def test_guessing_passwords_is_slowed_down(cast: Cast, client: Client) -> None:
    from django.core.cache import cache

    cache.clear()
    for _attempt in range(8):
        client.post("/accounts/login/", {"login": "liisa@example.org", "password": "wrong one"})
    client.post("/accounts/login/", {"login": "liisa@example.org", "password": PASSWORD})
    assert not is_in(client)
    cache.clear()
