"""The daily clock: each job once a day, caught up after downtime, tried again after a failure."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from polku.kernel import schedule
from polku.kernel.models import ScheduledRun
from polku.kernel.schedule import claim, daily, release, run_due, tick
from polku.kernel.transitions import Step, move
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 5, 14)


@pytest.fixture
def rang(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No job but those of the test; what they did, in order."""
    done: list[str] = []
    monkeypatch.setattr(schedule, "_jobs", {})
    monkeypatch.setattr(schedule, "_ticks", {})
    return done


def note(done: list[str], name: str) -> str:
    done.append(name)
    return f"{name} is done"


def test_a_job_runs_once_a_day_however_often_it_ticks(rang: list[str]) -> None:
    daily("look", lambda: note(rang, "look"))
    assert [tick(DAY), tick(DAY), tick(DAY)] == [["look"], [], []]
    assert tick(DAY + dt.timedelta(days=1)) == ["look"]
    assert rang == ["look", "look"]
    rows = ScheduledRun.objects.order_by("day").values_list("job", "outcome")
    assert list(rows) == [("look", "look is done")] * 2


def test_after_days_of_downtime_it_runs_once(rang: list[str]) -> None:
    daily("look", lambda: note(rang, "look"))
    run_due(DAY)
    assert run_due(DAY + dt.timedelta(days=9)) == ["look"]
    assert rang == ["look", "look"]


def test_two_clocks_share_the_day(rang: list[str]) -> None:
    assert claim("look", DAY)
    assert not claim("look", DAY), "another has begun it"
    with pytest.raises(IntegrityError), transaction.atomic():
        ScheduledRun.objects.create(job="look", day=DAY)


def test_what_was_begun_and_never_ended_is_taken_over(rang: list[str]) -> None:
    now = dt.datetime(2026, 5, 14, 1, 0, tzinfo=dt.UTC)
    with time_machine.travel(now, tick=False):
        assert claim("look", DAY)
    with time_machine.travel(now + schedule.STALE_AFTER / 2, tick=False):
        assert not claim("look", DAY)
    with time_machine.travel(now + schedule.STALE_AFTER * 2, tick=False):
        assert claim("look", DAY)


def test_what_failed_is_tried_again_and_stops_no_other(rang: list[str]) -> None:
    broken = [True]

    def sometimes() -> str:
        if broken[0]:
            raise RuntimeError("the disk was full")
        return note(rang, "sometimes")

    daily("sometimes", sometimes)
    daily("look", lambda: note(rang, "look"))
    assert run_due(DAY) == ["look"]
    broken[0] = False
    assert run_due(DAY) == ["sometimes"]
    assert rang == ["look", "sometimes"]


def test_what_was_given_back_is_free_again(rang: list[str]) -> None:
    assert claim("look", DAY)
    release("look", DAY)
    assert claim("look", DAY)


def test_a_planned_step_comes_due_by_the_clock_also_days_later(cast: Cast) -> None:
    """With the jobs of the product itself: nobody presses anything."""
    now = dt.datetime(2026, 5, 14, 9, 0, tzinfo=dt.UTC)
    with time_machine.travel(now, tick=False):
        visit = make("service_product", cast.aino.actor, name="School visit", state="live")
        ahead = Step("ending", effective_on=DAY + dt.timedelta(days=10), reason="Rebuilt")
        move(visit, ahead, by=cast.aino.actor)
        tick()
        visit.refresh_from_db()
        assert visit.managed_state == "live"
    with time_machine.travel(now + dt.timedelta(days=14), tick=False):
        tick()
        visit.refresh_from_db()
        assert visit.managed_state == "ending"
