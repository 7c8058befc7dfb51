"""A process loads what its question needs. Modules are counted: seconds tell of the machine."""

import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import polku_mining as pm
from polku_mining.arrow import as_flags
from polku_mining.reading.sparing import sparing

TOLD = """
import json, sys
import polku_mining as pm
log = None
if sys.argv[1:] == ["openers"]:
    pm.open_log, pm.read_log
elif sys.argv[1:]:
    log = pm.read_log(sys.argv[1])
if log is not None:
    log.variants(), log.directly_follows(), log.durations(), log.funnel(["Ask"])
print(json.dumps(sorted(sys.modules)))
"""
LOG = "case,activity,time\n1,Ask,2026-03-01T10:00:00Z\n1,Answer,2026-03-01T11:00:00Z\n"


def loaded(*words: str) -> set[str]:
    """The modules of a new process that imports the library and asks a log four questions."""
    done = subprocess.run(
        [sys.executable, "-c", TOLD, *words], check=True, capture_output=True, text=True
    )
    return set(json.loads(done.stdout))


def test_importing_loads_nothing_before_it_is_asked_for() -> None:
    found = loaded()
    assert not found & {"numpy", "pyarrow", "polku_mining.log", "polku_mining.reading"}


def test_the_first_questions_load_no_more_than_they_need(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(LOG, "utf-8")
    found = loaded(str(path))
    assert "polku_mining.analyses.funnels" in found
    late = {
        "numpy.ma", "pyarrow.parquet", "pyarrow.dataset", "sqlite3",
        "concurrent.futures", "xml.parsers.expat", "polku_mining.reading.xes",
        "polku_mining.calendars", "polku_mining.merging", "polku_mining.analyses.moments",
    }  # fmt: skip
    assert not found & late
    rooms = ("cache", "design", "report", "spark", "writers")
    assert not [
        name for name in found if name.startswith(tuple(f"polku_mining.{r}" for r in rooms))
    ]


def test_what_opens_logs_loads_what_reads_them_with_the_first_one() -> None:
    found = loaded("openers")
    assert "polku_mining.cache.opening" in found
    assert not found & {
        "pyarrow.compute", "zoneinfo", "tempfile", "polku_mining.merging", "polku_mining.times",
        "polku_mining.reading.columns", "polku_mining.fast.ranks",
    }  # fmt: skip


def test_xes_is_read_sparingly_and_the_usual_allocator_comes_back(tmp_path: Path) -> None:
    usual = pa.default_memory_pool().backend_name
    seen: list[str] = []
    path = tmp_path / "log.xes"
    path.write_text("<log><trace></trace></log>", "utf-8")

    def told(_part: float) -> None:
        seen.append(pa.default_memory_pool().backend_name)

    pm.read_log(path, progress=told)
    assert set(seen) == {"system"}
    path.write_text("<log><trace>", "utf-8")
    with sparing(), pytest.raises(pm.BadLog):
        pm.read_log(path)
    assert pa.default_memory_pool().backend_name == usual


@given(st.lists(st.booleans(), max_size=40), st.integers(0, 40))
def test_flags_come_out_as_they_went_in(flags: list[bool], begin: int) -> None:
    assert as_flags(pa.array(flags, pa.bool_()).slice(begin)).tolist() == flags[begin:]


def test_every_public_name_is_there() -> None:
    for name in pm.__all__:
        assert getattr(pm, name).__name__ == name
        assert name in dir(pm)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _nothing = pm.nothing
