"""The further questions, each against a plain telling of its meaning or a count by hand."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import polku_mining as pm
from polku_mining.answers import EPOCH
from polku_mining.attributes import Attribute
from polku_mining.calendars import OFFICE
from tests.mining.conftest import log_of, of_rows

pytestmark = pytest.mark.usefixtures("each_engine")

type Row = tuple[str, str, int]

ROWS = st.lists(
    st.tuples(st.sampled_from("123"), st.sampled_from("abcż"), st.integers(0, 6)), max_size=40
)
HOUR = 3_600
DAY = 24 * HOUR


def told(rows: list[Row]) -> list[list[tuple[str, int]]]:
    """Cases, each in the order of time and arrival."""
    cases: dict[str, list[tuple[str, int]]] = {}
    for case, name, at in rows:
        cases.setdefault(case, []).append((name, at))
    return [sorted(events, key=lambda e: e[1]) for events in cases.values()]


def at(text: str) -> float:
    """Seconds since 1970 of a time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@settings(deadline=None)
@given(ROWS)
def test_eventually_follows_is_what_one_would_count(rows: list[Row]) -> None:
    times: dict[tuple[str, str], list[int]] = {}
    having: Counter[str] = Counter()
    for events in told(rows):
        for source in {name for name, _at in events}:
            having[source] += 1
            first = next(i for i, e in enumerate(events) if e[0] == source)
            for target in {name for name, _at in events[first + 1 :]}:
                came = next(e for e in events[first + 1 :] if e[0] == target)
                times.setdefault((source, target), []).append(came[1] - events[first][1])
    found = of_rows(rows).eventually_follows().to_pylist()
    assert {(r["source"], r["target"]): r["cases"] for r in found} == {
        pair: len(some) for pair, some in times.items()
    }
    for row in found:
        some = times[row["source"], row["target"]]
        assert row["median_s"] == pytest.approx(float(np.median(some)) / 1e6, rel=1e-12)
        assert row["mean_s"] == pytest.approx(float(np.mean(some)) / 1e6, rel=1e-12)
        assert row["share"] == len(some) / having[row["source"]]


def test_too_many_pairs_are_refused() -> None:
    log = of_rows([("1", f"a{i}", i) for i in range(1_001)])
    with pytest.raises(ValueError, match="too many pairs"):
        log.eventually_follows()


@settings(deadline=None)
@given(ROWS)
def test_loops_are_what_one_would_count(rows: list[Row]) -> None:
    at_once: Counter[str] = Counter()
    back: Counter[str] = Counter()
    cases: Counter[str] = Counter()
    for events in told(rows):
        path = [name for name, _at in events]
        for i, name in enumerate(path):
            if name in path[:i]:
                (at_once if path[i - 1] == name else back)[name] += 1
        cases.update({name for name in path if path.count(name) > 1})
    found = of_rows(rows).loops()
    for column, expected in (("cases", cases), ("at_once", at_once), ("came_back", back)):
        assert dict(zip(found["activity"], found[column], strict=True)) == {
            name: expected[name] for name in cases
        }


def test_waiting_is_told_by_what_was_waited_for() -> None:
    log = log_of([("a", 0), ("b", 10), ("c", 11)], [("a", 0), ("b", 30), ("b", 30)])
    rows = log.waiting().to_pylist()
    assert [(r["activity"], r["n"], r["mean_s"], r["median_s"]) for r in rows] == [
        ("b", 3, 40 / 3, 10.0), ("c", 1, 1.0, 1.0),
    ]  # fmt: skip
    assert [r["total_share"] for r in rows] == pytest.approx([40 / 41, 1 / 41])


