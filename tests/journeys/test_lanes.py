"""Lanes in order, the two lines, and what each side is never shown."""

import pytest

from polku.journeys.lanes import CUSTOMER_LINE, LANES, OUR_LINE, lanes_for
from polku.kernel.answers import Refused
from polku.kernel.links import tie
from tests.cast import Cast, make


def test_two_lines_part_three_sides() -> None:
    order = lanes_for("team").with_lines()
    first, second = order.index(CUSTOMER_LINE), order.index(OUR_LINE)
    sides = [
        {lane.side for lane in part if lane in LANES}
        for part in (order[:first], order[first:second], order[second:])
    ]
    assert sides == [{"customer"}, {"shared"}, {"ours"}]
    assert [lane.key for lane in order if lane in LANES] == [lane.key for lane in LANES]


def test_each_side_is_told_what_is_hidden_from_it(cast: Cast) -> None:
    team, customer = lanes_for(cast.aino.actor), lanes_for(cast.tuomas.actor)
    assert team.hidden == ()
    assert {lane.key for lane in customer.hidden} == {"backstage", "support", "system", "supplier"}
    assert "customer_backstage" in customer.keys
    assert {lane.key for lane in lanes_for("partner").hidden} == {"supplier"}
    assert customer.with_lines()[-1] == customer.hidden[-1]


def test_lanes_are_chosen_by_key_and_unknown_ones_are_left_out() -> None:
    chosen = lanes_for("customer", ("system", "frontstage", "roof"))
    assert chosen.keys == ("frontstage",)
    assert [lane.key for lane in chosen.hidden] == ["system"]


def test_systems_and_suppliers_wait_until_they_are_used() -> None:
    assert {"system", "supplier"}.isdisjoint(lanes_for("team", used=()).keys)
    assert "system" in lanes_for("team", used=("system",)).keys
    assert "supplier" in lanes_for("team", ("supplier",), used=()).keys


@pytest.mark.parametrize("vocabulary", ["plain", "service_management"])
def test_every_lane_has_a_name(vocabulary: str) -> None:
    names = [lane.name(vocabulary) for lane in LANES]
    assert len({*names, ""}) == len(LANES) + 1


def test_a_removed_meeting_point_keeps_its_ties_and_gets_no_new_ones(cast: Cast) -> None:
    by = cast.aino.actor
    desk, door = make("touchpoint", by, name="Desk"), make("touchpoint", by, name="Door")
    wish = make("requirement", by, statement="A ramp")
    type(desk).objects.filter(pk=desk.pk).update(state="removed")
    with pytest.raises(Refused):
        tie("L02", wish, desk, by=by)
    tie("L35", door, desk, by=by)  # what takes its place
    tie("L02", wish, door, by=by)
