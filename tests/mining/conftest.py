"""Small logs by hand, and the real ones where the data folder is beside the project."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import polku_mining as pm
from polku_mining import engine

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "event-logs"
REAL = (
    "helpdesk", "receipt", "traffic_fines", "bpic2013_incidents", "teleclaims",
    "hospital_billing", "sepsis",
)  # fmt: skip


def log_of(*cases: list[tuple[str, float]] | str) -> pm.Log:
    """A log from cases; a case is a list of (activity, seconds) or a word of letters, one each
    second."""
    rows: list[tuple[str, str, int]] = []
    for number, case in enumerate(cases):
        events = [(a, float(i)) for i, a in enumerate(case)] if isinstance(case, str) else case
        rows += [(f"c{number}", name, round(at * 1_000_000)) for name, at in events]
    return of_rows(rows)


def of_rows(rows: list[tuple[str, str, int]]) -> pm.Log:
    """A log from (case, activity, microseconds) in arrival order."""
    case, activity, time = (
        (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 3
    )
    return pm.from_arrays(
        pa.array(case, pa.string()), pa.array(activity, pa.string()), np.array(time, np.int64)
    )


@pytest.fixture(scope="module", params=[engine.COMPILED, engine.NUMPY])
def each_engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """The tests of a module twice: by the compiled passes and by numpy."""
    if request.param == engine.COMPILED and not engine.built():
        pytest.skip("the compiled passes were not built: python setup.py build_ext --inplace")
    with engine.use(request.param):
        yield request.param


@pytest.fixture(scope="session")
def expected() -> dict[str, Any]:
    """Reference answers of the real logs."""
    path = DATA / "expected.json"
    if not path.is_file():
        pytest.skip("the folder with real event logs is not beside the project")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def real_logs(expected: dict[str, Any]) -> dict[str, pm.Log]:
    """Every real log, read once."""
    return {name: pm.read_log(DATA / f"{name}.parquet") for name in expected}
