"""The passes of the Spark engine give the answers of the local one, wherever batches are cut."""

from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import polku_mining as pm
from polku_mining.problems import Problems
from polku_mining.spark.log import SparkLog, read_log
from polku_mining.spark.partials import What, buckets, tally
from polku_mining.spark.preparing import SCHEMA, Prepare, problems_of
from polku_mining.spark.runs import events_of, whole_runs
from tests.mining.conftest import of_rows
from tests.mining.spark_stand_in import Frame

HOUR = 3_600_000_000
DESIGN = {"seq": ["a", {"opt": "b"}, {"loop": "c"}]}
EVENT = st.tuples(st.sampled_from("pqrst"), st.sampled_from("abcd"), st.integers(0, 9))
LONG_GAPS = st.tuples(
    st.sampled_from("pq"), st.sampled_from("ab"), st.integers(0, 2**40)
)  # fmt: skip
ROWS = st.lists(EVENT, max_size=60) | st.lists(LONG_GAPS, max_size=40)


def on_spark(rows: list[tuple[str, str, int]], parts: int = 2, cut: int = 3) -> SparkLog:
    """The same rows dealt to parts as Spark does."""
    case, activity, time = (list(c) for c in zip(*rows, strict=True)) if rows else ([], [], [])
    table = pa.table({
        "case": pa.array(case, pa.string()), "activity": pa.array(activity, pa.string()),
        "time": pa.array(time, pa.int64()), "row": pa.array(range(len(rows)), pa.int64()),
    })  # fmt: skip
    frame = Frame([table], cut).repartition(parts, "case")
    sorted_frame = frame.sortWithinPartitions("case", "time", "row")
    return SparkLog(sorted_frame, tuple(dict.fromkeys(activity)), Problems())


def same(local: pm.Answer, spark: pm.Answer) -> None:
    assert spark.table.column_names == local.table.column_names
    assert spark.to_pylist() == local.to_pylist()
    assert spark.facts == local.facts
    assert (spark.n, spark.period) == (local.n, local.period)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.integers(1, 3), st.integers(1, 7))
def test_answers_are_the_same(rows: list[tuple[str, str, int]], parts: int, cut: int) -> None:
    local, spark = of_rows(rows), on_spark(rows, parts, cut)
    assert (spark.n_events, spark.n_cases, spark.n_ties) == (
        local.n_events, local.n_cases, local.n_ties,
    )  # fmt: skip
    assert spark.activities == local.activities
    for ask in (
        lambda log: log.directly_follows((0.25, 0.95)), lambda log: log.durations(),
        lambda log: log.starts(), lambda log: log.ends(), lambda log: log.rework(),
        lambda log: log.variants(), lambda log: log.conformance(DESIGN),
        lambda log: log.funnel(["a", "b", "c"]), lambda log: log.funnel(["a", "c"], strict=True),
        lambda log: log.funnel(["a", "b", "c"], window_s=0.000_004),
    ):  # fmt: skip
        same(ask(local), ask(spark))


def test_a_window_in_the_past_is_refused_as_it_is_here() -> None:
    rows = [("c", "a", 1), ("c", "b", 1)]
    for log in (of_rows(rows), on_spark(rows)):
        with pytest.raises(ValueError, match="lies in the past"):
            log.funnel(["a", "b"], window_s=-1)


def test_a_column_that_nobody_named_and_nothing_looks_like_is_told_as_it_is_here() -> None:
    columns = {"case_id": [1], "step": ["a"], "x": [3]}
    frame = SimpleNamespace(columns=list(columns))
    with pytest.raises(pm.BadLog, match="No column looks like the time") as on_spark:
        read_log(None, frame, arrival="x")
    with pytest.raises(pm.BadLog) as here:
        pm.read_log(pa.table(columns))
    assert str(on_spark.value) == str(here.value)


@pytest.mark.parametrize("cut", [1, 2, 4, 10, 100])
def test_a_case_across_batches_stays_whole(cut: int) -> None:
    rows = [("long", "ab"[n % 2], n) for n in range(10)] + [("short", "a", 3)]
    spark = on_spark(rows, parts=1, cut=cut)
    assert sorted(len(path) for path in spark.variants()["path"]) == [1, 10]
    assert spark.directly_follows()["n"] == [5, 4]


