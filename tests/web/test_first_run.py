"""The first run opens one workspace, once."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from polku.tenancy.models import Membership, UserAccount, Workspace
from tests.cast import Cast

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Satamamuseo", "language": "fi", "size": "solo", "person": "Aino Salmi",
    "email": "aino@museum.example", "password": "a long walk to the harbour",
}  # fmt: skip


def test_three_things_and_one_is_in(client: Client) -> None:
    assert client.get("/first-run/").status_code == 200
    answer = client.post("/first-run/", GIVEN)
    assert answer.headers["Location"] == "/w/satamamuseo/start/"
    start = client.get(answer.headers["Location"])
    assert "Satamamuseo" in start.content.decode()
    membership = Membership.objects.get()
    assert (membership.access_role, membership.user.lang) == ("admin", "fi")
    assert membership.workspace.default_lang == "fi"


def test_the_page_of_a_solo_start_speaks_plainly(client: Client) -> None:
    import re

    page = client.get("/first-run/").content.decode().lower()
    shown = re.sub(r"<[^>]+>", " ", page)
    for word in ("sla", "kpi", "stakeholder", "persona", "touchpoint", "api", "portfolio",
                 "provider", "consumer", "requirement", "configuration"):  # fmt: skip
        assert not re.search(rf"\b{word}s?\b", shown), word


def test_a_server_with_a_workspace_has_no_first_run(cast: Cast, client: Client) -> None:
    assert client.get("/first-run/").status_code == 404
    assert client.post("/first-run/", GIVEN).status_code == 404
    assert cast.aino.client().get("/first-run/").status_code == 404
    assert Workspace.objects.count() == 2


def test_where_the_server_allows_it_people_open_more(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.OPEN_WORKSPACES = True
    assert client.get("/first-run/").status_code == 404
    mine = cast.mallory.client()
    answer = mine.post("/first-run/", {"name": "My room", "language": "en", "size": "solo"})
    assert answer.headers["Location"] == "/w/my-room/start/"
    assert Membership.objects.get(workspace__slug="my-room").user == cast.mallory.user


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("language", "xx"), ("size", ""), ("person", ""), ("email", "no"),
     ("password", "short")],
)  # fmt: skip
def test_bad_input_keeps_what_was_typed(client: Client, field: str, value: str) -> None:
    answer = client.post("/first-run/", {**GIVEN, field: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "field-error" in page
    assert field == "name" or "Satamamuseo" in page
    assert field == "email" or "aino@museum.example" in page
    assert not UserAccount.objects.exists()


def test_start_is_for_those_inside(cast: Cast, client: Client) -> None:
    assert cast.aino.client().get("/w/museum/start/").status_code == 200
    assert cast.mallory.client().get("/w/museum/start/").status_code == 404
    assert client.get("/w/museum/start/").status_code == 302
