"""What every test stands on: a home folder that goes away, its database, the list of scenarios."""

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tools.test import DATA_LAYER

if TYPE_CHECKING:
    from tests.cast import Cast

# Django reads its settings in pytest_configure, after this module: no test sees a person's own
# POLKU_HOME.
HOME = Path(tempfile.mkdtemp(prefix="polku-tests-"))
os.environ["POLKU_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "polku.settings"

# The same examples each time in CI, so that a run tells of the change and not of luck; elsewhere
# fresh ones, which find more. How long one takes tells of the machine alone.
PATIENT = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("here", **PATIENT)
hypothesis.settings.register_profile("ci", derandomize=True, **PATIENT)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

TESTS = Path(__file__).resolve().parent
OUTCOMES: dict[str, list[str]] = defaultdict(list)


def pytest_configure() -> None:
    """Read the settings and set Django up, before pytest-django asks whether somebody did."""
    import django
    from django.conf import settings

    # Slow hashing guards real passwords; here it would only guard ours from the clock.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django.setup()
    from tests import once, tables

    tables.use()
    once.look_for_static_files_once()


def pytest_collection_finish() -> None:
    from tests import once  # not before Django is set up

    once.tidy_seldom()


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by their place, where the stages of tools/test.py look for them."""
    for item in items:
        place = item.path.relative_to(TESTS).parts[0] if item.path.is_relative_to(TESTS) else ""
        if place == "browser":
            item.add_marker("browser")
        elif "live_server" in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f"{item.nodeid} asks for a server: it belongs in tests/browser")
        if place in DATA_LAYER:
            item.add_marker("data_layer")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """A server in its own thread needs SQLite in a file; all other tests are quicker in memory.

    On PostgreSQL a database that was migrated before may be copied: POLKU_TESTS_TEMPLATE names it.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    if template := os.environ.get("POLKU_TESTS_TEMPLATE"):
        database.setdefault("TEST", {})["TEMPLATE"] = template
    needs_file = any(
        "live_server" in getattr(item, "fixturenames", ()) for item in request.session.items
    )
    if needs_file and "sqlite" in database["ENGINE"]:
        database.setdefault("TEST", {})["NAME"] = str(HOME / "tests.sqlite3")


@pytest.fixture
def cast(db: None) -> "Cast":
    """The fixed cast of tests/cast.py in a fresh database."""
    from tests.cast import gather

    return gather()


@pytest.fixture(autouse=True)
def _no_other_language() -> Iterator[None]:
    """A test that switches the language does not hand it to the next one."""
    yield
    from django.utils import translation

    translation.deactivate()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" or report.skipped:
        for name, value in report.user_properties:
            if name == "scenario":
                OUTCOMES[str(value)].append(report.outcome)


@pytest.fixture(autouse=True)
def _name_the_scenario(request: pytest.FixtureRequest) -> None:
    """Carry the scenario into the report: so it also arrives from a parallel worker."""
    for mark in request.node.iter_markers("scenario"):
        part = mark.kwargs.get("part") or (mark.args[1] if len(mark.args) > 1 else "")
        request.node.user_properties.append(("scenario", f"{mark.args[0]}|{part}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the acceptance scenarios that ran: whole, in parts, or broken."""
    if not OUTCOMES:
        return
    terminalreporter.section("scenarios")
    for line in scenario_lines(OUTCOMES):
        terminalreporter.write_line(line)


def scenario_lines(outcomes: dict[str, list[str]]) -> list[str]:
    """One line a scenario from {"AC10|part": ["passed", ...]}: its name and how it stands."""
    by_name: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for key, results in outcomes.items():
        name, _, part = key.partition("|")
        by_name[name][part] = results
    return [f"{name}  {_standing(parts)}" for name, parts in sorted(by_name.items())]


def _standing(parts: dict[str, list[str]]) -> str:
    words = {part: _verdict(results) for part, results in parts.items()}
    if set(words) == {""}:
        return words[""]
    named = ", ".join(f"{part or 'the rest'} {word}" for part, word in sorted(words.items()))
    return f"in parts: {named}"


def _verdict(results: list[str]) -> str:
    if "failed" in results:
        return "broken"
    return "stands" if set(results) == {"passed"} else "not run whole (a test was skipped)"
