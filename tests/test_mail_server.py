"""One setting names the mail server; without it mails are written to the console."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from polku.settings import _mailer

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def test_without_it_mails_are_written_to_the_console(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLKU_MAIL_BACKEND", raising=False)
    assert _mailer("") == {"BACKEND": "django.core.mail.backends.console.EmailBackend"}


@pytest.mark.parametrize(
    ("address", "port", "ssl", "tls"),
    [
        ("smtp://mail.example", 587, False, True),
        ("smtp://mail.example:2525?notls", 2525, False, False),
        ("smtps://mail.example", 465, True, False),
    ],
)
def test_the_address_says_how(address: str, port: int, ssl: bool, tls: bool) -> None:
    found = _mailer(address)
    assert found["BACKEND"] == SMTP
    options = found["OPTIONS"]
    assert isinstance(options, dict)
    assert (options["host"], options["port"]) == ("mail.example", port)
    assert (options["use_ssl"], options["use_tls"]) == (ssl, tls)
    assert options["timeout"] > 0, "a silent server holds nobody up"


def test_signs_in_the_password_are_written_as_in_web_addresses() -> None:
    options = _mailer("smtp://polku%40museum.example:a%3Ab%2Fc@mail.example")["OPTIONS"]
    assert isinstance(options, dict)
    assert (options["username"], options["password"]) == ("polku@museum.example", "a:b/c")


@pytest.mark.parametrize("address", ["mail.example:25", "https://a:secret@mail.example", "smtp://"])
def test_what_is_no_mail_server_is_said_without_telling_the_password(address: str) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        _mailer(address)
    assert "POLKU_MAIL_URL" in str(caught.value)
    assert "secret" not in str(caught.value)
