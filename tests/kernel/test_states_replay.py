"""States of any day, and as they were known on any day, equal a replay of what was told."""

import datetime as dt
from dataclasses import dataclass

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.history import states_on, transitions_of
from polku.kernel.models import AuditEvent, Transition
from polku.kernel.registry import entity
from polku.kernel.transitions import Step, apply_due, cancel_planned, correct, move
from polku.portfolio.models import ServiceProduct
from tests.cast import Cast, make

SERVICE = entity("service_product")
BEGIN = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)
STATES = ("idea", "being_made", "in_test", "live", "ending", "ended", "on_hold")
steps = st.tuples(st.just("move"), st.sampled_from(STATES), st.integers(-6, 6))
deeds = st.one_of(
    steps, steps, steps, steps,
    st.tuples(st.just("correct"), st.just(""), st.just(0)),
    st.tuples(st.just("cancel"), st.just(""), st.just(0)),
)  # fmt: skip


@dataclass
class Told:
    """One step that was accepted: for which day, and from when to when it was known."""

    pk: int
    to: str
    day: dt.date
    known: dt.date
    withdrawn: dt.date | None = None


def day(number: int) -> dt.date:
    return BEGIN.date() + dt.timedelta(days=number)


def expected(told: list[Told], on: dt.date, known: dt.date | None = None) -> str | None:
    """The state on a day from the list alone: the latest day wins, then what was told last."""

    def counts(step: Told) -> bool:
        if known is None:
            return step.withdrawn is None
        return step.known <= known and (step.withdrawn is None or step.withdrawn > known)

    seen = [step for step in told if step.day <= on and counts(step)]
    places = [(step.day, place) for place, step in enumerate(seen)]
    return seen[max(places)[1]].to if seen else None


@pytest.mark.django_db
@given(story=st.lists(st.tuples(deeds, st.integers(0, 2)), min_size=1, max_size=12))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_states_of_a_day_equal_the_replayed_history(
    cast: Cast, story: list[tuple[tuple[str, str, int], int]]
) -> None:
    by = cast.aino.actor
    Transition.objects.all().delete()
    AuditEvent.objects.all().delete()
    service = make("service_product", by, name="School visit")
    told: list[Told] = []
    today = 0
    for (verb, to, offset), wait in story:
        today += wait
        with time_machine.travel(BEGIN + dt.timedelta(days=today), tick=False):
            _catch_up(by, told, today)
            service = ServiceProduct.objects.get(pk=service.pk)
            _do(by, service, told, verb, to, today, offset)
    for number in range(-8, today + 8):
        assert _seen(by, service, day(number)) == expected(told, day(number)), number
        for known in range(-1, today + 1):
            now = _seen(by, service, day(number), known_on=day(known))
            assert now == expected(told, day(number), day(known)), (number, known)
    service.refresh_from_db()
    now = [step for step in told if step.day <= day(today)]
    assert service.managed_state == (expected(now, day(today)) or "")


def _seen(by: Actor, service: ServiceProduct, on: dt.date, **more: dt.date) -> str | None:
    placed = states_on(by, SERVICE, on, **more).get(service.pk)
    return placed.state if placed else None


def _catch_up(by: Actor, told: list[Told], today: int) -> None:
    """What came due is applied; a plan that no longer follows falls away that day."""
    apply_due(by)
    fell = set(Transition.objects.filter(cancelled_at__isnull=False).values_list("pk", flat=True))
    for step in told:
        if step.withdrawn is None and step.pk in fell:
            step.withdrawn = day(today)


def _do(
    by: Actor, service: ServiceProduct, told: list[Told], verb: str, to: str, today: int,
    offset: int,
) -> None:  # fmt: skip
    rows = [row for row in transitions_of(by, service) if row.cancelled_at is None]
    try:
        if verb == "move":
            row = move(service, Step(to, effective_on=day(today + offset), reason="told"), by=by)
            told.append(Told(row.pk, to, day(today + offset), day(today)))
        elif verb == "correct" and (applied := [row for row in rows if not row.is_planned]):
            new = correct(applied[0], by=by, obj=service, reason="not so")
            told.append(Told(new.pk, new.to_state, new.effective_on, day(today)))
        elif verb == "cancel" and (ahead := [row for row in rows if row.is_planned]):
            cancel_planned(ahead[0], by=by, obj=service, reason="not now")
            next(step for step in told if step.pk == ahead[0].pk).withdrawn = day(today)
    except (BadInput, Refused):
        pass  # what is refused leaves nothing behind: the replay below would tell
