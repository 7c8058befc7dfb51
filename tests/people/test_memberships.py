"""Roles change as long as somebody stays who may change them."""

import pytest

from polku.kernel.actor import actor_for
from polku.kernel.answers import BadInput, NotAllowed, NotFound, Refused
from polku.kernel.tokens import make_token, open_token
from polku.people.operations import (
    NewPerson,
    add_person,
    change_role,
    name_portfolio_owner,
    switch_off,
    switch_on,
)
from polku.people.queries import members, switched_off
from polku.tenancy.models import Membership
from tests.cast import Cast, Person

pytestmark = pytest.mark.django_db


def place(person: Person) -> Membership:
    assert person.membership is not None
    return Membership.objects.get(pk=person.membership.pk)


def test_the_last_admin_stays(cast: Cast) -> None:
    for attempt in (lambda: change_role(place(cast.aino), "reader", by=cast.aino.actor),
                    lambda: switch_off(place(cast.aino), by=cast.aino.actor)):  # fmt: skip
        with pytest.raises(NotAllowed, match="Nobody else looks after"):
            attempt()
    assert place(cast.aino).access_role == "admin"
    change_role(place(cast.piotr), "admin", by=cast.aino.actor)
    assert change_role(place(cast.aino), "reader", by=cast.aino.actor).access_role == "reader"


def test_an_admin_whose_account_is_off_does_not_count(cast: Cast) -> None:
    change_role(place(cast.piotr), "admin", by=cast.aino.actor)
    cast.piotr.user.state = "disabled"
    cast.piotr.user.save()
    with pytest.raises(NotAllowed):
        change_role(place(cast.aino), "editor", by=cast.aino.actor)


def test_the_page_is_told_before_it_tries(cast: Cast) -> None:
    answers = {m.name: bool(m.role_answer) for m in members(cast.aino.actor)}
    assert answers == {
        "Aino Salmi": False, "Piotr Zieliński": True, "Heikki Laine": True, "Liisa Korpi": True,
        "Tuomas Rinne": True,
    }  # fmt: skip


def test_nobody_else_changes_roles(cast: Cast) -> None:
    for person in (cast.piotr, cast.heikki, cast.liisa, cast.tuomas):
        with pytest.raises(NotAllowed):
            change_role(place(cast.liisa), "admin", by=person.actor)


@pytest.mark.scenario("AC31", part="people")
def test_a_membership_of_another_workspace_is_as_missing(cast: Cast) -> None:
    liisa, olga = place(cast.liisa), cast.olga.actor
    for attempt in (lambda: change_role(liisa, "editor", by=olga),
                    lambda: switch_off(liisa, by=olga),
                    lambda: name_portfolio_owner(liisa, by=olga)):  # fmt: skip
        with pytest.raises(NotFound):
            attempt()


def test_a_customers_person_needs_a_customer(cast: Cast) -> None:
    with pytest.raises(BadInput):
        change_role(place(cast.liisa), "co_creator", by=cast.aino.actor)
    changed = change_role(
        place(cast.liisa), "co_creator", by=cast.aino.actor, relationships=[cast.school]
    )
    assert list(changed.relationships.all()) == [cast.school]
    back = change_role(changed, "reader", by=cast.aino.actor)
    assert not back.relationships.exists()


def test_switching_off_ends_keys_at_once_and_can_be_undone(cast: Cast) -> None:
    membership = place(cast.piotr)
    _token, secret = make_token(membership, "export", by=cast.piotr.actor)
    switch_off(membership, by=cast.aino.actor)
    assert open_token(secret) is None
    assert actor_for(cast.piotr.user, cast.museum) is None
    assert [str(row.party) for row in switched_off(cast.aino.actor)] == ["Piotr Zieliński"]
    switch_on(membership, by=cast.aino.actor)
    assert actor_for(cast.piotr.user, cast.museum) is not None
    assert open_token(secret) is None
    with pytest.raises(Refused):
        switch_on(membership, by=cast.aino.actor)


def test_one_decides_on_what_is_offered(cast: Cast) -> None:
    name_portfolio_owner(place(cast.piotr), by=cast.aino.actor)
    name_portfolio_owner(place(cast.heikki), by=cast.aino.actor)
    owners = Membership.objects.filter(workspace=cast.museum, is_portfolio_owner=True)
    assert [row.user for row in owners] == [cast.heikki.user]
    with pytest.raises(Refused):
        name_portfolio_owner(place(cast.liisa), by=cast.aino.actor)


def test_the_operator_adds_people_to_several_workspaces(cast: Cast) -> None:
    from polku.kernel.actor import system_actor

    new = NewPerson("Sanna Virta", "sanna@museum.example", "a boat on the long lake")
    first = add_person(new, "editor", by=system_actor(cast.museum, "cli"))
    second = add_person(first.user, "reader", by=system_actor(cast.norrvik, "cli"))
    assert first.user == second.user
    assert first.party != second.party
    with pytest.raises(BadInput):
        add_person(first.user, "reader", by=system_actor(cast.museum, "cli"))
