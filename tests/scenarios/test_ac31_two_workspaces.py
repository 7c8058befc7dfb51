"""AC31: two workspaces on one server, and nothing of one to be had from the other."""

import re
from typing import Any

import pytest
from django.db import connection

from polku.kernel.links import tie
from polku.kernel.models import ImportRun
from polku.kernel.tokens import make_token
from tests.cast import Cast, make


def shape(answer: Any) -> tuple[int, str]:
    """Status and body without what differs by address and form."""
    body = re.sub(r'value="[^"]*"|\?next=[^"]*|/w/[a-z-]+/[^"\s]*', "", answer.content.decode())
    return answer.status_code, body


@pytest.mark.scenario("AC31")
def test_ids_links_and_imports_of_the_other_are_like_missing(cast: Cast) -> None:
    ours = make("service_product", cast.aino.actor, name="School visit")
    theirs = [make("service_product", cast.olga.actor, name=f"Theirs {n}") for n in range(3)]
    goal = make("strategy_goal", cast.olga.actor, statement="Theirs")
    run = ImportRun.objects.create(
        workspace=cast.norrvik, file_name="theirs.csv", file_hash="0" * 64, state="tried"
    )
    aino = cast.aino.client()
    _pages(aino, theirs[2].code, run.pk)
    _api(cast, ours.code, theirs[2].code, goal.code)
    with pytest.raises(Exception, match="nothing here by that name"):
        tie("L01", ours, goal, by=cast.aino.actor)
    assert connection.settings_dict["NAME"], "one file database holds both"


def _pages(aino: Any, code: str, run: int) -> None:
    for mine, random in (
        (f"/w/museum/services/{code}/", "/w/museum/services/SRV-999/"),
        (f"/w/norrvik/services/{code}/", "/w/nowhere/services/SRV-1/"),
        (f"/w/museum/import/{run}/", "/w/museum/import/99999/"),
        (f"/w/norrvik/import/{run}/", "/w/nowhere/import/1/"),
    ):
        one, other = shape(aino.get(mine)), shape(aino.get(random))
        assert one == other, mine
        assert one[0] == 404


def _api(cast: Cast, ours: str, theirs: str, goal: str) -> None:
    assert cast.aino.membership is not None
    _row, secret = make_token(cast.aino.membership, "ac31", by=cast.aino.actor)
    headers = {"Authorization": f"Bearer {secret}"}
    from django.test import Client

    client = Client(headers=headers)
    base = "/api/v1/w/museum"
    assert client.get(f"{base}/services/{theirs}").status_code == 404
    assert client.get(f"/api/v1/w/norrvik/services/{theirs}").status_code == 404
    for end, status in ((goal, None), ("GOAL-999", None)):
        answer = client.post(
            f"{base}/links", {"kind": "L01", "from": ours, "to": end},
            content_type="application/json",
        )  # fmt: skip
        assert answer.status_code in {404, 422}, status
    seen = client.get(f"{base}/search", {"q": "theirs"}).json()
    assert "Theirs" not in str(seen)
