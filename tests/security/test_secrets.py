"""Keys, links and passwords stand in the clear nowhere: no row, no answer, no log."""

import logging
from io import StringIO

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection

from polku.kernel.magic_links import make_link
from polku.kernel.tokens import make_token
from polku.people.operations import invite
from polku.web.logs import MaskSecrets
from tests.access.browsing import Browser
from tests.access.canaries import Side
from tests.access.people import browser_of
from tests.access.world import World
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def tables_that_hold(text: str) -> list[str]:
    found = []
    for model in apps.get_models(include_auto_created=True):
        name = connection.ops.quote_name(model._meta.db_table)
        columns = [connection.ops.quote_name(f.column) for f in model._meta.concrete_fields]
        sought = " || ' ' || ".join(f"COALESCE(CAST({column} AS TEXT), '')" for column in columns)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {name} WHERE {sought} LIKE %s", [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(model._meta.db_table)
    return found


def test_secrets_are_kept_as_prints_only(world: World) -> None:
    aino = world.cast.aino
    assert aino.membership is not None
    _token, key = make_token(aino.membership, "script", by=aino.actor)
    _link, secret = make_link("view", world.objects[Side.SHARED]["service_product"], by=aino.actor)
    invite("new@example.org", "reader", by=aino.actor)
    in_mail = mail.outbox[-1].body.split("/m/")[1].split()[0]
    for text in (key, secret, world.link_secret, in_mail, PASSWORD):
        assert tables_that_hold(text) == [], text[:6]
    assert "api_token" in tables_that_hold("script"), "what is kept is found this way"


def test_a_key_is_shown_once(world: World) -> None:
    browser = browser_of(world, "admin")
    shown = browser.ask("POST", "/w/museum/settings/keys/", {"name": "script", "days": "365"},
                        keep=True)  # fmt: skip
    marks = [word for word in shown.text.replace("<", " ").replace('"', " ").split()
             if word.startswith("polku_") and len(word) > 40]  # fmt: skip
    assert len(set(marks)) == 1
    assert marks[0] not in browser.ask("GET", "/w/museum/settings/keys/").text
    opened = Browser().ask("GET", "/api/v1/w/museum/me",
                           headers={"Authorization": f"Bearer {marks[0]}"})  # fmt: skip
    assert opened.status == 200


@pytest.mark.parametrize(
    "path",
    ["/m/SECRETSECRETSECRETSECRET", "/accounts/password/reset/key/1-SECRETSECRET/",
     "/accounts/confirm-email/SECRETSECRET/"],
)  # fmt: skip
def test_a_secret_in_an_address_is_masked_in_the_log(path: str) -> None:
    kept = StringIO()
    handler = logging.StreamHandler(kept)
    handler.addFilter(MaskSecrets())
    log = logging.getLogger("polku.test.masking")
    log.addHandler(handler)
    log.warning("Not Found: %s", path)
    log.removeHandler(handler)
    assert "Not Found" in kept.getvalue()
    assert "SECRET" not in kept.getvalue()


@pytest.mark.parametrize(
    ("role", "path"),
    [("reader", "/w/museum/settings/"), ("co_creator", "/w/museum/loose-ends/"),
     ("stranger", "/w/museum/services/"), ("admin", "/w/norrvik/services/"),
     ("stranger", "/api/v1/w/museum/services"), ("anonymous", "/m/" + "x" * 43)],
)  # fmt: skip
def test_a_refusal_leaves_one_line_without_personal_data(
    world: World, role: str, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("django.request")
    log.setLevel(logging.WARNING)
    answer = browser_of(world, role).ask("GET", path, {"q": "aino@example.org"})
    log.setLevel(logging.CRITICAL)
    assert answer.status in {401, 403, 404}
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(lines) == 1
    text = lines[0].getMessage()
    assert path in text or "/m/***" in text
    assert not any(word in text for word in ("@", "Mallory", "Tuomas", "Aino", "Liisa", "zqx"))


def test_no_line_holds_a_password(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    body = {"login": "aino@example.org", "password": "my dear password"}
    Browser().ask("POST", "/accounts/login/", body)
    assert "dear password" not in caplog.text


def test_an_unknown_key_and_a_revoked_one_look_alike(world: World) -> None:
    from polku.kernel.tokens import revoke_token

    aino = world.cast.aino
    assert aino.membership is not None
    token, key = make_token(aino.membership, "script", by=aino.actor)
    revoke_token(token, by=aino.actor)
    answers = [
        Browser().ask("GET", "/api/v1/w/museum/me", headers={"Authorization": f"Bearer {each}"})
        for each in (key, "polku_" + "x" * 43)
    ]
    assert answers[0].status == 401
    assert answers[0].comparable() == answers[1].comparable()


def test_a_key_opens_its_own_workspace_only(world: World) -> None:
    aino = world.cast.aino
    assert aino.membership is not None
    _token, key = make_token(aino.membership, "script", by=aino.actor)
    head = {"Authorization": f"Bearer {key}"}
    foreign, nowhere = (
        Browser().ask("GET", f"/api/v1/w/{slug}/services", headers=head)
        for slug in ("norrvik", "zzzzzzz")
    )
    assert foreign.status == 404
    assert foreign.comparable("norrvik") == nowhere.comparable("zzzzzzz")


def test_a_key_that_may_only_read_writes_nothing(world: World) -> None:
    aino = world.cast.aino
    assert aino.membership is not None
    _token, key = make_token(aino.membership, "script", by=aino.actor, read_only=True)
    head = {"Authorization": f"Bearer {key}"}
    path = "/api/v1/w/museum/services"
    assert Browser().ask("GET", path, headers=head).status == 200
    assert Browser().ask("POST", path, {"name": "New"}, headers=head).status == 403


def test_no_address_forges_a_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("django.request")
    log.setLevel(logging.WARNING)
    Browser().ask("GET", "/nowhere/%0A2026-11-22 WARNING forged/%0D/%1B[31m/")
    log.setLevel(logging.CRITICAL)
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1
    assert not any(sign in lines[0] for sign in "\n\r\x1b")
