"""A process loads what its question needs. Modules are counted: seconds tell of the machine."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import polku_mining as pm

TOLD = """
import json, sys
import polku_mining as pm
log = pm.read_log(sys.argv[1]) if sys.argv[1:] else None
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


def test_every_public_name_is_there() -> None:
    for name in pm.__all__:
        assert getattr(pm, name).__name__ == name
        assert name in dir(pm)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _nothing = pm.nothing
