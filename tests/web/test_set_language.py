"""The language is chosen by a form, kept by cookie and account."""

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_visitors_choice_is_a_cookie(client: Client) -> None:
    answer = client.post("/language/", {"language": "fi", "next": "/accounts/login/"})
    assert answer.headers["Location"] == "/accounts/login/"
    assert 'lang="fi"' in client.get("/first-run/").content.decode()


def test_a_persons_choice_stays_with_the_account(cast: Cast) -> None:
    cast.liisa.client().post("/language/", {"language": "pl", "next": "/me/"})
    cast.liisa.user.refresh_from_db()
    assert cast.liisa.user.lang == "pl"
    assert '<html lang="pl"' in cast.liisa.client().get("/me/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_the_way_back_stays_here(client: Client, elsewhere: str) -> None:
    answer = client.post("/language/", {"language": "fi", "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_an_unknown_language_and_a_get_change_nothing(client: Client) -> None:
    assert "polku_language" not in client.post("/language/", {"language": "xx"}).cookies
    assert client.get("/language/?language=fi").status_code == 405


def test_a_form_from_elsewhere_is_refused(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/language/", {"language": "fi"}).status_code == 403
    assert (
        strict.post("/language/", {"language": "fi"}, headers={"origin": "null"}).status_code == 403
    )
