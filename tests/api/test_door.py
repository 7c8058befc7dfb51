"""Who comes in, as what, and how far."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from polku.kernel.models import ApiToken
from polku.kernel.tokens import make_token, revoke_token
from polku.tenancy.models import Membership, UserAccount, Workspace
from tests.api.callers import ROOM, Caller, problem, token_of
from tests.cast import Cast, make

SECRET = "CANARY-of-the-other-side"


@pytest.mark.parametrize("secret", ["", "polku_", "polku_wrong", "Ж", "a" * 5000])
def test_without_a_good_token_nobody_comes_in(cast: Cast, secret: str) -> None:
    caller = Caller(secret.encode().decode("latin1"))
    refused = caller.get("services")
    problem(refused, 401, "not-signed-in")
    assert refused["WWW-Authenticate"] == "Bearer"
    problem(caller.get("/api/v1/w/nowhere/services"), 401, "not-signed-in")
    problem(Client().get(f"{ROOM}/services"), 401, "not-signed-in")


def test_another_workspace_answers_like_a_missing_one(cast: Cast, olga: Caller) -> None:
    make("service_product", cast.aino.actor, name=SECRET)
    for path in ("services", "services/SRV-1", "services/SRV-1/history", "links", "search?q=can",
                 "me", "workspace"):  # fmt: skip
        there = olga.get(f"/api/v1/w/museum/{path}")
        missing = olga.get(f"/api/v1/w/nowhere/{path}")
        problem(there, 404, "not-found")
        assert (there.content, sorted(there.headers)) == (missing.content, sorted(missing.headers))
    own = olga.get("/api/v1/w/norrvik/services/SRV-1")
    assert problem(own, 404, "not-found") == there.json()
    for verb in (olga.post, olga.patch, olga.delete):
        problem(verb("services/SRV-1", {}), 404 if verb != olga.post else 405,
                "not-found" if verb != olga.post else "wrong-method")  # fmt: skip
    problem(olga.post("services", {"name": "x"}), 404, "not-found")


def test_codes_of_another_workspace_mean_nothing_here(cast: Cast, olga: Caller) -> None:
    party = cast.aino.party.code
    own_codes = {row["code"] for row in olga.get("/api/v1/w/norrvik/parties").json()["items"]}
    assert party not in own_codes
    made = olga.post("/api/v1/w/norrvik/services", {"name": "x", "owner_party": party})
    assert set(problem(made, 422, "bad-input")["errors"]) == {"owner_party"}
    found = olga.get(f"/api/v1/w/norrvik/services?owner_party={party}")
    assert found.json()["count"] == 0


def _end(cast: Cast) -> None:
    Membership.objects.filter(pk=cast.aino.membership.pk).update(state="ended")


def _disable(cast: Cast) -> None:
    UserAccount.objects.filter(pk=cast.aino.user.pk).update(state="disabled")


def _archive(cast: Cast) -> None:
    Workspace.objects.filter(pk=cast.museum.pk).update(state="archived")


def _revoke(cast: Cast) -> None:
    revoke_token(ApiToken.objects.get(), by=cast.aino.actor)


@pytest.mark.parametrize("end", [_end, _disable, _archive, _revoke])
def test_a_token_ends_with_what_it_stands_on(cast: Cast, aino: Caller, end: Any) -> None:
    assert aino.get("me").status_code == 200
    end(cast)
    problem(aino.get("me"), 401, "not-signed-in")


def test_a_token_ends_on_its_day(cast: Cast) -> None:
    caller = token_of(cast.aino, days=1)
    assert caller.get("me").status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1), tick=False):
        problem(caller.get("me"), 401, "not-signed-in")


def test_reading_writes_the_time_of_use_once_an_hour(cast: Cast, aino: Caller) -> None:
    start = timezone.now()
    seen = []
    for minutes in (0, 59, 61):
        with time_machine.travel(start + dt.timedelta(minutes=minutes), tick=False):
            aino.get("me")
            seen.append(ApiToken.objects.get().last_used_at)
    assert seen[0] == seen[1] < seen[2]


def test_a_full_disk_does_not_keep_anybody_from_reading(
    aino: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(QuerySet, "update", full)
    assert aino.get("services").status_code == 200


def test_a_reading_token_does_not_write(cast: Cast) -> None:
    caller = token_of(cast.aino, read_only=True)
    assert caller.get("services").status_code == 200
    found = problem(caller.post("services", {"name": "x"}), 403, "not-allowed")
    assert "only read" in found["detail"]
    assert caller.get("services").json()["count"] == 0


def test_rights_are_those_of_the_person(cast: Cast, piotr: Caller, liisa: Caller) -> None:
    piotr.post("services", {"name": "Tour"})
    heikki = token_of(cast.heikki)
    for caller in (liisa, heikki):
        found = problem(caller.patch("services/SRV-1", {"sector": "x"}), 403, "not-allowed")
        assert found["detail"]
        problem(caller.delete("services/SRV-1"), 403, "not-allowed")
    problem(liisa.post("services", {"name": "x"}), 403, "not-allowed")
    own = heikki.post("services", {"name": "Mine"})
    assert own.json()["owner_party"] == cast.heikki.party.code
    assert heikki.patch("services/SRV-2", {"sector": "x"}).status_code == 200
    problem(heikki.post("goals", {"statement": "x"}), 403, "not-allowed")
    problem(heikki.post("services/SRV-2/transitions", {"to": "live"}), 403, "not-allowed")


def test_a_session_opens_too_and_its_writes_carry_the_mark(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.aino.user, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(f"{ROOM}/services").status_code == 200
    post = {"path": f"{ROOM}/services", "data": {"name": "x"}, "content_type": "application/json"}
    problem(client.post(**post), 403, "forged")
    client.get("/api/v1/docs")
    mark = client.cookies["csrftoken"].value
    assert client.post(**post, headers={"X-CSRFToken": mark}).status_code == 201
    problem(client.get("/api/v1/w/norrvik/services"), 404, "not-found")
    problem(client.get(f"{ROOM}/services", headers={"Authorization": "Bearer x"}), 401,
            "not-signed-in")  # fmt: skip


def test_a_stranger_with_a_session_has_no_part(cast: Cast) -> None:
    client = cast.mallory.client()
    there = client.get(f"{ROOM}/services")
    problem(there, 404, "not-found")
    assert there.content == client.get("/api/v1/w/nowhere/services").content
    assert client.get("/api/v1/me").json() == {"items": [], "count": 0, "next": None}


def test_the_answer_speaks_the_language_asked_for(cast: Cast, aino: Caller) -> None:
    from django.utils import translation

    UserAccount.objects.filter(pk=cast.aino.user.pk).update(lang="fi")
    for header, lang in (({}, "fi"), ({"Accept_Language": "pl;q=0.9"}, "pl"),
                         ({"Accept_Language": "xx, ru"}, "ru")):  # fmt: skip
        detail = aino.get("services/SRV-9", **header).json()["detail"]
        with translation.override(lang):
            assert detail == translation.gettext("There is nothing here by that name.")


def test_who_one_is(cast: Cast, aino: Caller, tuomas: Caller) -> None:
    assert aino.get("/api/v1/me").json()["items"] == [aino.get("me").json()]
    assert aino.get("me").json()["role"] == "admin"
    assert "features" in aino.get("workspace").json()
    assert "features" not in tuomas.get("workspace").json()
    assert tuomas.get("me").json()["side"] == "consumer"


def test_the_secret_is_not_kept(cast: Cast) -> None:
    row, secret = make_token(cast.aino.membership, "n", by=cast.aino.actor)
    assert secret not in str(ApiToken.objects.filter(pk=row.pk).values())
    assert secret.startswith(row.prefix)
