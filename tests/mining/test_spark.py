"""Spark itself, on a little cluster of its own: the same answers as the local engine's.

Needs Java 17 and what `requirements-spark.lock` pins; says what is missing where it is left out.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import polku_mining as pm
from polku_mining.spark import SparkLog, read_log, session
from tests.mining.conftest import DATA, REAL

CLUSTER = "local-cluster[2,1,2048]"
# A little cluster for a minute: what makes long runs quicker only makes this one start late.
JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SMALL = {
    "spark_sql_shuffle_partitions": "3", "spark_sql_adaptive_enabled": "false",
    "spark_sql_codegen_wholeStage": "false", "spark_driver_extraJavaOptions": JVM,
    "spark_executor_extraJavaOptions": JVM,
}  # fmt: skip
COLUMNS = {"case": "case_id", "activity": "activity", "time": "ts"}

pytestmark = [pytest.mark.slow, pytest.mark.spark]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pytest.importorskip(
        "pyspark", reason="pyspark is missing: pip install -r requirements-spark.lock"
    )
    if shutil.which("java") is None:
        pytest.skip("java is missing (Debian's package default-jre-headless)")
    with session(CLUSTER, **SMALL) as found:
        yield found


def same(local: pm.Answer, found: pm.Answer) -> None:
    assert found.table.column_names == local.table.column_names
    assert found.to_pylist() == local.to_pylist()
    assert found.facts == local.facts
    assert (found.n, found.period) == (local.n, local.period)


def all_same(local: pm.Log, found: SparkLog, steps: list[str], design: Any) -> None:
    """Every question that both engines answer, to the last digit."""
    heads = [(x.n_events, x.n_cases, x.n_activities, x.n_ties) for x in (local, found)]
    assert heads[0] == heads[1]
    assert found.activities == local.activities
    same(local.directly_follows(), found.directly_follows())
    same(local.durations(), found.durations())
    same(local.starts(), found.starts())
    same(local.ends(), found.ends())
    same(local.rework(), found.rework())
    same(local.variants(), found.variants())
    same(local.funnel(steps), found.funnel(steps))
    if design is not None:
        same(local.conformance(design), found.conformance(design))


@pytest.mark.parametrize("name", REAL)
def test_real_logs(name: str, spark: Any, real_logs: dict[str, pm.Log], expected: Any) -> None:
    local, told = real_logs[name], expected[name]
    found = read_log(spark, DATA / f"{name}.parquet", **COLUMNS)
    steps = told["funnel"]["steps"] if told.get("funnel") else local.activities[:3]
    design = told["designed"]["model"] if told.get("designed") else None
    all_same(local, found, steps, design)
    assert found.problems.counts == local.problems.counts
    assert found.problems.rows == local.problems.rows == told["rows"]
    lines = [(p.line, p.reason) for p in local.problems.examples]
    assert sorted((p.line, p.reason) for p in found.problems.examples) == sorted(lines)
    found.close()


def test_a_case_across_three_batches_and_files_in_order(spark: Any, tmp_path: Path) -> None:
    """Spark hands over 10,000 rows at once; equal times keep the order of the files."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    n = 25_000
    rows = [("long", "ab"[i % 2], begin + timedelta(seconds=i // 7)) for i in range(n)]
    rows += [(f"c{i}", "ab"[i % 2], begin) for i in range(100)]
    for part in range(2):
        half = rows[part::2]
        case, activity, time = zip(*half, strict=True)
        table = pa.table({"case_id": case, "activity": activity,
                          "ts": pa.array(time, pa.timestamp("us", "UTC"))})  # fmt: skip
        pq.write_table(table, tmp_path / f"part-{part}.parquet")
    whole = pa.concat_tables([pq.read_table(p) for p in sorted(tmp_path.iterdir())])
    local = pm.read_log(whole, **COLUMNS)
    found = read_log(spark, tmp_path, **COLUMNS, partitions=2)
    all_same(local, found, ["a", "b"], {"loop": {"seq": ["a", "b"]}})
    found.close()


def test_what_is_no_parquet_is_said(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "log.parquet").write_text("no log at all", "utf-8")
    for path in (tmp_path / "log.parquet", tmp_path / "gone"):
        with pytest.raises(pm.BadLog, match="Spark cannot read"):
            read_log(spark, path, **COLUMNS)


def test_a_frame_needs_a_number_of_arrival(spark: Any) -> None:
    rows = [("1", "Ask", "2026-03-01T10:00Z", 2), ("1", "Answer", "2026-03-01T10:00Z", 1),
            (None, "Ask", "2026-03-01T10:00Z", 3), ("1", "Ask", "soon", 4)]  # fmt: skip
    frame = spark.createDataFrame(rows, "who string, what string, at string, nr long")
    columns = {"case": "who", "activity": "what", "time": "at"}
    with pytest.raises(pm.BadLog, match="Name the column that numbers"):
        read_log(spark, frame, **columns)
    with pytest.raises(pm.BadLog, match="There is no column 'visit'"):
        read_log(spark, frame, **{**columns, "case": "visit"}, arrival="nr")
    found = read_log(spark, frame, **columns, arrival="nr")
    assert found.variants()["path"] == [["Answer", "Ask"]]
    assert found.problems.counts == {"no_case": 1, "unreadable_time": 1}
    found.close()


def test_phases_make_the_activity_as_they_do_here(spark: Any, tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    for phases in (["start", "end", "", None], ["end", "end", " ", None]):
        times = [f"2026-03-01T10:0{n}:00Z" for n in range(4)]
        pq.write_table(pa.table({
            "case": ["1", "1", "2", "2"], "activity": ["Ask", "Ask", "Ask", "Answer"],
            "time": times, "lifecycle:transition": phases,
        }), path)  # fmt: skip
        local, found = pm.read_log(path), read_log(spark, path)
        assert found.activities == local.activities
        assert found.problems.remarks == local.problems.remarks
        same(local.variants(), found.variants())
        found.close()
