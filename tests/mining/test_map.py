"""The map adds up, and nothing in it lies on top of anything else."""

from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import polku_mining as pm
from polku_mining.report.flow import END, OTHER, START, Flow, flow_of
from polku_mining.report.layers import layered
from polku_mining.report.lettering import broken, width_of
from polku_mining.report.map_layout import Box, Label, MapLayout, map_layout
from polku_mining.report.map_picture import twin
from polku_mining.report.reader import Reader
from tests.mining.conftest import REAL, log_of

MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WALKS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=40)


def adds_up(log: pm.Log, flow: Flow) -> None:
    """What comes into each node goes out of it, all cases begin and end, all steps are there."""
    out, into = Counter(flow.to_other), Counter(flow.from_other)
    for tie in flow.ties:
        out[tie.source] += tie.n
        into[tie.target] += tie.n
    assert out[START] == into[END] == log.n_cases
    for node, visits in flow.visits.items():
        assert out[node] == into[node] == visits
    assert sum(flow.to_other.values()) == sum(flow.from_other.values()) == flow.others
    assert flow.steps == log.n_events + log.n_cases
    assert flow.drawn_steps == sum(tie.n for tie in flow.ties)


@MANY
@given(WALKS, st.sampled_from((0.3, 0.9, 1.0)), st.integers(3, 30))
def test_totals_add_up(walks: list[str], share: float, most: int) -> None:
    log = log_of(*walks)
    flow = flow_of(log, share, most)
    adds_up(log, flow)
    pairs = {(t.source, t.target) for t in flow.ties}
    codes = {name: code for code, name in enumerate(log.events.names)}
    whole = sum(set(pairwise([START, *(codes[a] for a in walk), END])) <= pairs for walk in walks)
    assert flow.whole == whole


def test_all_is_drawn_where_there_is_room() -> None:
    flow = flow_of(log_of("abc", "abc", "acb"), share=1.0)
    assert (flow.whole, flow.others, flow.rare_ties) == (3, 0, 0)
    assert {t.n for t in flow.ties if t.source == START} == {3}


def test_the_rest_goes_to_other_paths() -> None:
    log = log_of(*["abc"] * 9, "axc")
    flow = flow_of(log, share=0.9)
    code = {name: number for number, name in enumerate(log.events.names)}
    assert flow.to_other == {code["a"]: 1}
    assert flow.from_other == {code["c"]: 1}
    assert (flow.rare_activities, flow.rare_ties, flow.whole) == (1, 2, 9)
    rows = twin(flow, Reader())
    assert ("a", "other paths", 1, None, None) in rows
    assert ("other paths", "c", 1, None, None) in rows


@MANY
@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25))
def test_every_tie_goes_down_one_layer_at_a_time(pairs: set[tuple[int, int]]) -> None:
    layers = layered(10, dict.fromkeys(pairs, 1.0), 0, 9)
    assert sorted(point for row in layers.rows for point in row) == list(
        range(len(layers.layer_of))
    )
    drawn = set()
    for strand in layers.strands:
        levels = [layers.layer_of[point] for point in strand.points]
        assert levels == list(range(levels[0], levels[0] + len(levels)))
        assert len(levels) >= 3
        ends = (strand.source, strand.target)
        drawn.add(ends[::-1] if strand.turned else ends)
        assert layers.layer_of[strand.label] % 2 == 1
    assert drawn == {(a, b) for a, b in pairs if a != b}


def frames(layout: MapLayout) -> list[tuple[str, Box | Label]]:
    """Everything that takes room: boxes and labels."""
    found: list[tuple[str, Box | Label]] = [("box", box) for box in layout.boxes]
    found += [("label", curve.label) for curve in layout.curves]
    found += [("loop", loop.label) for loop in layout.loops]
    return found + [("stub", stub.label) for stub in layout.stubs]


def nothing_overlaps(layout: MapLayout) -> None:
    for (kind, one), (other_kind, other) in combinations(frames(layout), 2):
        apart_x = abs(one.x - other.x) - (one.width + other.width) / 2
        apart_y = abs(one.y - other.y) - (one.height + other.height) / 2
        assert apart_x > -0.01 or apart_y > -2, (kind, one, other_kind, other)
    for _kind, frame in frames(layout):
        assert frame.x - frame.width / 2 >= 0
        assert frame.x + frame.width / 2 <= layout.width
        assert frame.y - frame.height / 2 >= 0
        assert frame.y + frame.height / 2 <= layout.height


def curves_pass_boxes_by(layout: MapLayout) -> None:
    """Straight parts of curves never run through a box."""
    for curve in layout.curves:
        for (x, y), (to_x, to_y) in pairwise(curve.spots):
            if x != to_x:
                continue
            for box in layout.boxes:
                inside = abs(x - box.x) < box.width / 2
                crosses = y < box.y < to_y
                assert not (inside and crosses), (curve.tie, box.lines)


@MANY
@given(WALKS)
def test_nothing_overlaps(walks: list[str]) -> None:
    layout = map_layout(flow_of(log_of(*walks)), Reader())
    nothing_overlaps(layout)
    curves_pass_boxes_by(layout)


@pytest.mark.parametrize("name", REAL)
def test_real_maps_can_be_read(name: str, real_logs: dict[str, pm.Log]) -> None:
    log = real_logs[name]
    flow = flow_of(log)
    adds_up(log, flow)
    assert 5 <= len(flow.ties) <= 28
    layout = map_layout(flow, Reader())
    nothing_overlaps(layout)
    curves_pass_boxes_by(layout)
    assert layout.width < 1_200
    assert [box.node for box in layout.boxes].count(OTHER) == 1
    assert {c.tie for c in layout.curves} | {x.tie for x in layout.loops} == set(flow.ties)


def test_the_incidents_keep_most_of_their_steps(real_logs: dict[str, pm.Log]) -> None:
    flow = flow_of(real_logs["bpic2013_incidents"])
    assert flow.whole / flow.cases > 0.8
    assert flow.drawn_steps / flow.steps > 0.95


def test_names_are_broken_and_cut() -> None:
    lines = broken("Determine the necessity of stop advice for the second time", 13, 150, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(width_of(line, 13) <= 150 for line in lines)
    long = "".join(broken("x" * 60, 13, 150, 9))
    assert long == "x" * 60
