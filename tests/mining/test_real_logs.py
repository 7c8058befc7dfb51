"""Every figure that two independent tools computed of seven real logs is ours too."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import polku_mining as pm
from tests.mining.conftest import DATA, REAL

pytestmark = pytest.mark.usefixtures("each_engine")

EACH = pytest.mark.parametrize("name", REAL)
MARKS = ("min", "q25", "median", "q75", "q95", "max")
CLOSE = 1e-6  # seconds
DESIGNED = pytest.mark.parametrize("name", REAL[:4])  # those with a funnel and a designed journey


@EACH
def test_what_the_log_holds(name: str, real_logs: dict[str, pm.Log], expected: Any) -> None:
    log, told = real_logs[name], expected[name]
    found = {
        "rows": log.problems.rows, "rows_without_case": log.problems.counts["no_case"],
        "events": log.n_events, "cases": log.n_cases, "activities": log.n_activities,
        "equal_times_inside_a_case": log.n_ties, "longest_case": int(log.events.lengths.max()),
        "cases_with_rework": log.rework().cases_with_rework,
    }  # fmt: skip
    assert found == {key: told[key] for key in found}


@EACH
def test_variants(name: str, real_logs: dict[str, pm.Log], expected: Any) -> None:
    found = real_logs[name].variants()
    cases = dict(zip(map(tuple, found["path"]), found["cases"], strict=True))
    assert len(cases) == len(found) == expected[name]["variants"]
    for path, n in expected[name]["top_variants"]:
        assert cases[tuple(path)] == n
    assert sum(found["share"]) == pytest.approx(1)


@EACH
def test_directly_follows(name: str, real_logs: dict[str, pm.Log], expected: Any) -> None:
    rows = real_logs[name].directly_follows().to_pylist()
    found = {(row["source"], row["target"]): row for row in rows}
    assert len(found) == len(rows) == expected[name]["directly_follows_pairs"]
    for told in expected[name]["directly_follows"]:
        row = found[told["source"], told["target"]]
        assert row["n"] == told["n"]
        assert row["mean_s"] == pytest.approx(told["mean_s"], abs=CLOSE)
        assert row["median_s"] == pytest.approx(told["median_s"], abs=CLOSE)


@EACH
def test_durations_starts_and_ends(name: str, real_logs: dict[str, pm.Log], expected: Any) -> None:
    log, told = real_logs[name], expected[name]
    found = dict(zip(MARKS, log.durations()["seconds"], strict=True))
    assert found == pytest.approx(told["duration_s"], abs=CLOSE)
    for answer, key in ((log.starts(), "start"), (log.ends(), "end")):
        assert dict(zip(answer["activity"], answer["cases"], strict=True)) == told[key]


@DESIGNED
def test_funnel(name: str, real_logs: dict[str, pm.Log], expected: Any) -> None:
    told = expected[name]["funnel"]
    assert real_logs[name].funnel(told["steps"])["reached"] == told["reached"]


@DESIGNED
def test_conformance(name: str, real_logs: dict[str, pm.Log], expected: Any) -> None:
    told = expected[name]["designed"]
    rows = real_logs[name].conformance(told["model"]).to_pylist()
    found = {tuple(row["path"]): row for row in rows}
    for variant in told["variants"]:
        row = found[tuple(variant["path"])]
        assert (row["cases"], row["cost"]) == (variant["cases"], variant["cost"])
    for row in rows:
        assert sum(move["kind"] != "walked" for move in row["moves"]) == row["cost"]
        replay = [move["activity"] for move in row["moves"] if move["kind"] != "skipped"]
        assert replay == row["path"]


@EACH
def test_through_the_cache_a_log_says_the_same(
    name: str, tmp_path: Path, real_logs: dict[str, pm.Log]
) -> None:
    path, cache = DATA / f"{name}.parquet", tmp_path / "journeys"
    for _turn in ("built", "mapped"):
        log = pm.open_log(path, cache=cache)
        for ask in (
            pm.Log.variants, pm.Log.directly_follows, pm.Log.durations, pm.Log.rework,
            pm.Log.eventually_follows, pm.Log.waiting, pm.Log.loops, pm.Log.simplify,
        ):  # fmt: skip
            assert ask(log).table.equals(ask(real_logs[name]).table)
        assert log.problems == real_logs[name].problems


@EACH
def test_a_map_adds_up(name: str, real_logs: dict[str, pm.Log]) -> None:
    rows = real_logs[name].simplify(0.8).to_pylist()
    into, out = Counter[Any](), Counter[Any]()
    for row in rows:
        out[row["source_kind"], row["source"]] += row["n"]
        into[row["target_kind"], row["target"]] += row["n"]
    assert into.pop(("end", None)) == out.pop(("start", None)) == real_logs[name].n_cases
    assert into == out


def _paths(log: pm.Log) -> dict[tuple[str, ...], int]:
    found = log.variants()
    return dict(zip(map(tuple, found["path"]), found["cases"], strict=True))


@pytest.mark.parametrize("ending", ["xes.gz", "csv"])
def test_other_formats_say_the_same(ending: str, real_logs: dict[str, pm.Log]) -> None:
    log = pm.read_log(DATA / f"receipt.{ending}")
    assert _paths(log) == _paths(real_logs["receipt"])
    assert log.durations()["seconds"] == pytest.approx(real_logs["receipt"].durations()["seconds"])


def test_phases_make_the_activity(real_logs: dict[str, pm.Log]) -> None:
    log = pm.read_log(DATA / "bpic2013_incidents.xes.gz")
    assert log.variants()["cases"] == real_logs["bpic2013_incidents"].variants()["cases"]
    assert any("phases" in remark for remark in log.problems.remarks)
