"""`make test` counts what pytest counted and fails when a stage failed."""

from pathlib import Path

import pytest

from tools.test import Counts, Result, Stage, read_counts, report, run

JUNIT = """<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>"""


def test_counts_come_from_the_report_of_pytest(tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    path.write_text(JUNIT)
    assert read_counts(path) == Counts(passed=3, failed=3, skipped=3)


def test_a_run_without_a_report_counts_nothing(tmp_path: Path) -> None:
    assert read_counts(tmp_path / "none.xml") == Counts()


def test_one_failed_stage_fails_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    results = [Result(Stage("a", ()), Counts(passed=2)), Result(Stage("b", ()), Counts(failed=1))]
    assert report(results) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed, 1 failed, 0 skipped"


def test_a_stage_left_out_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([Result(Stage("browser", ()), left_out="Chromium is missing")]) == 0
    assert "left out: Chromium is missing" in capsys.readouterr().out


def test_what_runs_beside_another_speaks_at_its_end(capfd: pytest.CaptureFixture[str]) -> None:
    done = run(Stage("words", ('-c \'print("one"); print("two")\'',)))
    assert done.counts == Counts(passed=1)
    assert capfd.readouterr().out.startswith("\n== words says\none\ntwo\n== words: passed")


def test_a_stage_with_a_command_that_fails_has_failed(capfd: pytest.CaptureFixture[str]) -> None:
    done = run(Stage("alone", ("-c 'raise SystemExit(3)'", "-c 'print(1)'"), alone=True))
    assert done.counts == Counts(failed=1)
    assert capfd.readouterr().out.startswith("\n== alone\n== alone: failed")
