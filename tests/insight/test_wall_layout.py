"""The wall's layout: nothing lies on anything else, labels fit, and the same is always the same."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.insight.wall import labels
from polku.insight.wall.curves import Route, frayed, passage
from polku.insight.wall.layers import fitted
from polku.insight.wall.layout import Picture, Place, Sizes, lay_out
from polku.insight.wall.parts import leading_to, parts_of, steps_from

UPRIGHT = Sizes(card_u=54, card_least=54, card_v=114, gutter=34, most=3, room=0, upright=True,
                heads=False)  # fmt: skip


@st.composite
def walls(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int]]]:
    """Cards in lanes, and ties between different cards, some of them double."""
    lanes = draw(st.lists(st.integers(0, 6), min_size=1, max_size=40))
    card = st.integers(0, len(lanes) - 1)
    pairs = draw(st.lists(st.tuples(card, card), max_size=70))
    return lanes, [(a, b) for a, b in pairs if a != b]


def overlap(one: Place, other: Place) -> bool:
    return (
        one.x < other.x + other.w and other.x < one.x + one.w
        and one.y < other.y + other.h and other.y < one.y + one.h
    )  # fmt: skip


def inside(picture: Picture, place: Place) -> bool:
    return (
        place.x >= 0 and place.y >= 0
        and place.x + place.w <= picture.width and place.y + place.h <= picture.height
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(walls(), st.sampled_from([Sizes(), Sizes(most=4), UPRIGHT]))
def test_no_two_cards_overlap_and_all_lie_in_the_picture(
    wall: tuple[list[int], list[tuple[int, int]]], sizes: Sizes
) -> None:
    lanes, ties = wall
    picture = lay_out(lanes, ties, sizes, first=0)
    for number, place in enumerate(picture.places):
        assert inside(picture, place)
        assert not any(overlap(place, other) for other in picture.places[:number])


@settings(deadline=None, max_examples=40)
@given(walls())
def test_each_thread_runs_from_card_to_card(
    wall: tuple[list[int], list[tuple[int, int]]],
) -> None:
    lanes, ties = wall
    picture = lay_out(lanes, ties)
    for (a, b), route in zip(ties, picture.routes, strict=True):
        for point, card in ((route.start, a), (route.end, b)):
            place = picture.places[card]
            assert min(abs(point[0] - place.x), abs(point[0] - place.x - place.w)) < 0.2
            assert place.y <= point[1] <= place.y + place.h


@settings(deadline=None, max_examples=30)
@given(walls())
def test_long_threads_pass_between_cards_and_never_behind_one(
    wall: tuple[list[int], list[tuple[int, int]]],
) -> None:
    lanes, ties = wall
    picture = lay_out(lanes, ties)
    for route in picture.routes:
        points = [route.start, *(curve[-1] for curve in route.curves)]
        for start, end in pairwise(points[1:-1]):
            if start[1] != end[1]:
                continue
            for place in picture.places:
                beside = end[0] <= place.x or start[0] >= place.x + place.w
                assert beside or not place.y < start[1] < place.y + place.h


@settings(deadline=None, max_examples=30)
@given(walls())
def test_the_same_wall_is_always_drawn_the_same(
    wall: tuple[list[int], list[tuple[int, int]]],
) -> None:
    assert lay_out(*wall) == lay_out(*wall)


def test_double_ties_are_two_threads() -> None:
    picture = lay_out([0, 1], [(0, 1), (0, 1)])
    assert picture.routes[0].start != picture.routes[1].start
    assert picture.routes[0].path() != picture.routes[1].path()


def test_lanes_stand_in_their_order_and_a_full_one_takes_more_columns() -> None:
    lanes = [0, *[1] * 9, 2]
    ties = [(0, card) for card in range(1, 10)] + [(1, 10)]
    picture = lay_out(lanes, ties, Sizes(most=4))
    xs = {place.x for card, place in enumerate(picture.places) if lanes[card] == 1}
    assert len(xs) == 3
    assert picture.places[0].x < min(xs)
    assert max(xs) < picture.places[10].x
    assert [head.lane for head in picture.heads] == [0, 1, 2]


def test_what_hangs_on_nothing_is_a_grid_below() -> None:
    picture = lay_out([0, 1, *[1] * 80], [(0, 1)])
    loose = picture.places[2:]
    assert min(place.y for place in loose) > picture.places[0].y + picture.places[0].h
    assert len({place.y for place in loose}) == -(-80 // len({place.x for place in loose}))
    assert picture.loose[0].count == 80


def test_ties_of_one_column_lie_within_each_other() -> None:
    picture = lay_out([0, 0, 0], [(0, 1), (0, 2), (1, 2)])
    (near, far) = sorted(picture.routes[:2], key=lambda route: abs(route.end[1] - route.start[1]))
    reach = {route: route.curves[0][0][0] for route in (near, far)}
    assert reach[near] < reach[far]


def test_a_frayed_thread_stops_short_and_ends_in_strands() -> None:
    whole = passage((0, 0), [], (200, 80))
    found = frayed(whole)
    assert found.route.start == whole.start
    assert found.route.end[0] < 200
    assert len(found.strands) == 3
    assert all(strand[-1][0] < 200 for strand in found.strands)


def test_a_thread_turned_twice_is_itself() -> None:
    whole = passage((0, 0), [(100, 40, 20)], (200, 80), rank=3)
    assert whole.turned().turned() == whole
    assert whole.turned().start == whole.end
    assert isinstance(whole.upright(), Route)


@given(
    st.lists(st.floats(-500, 500), min_size=1, max_size=20),
    st.floats(1, 30),
)
def test_fitted_places_keep_their_steps(wanted: list[float], step: float) -> None:
    places = fitted(wanted, [1.0] * len(wanted), [step * n for n in range(len(wanted))])
    assert all(b - a >= step - 1e-6 for a, b in pairwise(places))
    if all(b - a >= step for a, b in pairwise(wanted)):
        assert places == pytest.approx(wanted)


@given(st.text(max_size=120), st.floats(60, 180))
def test_labels_never_leave_their_card(text: str, room: float) -> None:
    found = labels.lines(text, 12.5, room)
    assert len(found) <= 2
    assert all(labels.width(line, 12.5) <= room for line in found)


def test_a_long_name_ends_in_an_ellipsis_and_a_long_word_is_broken() -> None:
    found = labels.lines("A very long name of a service that goes on and on", 12.5, 120)
    assert len(found) == 2
    assert found[1].endswith("…")
    assert labels.lines("Booking", 12.5, 120) == ["Booking"]
    first, second = labels.lines("Verkkopalvelukehitysympäristö", 12.5, 120)
    assert first.endswith("-")
    assert first[:-1] + second == "Verkkopalvelukehitysympäristö"


def test_parts_and_steps() -> None:
    assert parts_of(5, [(0, 3), (3, 4)]) == [[0, 3, 4], [1], [2]]
    assert steps_from([0], 5, [(0, 3), (3, 4)]) == [0, -1, -1, 1, 2]


def test_a_thread_leads_to_the_start_only_without_turning_back() -> None:
    # goal 0, wish 1, services 2 (the start) and 3, offer 4
    lanes = [0, 1, 2, 2, 3]
    ties = [(0, 2), (0, 3), (1, 2), (2, 3), (2, 4), (0, 1)]
    assert leading_to(2, lanes, ties) == {0, 2, 3, 4, 5}
