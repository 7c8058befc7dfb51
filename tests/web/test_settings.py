"""The settings page: each change at once, with its way back; only for those who may."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from polku.people.operations import invite
from polku.tenancy.models import Membership, Workspace
from tests.cast import Cast, Person

pytestmark = pytest.mark.django_db


def url(name: str, **more: object) -> str:
    return reverse(name, kwargs={"workspace": "museum", **more})


def room() -> Workspace:
    return Workspace.objects.get(slug="museum")


def text(client: Client) -> str:
    return client.get(url("settings")).content.decode()


PAGES = ["settings", "settings_workspace"]
VERBS: list[tuple[str, dict[str, str]]] = [
    ("settings_languages", {"code": "pl", "on": "yes"}),
    ("settings_vocabulary", {"vocabulary": "service_management"}),
    ("settings_feature", {"feature": "strategy"}),
    ("settings_size", {"size": "solo"}),
    ("settings_portfolio_owner", {"person": "PTY-3"}),
    ("settings_workspace", {"name_en": "Mine", "timezone": "UTC", "small_n_limit": "9"}),
    ("invitation_create", {"invite-email": "a@b.example", "invite-role": "admin",
                           "invite-lang": "en"}),
    ("workspace_archive", {"sure": "yes"}),
]  # fmt: skip


def test_it_shows_what_is_used_here_and_who_may_do_what(cast: Cast) -> None:
    page = text(cast.aino.client())
    for words in ("Languages", "Size", "Words", "What we do here", "People", "Invite somebody",
                  "Piotr Zieliński", "piotr@example.org", "Rantakylä School",
                  "Nobody else looks after settings and people."):  # fmt: skip
        assert words in page, words
    assert "Olga" not in page
    assert "Norrvik" not in page


@pytest.mark.parametrize("page", PAGES)
def test_only_those_who_look_after_settings_open_it(cast: Cast, client: Client, page: str) -> None:
    for person in (cast.piotr, cast.heikki, cast.liisa, cast.tuomas):
        refused = person.client().get(url(page))
        assert refused.status_code == 403
        assert "look after settings and people" in refused.content.decode()
        assert "piotr@example.org" not in refused.content.decode()
    for stranger in (cast.olga, cast.mallory):
        assert stranger.client().get(url(page)).status_code == 404
    assert client.get(url(page)).status_code == 302


@pytest.mark.scenario("AC31", part="people")
@pytest.mark.parametrize(("name", "given"), VERBS)
def test_nobody_else_changes_anything(cast: Cast, name: str, given: dict[str, str]) -> None:
    before = Workspace.objects.filter(slug="museum").values().get()
    people = list(Membership.objects.order_by("pk").values())
    for person in (cast.piotr, cast.liisa, cast.tuomas):
        assert person.client().post(url(name), given).status_code == 403
    for stranger in (cast.olga, cast.mallory):
        assert stranger.client().post(url(name), given).status_code == 404
    assert Workspace.objects.filter(slug="museum").values().get() == before
    now = [{**row, "last_seen_at": None} for row in Membership.objects.order_by("pk").values()]
    assert now == [{**row, "last_seen_at": None} for row in people]
    assert not mail.outbox


def test_a_switch_is_saved_said_and_undone(cast: Cast) -> None:
    client = cast.aino.client()
    client.post(url("settings_feature"), {"feature": "strategy"})
    assert not room().has("strategy")
    page = text(client)
    assert "“We set goals” switched off." in page
    assert 'name="feature" value="strategy"' in page.split("</header>")[1]
    assert "switched off" not in text(client)
    client.post(url("settings_feature"), {"feature": "strategy", "on": "yes"})
    assert room().has("strategy")


def test_a_part_of_the_page_is_told_aloud(cast: Cast) -> None:
    client = cast.aino.client()
    client.post(url("settings_feature"), {"feature": "strategy"})
    answer = client.get(url("settings"), headers={"hx-request": "true"})
    assert "switched off" in answer.headers["HX-Trigger"]


def test_languages_come_go_and_change_places(cast: Cast) -> None:
    client = cast.aino.client()
    client.post(url("settings_languages"), {"code": "pl", "on": "yes"})
    assert room().languages == ["en", "fi", "pl"]
    client.post(url("settings_languages"), {"code": "fi", "wish": "first"})
    assert (room().default_lang, room().languages) == ("fi", ["fi", "en", "pl"])
    client.post(url("settings_languages"), {"code": "pl"})
    assert room().languages == ["fi", "en"]
    refused = client.post(url("settings_languages"), {"code": "fi"})
    assert refused.status_code == 422
    assert room().languages == ["fi", "en"]


def test_a_size_shows_what_it_switches_before_it_does(cast: Cast) -> None:
    client = cast.aino.client()
    page = client.get(url("settings_size"), {"size": "solo"}).content.decode()
    assert "We know our customers by name" in page
    assert room().size_profile == "small"
    client.post(url("settings_size"), {"size": "solo"})
    assert (room().size_profile, room().has("relationships")) == ("solo", False)
    assert client.get(url("settings_size"), {"size": "huge"}).status_code == 422


def test_words_change_on_screen(cast: Cast) -> None:
    client = cast.aino.client()
    client.post(url("settings_vocabulary"), {"vocabulary": "service_management"})
    assert room().vocabulary == "service_management"
    assert client.post(url("settings_vocabulary"), {"vocabulary": "x"}).status_code == 422


def test_who_decides_is_named(cast: Cast) -> None:
    cast.aino.client().post(url("settings_portfolio_owner"), {"person": cast.piotr.party.code})
    decides = Membership.objects.get(workspace=cast.museum, is_portfolio_owner=True)
    assert decides.user == cast.piotr.user
    missing = cast.aino.client().post(url("settings_portfolio_owner"), {"person": "PTY-999"})
    assert missing.status_code == 404


def test_the_place_is_renamed_and_bad_input_stays(cast: Cast) -> None:
    client = cast.aino.client()
    good = {"name_en": "Quay Museum", "name_fi": "Laiturimuseo", "timezone": "Europe/Warsaw",
            "small_n_limit": "7"}  # fmt: skip
    bad = client.post(url("settings_workspace"), {**good, "timezone": "Mars"})
    assert bad.status_code == 422
    assert "Laiturimuseo" in bad.content.decode()
    assert str(room().name) == "Harbour Museum"
    client.post(url("settings_workspace"), good)
    assert (room().name.text("fi"), room().timezone, room().small_n_limit) == (
        "Laiturimuseo", "Europe/Warsaw", 7,
    )  # fmt: skip


def test_closing_asks_for_an_export_first(cast: Cast) -> None:
    client = cast.aino.client()
    for given in ({}, {"sure": "yes"}):
        assert client.post(url("workspace_archive"), given).status_code == 409
    assert room().state == "active"


def test_an_invitation_is_sent_and_managed(cast: Cast) -> None:
    client = cast.aino.client()
    given = {"invite-email": "sanna@museum.example", "invite-role": "editor", "invite-lang": "fi"}
    client.post(url("invitation_create"), given)
    assert "An invitation went to sanna@museum.example." in text(client)
    number = Membership.objects.get(user__email="sanna@museum.example").pk
    client.post(url("invitation_again", number=number))
    assert len(mail.outbox) == 2
    client.post(url("invitation_take_back", number=number))
    assert "sanna@museum.example was invited" not in text(client)


def test_a_bad_invitation_keeps_what_was_typed(cast: Cast) -> None:
    given = {"invite-email": "sanna@museum", "invite-role": "reader", "invite-lang": "fi"}
    answer = cast.aino.client().post(url("invitation_create"), given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "sanna@museum" in page
    assert '<option value="reader" selected>' in page
    assert "looks like name@place.example" in page
    whom = {"invite-email": "eeva@school.example", "invite-role": "co_creator", "invite-lang": "en"}
    assert (
        "Say which customer"
        in cast.aino.client().post(url("invitation_create"), whom).content.decode()
    )


def test_an_invited_person_is_an_address_and_no_more(cast: Cast) -> None:
    invite("olga@example.org", "reader", by=cast.aino.actor)
    page = text(cast.aino.client())
    assert "olga@example.org was invited" in page
    assert "Olga Lind" not in page


def test_invitations_of_another_workspace_are_as_missing(cast: Cast) -> None:
    done = invite("sanna@museum.example", "reader", by=cast.aino.actor)
    client = cast.olga.client()
    for name in ("invitation_again", "invitation_take_back"):
        address = reverse(name, kwargs={"workspace": "norrvik", "number": done.membership.pk})
        assert client.post(address).status_code == 404
        assert client.post(address.replace(str(done.membership.pk), "987654")).status_code == 404
    done.membership.refresh_from_db()
    assert done.membership.state == "invited"


def test_a_visit_is_noted_once_an_hour(cast: Cast) -> None:
    import time_machine
    from django.core.cache import cache

    cache.clear()

    def seen_at(person: Person, moment: str) -> object:
        with time_machine.travel(moment, tick=False):
            person.client().get("/w/museum/settings/")
        assert person.membership is not None
        return Membership.objects.get(pk=person.membership.pk).last_seen_at

    first = seen_at(cast.aino, "2026-05-01 10:00")
    assert first is not None
    assert seen_at(cast.aino, "2026-05-01 10:40") == first
    assert seen_at(cast.aino, "2026-05-01 11:01") != first
