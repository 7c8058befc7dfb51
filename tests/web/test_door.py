"""The door leads everybody where they belong."""

import pytest
from django.test import Client

from polku.kernel.actor import system_actor
from polku.people.operations import add_person, switch_off
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_an_empty_server_leads_to_the_first_run(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/first-run/"


def test_a_visitor_signs_in(cast: Cast, client: Client) -> None:
    assert client.get("/").headers["Location"] == "/accounts/login/"


def test_one_workspace_opens_at_once(cast: Cast) -> None:
    assert cast.liisa.client().get("/").headers["Location"] == "/w/museum/"


def test_several_are_a_choice(cast: Cast) -> None:
    add_person(cast.liisa.user, "editor", by=system_actor(cast.norrvik, "cli"))
    page = cast.liisa.client().get("/").content.decode()
    assert 'href="/w/museum/"' in page
    assert 'href="/w/norrvik/"' in page


def test_nowhere_to_go_is_said(cast: Cast) -> None:
    assert cast.liisa.membership is not None
    switch_off(cast.liisa.membership, by=cast.aino.actor)
    for person in (cast.liisa, cast.mallory):
        answer = person.client().get("/")
        assert answer.status_code == 200
        assert "no place for you here" in answer.content.decode()
        assert "Harbour Museum" not in answer.content.decode()
