"""Evidence under typical customers: tied in one go, counted anew with every tie."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from polku.kernel.answers import BadInput, NotAllowed, Refused
from polku.kernel.changes import archive_object, change_object, restore_object
from polku.kernel.clock import today_in
from polku.kernel.links import confirm_tie, remove_tie, tie, ties_of
from polku.kernel.models import AuditEvent
from polku.kernel.transitions import Step, move
from polku.people.entities import INSIGHT, PERSONA
from polku.people.models import Insight, Persona
from polku.people.operations import add_evidence, confidence_of
from polku.people.queries import evidence_of, is_stale
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> Persona:
    found: Persona = make("persona", cast.aino.actor, label="The rainy Sunday family")
    return found


def learn(cast: Cast, persona: Persona, day: str = "2026-05-01", **more: Any) -> Insight:
    values = {"statement": f"Learnt on {day}", "learnt_on": day, **more}
    return add_evidence(persona, values, by=cast.aino.actor)


def counted(persona: Persona) -> tuple[int, str, dt.date | None]:
    persona.refresh_from_db()
    return persona.evidence_count, persona.confidence, persona.newest_evidence_on


def test_evidence_is_written_and_tied_in_one_operation(cast: Cast, family: Persona) -> None:
    made = learn(cast, family, method="interview", n=9)
    assert (made.code, made.method, made.n) == ("INS-1", "interview", 9)
    assert [tie.other for tie in evidence_of(cast.aino.actor, family)] == [made]
    events = AuditEvent.objects.filter(name__in=["insight.created", "link.made"])
    assert len(set(events.values_list("operation_id", flat=True))) == 1
    assert counted(family) == (1, "some", dt.date(2026, 5, 1))


@pytest.mark.parametrize(
    ("count", "sure"), [(0, "guess"), (1, "some"), (4, "some"), (5, "strong"), (60, "strong")]
)
def test_strong_takes_five_pieces(count: int, sure: str) -> None:
    assert confidence_of(count) == sure


def test_what_the_evidence_says_follows_every_tie(cast: Cast, family: Persona) -> None:
    made = [learn(cast, family, f"2026-0{n}-01") for n in range(1, 6)]
    assert counted(family) == (5, "strong", dt.date(2026, 5, 1))
    newest = next(row for row in ties_of(cast.aino.actor, family) if row.other == made[4])
    remove_tie(newest.link, by=cast.aino.actor, reason="Said by another")
    assert counted(family) == (4, "some", dt.date(2026, 4, 1))
    archive_object(INSIGHT, made[3], by=cast.aino.actor)
    assert counted(family) == (3, "some", dt.date(2026, 3, 1))
    restore_object(INSIGHT, made[3], by=cast.aino.actor)
    change_object(INSIGHT, made[3], {"learnt_on": "2024-02-01"}, by=cast.aino.actor)
    assert counted(family) == (4, "some", dt.date(2026, 3, 1))


def test_a_guess_is_no_evidence_until_somebody_confirms_it(cast: Cast, family: Persona) -> None:
    insight = make("insight", cast.aino.actor, statement="They wait", learnt_on="2026-05-01")
    link = tie("L34", family, insight, by=cast.aino.actor, confidence="guess")
    assert counted(family) == (0, "guess", None)
    confirm_tie(link, by=cast.aino.actor)
    assert counted(family) == (1, "some", dt.date(2026, 5, 1))


def test_counting_leaves_no_trace_of_a_change(cast: Cast, family: Persona) -> None:
    before = family.revision
    learn(cast, family)
    family.refresh_from_db()
    assert family.revision == before
    assert not AuditEvent.objects.filter(name="persona.changed").exists()


def test_nobody_writes_how_sure_we_are(cast: Cast, family: Persona) -> None:
    for field, value in (("confidence", "strong"), ("evidence_count", 9)):
        with pytest.raises(BadInput):
            change_object(PERSONA, family, {field: value}, by=cast.aino.actor)


def test_the_database_knows_that_strong_needs_five(family: Persona) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Persona.objects.filter(pk=family.pk).update(confidence="strong", evidence_count=4)


def test_who_may_not_change_a_persona_adds_no_evidence(cast: Cast, family: Persona) -> None:
    for person in (cast.liisa, cast.heikki, cast.tuomas):
        with pytest.raises(NotAllowed):
            add_evidence(family, {"statement": "They wait"}, by=person.actor)
    assert not Insight.objects.exists()


def test_bad_evidence_leaves_nothing(cast: Cast, family: Persona) -> None:
    for wrong in ({"statement": ""}, {"statement": "x", "learnt_on": "2999-01-01"},
                  {"statement": "x", "method": "magic"}):  # fmt: skip
        with pytest.raises(BadInput):
            add_evidence(family, wrong, by=cast.aino.actor)
    assert not Insight.objects.exists()
    assert counted(family)[0] == 0


def test_the_same_thing_is_evidence_once(cast: Cast, family: Persona) -> None:
    made = learn(cast, family)
    with pytest.raises(Refused, match="tied in this way"):
        tie("L34", family, made, by=cast.aino.actor)


def test_checked_with_people_notes_the_day_and_a_guess_forgets_it(
    cast: Cast, family: Persona
) -> None:
    day = today_in(cast.museum)
    with pytest.raises(BadInput):
        move(family, Step("checked"), by=cast.aino.actor)
    move(family, Step("checked", day, "Six families said: us."), by=cast.aino.actor)
    family.refresh_from_db()
    assert (family.state, family.validated_on) == ("checked", day)
    move(family, Step("guess", reason="All six have moved away."), by=cast.aino.actor)
    family.refresh_from_db()
    assert (family.state, family.validated_on) == ("guess", None)


def test_a_planned_check_is_not_one_yet(cast: Cast, family: Persona) -> None:
    soon = today_in(cast.museum) + dt.timedelta(days=3)
    move(family, Step("checked", soon, "On Tuesday"), by=cast.aino.actor)
    family.refresh_from_db()
    assert (family.state, family.validated_on) == ("guess", None)


def test_evidence_older_than_a_year_is_old(cast: Cast, family: Persona) -> None:
    today = today_in(cast.museum)
    learn(cast, family, str(today - dt.timedelta(days=366)))
    family.refresh_from_db()
    assert is_stale(family, today)
    learn(cast, family, str(today - dt.timedelta(days=365)))
    family.refresh_from_db()
    assert not is_stale(family, today)
