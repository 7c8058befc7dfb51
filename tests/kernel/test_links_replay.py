"""As-of questions equal a replay of the history, whatever was done in whatever order."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.link_rows import visible_links
from polku.kernel.links import confirm_tie, end_tie, remove_tie, tie, ties_of
from polku.kernel.models import AuditEvent, Link
from polku.kernel.operations_links import change_tie
from tests.cast import Cast, make

BEGIN = dt.date(2026, 1, 1)
days = st.integers(0, 12).map(lambda n: BEGIN + dt.timedelta(days=n))
maybe = st.none() | days
deeds = st.one_of(
    st.tuples(st.just("tie"), st.integers(0, 1), maybe, maybe),
    st.tuples(st.just("end"), st.integers(0, 5), days, st.none()),
    st.tuples(st.just("remove"), st.integers(0, 5), st.none(), st.none()),
    st.tuples(st.just("confirm"), st.integers(0, 5), st.none(), st.none()),
    st.tuples(st.just("change"), st.integers(0, 5), maybe, maybe),
)


@pytest.fixture
def ends(cast: Cast) -> tuple[Actor, Any, list[Any]]:
    by = cast.aino.actor
    goals = [make("strategy_goal", by, statement=f"Goal {n}") for n in range(2)]
    return by, make("service_product", by, name="School visit"), goals


@pytest.mark.django_db
@given(story=st.lists(deeds, min_size=1, max_size=10))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_ties_of_a_day_equal_the_replayed_history(
    ends: tuple[Actor, Any, list[Any]], story: list[tuple[str, int, Any, Any]]
) -> None:
    by, service, goals = ends
    Link.objects.all().delete()
    AuditEvent.objects.filter(name__startswith="link.").delete()
    for deed in story:
        _do(by, service, goals, *deed)
    for n in range(-1, 14):
        day = BEGIN + dt.timedelta(days=n)
        told = set(_replayed(service, day))
        assert {t.link.pk for t in ties_of(by, service, as_of=day)} == told
        assert set(visible_links(by, as_of=day).values_list("pk", flat=True)) == told
        for goal in goals:
            seen = {t.link.pk for t in ties_of(by, goal, as_of=day)}
            assert seen == set(_replayed(goal, day))
        # Never two equal ties on one day
        pairs = [(t.link.kind, t.other.pk) for t in ties_of(by, service, as_of=day)]
        assert len(pairs) == len(set(pairs))


def _do(
    by: Actor, service: Any, goals: list[Any], verb: str, which: int, one: Any, two: Any
) -> None:
    links = list(Link.objects.order_by("pk"))
    try:
        if verb == "tie":
            tie("L01", service, goals[which], by=by, valid_from=one, valid_to=two,
                confidence="guess" if one is None else "confirmed")  # fmt: skip
        elif links:
            link = links[which % len(links)]
            if verb == "end":
                end_tie(link, by=by, on=one)
            elif verb == "remove":
                remove_tie(link, by=by, reason="no")
            elif verb == "confirm":
                confirm_tie(link, by=by)
            else:
                change_tie(link, {"valid_from": one, "valid_to": two, "why": verb}, by=by)
    except (BadInput, Refused):
        pass  # what is refused leaves nothing behind: the replay below would tell


def _replayed(obj: Any, day: dt.date) -> Iterator[int]:
    """Ties that hold on a day by what the history of one thing says, and nothing else."""
    facts: dict[int, dict[str, Any]] = {}
    rows = AuditEvent.objects.filter(
        object_kind=obj._meta.db_table, object_id=obj.pk, name__startswith="link."
    )
    for event in rows.order_by("id"):
        after = event.changes["link"][1]
        facts[after["id"]] = after
    for number, now in facts.items():
        since, until = now.get("valid_from"), now.get("valid_to")
        begun = since is None or dt.date.fromisoformat(since) <= day
        on = until is None or dt.date.fromisoformat(until) >= day
        if now["state"] == "live" and begun and on:
            yield number
