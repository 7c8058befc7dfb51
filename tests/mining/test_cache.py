"""The journey cache: quick, shared, and never trusted when anything about it is odd."""

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import polku_mining as pm
from polku_mining import reading
from polku_mining.analyses import paths
from polku_mining.arrow import as_column
from polku_mining.cache import fingerprints, opening, sections
from polku_mining.fast import paths as fast
from polku_mining.merging import merged
from polku_mining.reading.coding import coded
from tests.mining.conftest import of_rows

type Row = tuple[str, str, int]

TEXT = """case,activity,time
1,Ask,2026-03-01T10:00Z
2,Ask,2026-03-01T11:00Z
1,Answer,2026-03-02T10:00Z
"""


def written(path: Path, text: str = TEXT) -> Path:
    path.write_text(text, "utf-8")
    return path


def same(one: pm.Log, other: pm.Log) -> None:
    """Equal to the last event, and in every answer that a cache could change."""
    for column in ("activity", "time", "offsets"):
        assert np.array_equal(getattr(one.events, column), getattr(other.events, column)), column
    assert one.events.names == other.events.names
    assert one.events.cases.to_pylist() == other.events.cases.to_pylist()
    assert one.variants().table.equals(other.variants().table)
    assert one.directly_follows().table.equals(other.directly_follows().table)
    assert one.problems == other.problems


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the parts that were read from the log itself."""
    found: list[str] = []
    truly = pm.read_log  # asked for before, so that the library does not keep the other one

    def read(path: Path, **options: object) -> pm.Log:
        found.append(path.name)
        return truly(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "read_log", read)
    return found


def test_the_second_time_nothing_is_read(tmp_path: Path, reads: list[str]) -> None:
    path = written(tmp_path / "log.csv")
    first, second = pm.open_log(path), pm.open_log(path)
    assert reads == ["log.csv"]
    same(first, pm.read_log(path))
    same(second, pm.read_log(path))
    assert second.problems.guessed["case"] == "case"
    assert not second.events.time.flags.writeable
    assert sorted(p.name for p in tmp_path.iterdir()) == [".log.csv.journeys", "log.csv"]


def test_a_log_that_changed_is_read_anew(tmp_path: Path, reads: list[str]) -> None:
    path = written(tmp_path / "log.csv")
    pm.open_log(path)
    before = path.stat()
    written(path, TEXT.replace("Answer", "Refuse"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # as a tool that keeps times does
    assert pm.open_log(path).activities == ["Ask", "Refuse"]
    assert len(reads) == 2


def test_other_ways_of_reading_are_other_caches(tmp_path: Path, reads: list[str]) -> None:
    path = written(tmp_path / "log.csv", TEXT.replace("Z", ""))
    pm.open_log(path, zone="Europe/Helsinki")
    late = pm.open_log(path, zone="America/New_York")
    assert late.period != pm.open_log(path, zone="Europe/Helsinki").period
    assert len(reads) == 3


def test_other_code_builds_anew(
    tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "log.csv")
    pm.open_log(path)
    monkeypatch.setattr(fingerprints, "of_code", lambda: "another day")
    pm.open_log(path)
    assert len(reads) == 2


def test_the_print_of_the_code_knows_what_works_out_a_cache() -> None:
    """The modules in which stand the classes and the passes whose results are kept."""
    counted = {path.relative_to(fingerprints.PACKAGE).as_posix() for path in fingerprints.modules()}
    things = (pm.Log, pm.Attribute, pm.Problems, paths.paths_of, fast.grouped, merged, coded)
    for thing in (*things, as_column):
        assert thing.__module__.split(".", 1)[1].replace(".", "/") + ".py" in counted
    assert "compiled.pyx" in counted


def test_a_torn_cache_is_never_trusted(tmp_path: Path, reads: list[str]) -> None:
    path = written(tmp_path / "log.csv")
    whole = pm.open_log(path)
    cache = opening.cache_of(path)
    right = cache.read_bytes()
    for at in [0, 3, 9, 20, 60, *range(100, len(right), 97)]:
        reads.clear()
        cache.write_bytes(right[:at] + bytes([right[at] ^ 1]) + right[at + 1 :])
        same(pm.open_log(path), whole)
        if cache.read_bytes() == right:  # built anew: but padding between sections says nothing
            assert reads == ["log.csv"]
        cache.write_bytes(right[:at])
        same(pm.open_log(path), whole)


def test_padding_is_all_that_may_differ(tmp_path: Path) -> None:
    path = tmp_path / "some"
    sections.write(path, {"a": 1}, {"b": np.arange(9), "c": np.zeros(0), "d": np.array([1], "u1")})
    right = path.read_bytes()
    opened = sections.read(path)
    assert opened is not None
    assert opened.facts == {"a": 1}
    assert opened.sections["b"].tolist() == list(range(9))
    for at in range(len(right)):
        path.write_bytes(right[:at] + bytes([right[at] ^ 0x10]) + right[at + 1 :])
        again = sections.read(path)
        if again is not None:
            assert again.facts == {"a": 1}
            assert again.sections["b"].tolist() == list(range(9))
            assert again.sections["d"].tolist() == [1]
        path.write_bytes(right[:at])
        assert sections.read(path) is None


KILLED = """
import os, signal, sys
from pathlib import Path
import polku_mining as pm
from polku_mining.cache import sections

