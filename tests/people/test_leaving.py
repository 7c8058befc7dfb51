"""AC33: an employee who owns 14 objects leaves."""

import datetime as dt

import pytest
from django.contrib.auth import authenticate

from polku.kernel.actor import actor_for, system_actor
from polku.kernel.answers import BadInput, NotAllowed, NotFound
from polku.kernel.links import tie
from polku.kernel.magic_links import make_link, open_link
from polku.kernel.models import AuditEvent, LooseEnd
from polku.kernel.tokens import make_token, open_token
from polku.people.operations import add_person, add_role, change_role, mark_left
from polku.people.queries import owned_objects
from polku.portfolio.models import ServiceProduct
from polku.tenancy.models import Membership, Party
from tests.cast import PASSWORD, Cast, Person, make

pytestmark = pytest.mark.django_db


def services(cast: Cast, owner: Person, n: int) -> list[ServiceProduct]:
    names = [f"Service {owner.user.name} {i}" for i in range(n)]
    return [
        make("service_product", cast.aino.actor, name=name, owner_party=owner.party.code)
        for name in names
    ]


def test_proposals_name_who_stands_nearest_and_say_why(cast: Cast) -> None:
    first, tied, alone = services(cast, cast.piotr, 3)
    goal = make("strategy_goal", cast.aino.actor, statement="More families",
                owner_party=cast.liisa.party.code)  # fmt: skip
    tie("L01", tied, goal, by=cast.aino.actor)
    services(cast, cast.heikki, 1)
    make("service_product", cast.aino.actor, name="Parent", owner_party=cast.aino.party.code)
    parent = ServiceProduct.objects.get(name__en="Parent")
    offering = make("offering", cast.aino.actor, title="Short tour", product=parent.code,
                    owner_party=cast.piotr.party.code)  # fmt: skip
    found = {one.obj.code: one for one in owned_objects(cast.aino.actor, cast.piotr.party)}
    assert set(found) == {first.code, tied.code, alone.code, offering.code}
    assert found[offering.code].proposed == cast.aino.party
    assert found[tied.code].proposed == cast.liisa.party
    assert found[alone.code].proposed in {cast.heikki.party, cast.aino.party}
    assert all(one.why for one in found.values())


def test_nobody_stands_near_is_an_answer(cast: Cast) -> None:
    (only,) = services(cast, cast.piotr, 1)
    (one,) = owned_objects(cast.aino.actor, cast.piotr.party)
    assert (one.obj, one.proposed) == (only, None)


@pytest.mark.scenario("AC33", part="leaver")
def test_fourteen_objects_get_owners_or_become_loose_ends(cast: Cast) -> None:
    owned = services(cast, cast.piotr, 14)
    answers = {row.code: cast.heikki.party.code for row in owned[:12]}
    answers |= {row.code: "" for row in owned[12:]}
    party = mark_left(cast.piotr.party, answers, by=cast.aino.actor)
    assert (party.state, party.left_on is not None) == ("left", True)
    owners = [ServiceProduct.objects.get(pk=row.pk).owner_party for row in owned]
    assert owners == [cast.heikki.party] * 12 + [None] * 2
    ends = LooseEnd.objects.filter(
        workspace=cast.museum, object_kind="service_product", state="open",
        object_id__in=[row.pk for row in owned[12:]],
    )  # fmt: skip
    assert ends.values("object_id").distinct().count() == 2
    changed = AuditEvent.objects.filter(workspace=cast.museum, name="service_product.changed")
    assert len({event.operation_id for event in changed}) == 1


def test_every_object_needs_an_answer_and_nothing_is_half_done(cast: Cast) -> None:
    first, second = services(cast, cast.piotr, 2)
    with pytest.raises(BadInput) as told:
        mark_left(cast.piotr.party, {first.code: cast.heikki.party.code}, by=cast.aino.actor)
    assert set(told.value.fields) == {second.code}
    with pytest.raises(BadInput) as told:
        mark_left(cast.piotr.party, {first.code: "", second.code: cast.piotr.party.code},
                  by=cast.aino.actor)  # fmt: skip
    assert set(told.value.fields) == {second.code}
    with pytest.raises(BadInput):
        mark_left(cast.piotr.party, {first.code: "PTY-999", second.code: ""}, by=cast.aino.actor)
    first.refresh_from_db()
    assert first.owner_party == cast.piotr.party
    assert Party.objects.get(pk=cast.piotr.party.pk).state == "active"


@pytest.mark.scenario("AC33", part="leaver")
def test_every_door_closes_at_once(cast: Cast) -> None:
    client = cast.piotr.client()
    assert client.get("/me/").status_code == 200
    membership = Membership.objects.get(pk=cast.piotr.membership.pk)  # type: ignore[union-attr]
    _token, key = make_token(membership, "export", by=cast.piotr.actor)
    _link, secret = make_link("invite", membership, by=cast.aino.actor, membership=membership)
    mark_left(cast.piotr.party, {}, by=cast.aino.actor)
    assert client.get("/me/").status_code == 302
    assert open_token(key) is None
    with pytest.raises(NotFound):
        open_link(secret)
    assert actor_for(cast.piotr.user, cast.museum) is None
    assert authenticate(None, email="piotr@example.org", password=PASSWORD) is None
    cast.piotr.user.refresh_from_db()
    assert cast.piotr.user.state == "disabled"


def test_an_account_that_works_elsewhere_stays(cast: Cast) -> None:
    add_person(cast.piotr.user, "editor", by=system_actor(cast.norrvik, "cli"))
    mark_left(cast.piotr.party, {}, by=cast.aino.actor)
    cast.piotr.user.refresh_from_db()
    assert cast.piotr.user.is_active
    assert actor_for(cast.piotr.user, cast.norrvik) is not None
    assert actor_for(cast.piotr.user, cast.museum) is None


def test_parts_they_played_end_with_the_last_day(cast: Cast) -> None:
    role = add_role(cast.piotr.party, "sponsor", by=cast.aino.actor)
    mark_left(cast.piotr.party, {}, by=cast.aino.actor, on=dt.date(2026, 5, 1))
    role.refresh_from_db()
    assert role.valid_to == dt.date(2026, 5, 1)


def test_who_cannot_leave_is_told_why(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="Nobody else looks after"):
        mark_left(cast.aino.party, {}, by=cast.aino.actor)
    with pytest.raises(NotAllowed, match="Only a person can leave"):
        mark_left(cast.school.consumer_party, {}, by=cast.aino.actor)
    with pytest.raises(BadInput):
        mark_left(cast.liisa.party, {}, by=cast.aino.actor, on=dt.date(2999, 1, 1))
    mark_left(cast.liisa.party, {}, by=cast.aino.actor)
    with pytest.raises(NotAllowed):
        mark_left(cast.liisa.party, {}, by=cast.aino.actor)
    for person in (cast.piotr, cast.heikki, cast.tuomas):
        with pytest.raises(NotAllowed):
            mark_left(cast.heikki.party, {}, by=person.actor)


def test_one_of_two_admins_may_leave(cast: Cast) -> None:
    assert cast.piotr.membership is not None
    change_role(cast.piotr.membership, "admin", by=cast.aino.actor)
    assert mark_left(cast.aino.party, {}, by=cast.piotr.actor).state == "left"


@pytest.mark.scenario("AC31", part="people")
def test_a_person_of_another_workspace_is_as_missing(cast: Cast) -> None:
    with pytest.raises(NotFound):
        mark_left(cast.piotr.party, {}, by=cast.olga.actor)
    assert owned_objects(cast.olga.actor, cast.piotr.party) == []
