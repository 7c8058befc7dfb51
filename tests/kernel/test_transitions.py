"""Dated steps: legal, planned, corrected, counted, never overwritten."""

import datetime as dt

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polku.kernel.actor import system_actor
from polku.kernel.answers import BadInput, NotAllowed, Refused
from polku.kernel.changes import archive_object, create_object
from polku.kernel.clock import today_in
from polku.kernel.history import states_on, transitions_of
from polku.kernel.machines import StateMachine
from polku.kernel.models import Transition
from polku.kernel.registry import entities, entity
from polku.kernel.transitions import (
    Step,
    apply_due,
    cancel_planned,
    correct,
    move,
    offered_moves,
    rebuild_state,
)
from tests.cast import Cast, make

SERVICE = entity("service_product")
MACHINES = {row.kind: row.machine for row in entities() if row.machine}


def test_a_new_service_says_nothing_of_its_state(cast: Cast) -> None:
    assert make("service_product", cast.aino.actor, name="x").managed_state == ""


def test_live_cannot_jump_to_ended_and_the_way_is_named(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="x", state="live")
    with pytest.raises(Refused) as caught:
        move(service, Step("ended", reason="over"), by=cast.aino.actor)
    assert "two steps" in str(caught.value)


def test_unknown_answers_do_not_block_and_are_signed_for(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="x", state="in_test")
    step = Step("live", reason="we try", answers={"rehearsed": "yes", "date_set": "no"})
    row = move(service, step, by=cast.aino.actor)
    assert row.decision is not None
    assert row.decision.unknowns == 2
    assert row.decision.decider_party == cast.aino.party
    assert row.decision.same_person
    assert row.gate_answers["people_can_say"]["answer"] == "unknown"


def test_a_step_without_its_reason_is_asked_for_it(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="x", state="live")
    with pytest.raises(BadInput) as caught:
        move(service, Step("ending"), by=cast.aino.actor)
    assert "reason" in caught.value.fields


def test_an_answer_to_a_question_nobody_asked_is_refused(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="x", state="in_test")
    with pytest.raises(BadInput):
        move(service, Step("live", answers={"invented": "yes"}), by=cast.aino.actor)


def test_who_decides_on_the_portfolio_opens_services(cast: Cast) -> None:
    service = make("service_product", cast.piotr.actor, name="x", state="in_test")
    with pytest.raises(NotAllowed) as caught:
        move(service, Step("live"), by=cast.piotr.actor)
    assert "decides on our services" in str(caught.value)
    assert move(service, Step("live"), by=cast.aino.actor).to_state == "live"


def test_a_future_step_is_planned_then_applied_once(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="x", state="live")
    day = today_in(by.workspace) + dt.timedelta(days=30)
    row = move(service, Step("ending", effective_on=day, reason="bye"), by=by)
    service.refresh_from_db()
    assert row.is_planned
    assert service.managed_state == "live"
    with time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC)):
        assert apply_due(system_actor(by.workspace)) == 1
        assert apply_due(system_actor(by.workspace)) == 0
        service.refresh_from_db()
        assert service.managed_state == "ending"


def test_a_planned_step_taken_back_is_never_applied(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="x", state="live")
    day = today_in(by.workspace) + dt.timedelta(days=30)
    row = move(service, Step("ending", effective_on=day, reason="bye"), by=by)
    cancel_planned(row, by=by, obj=service)
    with time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC)):
        assert apply_due(system_actor(by.workspace)) == 0
    assert transitions_of(by, service)[0].cancelled_at is not None


def test_on_hold_goes_back_to_where_it_came_from(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="x", state="in_test")
    move(service, Step("on_hold", reason="no money"), by=by)
    service.refresh_from_db()
    assert [found.to for found, _answer in offered_moves(service, by)] == ["in_test", "ended"]
    with pytest.raises(Refused):
        move(service, Step("live", reason="jump"), by=by)