@settings(deadline=None, max_examples=60)
@given(ROWS, st.sampled_from([0.2, 0.5, 0.7, 1.0]))
def test_a_map_adds_up_whatever_share_is_drawn(rows: list[Row], share: float) -> None:
    log = of_rows(rows)
    found = log.simplify(share)
    into: Counter[tuple[str, str | None]] = Counter()
    out: Counter[tuple[str, str | None]] = Counter()
    for row in found.to_pylist():
        out[row["source_kind"], row["source"]] += row["n"]
        into[row["target_kind"], row["target"]] += row["n"]
    assert out["start", None] == into["end", None] == log.n_cases
    for node in set(into) - {("end", None)}:
        assert into[node] == out[node]
    assert found.drawn + found.others == log.n_cases
    assert found.drawn >= share * log.n_cases - 1e-9
    assert out["other", None] == found.others
    if share == 1:
        assert found.others == found.ties_left_out == 0


def test_a_map_draws_rare_paths_that_lie_on_drawn_ties() -> None:
    log = log_of(*["abc"] * 6, *["ac"] * 3, "abbc", "acc")
    found = log.simplify(0.7)
    assert found.drawn == 9
    ties = {(r["source"], r["target"], r["source_kind"], r["target_kind"]): r["n"]
            for r in found.to_pylist()}  # fmt: skip
    assert ties == {
        (None, "a", "start", "activity"): 9, ("a", "b", "activity", "activity"): 6,
        ("b", "c", "activity", "activity"): 6, ("a", "c", "activity", "activity"): 3,
        ("c", None, "activity", "end"): 9, (None, None, "start", "other"): 2,
        (None, None, "other", "end"): 2,
    }  # fmt: skip
    assert found.ties_left_out == 2
    with pytest.raises(ValueError, match="share"):
        log.simplify(0)


def test_who_leaves_a_funnel_and_for_what() -> None:
    log = log_of("abc", "axb", "ax", "ac", "a", "x")
    rows = log.drop_off(["a", "b"]).to_pylist()
    assert [(r["step"], r["next"], r["cases"]) for r in rows] == [
        ("a", "c", 1), ("a", "x", 1), ("a", None, 1), ("b", "c", 1), ("b", None, 1),
    ]  # fmt: skip
    assert rows[0]["share"] == 1 / 5
    strict = log.drop_off(["a", "b"], strict=True).to_pylist()
    assert [(r["next"], r["cases"]) for r in strict if r["step"] == "a"] == [
        ("x", 2), ("c", 1), (None, 1),
    ]  # fmt: skip


def test_deadlines_tell_who_was_late_and_who_still_may_come() -> None:
    log = log_of(
        [("a", 0), ("b", 10)], [("a", 0), ("b", 11)], [("a", 0), ("c", 5)], [("b", 0), ("a", 95)],
        [("x", 100)], [("b", 1), ("a", 2), ("b", 3), ("a", 3), ("b", 99)],
    )  # fmt: skip
    (row,) = log.deadline("a", "b", 10).to_pylist()
    told = {key: row[key] for key in ("cases", "met", "late", "pending", "never", "share_met")}
    assert told == {
        "cases": 5, "met": 2, "late": 1, "pending": 1, "never": 1, "share_met": 0.5,
    }  # fmt: skip
    assert row["median_s"] == 10
    (none,) = log.deadline("nothing", "b", 10).to_pylist()
    assert (none["cases"], none["share_met"], none["median_s"]) == (0, None, None)
    with pytest.raises(ValueError, match="in the past"):
        log.deadline("a", "b", -1)


def test_arrivals_count_the_hours_in_which_nobody_came() -> None:
    monday = at("2026-03-02T10:30")
    log = log_of(
        [("a", monday), ("b", monday + 5)], [("a", monday + 60)], [("a", monday + 7 * DAY)]
    )
    rows = log.arrivals().to_pylist()
    assert len(rows) == 168
    ten = next(r for r in rows if (r["weekday"], r["hour"]) == (1, 10))
    assert (ten["n"], ten["mean"], ten["most"]) == (3, 1.5, 2)
    assert ten["q95"] == pytest.approx(1.95)
    assert sum(r["n"] for r in rows) == 3
    helsinki = log.arrivals(zone="Europe/Helsinki").to_pylist()
    assert next(r for r in helsinki if r["n"])["hour"] == 12
    assert sum(r["n"] for r in log.arrivals("b").to_pylist()) == 1
    assert sum(r["n"] for r in log.arrivals("nothing").to_pylist()) == 0


