"""The walk in the database and the weighing find what a plain search in Python finds."""

import datetime as dt
from collections import deque
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polku.insight.impact import EFFECTS, QUESTIONS
from polku.insight.impact.sql import RANKS, edges_from, mark_of, node_of, pair_of
from polku.insight.impact.weighing import weigh
from polku.portfolio.models import Dependency
from tests.cast import Cast, make

TODAY = dt.date(2026, 5, 14)
FAR = 8
N = 7

days = st.sampled_from([None, *(TODAY + dt.timedelta(days=n) for n in (-9, -1, 0, 1, 9))])
ends = st.integers(0, N - 1)
edges = st.lists(
    st.tuples(ends, ends, st.sampled_from(EFFECTS), days, days).filter(lambda e: e[0] != e[1]),
    max_size=18,
)


def plain(rows: list[Any], start: int, day: dt.date) -> dict[int, tuple[str, int]]:
    """Effect and distance of everything reached: every walk of up to FAR steps, tried out."""
    best: dict[int, tuple[int, int]] = {}
    queue = deque([(start, RANKS["stops"], 0)])
    seen = set()
    while queue:
        at, rank, steps = queue.popleft()
        if steps == FAR or (at, rank, steps) in seen:
            continue
        seen.add((at, rank, steps))
        for needed, needing, effect, first, last in rows:
            if needed != at or (first and first > day) or (last and last < day):
                continue
            found = (min(rank, RANKS[effect]), -(steps + 1))
            if needing != start:
                best[needing] = max(best.get(needing, (0, 0)), found)
            queue.append((needing, found[0], steps + 1))
    names = {rank: effect for effect, rank in RANKS.items()}
    return {number: (names[rank], -steps) for number, (rank, steps) in best.items()}


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(rows=edges, start=ends, day=days.filter(bool))
def test_the_database_walks_as_python_does(
    cast: Cast, rows: list[Any], start: int, day: dt.date
) -> None:
    room = cast.museum
    Dependency.objects.all().delete()
    parts = _parts(cast)
    Dependency.objects.bulk_create(
        Dependency(
            workspace=room, code=f"DEP-{n}", to_kind="component", to_id=parts[needed],
            from_kind="component", from_id=parts[needing], criticality=effect,
            valid_from=first if not (first and last and last < first) else last, valid_to=last,
        )
        for n, (needed, needing, effect, first, last) in enumerate(rows)
    )  # fmt: skip
    straight = [
        (a, b, effect, last if first and last and last < first else first, last)
        for a, b, effect, first, last in rows
    ]
    pair = ("component", parts[start])
    walked, count = edges_from(pair, QUESTIONS["I1"], workspace=room.pk, day=day, far=FAR)
    found = weigh(walked, node_of(*pair), FAR)
    told = {
        parts.index(pair_of(node)[1]): (EFFECTS[len(EFFECTS) - at.rank], len(at.path))
        for node, at in found.sure.items()
    }
    assert told == plain(straight, start, day)
    assert count == len(told) + 1


def _parts(cast: Cast) -> list[int]:
    from polku.portfolio.models import Component

    found = list(Component.objects.order_by("pk").values_list("pk", flat=True))
    if not found:
        found = [make("component", cast.aino.actor, name=f"Part {n}").pk for n in range(N)]
    return found


def test_a_milder_edge_makes_a_path_milder_and_the_gravest_path_counts() -> None:
    start, one, two, three = (node_of("component", n) for n in range(1, 5))
    rows = [
        (mark_of(0, "stops"), start, one, None),
        (mark_of(0, "degrades"), one, two, None),
        (mark_of(0, "unknown"), start, two, None),
        (mark_of(0, "stops"), two, three, None),
    ]
    found = weigh(rows, start, FAR)
    ranks = {node: (at.rank, len(at.path)) for node, at in found.sure.items()}
    assert ranks == {
        one: (RANKS["stops"], 1), two: (RANKS["degrades"], 2), three: (RANKS["degrades"], 3),
    }  # fmt: skip
    assert weigh(rows, start, 1).sure[two].rank == RANKS["unknown"]
    assert weigh(rows, start, FAR, weighs=False).sure[two].path == (rows[2],)


def test_numbers_of_things_and_edges_come_back() -> None:
    assert pair_of(node_of("offering", 123_456_789_012)) == ("offering", 123_456_789_012)
