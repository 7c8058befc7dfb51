"""Letting people in without telling anybody who else is on this server."""

import re

import pytest
import time_machine
from django.core import mail

from polku.kernel.answers import BadInput, NotAllowed, NotFound, Refused
from polku.kernel.magic_links import open_link
from polku.people.operations import (
    Invitation,
    accept_invitation,
    ask_for_new_link,
    disable_account,
    invite,
    mark_left,
    send_invitation_again,
    take_back_invitation,
)
from polku.people.queries import invitations, members
from polku.tenancy.models import Membership, Party, UserAccount
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PASSWORD = "a boat on the long lake"


def secret_of_last_mail() -> str:
    found = re.search(r"/m/(\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_new_person_comes_in_with_a_name_and_a_password(cast: Cast) -> None:
    done = invite("Sanna@Museum.example", "editor", by=cast.aino.actor, lang="fi")
    assert done.mailed
    assert [m.email for m in members(cast.aino.actor)].count("sanna@museum.example") == 0
    membership = accept_invitation(
        open_link(secret_of_last_mail()).link, name="Sanna Virta", password=PASSWORD
    )
    assert membership.state == "active"
    assert membership.user.is_active
    assert membership.user.lang == "fi"
    assert membership.party is not None
    assert membership.party.parent == cast.museum.home_party
    assert "sanna@museum.example" in [m.email for m in members(cast.aino.actor)]


def test_the_inviter_sees_the_same_whether_the_address_is_known(cast: Cast) -> None:
    known = invite("mallory@example.org", "reader", by=cast.aino.actor)
    fresh = invite("nobody@example.org", "reader", by=cast.aino.actor)
    first, second = mail.outbox[-2:]
    hide = re.compile(r"/m/\S+")
    assert hide.sub("", str(first.body)) == hide.sub("", str(second.body))
    assert first.subject == second.subject
    assert (known.mailed, known.membership.state) == (fresh.mailed, fresh.membership.state)
    shown = [
        (row.is_over, row.asked_anew, row.membership.party) for row in invitations(cast.aino.actor)
    ]
    assert shown[0] == shown[1]


def test_a_known_account_must_be_signed_in_to_accept(cast: Cast) -> None:
    done = invite("mallory@example.org", "reader", by=cast.aino.actor)
    for user in (None, cast.olga.user):
        with pytest.raises(NotAllowed):
            accept_invitation(done.link, user=user, name="X", password=PASSWORD)
    assert not cast.mallory.user.check_password(PASSWORD)
    accepted = accept_invitation(done.link, user=cast.mallory.user)
    assert accepted.state == "active"
    assert accepted.party is not None
    assert accepted.party.name == "Mallory Moss"


def test_an_invitation_works_once(cast: Cast) -> None:
    done = invite("sanna@museum.example", "editor", by=cast.aino.actor)
    accept_invitation(done.link, name="Sanna", password=PASSWORD)
    with pytest.raises(Refused):
        accept_invitation(done.link, name="Mallory", password="another one entirely")
    assert UserAccount.objects.get(email="sanna@museum.example").name == "Sanna"


def test_bad_input_uses_nothing_up(cast: Cast) -> None:
    done = invite("sanna@museum.example", "editor", by=cast.aino.actor)
    with pytest.raises(BadInput) as told:
        accept_invitation(done.link, name="", password="short")
    assert set(told.value.fields) == {"name", "password"}
    assert accept_invitation(done.link, name="Sanna", password=PASSWORD).state == "active"


def test_sending_again_stops_the_former_link(cast: Cast) -> None:
    invite("sanna@museum.example", "editor", by=cast.aino.actor, lang="pl")
    former = secret_of_last_mail()
    membership = Membership.objects.get(user__email="sanna@museum.example")
    again = send_invitation_again(membership, by=cast.aino.actor)
    with pytest.raises(NotFound):
        open_link(former)
    assert open_link(secret_of_last_mail()).link == again.link
    assert again.link.lang == "pl"


def test_a_taken_back_invitation_is_as_if_it_never_was(cast: Cast) -> None:
    done = invite("sanna@museum.example", "editor", by=cast.aino.actor)
    take_back_invitation(done.membership, by=cast.aino.actor)
    with pytest.raises(NotFound):
        open_link(secret_of_last_mail())
    with pytest.raises(NotFound):
        accept_invitation(done.link, name="Sanna", password=PASSWORD)
    with pytest.raises(Refused):
        send_invitation_again(done.membership, by=cast.aino.actor)
    assert invitations(cast.aino.actor) == []


def test_a_late_invitation_is_refused_and_asks_anew_once_a_day(cast: Cast) -> None:
    with time_machine.travel("2026-05-01 10:00", tick=False):
        done = invite("sanna@museum.example", "editor", by=cast.aino.actor)
    with time_machine.travel("2026-05-15 10:01", tick=False):
        with pytest.raises(Refused):
            accept_invitation(done.link, name="Sanna", password=PASSWORD)
        assert ask_for_new_link(done.link)
        assert not ask_for_new_link(done.link)
        assert mail.outbox[-1].to == [cast.aino.user.email]
        assert [row.asked_anew for row in invitations(cast.aino.actor)] == [True]
        assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("email", "role", "lang", "field"),
    [
        ("not an address", "editor", "en", "email"),
        ("aino@example.org", "editor", "en", "email"),
        ("sanna@museum.example", "guest", "en", "role"),
        ("sanna@museum.example", "emperor", "en", "role"),
        ("sanna@museum.example", "co_creator", "en", "relationships"),
        ("sanna@museum.example", "editor", "xx", "lang"),
    ],
)
def test_a_bad_invitation_is_not_sent(
    cast: Cast, email: str, role: str, lang: str, field: str
) -> None:
    with pytest.raises(BadInput) as told:
        invite(email, role, by=cast.aino.actor, lang=lang)
    assert field in told.value.fields
    assert not mail.outbox
    assert not UserAccount.objects.filter(email="sanna@museum.example").exists()