@pytest.mark.parametrize(
    ("unit", "begins"),
    [("day", [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 2)]),
     ("week", [date(2026, 1, 26), date(2026, 2, 2)]), ("quarter", [date(2026, 1, 1)]),
     ("month", [date(2026, 1, 1), date(2026, 2, 1)]), ("year", [date(2026, 1, 1)])],
)  # fmt: skip
def test_cases_over_time(unit: str, begins: list[date]) -> None:
    first = at("2026-01-31T23:00")
    log = log_of([("a", first), ("b", first + 3)], [("a", first + 2 * DAY)])
    found = log.over_time(unit)
    assert found["begin"] == begins
    assert sum(found["cases"]) == 2
    assert sum(found["events"]) == 3
    if unit == "day":
        assert found["cases"] == [1, 0, 1]
        assert found["median_s"] == [3.0, None, 0.0]
    with pytest.raises(ValueError, match="day, week"):
        log.over_time("hour")


def test_groups_by_what_is_known_of_cases() -> None:
    log = log_of("ab", "a", "abc", "b")
    channel = Attribute(np.array([0, 1, 0, -1], np.int32), pa.array(["web", "phone", "fax"]))
    log = pm.Log(log.events, log.problems, {"channel": channel})
    found = log.by("channel", lambda part: part.starts())
    assert list(zip(found["group"], found["group_cases"], found["activity"], strict=True)) == [
        ("web", 2, "a"), ("phone", 1, "a"), (None, 1, "b"),
    ]  # fmt: skip
    assert log.filter(starting_with="a").attributes["channel"].codes.tolist() == [0, 1, 0]
    with pytest.raises(KeyError):
        log.by("nothing", lambda part: part.starts())


def test_the_clock_stands_still_when_nobody_works() -> None:
    friday = at("2026-03-06T16:00")
    log = log_of([("a", friday), ("b", friday + 2 * HOUR), ("c", friday + 3 * DAY)])
    hours = log.in_hours(pm.Calendar())
    gaps = dict(zip(hours.directly_follows()["target"], hours.directly_follows()["mean_s"],
                    strict=True))  # fmt: skip
    assert gaps == {"b": HOUR, "c": 7 * HOUR}
    assert hours.durations([1.0])["seconds"] == [8 * HOUR]
    assert hours.period == log.period
    off = log.in_hours(pm.Calendar(holidays=frozenset({date(2026, 3, 9)})))
    assert off.durations([1.0])["seconds"] == [HOUR]
    assert log.in_hours(pm.Calendar(hours={})).durations([1.0])["seconds"] == [0]


def test_hours_last_as_long_as_they_really_last() -> None:
    night = pm.Calendar("Europe/Helsinki", {6: (("00:00", "24:00"),)})
    spring = at("2026-03-28T12:00")  # on Sunday the 29th the clocks go forward
    log = log_of([("a", spring), ("b", spring + 3 * DAY)])
    assert log.in_hours(night).durations([1.0])["seconds"] == [23 * HOUR]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 15 * 24 * 60), min_size=2, max_size=2).map(sorted))
def test_business_time_is_what_one_would_count_minute_by_minute(minutes: list[int]) -> None:
    zone = "Europe/Warsaw"
    calendar = pm.Calendar(zone, {0: (("08:00", "11:30"), ("12:00", "16:00")), 5: OFFICE[0]})
    begin = datetime(2026, 10, 19, tzinfo=UTC)
    first, last = (begin + timedelta(minutes=n) for n in minutes)
    found = calendar.clock(np.array([(t - EPOCH) // timedelta(microseconds=1)
                                     for t in (first, last)], np.int64))  # fmt: skip
    counted = 0
    for n in range(*minutes):
        shown = (begin + timedelta(minutes=n)).astimezone(ZoneInfo(zone))
        day = calendar.hours.get(shown.weekday(), ())
        counted += any(a <= f"{shown:%H:%M}" < b for a, b in day)
    assert (found[1] - found[0]) / 60e6 == counted


