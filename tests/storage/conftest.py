"""SQLite files to write to, beside the test database, and processes of their own."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from polku.storage.locations import ensure_home, sqlite_settings

ALIAS = "a_file_beside"
ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A POLKU_HOME with nothing in it."""
    return ensure_home(tmp_path / "home")


@pytest.fixture
def sqlite_file(folder: Path, django_db_blocker: object) -> Iterator[BaseDatabaseWrapper]:
    """A connection to a SQLite file with a table `note`, known to Django as ALIAS."""
    settings = {"default": {}, ALIAS: sqlite_settings(folder / "polku.sqlite3")}
    connections.settings[ALIAS] = connections.configure_settings(settings)[ALIAS]
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection = connections[ALIAS]
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)")
        yield connection
        connection.close()
    del connections[ALIAS]
    del connections.settings[ALIAS]


@pytest.fixture
def run(folder: Path) -> Run:
    """Run Python in a process of its own with the plain settings; answers what it printed."""

    def run_code(code: str, **environment: str) -> str:
        command = [sys.executable, "-c", textwrap.dedent(code)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment_for(folder) | environment,
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run_code


def environment_for(folder: Path) -> dict[str, str]:
    """What a process needs to find the plain settings and the folder."""
    kept = {name: value for name, value in os.environ.items() if name != "POLKU_DATABASE_URL"}
    return kept | {
        "POLKU_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.storage.plain_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
