"""One's own keys: shown once, taken back by nobody else."""

import re

import pytest
from django.urls import reverse

from polku.kernel.models import ApiToken
from polku.kernel.tokens import open_token
from tests.cast import Cast, Person

pytestmark = pytest.mark.django_db
LIST = "/w/museum/settings/keys/"


def made(person: Person, **given: str) -> str:
    answer = person.client().post(LIST, {"name": "Nightly", "days": "30", **given})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    found = re.search(r'value="(polku_[^"]+)"', answer.content.decode())
    assert found
    return found[1]


def test_the_secret_is_shown_once(cast: Cast) -> None:
    secret = made(cast.liisa, read_only="on")
    bearer = open_token(secret)
    assert bearer is not None
    assert bearer.read_only
    page = cast.liisa.client().get(LIST).content.decode()
    assert "Nightly" in page
    assert secret not in page


def test_nothing_is_made_without_a_name(cast: Cast) -> None:
    answer = cast.liisa.client().post(LIST, {"name": "", "days": "30"})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_each_sees_and_ends_their_own(cast: Cast) -> None:
    secret = made(cast.liisa)
    number = ApiToken.objects.get().pk
    address = reverse("token_revoke", kwargs={"workspace": "museum", "number": number})
    assert "Nightly" not in cast.aino.client().get(LIST).content.decode()
    for stranger in (cast.piotr, cast.tuomas, cast.olga, cast.mallory):
        assert stranger.client().post(address).status_code == 404
    assert open_token(secret) is not None
    assert cast.liisa.client().post(address).status_code == 302
    assert open_token(secret) is None


def test_strangers_find_nothing(cast: Cast) -> None:
    assert cast.olga.client().get(LIST).status_code == 404
    assert cast.olga.client().post(LIST, {"name": "x", "days": "30"}).status_code == 404
