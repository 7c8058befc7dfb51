"""Needs: no circle on any day, whatever the order in which they are written down."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, PolkuError, Refused
from polku.kernel.changes import archive_object, change_object, create_objects, restore_object
from polku.portfolio.dependencies import Span
from polku.portfolio.entities import DEPENDENCY
from polku.portfolio.models import Dependency
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db

START = dt.date(2026, 1, 1)


@pytest.fixture
def cast() -> Cast:
    return gather()


@pytest.fixture
def things(cast: Cast) -> dict[str, Any]:
    by = cast.aino.actor
    found = {name: make("component", by, name=name) for name in "ABC"}
    found["S"] = make("service_product", by, name="S")
    found["V"] = make("product_version", by, product=found["S"], label="1")
    found["P"] = make("service_package", by, name="P")
    return found


def need(by: Actor, start: Any, end: Any, **more: Any) -> Any:
    return make("dependency", by, **{"from": start, "to": end, **more})


def test_a_circle_is_refused_with_its_path(cast: Cast, things: dict[str, Any]) -> None:
    by = cast.aino.actor
    need(by, things["A"], things["B"])
    need(by, things["B"], things["C"], kind="part_of")
    with pytest.raises(Refused, match="C → A → B → C") as refusal:
        need(by, things["C"], things["A"])
    assert "Nothing was saved" in str(refusal.value)
    assert Dependency.objects.count() == 2
    need(by, things["C"], things["A"], kind="supports")  # says nothing about what stops


def test_all_four_kinds_may_need_each_other(cast: Cast, things: dict[str, Any]) -> None:
    by = cast.aino.actor
    for start, end in pairwise("PSVA"):
        need(by, things[start], things[end])
    with pytest.raises(Refused, match="A → P → S → S 1 → A"):
        need(by, things["A"], things["P"])
    goal = make("strategy_goal", by, statement="More light")
    with pytest.raises(BadInput):
        need(by, things["A"], goal)


def test_a_circle_counts_only_when_all_its_needs_hold_on_one_day(
    cast: Cast, things: dict[str, Any]
) -> None:
    by = cast.aino.actor
    need(by, things["A"], things["B"], valid_to="2026-03-31")
    need(by, things["B"], things["C"], valid_from="2026-04-01")
    # Each overlaps with this one, but never both on one day
    last = need(by, things["C"], things["A"])
    with pytest.raises(Refused, match="circle"):
        change_object(DEPENDENCY, Dependency.objects.get(valid_to="2026-03-31"),
                      {"valid_to": "2026-04-01"}, by=by)  # fmt: skip
    assert last.valid_from is None


def test_a_longer_way_round_does_not_hide_a_day(cast: Cast, things: dict[str, Any]) -> None:
    by = cast.aino.actor
    need(by, things["A"], things["B"], valid_to="2026-01-10")
    need(by, things["A"], things["C"])
    need(by, things["C"], things["B"])
    need(by, things["B"], things["S"], valid_from="2026-02-01")
    with pytest.raises(Refused, match="S → A → C → B → S"):
        need(by, things["S"], things["A"])


def test_what_comes_back_from_the_archive_is_looked_at_again(
    cast: Cast, things: dict[str, Any]
) -> None:
    by = cast.aino.actor
    away = archive_object(DEPENDENCY, need(by, things["A"], things["B"]), by=by)
    need(by, things["B"], things["A"])
    with pytest.raises(Refused, match="circle"):
        restore_object(DEPENDENCY, away, by=by)


def test_needs_written_in_one_go_are_looked_at_together(cast: Cast, things: dict[str, Any]) -> None:
    by, (a, b, c) = cast.aino.actor, (things[name] for name in "ABC")
    round_ = [{"from": a, "to": b}, {"from": b, "to": c}, {"from": c, "to": a}]
    with pytest.raises(Refused, match="C → A → B → C"):
        create_objects(DEPENDENCY, round_, by=by)
    with pytest.raises(Refused, match="already"):
        create_objects(DEPENDENCY, [round_[0], round_[0]], by=by)
    assert not Dependency.objects.exists()
    assert len(create_objects(DEPENDENCY, round_[:2], by=by)) == 2


def test_the_search_takes_one_statement_a_level(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    by = cast.aino.actor
    levels = [[make("component", by, name=f"{level}.{n}") for n in range(6)] for level in range(4)]
    rows = [
        {"from": start, "to": end}
        for upper, lower in pairwise(levels) for start in upper for end in lower
    ]  # fmt: skip
    create_objects(DEPENDENCY, rows, by=by)
    with django_assert_max_num_queries(30), pytest.raises(Refused, match="circle"):
        need(by, levels[3][0], levels[0][0])


# Properties

EDGES = st.lists(
    st.tuples(
        st.integers(0, 4), st.integers(0, 4), st.sampled_from(["requires", "part_of"]),
        st.none() | st.integers(0, 6), st.none() | st.integers(0, 6),
    ),
    min_size=2, max_size=14,
)  # fmt: skip


@given(EDGES, st.randoms(use_true_random=False))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_day_has_a_circle_under_any_order_of_needs(
    cast: Cast, edges: list[Any], random: Any
) -> None:
    """What is kept has no circle on any day; what is refused would have made one, or is equal."""
    by = cast.aino.actor
    Dependency.objects.all().delete()
    nodes = list(_nodes(by))
    random.shuffle(edges)
    kept: list[Any] = []
    for edge in edges:
        start, end, kind, first, last = edge
        values = {"kind": kind, "valid_from": _day(first), "valid_to": _day(last)}
        try:
            need(by, nodes[start], nodes[end], **values)
        except PolkuError:
            backwards = first is not None and last is not None and last < first
            assert start == end or backwards or _equal(kept, edge) or _has_circle([*kept, edge])
        else:
            kept.append(edge)
    assert not _has_circle(kept)
    assert Dependency.objects.count() == len(kept)


def _nodes(by: Actor) -> Iterator[Any]:
    from polku.portfolio.models import Component

    for number in range(5):
        name = f"node {number}"
        yield Component.objects.filter(name=name).first() or make("component", by, name=name)


def _day(number: int | None) -> dt.date | None:
    return START + dt.timedelta(days=number) if number is not None else None


def _holds(edge: Any, day: int) -> bool:
    _start, _end, _kind, first, last = edge
    return (first is None or first <= day) and (last is None or day <= last)


def _equal(kept: list[Any], edge: Any) -> bool:
    return any(
        row[:3] == edge[:3] and any(_holds(row, day) and _holds(edge, day) for day in range(-1, 8))
        for row in kept
    )


def _has_circle(edges: list[Any]) -> bool:
    """By brute force: on each day, take away what nothing leads to until nothing is left to go."""
    for day in range(-1, 8):
        left = {(edge[0], edge[1]) for edge in edges if _holds(edge, day)}
        while True:
            ends = {end for _start, end in left}
            fewer = {(start, end) for start, end in left if start in ends}
            if fewer == left:
                break
            left = fewer
        if left:
            return True
    return False


DAYS = st.none() | st.integers(0, 9).map(_day)


@given(st.tuples(DAYS, DAYS), st.tuples(DAYS, DAYS))
def test_shared_days_are_those_that_both_hold(one: Any, two: Any) -> None:
    def days(span: Any) -> set[dt.date]:
        first, last = span
        every = (START + dt.timedelta(days=number) for number in range(-2, 12))
        return {day for day in every if (not first or first <= day) and (not last or day <= last)}

    shared = Span(*one).shared(Span(*two))
    both = days(one) & days(two)
    assert (days((shared.first, shared.last)) if shared else set()) == both
    if shared and Span(*one).holds(Span(*two)):
        assert days(two) <= days(one)