def test_a_wrong_step_is_corrected_by_a_new_one(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="x", state="in_test")
    row = move(service, Step("live", reason="oops"), by=by)
    correct(row, by=by, obj=service, reason="too early")
    service.refresh_from_db()
    assert service.managed_state == "in_test"
    assert len(transitions_of(by, service)) == 3


def test_the_past_can_be_asked_for_and_what_was_known_then(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="x")
    today = today_in(by.workspace)
    early, late = today - dt.timedelta(days=400), today - dt.timedelta(days=100)
    move(service, Step("being_made", effective_on=early), by=by)
    move(service, Step("live", effective_on=late), by=by)
    assert states_on(by, SERVICE, late - dt.timedelta(days=1))[service.pk].state == "being_made"
    assert states_on(by, SERVICE, today)[service.pk].state == "live"
    assert states_on(by, SERVICE, today, known_on=late) == {}


@pytest.mark.parametrize("kind", sorted(MACHINES))
def test_every_move_of_a_machine_leads_to_a_state_it_has(kind: str) -> None:
    machine = MACHINES[kind]
    assert isinstance(machine, StateMachine)
    assert set(machine.moves) <= {"", *machine.codes}
    for moves in machine.moves.values():
        assert {found.to for found in moves} <= set(machine.codes)


@given(wishes=st.lists(st.sampled_from(sorted(MACHINES["service_product"].codes)), max_size=12))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_walk_leaves_the_table_and_the_copy_equals_the_rows(
    cast: Cast, wishes: list[str]
) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="walker")
    machine = MACHINES["service_product"]
    for wish in wishes:
        before = service.managed_state
        legal = machine.find(before, wish, service.held_from_state) is not None
        try:
            move(service, Step(wish, reason="walking"), by=by)
            assert legal
        except Refused:
            assert not legal
        service.refresh_from_db()
        assert service.managed_state == rebuild_state(service)
        assert (
            Transition.objects.filter(object_id=service.pk, object_kind=SERVICE.kind).count() < 13
        )


def test_a_plan_that_no_longer_follows_falls_away(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="x", state="in_test")
    day = today_in(by.workspace) + dt.timedelta(days=5)
    row = move(service, Step("live", effective_on=day), by=by)
    move(service, Step("ended", reason="dropped"), by=by)
    with time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC)):
        assert apply_due(system_actor(by.workspace)) == 0
    service.refresh_from_db()
    row.refresh_from_db()
    assert service.managed_state == "ended" == rebuild_state(service)
    assert row.cancelled_at is not None


def test_a_plan_that_took_effect_cannot_be_taken_back_from_an_old_page(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="x", state="in_test")
    day = today_in(by.workspace) + dt.timedelta(days=5)
    seen = move(service, Step("live", effective_on=day), by=by)
    with time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC)):
        apply_due(system_actor(by.workspace))
        with pytest.raises(Refused):
            cancel_planned(seen, by=by, obj=service)
        service.refresh_from_db()
        assert service.managed_state == "live" == rebuild_state(service)


def test_a_step_of_the_past_must_fit_what_came_after(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="x")
    today = today_in(by.workspace)
    move(service, Step("idea", effective_on=today - dt.timedelta(days=100)), by=by)
    move(service, Step("live", effective_on=today - dt.timedelta(days=20)), by=by)
    past = today - dt.timedelta(days=50)
    with pytest.raises(Refused):
        move(service, Step("ended", effective_on=past, reason="no"), by=by)


def test_what_was_put_away_takes_no_step(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="x")
    archive_object(SERVICE, service, by=by)
    with pytest.raises(Refused):
        move(service, Step("idea"), by=by)


def test_nobody_begins_where_they_could_not_step(cast: Cast) -> None:
    with pytest.raises(BadInput):
        create_object(SERVICE, {"name": "x", "managed_state": "live"}, by=cast.heikki.actor)
    begun = create_object(SERVICE, {"name": "x", "managed_state": "live"}, by=cast.aino.actor)
    assert begun.managed_state == "live"
    values = {"title": "Visit", "product": begun, "state": "published"}
    with pytest.raises(BadInput):
        create_object(entity("offering"), values, by=cast.aino.actor)