def test_runs_are_whole() -> None:
    keys = list("aaabbcccccd")
    table = pa.table({"case": keys, "x": range(len(keys))})
    for cut in range(1, 12):
        found = list(whole_runs(table.to_batches(max_chunksize=cut), "case"))
        assert pa.concat_tables(found).to_pydict() == table.to_pydict()
        seen: set[str] = set()
        for part in found:
            here = set(part.column("case").to_pylist())
            assert not here & seen
            seen |= here


def test_buckets_rise_with_values() -> None:
    powers = 2 ** np.arange(62, dtype=np.int64)
    values = np.sort(np.concatenate([np.arange(3_000), powers, powers - 1]))
    assert np.all(np.diff(buckets(values)) >= 0)
    assert len(np.unique(buckets(np.arange(256)))) == 256


def test_sums_beyond_64_bits_stay_exact() -> None:
    century = 100 * 365 * 24 * HOUR
    rows = [(f"c{n}", a, t) for n in range(3_000) for a, t in (("a", 0), ("b", century + n))]
    same(of_rows(rows).directly_follows(), on_spark(rows).directly_follows())


def test_duplicates_are_told_by_their_row() -> None:
    rows = [("c", "a", 1), ("d", "a", 1), ("c", "b", 1), ("c", "a", 1)]
    counts = on_spark(rows).counts
    assert counts[What.DUPLICATES][0] == 1
    assert list(counts[What.DUPLICATE_ROW]) == [3]


def test_nothing_is_counted_of_nothing() -> None:
    assert tally([]).batch().num_rows == 0
    spark = on_spark([])
    assert (spark.n_cases, str(spark.period)) == (0, "no events")
    empty = pa.table({"case": pa.array([], pa.string()), "activity": pa.array([], pa.string()),
                      "time": pa.array([], pa.int64())})  # fmt: skip
    assert events_of(empty, ()).n_cases == 0


def batch(times: pa.Array, **columns: list[object]) -> pa.RecordBatch:
    n = len(times)
    case, activity = columns.get("case", ["c"] * n), columns.get("activity", ["a"] * n)
    return pa.RecordBatch.from_arrays(
        [pa.array(case), pa.array(activity), times, pa.array(range(n), pa.int64())],
        names=["case", "activity", "time", "row"],
    )


def test_bad_rows_are_told_as_the_local_engine_tells_them() -> None:
    texts = ["2026-03-01T10:00:00Z", "yesterday", None, "2026-03-29 03:30:00", "", "2026-03-01"]
    given_rows = batch(pa.array(texts), case=["c", "c", "c", "c", " ", "c"])
    found = list(Prepare("Europe/Helsinki")([given_rows]))
    assert all(b.schema == SCHEMA for b in found)
    rows = [row for b in found for row in b.to_pylist()]
    good = [row for row in rows if row["reason"] is None]
    told = problems_of([row for row in rows if row["reason"] is not None], len(texts))
    table = pa.table({"case": given_rows.column(0), "activity": given_rows.column(1),
                      "time": given_rows.column(2)})  # fmt: skip
    local = pm.read_log(table, zone="Europe/Helsinki")
    assert len(good) == local.n_events == 2
    assert told.counts == local.problems.counts
    assert sorted(map(str, told.examples)) == sorted(map(str, local.problems.examples))


def test_many_bad_rows_are_counted_and_some_told() -> None:
    n = 1_000
    found = Prepare(None)([batch(pa.array(["?"] * n))])
    rows = [row for b in found for row in b.to_pylist() if row["reason"] is not None]
    told = problems_of(rows, n)
    assert told.counts == {"unreadable_time": n}
    assert len(told.examples) == 100


def test_times_without_zone_are_said_once() -> None:
    stamps = pa.array([datetime(2026, 3, 1), datetime(2026, 3, 2)], pa.timestamp("us"))  # noqa: DTZ001
    rows = [row for b in Prepare(None)([batch(stamps), batch(stamps)]) for row in b.to_pylist()]
    remarks = problems_of([row for row in rows if row["reason"] is not None], 4).remarks
    assert len(remarks) == 1
    assert "UTC" in remarks[0]
    placed = [r["time"] for r in rows if r["reason"] is None]
    assert placed[0] == int(datetime(2026, 3, 1, tzinfo=UTC).timestamp()) * 1_000_000


def test_files_come_one_after_another() -> None:
    stamps = pa.array([0, 0], pa.timestamp("us", "UTC"))
    numbered = batch(stamps).append_column("file", pa.array(["b", "a"]))
    rows = [row for b in Prepare(None, ("a", "b"))([numbered]) for row in b.to_pylist()]
    assert [row["row"] for row in rows] == [1 << 40, 1]
