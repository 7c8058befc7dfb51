"""What an installation on a public address promises to browsers and to people who sign in."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NAMES = [
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SAMESITE",
    "SESSION_COOKIE_AGE",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_SSL_REDIRECT",
    "SECURE_REFERRER_POLICY",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "X_FRAME_OPTIONS",
    "SECURE_CSP",
    "DEBUG",
    "PASSWORD_HASHERS",
    "AUTH_PASSWORD_VALIDATORS",
]
ASK = "import json; from django.conf import settings; print(json.dumps({NAMES}))"


def settings_of(home: Path, **environment: str) -> dict[str, Any]:
    """The settings of a new process with this environment."""
    wanted = ", ".join(f"'{name}': settings.{name}" for name in NAMES)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("POLKU_")}
    command = [sys.executable, "-c", ASK.replace("NAMES", wanted)]
    fresh = {**clean, "POLKU_HOME": str(home), **environment}
    done = subprocess.run(command, env=fresh, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("home")
    return settings_of(home, POLKU_BASE_URL="https://polku.example")


def test_cookies_travel_over_https_only(public: dict[str, Any]) -> None:
    assert public["SESSION_COOKIE_SECURE"]
    assert public["CSRF_COOKIE_SECURE"]


def test_cookies_stay_at_home(public: dict[str, Any]) -> None:
    assert public["SESSION_COOKIE_HTTPONLY"]
    assert {public["SESSION_COOKIE_SAMESITE"], public["CSRF_COOKIE_SAMESITE"]} <= {"Lax", "Strict"}


def test_https_is_kept(public: dict[str, Any]) -> None:
    assert public["SECURE_SSL_REDIRECT"]
    assert public["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert public["SECURE_HSTS_INCLUDE_SUBDOMAINS"]


def test_the_policy_allows_only_ourselves(public: dict[str, Any]) -> None:
    policy = public["SECURE_CSP"]
    assert policy["default-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    allowed = {source for sources in policy.values() for source in sources}
    assert allowed <= {"'self'", "'none'", "data:"}
    assert "data:" not in policy.get("script-src", [])


def test_browsers_are_told_what_not_to_do(public: dict[str, Any]) -> None:
    assert public["SECURE_CONTENT_TYPE_NOSNIFF"]
    assert public["SECURE_REFERRER_POLICY"] in {"same-origin", "no-referrer"}
    assert public["X_FRAME_OPTIONS"] == "DENY"


def test_sessions_end(public: dict[str, Any]) -> None:
    assert public["SESSION_COOKIE_AGE"] <= 14 * 24 * 60 * 60


def test_debug_is_off_unless_asked_for(tmp_path: Path, public: dict[str, Any]) -> None:
    assert public["DEBUG"] is False
    assert settings_of(tmp_path, POLKU_DEBUG="1")["DEBUG"] is True


def test_passwords_are_hashed_slowly(public: dict[str, Any]) -> None:
    slow = ("PBKDF2PasswordHasher", "Argon2PasswordHasher", "ScryptPasswordHasher")
    assert public["PASSWORD_HASHERS"][0].endswith(slow)


def test_passwords_are_long_and_not_common(public: dict[str, Any]) -> None:
    validators = {row["NAME"].rsplit(".")[-1]: row for row in public["AUTH_PASSWORD_VALIDATORS"]}
    assert validators["MinimumLengthValidator"]["OPTIONS"]["min_length"] >= 10
    assert {"CommonPasswordValidator", "UserAttributeSimilarityValidator"} <= set(validators)
