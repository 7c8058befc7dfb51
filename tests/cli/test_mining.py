"""``polku mine``: what a log says, in the terminal and as JSON."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from polku.cli import mining

CSV = """case,activity,time,mail
1,Ask,2026-03-01T10:00:00Z,aino@museum.example
1,Answer,2026-03-01T12:00:00Z,aino@museum.example
2,Ask,2026-03-02T10:00:00Z,tuomas@school.example
2,Ask,2026-03-02T10:00:00Z,tuomas@school.example
,Ask,2026-03-02T10:00:00Z,
"""


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command()(mining.mine)
    return app


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(CSV, "utf-8")
    return path


def test_it_tells_what_it_found(app: typer.Typer, log: Path) -> None:
    told = CliRunner().invoke(app, [str(log)], env={"COLUMNS": "100"}).output
    assert "4 events of 2 cases, 2 activities, 2026-03-01 to 2026-03-02" in told
    assert "5 rows read, 1 left out." in told
    assert "(first: line 6)" in told
    assert "Looks like personal data: mail." in told
    assert "Ask > Answer" in told
    assert "2.0 h" in told


def test_against_a_design(app: typer.Typer, log: Path, tmp_path: Path) -> None:
    design = tmp_path / "journey.json"
    design.write_text('{"seq": ["Ask", "Answer"]}', "utf-8")
    result = CliRunner().invoke(app, [str(log), "--design", str(design), "--json"])
    told = json.loads(result.output)
    assert told["conformance"] == {"fit": 0.5}
    costs = {tuple(row["path"]): row["cost"] for row in told["conformance_rows"]}
    assert costs == {("Ask", "Answer"): 0, ("Ask", "Ask"): 2}
    assert told["problems"] == {"no_case": 1, "duplicate": 1}


def test_what_cannot_be_read_is_one_sentence(app: typer.Typer, log: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    gone = runner.invoke(app, [str(tmp_path / "gone.csv")])
    assert (gone.exit_code, "There is no file" in gone.output) == (1, True)
    design = tmp_path / "journey.json"
    design.write_text('{"maybe": "Ask"}', "utf-8")
    wrong = runner.invoke(app, [str(log), "--design", str(design)])
    assert (wrong.exit_code, "none of seq" in wrong.output) == (1, True)


def test_durations_read_well() -> None:
    assert [mining.duration(s) for s in (0.5, 90, 7200, 100_000)] == [
        "0.5 s", "1.5 min", "2.0 h", "1.2 d",
    ]  # fmt: skip
