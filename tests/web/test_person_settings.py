"""What a person decides about themselves."""

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Liisa K.", "lang": "fi", "vocabulary": "as_workspace", "single_keys": ""}


def test_it_is_saved(cast: Cast) -> None:
    client = cast.liisa.client()
    assert client.post("/me/", GIVEN).status_code == 302
    cast.liisa.user.refresh_from_db()
    user = cast.liisa.user
    assert (user.name, user.lang, user.vocabulary, user.single_keys) == (
        "Liisa K.",
        "fi",
        "",
        False,
    )
    assert '<html lang="fi"' in client.get("/me/").content.decode()


def test_bad_input_keeps_what_was_typed(cast: Cast) -> None:
    answer = cast.liisa.client().post("/me/", {**GIVEN, "lang": "xx"})
    assert answer.status_code == 422
    assert "Liisa K." in answer.content.decode()
    cast.liisa.user.refresh_from_db()
    assert cast.liisa.user.name == "Liisa Korpi"


def test_a_visitor_signs_in_first(db: None, client: Client) -> None:
    assert client.get("/me/").headers["Location"].startswith("/accounts/login/")