def die(*_said, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

stage = sys.argv[2]
if stage == "heading":
    sections._heading = die
elif stage == "writing":
    sections._bytes = lambda array, known=sections._bytes: (
        known(array) if sys._getframe(1).f_code.co_name != "write" else die())
elif stage == "syncing":
    os.fsync = die
elif stage == "placing":
    Path.replace = die
elif stage == "settling":
    sections._settle = die
pm.open_log(sys.argv[1])
"""


@pytest.mark.parametrize("stage", ["heading", "writing", "syncing", "placing", "settling"])
@pytest.mark.parametrize("older", [False, True], ids=["none before", "an old one before"])
def test_killed_while_building_the_next_open_builds(
    stage: str, older: bool, tmp_path: Path, reads: list[str]
) -> None:
    path = written(tmp_path / "log.csv")
    if older:
        pm.open_log(path)
        written(path, TEXT + "2,Answer,2026-03-05T10:00Z\n")
        reads.clear()
    done = subprocess.run([sys.executable, "-c", KILLED, path, stage], check=False)
    assert done.returncode == -signal.SIGKILL
    log = pm.open_log(path)
    assert reads == ([] if stage == "settling" else ["log.csv"])
    same(log, pm.read_log(path))
    assert sorted(p.name for p in tmp_path.iterdir()) == [".log.csv.journeys", "log.csv"]


def test_two_processes_share_one_cache(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv")
    pm.open_log(path)
    kept = opening.cache_of(path).stat().st_mtime_ns
    ask = "import sys, polku_mining as pm; print(pm.open_log(sys.argv[1]).n_events)"
    both = [
        subprocess.Popen([sys.executable, "-c", ask, path], stdout=subprocess.PIPE, text=True)
        for _turn in range(2)
    ]
    assert [one.communicate()[0].strip() for one in both] == ["3", "3"]
    assert opening.cache_of(path).stat().st_mtime_ns == kept


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv")
    old = pm.open_log(path)
    written(path, TEXT + "3,Ask,2026-03-05T10:00Z\n")
    assert pm.open_log(path).n_events == 4
    assert old.variants()["cases"] == [1, 1]


def test_a_row_of_a_folder_names_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "months"
    folder.mkdir()
    for name in ("1.csv", "2.csv"):
        written(folder / name, TEXT + "4,Ask,no day\n")
    for _turn in ("built", "opened"):
        told = pm.open_log(folder).problems
        assert [str(p) for p in told.examples] == [
            f"{name}, line 5: a time that cannot be read: 'no day'" for name in ("1.csv", "2.csv")
        ]
        assert told.counts == {"unreadable_time": 2, "duplicate": 3}
    assert [p.part for p in pm.open_log(folder / "1.csv").problems.examples] == [""]


def test_a_folder_that_cannot_be_written_costs_only_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_said: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    log = pm.open_log(written(tmp_path / "log.csv"))
    assert log.n_events == 3
    assert any("No space left" in remark for remark in log.problems.remarks)


def test_what_came_later_is_read_alone(tmp_path: Path, reads: list[str]) -> None:
    folder = tmp_path / "events"
    folder.mkdir()
    written(folder / "2026-03.csv")
    pm.open_log(folder)
    late = "3,Call,2026-04-01T10:00Z\n1,Ask,2026-03-01T10:00Z\n9,,2026-03-01T10:00Z\n"
    written(folder / "2026-04.csv", "case,activity,time\n" + late)
    log = pm.open_log(folder)
    assert reads == ["2026-03.csv", "2026-04.csv"]
    assert log.variants()["path"] == [["Ask", "Ask", "Answer"], ["Ask"], ["Call"]]
    assert log.problems.counts == {"duplicate": 1, "no_activity": 1}
    opening.forget(folder)
    same(pm.open_log(folder), log)


def test_what_is_known_of_cases_comes_along(tmp_path: Path, reads: list[str]) -> None:
    folder = tmp_path / "events"
    folder.mkdir()
    head = "case,activity,time,channel\n"
    written(folder / "1.csv", head + "1,Ask,2026-03-01,web\n2,Ask,2026-03-01,\n")
    ask = {"attributes": ["channel"]}
    assert pm.open_log(folder, **ask).by("channel", pm.Log.starts)["group"] == ["web", None]
    late = "3,Ask,2026-03-01,fax\n2,Ask,2026-03-01,web\n1,Ask,2026-03-01,fax\n"
    written(folder / "2.csv", head + late)
    for _turn in ("added", "mapped"):
        found = pm.open_log(folder, **ask).by("channel", pm.Log.starts)
        assert list(zip(found["group"], found["group_cases"], strict=True)) == [
            ("web", 2), ("fax", 1),
        ]  # fmt: skip
    assert reads == ["1.csv", "2.csv"]
    assert len(pm.open_log(folder).attributes) == 0


def test_a_whole_file_of_something_else_is_no_cache(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv")
    heading = b'{"facts": {}}'
    opening.cache_of(path).write_bytes(
        sections.MAGIC + len(heading).to_bytes(8, "little")
        + hashlib.sha256(heading).digest() + heading
    )  # fmt: skip
    assert pm.open_log(path).n_events == 3


@pytest.mark.parametrize("name", ["gone.csv", "empty"])
def test_what_is_no_log_is_said(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(pm.BadLog, match=r"no file|holds no log"):
        pm.open_log(tmp_path / name)


ROWS = st.lists(
    st.tuples(st.sampled_from("123ż"), st.sampled_from("abcdż"), st.integers(-3, 3)), max_size=40
)


@settings(deadline=None)
@given(ROWS, st.integers(0, 40))
def test_a_log_cut_in_two_and_put_together_is_the_whole(rows: list[Row], cut: int) -> None:
    whole = of_rows(rows)
    both = merged(of_rows(rows[:cut]), of_rows(rows[cut:]))
    assert both.events.names == whole.events.names
    for column in ("activity", "time", "offsets"):
        assert np.array_equal(getattr(both.events, column), getattr(whole.events, column))
    assert both.events.activity.dtype == whole.events.activity.dtype
    assert both.events.cases.to_pylist() == whole.events.cases.to_pylist()
    assert both.n_events == both.problems.rows == whole.problems.rows


@settings(deadline=None, max_examples=40)
@given(rows=ROWS, cut=st.integers(0, 40))
def test_parts_of_files_tell_what_the_whole_tells(rows: list[Row], cut: int) -> None:
    whole, first, last = (_read(part) for part in (rows, rows[:cut], rows[cut:]))
    both = merged(first, last)
    assert both.problems.counts == whole.problems.counts
    assert both.variants().table.equals(whole.variants().table)


def _read(rows: list[Row]) -> pm.Log:
    case, activity, time = ([row[i] for row in rows] for i in range(3))
    return pm.read_log(pa.table({
        "case": pa.array(case, pa.string()), "activity": pa.array(activity, pa.string()),
        "time": pa.array(time, pa.int64()).cast(pa.timestamp("us", "UTC")),
    }))  # fmt: skip


def test_many_names_widen_the_codes() -> None:
    few = of_rows([("1", f"a{i}", i) for i in range(200)])
    more = of_rows([("1", f"b{i}", 300 + i) for i in range(200)])
    both = merged(few, more)
    assert both.events.activity.dtype == np.uint16
    assert both.n_activities == 400
