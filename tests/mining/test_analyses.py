"""The exact meaning of each analysis, on logs small enough to count by hand; and against a
plain telling of the same meaning on random logs with ties."""

import statistics
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import polku_mining as pm
from tests.mining.conftest import log_of, of_rows

pytestmark = pytest.mark.usefixtures("each_engine")

type Row = tuple[str, str, int]

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "ż", "длинный ключ"]),
        st.sampled_from(["a", "b", "ą", "ж", "\N{WAVING HAND SIGN}"]),
        st.sampled_from([0, 1, 2, 2_000_000, -5, 2**45]),
    ),
    max_size=60,
)


def told(rows: list[Row]) -> dict[str, list[Row]]:
    """Cases by key, each sorted by time and then arrival."""
    cases: dict[str, list[Row]] = {}
    for row in rows:
        cases.setdefault(row[0], []).append(row)
    return {key: sorted(events, key=lambda e: e[2]) for key, events in cases.items()}


@settings(deadline=None)
@given(ROWS)
def test_paths_and_gaps_are_what_one_would_count(rows: list[Row]) -> None:
    log, cases = of_rows(rows), told(rows)
    paths = Counter(tuple(e[1] for e in events) for events in cases.values())
    found = log.variants()
    assert dict(zip(map(tuple, found["path"]), found["cases"], strict=True)) == paths
    gaps: dict[tuple[str, str], list[int]] = {}
    for events in cases.values():
        for before, after in pairwise(events):
            gaps.setdefault((before[1], after[1]), []).append(after[2] - before[2])
    pairs = {(r["source"], r["target"]): r for r in log.directly_follows().to_pylist()}
    assert {key: row["n"] for key, row in pairs.items()} == {k: len(v) for k, v in gaps.items()}
    for key, values in gaps.items():
        assert pairs[key]["mean_s"] == pytest.approx(statistics.fmean(values) / 1e6, rel=1e-12)
        assert pairs[key]["median_s"] == pytest.approx(statistics.median(values) / 1e6, rel=1e-12)


@settings(deadline=None)
@given(ROWS, st.lists(st.sampled_from(["a", "b", "ą", "x"]), min_size=1, max_size=3), st.booleans())
def test_funnels_are_what_one_would_count(rows: list[Row], steps: list[str], strict: bool) -> None:
    reached = [0] * len(steps)
    for events in told(rows).values():
        path = [e[1] for e in events]
        far = _strictly(path, steps) if strict else _greedily(path, steps)
        for step in range(far):
            reached[step] += 1
    assert of_rows(rows).funnel(steps, strict=strict)["reached"] == reached


def _greedily(path: list[str], steps: list[str]) -> int:
    far = 0
    for activity in path:
        if far < len(steps) and activity == steps[far]:
            far += 1
    return far


def _strictly(path: list[str], steps: list[str]) -> int:
    best = 0
    for start in range(len(path)):
        far = 0
        while far < len(steps) and start + far < len(path) and path[start + far] == steps[far]:
            far += 1
        best = max(best, far)
    return best


@settings(deadline=None)
@given(ROWS)
def test_rework_is_what_one_would_count(rows: list[Row]) -> None:
    extra: Counter[str] = Counter()
    again = 0
    for events in told(rows).values():
        counts = Counter(e[1] for e in events)
        again += any(n > 1 for n in counts.values())
        extra += Counter({name: n - 1 for name, n in counts.items() if n > 1})
    found = of_rows(rows).rework()
    assert found.cases_with_rework == again
    assert dict(zip(found["activity"], found["extra"], strict=True)) == extra


def test_a_funnel_window_counts_from_the_first_step() -> None:
    log = log_of([("a", 0), ("b", 10), ("c", 20)], [("a", 0), ("b", 30)])
    assert log.funnel(["a", "b", "c"], window_s=15)["reached"] == [2, 1, 0]
    found = log.funnel(["a", "b", "c"])
    assert found["share"] == [1.0, 1.0, 0.5]
    assert found["median_s_to_next"] == [20.0, 10.0, None]


def test_equal_times_keep_their_arrival() -> None:
    rows = [("1", "b", 5), ("1", "a", 5), ("1", "z", 4), ("2", "a", 5), ("2", "b", 5)]
    assert of_rows(rows).variants()["path"] == [["z", "b", "a"], ["a", "b"]]
    assert of_rows(rows).n_ties == 2


def test_long_times_do_not_spill_over() -> None:
    far = 2**62
    log = of_rows([("1", "a", -far), ("1", "b", far - 1), ("2", "a", -far), ("2", "b", far - 1)])
    assert log.directly_follows()["mean_s"] == [pytest.approx((2 * far - 1) / 1e6)]


@pytest.mark.parametrize("n", [1, 10_000])
def test_cases_of_one_and_of_ten_thousand_events(n: int) -> None:
    log = log_of("ab" * (n // 2) or "a", "a")
    assert int(log.events.lengths.max()) == n
    assert log.conformance({"loop": {"seq": ["a", {"opt": "b"}]}}).fit == 1


def test_sixty_thousand_activities() -> None:
    n = 60_000
    log = of_rows([("1", f"activity {i}", i) for i in range(n)])
    assert log.n_activities == n
    assert len(log.directly_follows()) == n - 1
    assert log.events.activity.dtype == np.uint16


def test_filters_keep_whole_cases() -> None:
    log = log_of("abc", "ab", "cb")
    assert log.filter(containing=["c"]).n_cases == 2
    assert log.filter(starting_with="a", ending_with="b").variants()["path"] == [["a", "b"]]
    assert log.filter(cases=["c2"]).activities == ["b", "c"]
    late = datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC)
    assert log.filter(between=(None, late)).n_cases == 2
    assert log.filter(containing=["nothing"]).n_cases == 0
    with pytest.raises(ValueError, match="with their zone"):
        log.filter(between=(datetime(1970, 1, 1), None))  # noqa: DTZ001


def test_an_answer_says_on_how_much_it_stands() -> None:
    answer = log_of("abc", "ab").variants()
    assert answer.n == 2
    assert str(answer.period) == "1970-01-01 to 1970-01-01"
    assert answer.to_arrow().schema.metadata[b"n"] == b"2"
    with pytest.raises(AttributeError):
        _ = answer.nothing


def test_two_paths_of_one_print_stay_two(monkeypatch: pytest.MonkeyPatch) -> None:
    from polku_mining.analyses import paths
    from polku_mining.fast import paths as fast

    monkeypatch.setattr(paths, "_prints", lambda events: np.zeros(events.n_cases, np.uint64))
    monkeypatch.setattr(fast, "prints", lambda _k, events: np.zeros(events.n_cases, np.uint64))
    log = log_of("ab", "ba", "ab", "b")
    assert log.variants()["path"] == [["a", "b"], ["b", "a"], ["b"]]
    assert log.variants()["cases"] == [2, 1, 1]


def test_frames_of_others() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    assert isinstance(log_of("ab").variants().to_polars(), polars.DataFrame)
    assert isinstance(pm.read_log(polars.DataFrame(
        {"case": ["1"], "activity": ["a"], "time": [datetime(2026, 1, 1, tzinfo=UTC)]}
    )), pm.Log)  # fmt: skip
