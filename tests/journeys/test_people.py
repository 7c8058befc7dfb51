"""For whom a journey is, what it rests on, and the library of its meeting points."""

from typing import Any

import pytest

from polku.journeys.documents import read_document
from polku.journeys.library import library
from polku.journeys.models import Journey, Touchpoint
from polku.journeys.operations import meet_at, remove_step
from polku.journeys.operations.interviews import (
    note_interview,
    say_like_whom,
    take_back_consent,
    write_answers,
)
from polku.journeys.operations.pains import add_pain
from polku.journeys.people import choose_people, journeys_for, people_of, people_of_many
from polku.journeys.theirs import theirs_of
from polku.kernel.answers import BadInput, NotAllowed, NotFound, Refused
from polku.kernel.links import tie, ties_of
from polku.kernel.models import Link
from polku.people.operations import add_evidence
from polku.portfolio.operations.offerings import set_elements
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


def test_people_are_chosen_and_let_go(cast: Cast, visit: Journey) -> None:
    by = cast.aino.actor
    family = make("persona", by, label="Family")
    group = make("segment", by, name="Families")
    choose_people(visit, [family.code, group.code.lower()], by=by)
    assert [row.who for row in people_of(cast.liisa.actor, visit)] == [family, group]
    assert journeys_for(by, family.code) == {visit.pk}
    assert journeys_for(by, "PER-99") == journeys_for(by, "nonsense") == frozenset()
    choose_people(visit, [group.code], by=by)
    assert [row.who for row in people_of_many(by, [visit])[visit.pk]] == [group]
    assert Link.objects.filter(kind="L06", state="removed").count() == 1
    with pytest.raises(BadInput):
        choose_people(visit, ["PER-99"], by=by)
    with pytest.raises(NotAllowed):
        choose_people(visit, [], by=cast.liisa.actor)
    with pytest.raises(NotFound):
        choose_people(visit, [], by=cast.olga.actor)


def test_what_hurts_rests_on_what_was_learnt(cast: Cast, visit: Journey, steps: list[Any]) -> None:
    by = cast.aino.actor
    pain = add_pain(visit, step_id=steps[0].pk, values={"text": "Stairs"}, by=by)
    learnt = add_evidence(pain, {"statement": "Eight steps", "n": 4}, by=by)
    [tie] = ties_of(by, pain)
    assert (tie.kind.code, tie.other) == ("L34", learnt)
    assert learnt.owner_party == cast.aino.party
    with pytest.raises(NotAllowed):
        add_evidence(pain, {"statement": "No"}, by=cast.liisa.actor)


def test_one_meeting_point_serves_many_journeys(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    from tests.journeys.ways import visit_of

    by = cast.aino.actor
    other = visit_of(cast.aino)
    door = make("touchpoint", by, name="Door", moment_of_truth=True, recovery={"en": "Sorry"})
    bell = make("touchpoint", by, name="Bell")
    meet_at(visit, steps[0].pk, [door], by=by)
    meet_at(other, other.steps.first().pk, [door, bell], by=by)
    first, second = library(by)
    assert (first.point, [row.pk for row in first.journeys]) == (door, [visit.pk, other.pk])
    assert first.lacks == ["moment_why", "good_turn", "bad_turn", "latitude"]
    assert (second.point, second.lacks) == (bell, [])
    visit.refresh_from_db()
    remove_step(visit, steps[0].pk, by=by)
    assert [row.pk for row in library(by)[0].journeys] == [other.pk]
    Touchpoint.objects.filter(pk=bell.pk).update(state="removed")
    assert [row.point for row in library(by)] == [door]


def test_what_is_theirs_follows_from_what_was_learnt_offered_and_told(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    group = make("segment", by, name="Families")
    family = make("persona", by, label="Family", segment=group)
    wheels = make("persona", by, label="On wheels")
    choose_people(visit, [family.code, wheels.code, group.code], by=by)
    bare = theirs_of(by, visit, family)
    assert (bare.pains, bare.points, dict(bare.told), bare.talks) == (set(), set(), {}, 0)

    stairs = add_pain(visit, step_id=steps[0].pk, values={"text": "Stairs"}, by=by)
    add_pain(visit, step_id=steps[0].pk, values={"text": "Dust"}, by=by)
    tie("L34", wheels, add_evidence(stairs, {"statement": "Eight steps"}, by=by), by=by)
    door, desk = (make("touchpoint", by, name=name) for name in ("Door", "Desk"))
    meet_at(visit, steps[0].pk, [door, desk], by=by)
    ticket = make("offering", by, title="Family ticket",
                  product=make("service_product", by, name="Visit"))  # fmt: skip
    tie("L06", ticket, group, by=by)
    set_elements(ticket, [{"kind": "goods", "text": "A ticket"}], by=by)
    tie("L05", ticket.elements.get(), desk, by=by)
    talk = note_interview(visit, who="mother", persona=family, consent=True, by=by)
    write_answers(talk, door, {"felt": "late"}, by=by)
    note_interview(visit, who="father", persona=family, consent=True, by=by)

    assert theirs_of(by, visit, wheels).pains == {stairs.number}
    for who in (family, group):
        found = theirs_of(by, visit, who)
        assert (found.pains, found.points) == (set(), {desk.code})
        assert (dict(found.told), found.talks) == ({door.code: 1}, 2)
        assert [s.number for s in found.steps(read_document(by, visit))] == [steps[0].number]
    with pytest.raises(NotAllowed):
        theirs_of(cast.tuomas.actor, visit, family)

    say_like_whom(talk, wheels, by=by)
    assert theirs_of(by, visit, family).talks == 1
    with pytest.raises(NotFound):
        say_like_whom(talk, make("persona", cast.olga.actor, label="Theirs"), by=by)
    take_back_consent(talk, by=by)
    assert theirs_of(by, visit, wheels).talks == 0
    with pytest.raises(Refused):
        say_like_whom(talk, family, by=by)
