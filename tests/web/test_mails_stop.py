"""The address in a mail that stops further ones: works without signing in, does nothing else."""

from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from polku.insight.notices.places import stop_address
from polku.kernel.models import NotificationChoice
from polku.web.logs import MaskSecrets
from tests.cast import Cast


@pytest.fixture
def path(cast: Cast) -> str:
    assert cast.heikki.membership is not None
    return urlsplit(stop_address(cast.heikki.membership)).path


def stopped(cast: Cast) -> bool:
    rows = NotificationChoice.objects.filter(user=cast.heikki.user, mail="never")
    return rows.count() == 7


def test_looking_asks_and_changes_nothing(cast: Cast, path: str) -> None:
    page = Client().get(path)
    assert "Stop these mails?" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert not NotificationChoice.objects.exists()


def test_the_button_stops_them(cast: Cast, path: str) -> None:
    page = Client(enforce_csrf_checks=True).post(path)
    assert "No more of these mails" in page.content.decode()
    assert stopped(cast)
    assert not NotificationChoice.objects.exclude(user=cast.heikki.user).exists()
    assert NotificationChoice.objects.filter(in_app=True).count() == 7


def test_a_mail_program_stops_them_in_one_step(cast: Cast, path: str) -> None:
    """RFC 8058: a POST from elsewhere, without cookies, with this one field."""
    body = "List-Unsubscribe=One-Click"
    form = "application/x-www-form-urlencoded"
    origin = {"Origin": "https://mail.example.com"}
    response = Client(enforce_csrf_checks=True).post(path, body, form, headers=origin)
    assert response.status_code == 200
    assert stopped(cast)


def test_it_may_be_pressed_again(cast: Cast, path: str) -> None:
    for _time in range(2):
        assert Client().post(path).status_code == 200
    assert stopped(cast)


def test_it_speaks_the_readers_language(cast: Cast, path: str) -> None:
    cast.heikki.user.lang = "fi"
    cast.heikki.user.save()
    assert '<html lang="fi">' in Client().get(path).content.decode()


def test_an_address_that_was_touched_is_not_found(cast: Cast, path: str) -> None:
    cache.clear()
    for wrong in (path[:-3] + "/", path.replace("stop/", "stop/9"), "/m/stop/1:x/"):
        assert Client().get(wrong).status_code == 404
        assert Client().post(wrong).status_code == 404
    assert not NotificationChoice.objects.exists()


def test_guessing_is_slowed_down(cast: Cast, path: str) -> None:
    cache.clear()
    for n in range(20):
        Client().get(f"/m/stop/{n}:x/")
    assert Client().get(path).status_code == 429
    cache.clear()


def test_the_address_stands_in_no_log(path: str) -> None:
    import logging

    record = logging.LogRecord("x", 30, "", 0, f"GET {path}?a=1", (), None)
    MaskSecrets().filter(record)
    assert record.getMessage() == "GET /m/stop/***/?a=1"