def test_only_those_who_look_after_people_invite(cast: Cast) -> None:
    for person in (cast.piotr, cast.heikki, cast.liisa, cast.tuomas):
        with pytest.raises(NotAllowed):
            invite("sanna@museum.example", "editor", by=person.actor)


def test_a_customers_person_belongs_to_their_customer(cast: Cast) -> None:
    done = invite(
        "eeva@school.example", "co_creator", by=cast.aino.actor, relationships=[cast.school]
    )
    membership = accept_invitation(done.link, name="Eeva Lahti", password=PASSWORD)
    assert membership.party is not None
    assert membership.party.parent == cast.school.consumer_party
    assert not membership.party.is_internal


def test_a_relationship_of_another_workspace_is_refused(cast: Cast) -> None:
    with pytest.raises(BadInput):
        invite("eeva@school.example", "co_creator", by=cast.olga.actor, relationships=[cast.school])


def test_an_account_switched_off_by_the_operator_stays_out(cast: Cast) -> None:
    disable_account(cast.olga.user)
    done = invite("olga@example.org", "editor", by=cast.aino.actor)
    with pytest.raises(NotFound):
        accept_invitation(done.link, name="Olga", password=PASSWORD)
    cast.olga.user.refresh_from_db()
    assert not cast.olga.user.is_active


def test_a_leaver_may_come_back_by_an_invitation(cast: Cast) -> None:
    mark_left(cast.piotr.party, {}, by=cast.aino.actor)
    done = invite("piotr@example.org", "editor", by=cast.aino.actor)
    membership = accept_invitation(done.link, name="Piotr Zieliński", password=PASSWORD)
    party = Party.objects.get(pk=cast.piotr.party.pk)
    assert membership.party == party
    assert (party.state, party.left_on) == ("active", None)


def test_no_mail_server_is_said_and_the_invitation_stands(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("polku.people.operations.mails.send_mail", refuse)
    done: Invitation = invite("sanna@museum.example", "editor", by=cast.aino.actor)
    assert not done.mailed
    assert len(invitations(cast.aino.actor)) == 1


def test_a_name_cannot_write_mail_headers(cast: Cast) -> None:
    cast.aino.user.name = "Aino\r\nBcc: all@example.org"
    cast.aino.user.save()
    invite("sanna@museum.example", "editor", by=cast.aino.actor)
    assert "\n" not in mail.outbox[-1].subject
    assert mail.outbox[-1].recipients() == ["sanna@museum.example"]
