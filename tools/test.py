"""Everything that CI runs, stage by stage, each with its time; fails if any stage failed.

python -m tools.test              all stages
python -m tools.test house mypy   only these
"""

import os
import shlex
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from tools.debian import (
    CHROMIUM,
    COMPILER,
    GETTEXT,
    INITDB,
    JAVA,
    Program,
    install_missing,
    may_install,
)
from tools.postgres import DATABASE, throwaway_cluster

ROOT = Path(__file__).resolve().parent.parent
WITH_SPARK = ROOT / ".venv-spark" / "bin" / "python"  # Spark is large: `make test` sets it apart
# Who is done takes over half of what the other still has to do: files differ too much in length.
PYTEST = "-m pytest -q --dist worksteal -n 2"
# What touches rows runs on both engines: these of tests/, and no other (tests/conftest.py)
DATA_LAYER = (
    "storage", "kernel", "people", "portfolio", "journeys", "insight", "exchange", "test_copies.py",
)  # fmt: skip
ON_POSTGRESQL = f"{PYTEST} -m data_layer {' '.join(f'tests/{name}' for name in DATA_LAYER)}"
MIGRATE = "-m django migrate --verbosity 0"
KERNEL = ("setup.py --quiet build_ext --inplace", "-c 'import polku_mining.compiled'")
FLOORS = "-c 'import importlinter.cli as cli; cli.lint_imports_command()' --no-cache"
ON_A_PUBLIC_ADDRESS = {
    "POLKU_BASE_URL": "https://polku.example",
    "POLKU_ALLOWED_HOSTS": "polku.example",
    "POLKU_MAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


JUNIT_KEYS = ("tests", "failures", "errors", "skipped")


@dataclass(frozen=True)
class Stage:
    """Commands that are judged as one; each is what follows `python` in a shell.

    One that is alone has both cores to itself; the others run two at a time with their neighbours.
    """

    name: str
    commands: tuple[str, ...]
    needs: Program | None = None
    public: bool = False
    alone: bool = False
    python: Path = Path(sys.executable)


@dataclass(frozen=True)
class Counts:
    """Tests of a stage; a stage without tests of its own is one check."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )


@dataclass(frozen=True)
class Result:
    """How a stage ended; `left_out` says why it did not run."""

    stage: Stage
    counts: Counts = Counts()
    seconds: float = 0.0
    left_out: str = ""


STAGES = (
    Stage("ruff", ("-m ruff check --quiet", "-m ruff format --check --quiet")),
    Stage("mypy", ("-m mypy",)),
    Stage("floors", (FLOORS,)),
    Stage("house", ("-m tools.lint_house",)),
    Stage("bandit", ("-m bandit -ll -q -c pyproject.toml -r src",)),
    Stage("semgrep", ("-m tools.scan",)),
    Stage("deptry", ("-m deptry src",)),
    Stage("deploy", ("-m django check --deploy --fail-level WARNING",), public=True),
    Stage("migrations", ("-m django makemigrations --check --dry-run", "-m tests.tables")),
    Stage("messages", ("-m tools.messages check",), GETTEXT),
    Stage("docs", ("-m tools.docs_reference --check", "-m mkdocs build -q -s -d {folder}/site")),
    Stage("kernel", KERNEL, COMPILER),
    Stage("tests", (f"{PYTEST} -m 'not browser and not spark'",), alone=True),
    Stage("postgres", (MIGRATE, ON_POSTGRESQL), INITDB, alone=True),
    Stage("browser", (f"{PYTEST} -m browser tests/browser",), CHROMIUM, alone=True),
    Stage("spark", ("-m pytest -q -m spark tests/mining",), JAVA, alone=True, python=WITH_SPARK),
    Stage("torture", ("-m tools.torture --short",), alone=True),
)


def main(chosen: list[str]) -> int:
    if unknown := set(chosen) - {stage.name for stage in STAGES}:
        sys.exit(f"No such stage: {', '.join(sorted(unknown))}")
    missing = install_missing()
    stages = [stage for stage in STAGES if not chosen or stage.name in chosen]
    begun = time.monotonic()
    results = []
    for alone, found in groupby(stages, key=lambda stage: stage.alone):
        with ThreadPoolExecutor(1 if alone else 2) as pool:
            results += pool.map(lambda stage: _run_or_leave_out(stage, missing), found)
    return report(results, time.monotonic() - begun)


def _run_or_leave_out(stage: Stage, missing: list[Program]) -> Result:
    if stage.needs and stage.needs in missing:
        return _left_out(stage, stage.needs)
    return run(stage)


def run(stage: Stage) -> Result:
    """Run the commands of a stage in a home folder of its own until one fails."""
    if stage.alone:
        print(f"\n== {stage.name}", flush=True)
    begun = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="polku-test-")))
        environment = _environment(stage, folder)
        if stage.needs is INITDB:
            environment["POLKU_DATABASE_URL"] = stack.enter_context(throwaway_cluster())
            environment["POLKU_TESTS_TEMPLATE"] = DATABASE  # the stage migrates it first
        counts = _run_commands(stage, folder, environment)
    seconds = time.monotonic() - begun
    print(
        f"== {stage.name}: {'failed' if counts.failed else 'passed'}, {seconds:.0f} s", flush=True
    )
    return Result(stage, counts, seconds)


def _run_commands(stage: Stage, folder: Path, environment: dict[str, str]) -> Counts:
    junit = folder / "junit.xml"
    for text in stage.commands:
        arguments = shlex.split(text.format(folder=folder))
        if "pytest" in arguments:
            arguments.append(f"--junitxml={junit}")
        done = subprocess.run(
            [stage.python, *arguments], cwd=ROOT, env=environment, check=False,
            stdout=None if stage.alone else subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if done.stdout:  # what runs beside another speaks once it is done
            print(f"\n== {stage.name} says\n{done.stdout.decode(errors='replace')}", end="")
        if done.returncode:
            found = read_counts(junit)
            return found if found.failed else found + Counts(failed=1)
    return read_counts(junit) if junit.exists() else Counts(passed=1)


def read_counts(junit: Path) -> Counts:
    """Counts from the report that pytest wrote; none when it did not come that far."""
    if not junit.exists():
        return Counts()
    suites = ElementTree.parse(junit).getroot().iter("testsuite")  # noqa: S314  pytest wrote it
    totals = [{key: int(suite.get(key, 0)) for key in JUNIT_KEYS} for suite in suites]
    tests, failed, errors, skipped = (sum(total[key] for total in totals) for key in JUNIT_KEYS)
    return Counts(tests - failed - errors - skipped, failed + errors, skipped)


def _environment(stage: Stage, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLKU_")}
    kept["NO_MKDOCS_2_WARNING"] = "1"  # decision 16 has the date
    home = {"POLKU_HOME": str(folder / "home"), "DJANGO_SETTINGS_MODULE": "polku.settings"}
    return {**kept, **home, **(ON_A_PUBLIC_ADDRESS if stage.public else {})}


def _left_out(stage: Stage, program: Program) -> Result:
    way = "could not be installed" if may_install() else "is missing and we may not install it"
    reason = (
        f"{program.name} (Debian's package {program.package}) {way}: {program.purpose} untested"
    )
    print(f"\n== {stage.name}: left out, {reason}", flush=True)
    return Result(stage, left_out=reason)


def report(results: list[Result], seconds: float = 0.0) -> int:
    """Print the table and the closing line; return the exit code."""
    print(f"\n{'stage':<12}{'seconds':>8}{'passed':>8}{'failed':>8}{'skipped':>8}")
    for result in results:
        print(_row(result))
    total = sum((result.counts for result in results), Counts())
    print(f"{'all':<12}{seconds:>8.0f}\n")
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped", flush=True)
    return 1 if total.failed else 0


def _row(result: Result) -> str:
    if result.left_out:
        return f"{result.stage.name:<12}left out: {result.left_out}"
    counts = result.counts
    numbers = f"{counts.passed:>8}{counts.failed:>8}{counts.skipped:>8}"
    return f"{result.stage.name:<12}{result.seconds:>8.0f}{numbers}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