@pytest.mark.parametrize(
    ("hours", "words"),
    [({7: ()}, "0 \\(Monday\\)"), ({0: (("17:00", "09:00"),)}, "must rise"),
     ({0: (("nine", "17:00"),)}, "no time of day"), ({0: (("09:00", "25:00"),)}, "no time of day"),
     ({0: (("09:00", "12:00"), ("11:00", "13:00"))}, "must rise")],
)  # fmt: skip
def test_a_calendar_that_is_none_is_refused(hours: dict[int, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        pm.Calendar(hours=hours)  # type: ignore[arg-type]


def test_where_people_walk_otherwise_than_designed() -> None:
    design = {"seq": ["a", {"opt": "b"}, "c"]}
    found = log_of("abc", "ac", "axc", "axxc", "ab", "bac").deviations(design)
    rows = [(r["kind"], r["activity"], r["place"], r["cases"], r["n"]) for r in found.to_pylist()]
    assert rows == [
        ("added", "x", "before seq[1].opt", 2, 3), ("added", "b", "before seq[0]", 1, 1),
        ("skipped", "c", "seq[2]", 1, 1),
    ]  # fmt: skip
    assert found.fit == 2 / 6
    assert found["share"][0] == 2 / 6


@settings(deadline=None, max_examples=40)
@given(ROWS)
def test_deviations_sum_up_to_the_costs(rows: list[Row]) -> None:
    log, design = of_rows(rows), {"seq": ["a", {"loop": "b"}, "c"]}
    costs = log.conformance(design, moves=False)
    whole = sum(c * n for c, n in zip(costs["cost"], costs["cases"], strict=True))
    assert sum(log.deviations(design)["n"]) == whole


def test_an_empty_log_answers_all_of_it() -> None:
    log = of_rows([])
    for answer in (
        log.eventually_follows(), log.waiting(), log.loops(), log.over_time(), log.simplify(),
        log.deviations("a"), log.counts_and_means(), log.drop_off(["a", "b"]),
    ):  # fmt: skip
        assert len(answer) == 0
    assert log.deadline("a", "b", 1)["cases"] == [0]
    assert log.arrivals()["n"] == [0] * 168
    assert log.in_hours(pm.Calendar()).n_events == 0


@settings(deadline=None, max_examples=40)
@given(ROWS)
def test_means_alone_are_those_of_the_whole_table(rows: list[Row]) -> None:
    log = of_rows(rows)
    whole = log.directly_follows().table.select(["source", "target", "n", "mean_s"])
    assert log.counts_and_means().table.equals(whole)
    assert sum(log.counts_and_means()["n"]) == sum(len(list(pairwise(e))) for e in told(rows))


@pytest.mark.parametrize("q", [1.5, -0.1, float("nan")])
def test_a_quantile_that_is_none_is_refused(q: float) -> None:
    log = log_of("ab", "ab")
    for ask in (log.durations, log.directly_follows, log.eventually_follows, log.waiting):
        with pytest.raises(ValueError, match="from 0 to 1"):
            ask((q,))


def test_quantiles_close_together_have_columns_of_their_own() -> None:
    log = log_of([("a", 0), ("b", 1)], [("a", 0), ("b", 3)])
    row = log.directly_follows((0.05, 0.995, 1.0)).to_pylist()[0]
    assert (row["q05_s"], row["q99.5_s"], row["q100_s"]) == pytest.approx((1.1, 2.99, 3.0))


def test_a_funnel_of_no_steps_and_of_endless_windows() -> None:
    log = log_of("ab", "a")
    assert log.funnel([]).to_pylist() == log.drop_off([]).to_pylist() == []
    for window in (float("inf"), 1e300):
        assert log.funnel(["a", "b"], window_s=window)["reached"] == [2, 1]
    for window in (-1.0, float("nan")):
        with pytest.raises(ValueError, match="lies in the past"):
            log.funnel(["a"], window_s=window)
