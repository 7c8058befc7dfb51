"""Who has a stake: exactly one of a party and a group, a place on the map, lines between them."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from polku.kernel.answers import BadInput, Conflict, NotAllowed, NotFound, Refused
from polku.kernel.changes import change_object
from polku.kernel.links import tie
from polku.kernel.models import AuditEvent
from polku.people.entities import PARTY, STAKEHOLDER
from polku.people.models import Stakeholder, StakeholderTie
from polku.people.operations import draw_line, place_stakeholder, rub_out_line
from polku.people.queries import find_line, lines_of, stakes
from polku.tenancy.models import Party
from polku.tenancy.translated import Translated
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


def group(cast: Cast, name: str = "Neighbours", **more: Any) -> Stakeholder:
    found: Stakeholder = make("stakeholder", cast.aino.actor, group_name=name, **more)
    return found


def test_one_is_a_party_or_a_group(cast: Cast) -> None:
    school = Party.objects.get(pk=cast.school.consumer_party_id)
    by = cast.aino.actor
    for values in ({}, {"party": school.code, "group_name": "Schools"}):
        with pytest.raises(BadInput, match="a person or organisation, or a group"):
            make("stakeholder", by, **values)
    assert make("stakeholder", by, party=school.code).title == school.name
    assert group(cast).title == "Neighbours"


def test_the_database_knows_it_too(cast: Cast) -> None:
    one = group(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stakeholder.objects.filter(pk=one.pk).update(party_id=cast.school.consumer_party_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stakeholder.objects.filter(pk=one.pk).update(group_name=Translated())


def test_a_party_with_another_name_is_found_by_it(cast: Cast) -> None:
    school = Party.objects.get(pk=cast.school.consumer_party_id)
    one = make("stakeholder", cast.aino.actor, party=school.code)
    change_object(PARTY, school, {"name": "Aurora School"}, by=cast.aino.actor)
    one.refresh_from_db()
    assert (one.title, one.sort_title) == ("Aurora School", "aurora school")


def test_interest_and_influence_go_from_one_to_five_or_are_unknown(cast: Cast) -> None:
    one = group(cast)
    placed = place_stakeholder(one, interest="4", influence="", by=cast.aino.actor)
    assert (placed.interest, placed.influence) == (4, None)
    assert placed.assessed_on is not None
    for wrong in ("0", "6", "much"):
        with pytest.raises(BadInput):
            place_stakeholder(one, interest=wrong, influence="1", by=cast.aino.actor)
    with pytest.raises(NotAllowed):
        place_stakeholder(one, interest="1", influence="1", by=cast.liisa.actor)


def test_two_who_move_one_at_once_meet(cast: Cast) -> None:
    one = group(cast)
    seen = one.revision
    place_stakeholder(one, interest="4", influence="2", by=cast.piotr.actor, revision=seen)
    with pytest.raises(Conflict):
        place_stakeholder(one, interest="1", influence="2", by=cast.aino.actor, revision=seen)


def test_a_line_is_drawn_once_and_stays_in_the_history_of_both(cast: Cast) -> None:
    one, other = group(cast), group(cast, "The city")
    by = cast.aino.actor
    line = draw_line(one, other, {"en": "complain to it", "fi": "valittavat sille"}, by=by)
    assert line.words.text("fi") == "valittavat sille"
    assert lines_of(by, other) == [line]
    for wrong, error in ((other, Refused), (one, Refused)):
        with pytest.raises(error):
            draw_line(one, wrong, "again", by=by)
    with pytest.raises(BadInput):
        draw_line(other, one, " ", by=by)
    with pytest.raises(BadInput):
        draw_line(other, one, "x" * 201, by=by)
    rub_out_line(line, by=by)
    assert not StakeholderTie.objects.exists()
    told = AuditEvent.objects.filter(name__startswith="stakeholder.line_")
    assert sorted(told.values_list("object_code", "name")) == [
        ("STK-1", "stakeholder.line_drawn"), ("STK-1", "stakeholder.line_rubbed_out"),
        ("STK-2", "stakeholder.line_drawn"), ("STK-2", "stakeholder.line_rubbed_out"),
    ]  # fmt: skip


def test_lines_are_drawn_by_those_who_may_change_and_inside_one_place(cast: Cast) -> None:
    one, other = group(cast), group(cast, "The city")
    elsewhere = make("stakeholder", cast.olga.actor, group_name="Far away")
    for person in (cast.liisa, cast.tuomas):
        with pytest.raises(NotAllowed):
            draw_line(one, other, "listens to", by=person.actor)
    with pytest.raises(NotFound):
        draw_line(one, elsewhere, "listens to", by=cast.aino.actor)
    line = draw_line(one, other, "listens to", by=cast.aino.actor)
    with pytest.raises(NotFound):
        rub_out_line(line, by=cast.olga.actor)
    with pytest.raises(NotFound):
        find_line(cast.aino.actor, elsewhere, line.pk)


def test_the_map_shows_those_with_a_stake_in_one_service(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="Night at the museum")
    one, other, past = group(cast), group(cast, "The city"), group(cast, "Gone", state="past")
    for who in (one, past):
        tie("L39", who, service, by=by)
    draw_line(one, other, "listens to", by=by)
    everybody = stakes(by)
    assert set(everybody.people) == {one, other}
    assert len(everybody.lines) == 1
    assert everybody.things[one.pk] == [service]
    of_service = stakes(by, in_thing=service)
    assert of_service.people == [one]
    assert of_service.lines == []


def test_no_audience_shows_a_stakeholder_to_the_other_side(cast: Cast) -> None:
    one = group(cast, audience="public")
    assert stakes(cast.tuomas.actor).people == []
    assert STAKEHOLDER.outside is not None
    assert Stakeholder.objects.filter(STAKEHOLDER.outside(cast.tuomas.actor)).count() == 0
    assert cast.tuomas.client().get(f"/w/museum/stakeholders/{one.code}/").status_code == 404
