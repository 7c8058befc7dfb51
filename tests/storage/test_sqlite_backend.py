"""The backend in processes of its own: which driver, which journal, does Django work on it."""

import sqlite3
from pathlib import Path

import pytest

from tests.storage.conftest import Run

PRAGMAS = """
    import django; django.setup()
    from django.db import connection
    with connection.cursor() as cursor:
        def ask(name):
            cursor.execute("PRAGMA " + name)
            return cursor.fetchone()[0]
        print(*map(ask, ["journal_mode", "synchronous", "foreign_keys", "mmap_size"]))
    print(connection.Database.__name__, connection.transaction_mode)
"""
STOCK = """
    import sys, sqlite3
    sys.modules["pysqlite3"] = None
    sqlite3.sqlite_version_info = sqlite3.dbapi2.sqlite_version_info = (3, 40, 1)
"""


def test_the_newer_sqlite_takes_the_place_of_the_stock_one(run: Run) -> None:
    pytest.importorskip("pysqlite3", reason="no wheel of pysqlite3 for this machine")
    pragmas, driver = run(PRAGMAS).splitlines()
    assert pragmas == "wal 2 1 0"
    assert driver == "pysqlite3.dbapi2 IMMEDIATE"


def test_an_affected_sqlite_stays_out_of_wal(run: Run) -> None:
    pragmas, driver = run(STOCK + PRAGMAS).splitlines()
    assert pragmas == "delete 2 1 0"
    assert driver == "sqlite3.dbapi2 IMMEDIATE"


def test_an_affected_sqlite_takes_a_file_out_of_wal(run: Run, folder: Path) -> None:
    other = sqlite3.connect(folder / "polku.sqlite3")
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE note (text)")
    other.close()
    assert run(STOCK + PRAGMAS).startswith("delete")


def test_an_affected_sqlite_refuses_a_wal_file_that_others_hold_open(
    run: Run, folder: Path
) -> None:
    other = sqlite3.connect(folder / "polku.sqlite3")
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE note (text)")
    said = run(
        STOCK
        + """
    import django; django.setup()
    from django.db import OperationalError, connection
    connection.settings_dict["OPTIONS"]["timeout"] = 0.1
    try:
        connection.cursor()
    except OperationalError as error:
        print(error)
    """
    )
    other.close()
    assert "Close that program first" in said


@pytest.mark.parametrize("driver", ["", STOCK], ids=["default", "stock"])
def test_migrate_bulk_create_and_backup(run: Run, driver: str) -> None:
    said = run(
        driver
        + """
    import django; django.setup()
    from django.core.management import call_command
    from django.contrib.auth.models import Group
    from polku.storage.backup import back_up, verify
    call_command("migrate", verbosity=0)
    Group.objects.bulk_create(Group(name=f"group {n}") for n in range(40_000))
    found = Group.objects.filter(pk__in=range(1, 32_000)).count()
    report = back_up()
    verify(report.path)
    print(found, report.tables["auth_group"])
    """
    )
    assert said == "31999 40000"


def test_the_task_worker_runs_on_it(run: Run) -> None:
    """Its worker begins EXCLUSIVE transactions, which must pass the queue too."""
    said = run("""
    import django; django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django_tasks_db.utils import exclusive_transaction
    call_command("migrate", verbosity=0)
    before = connection.queue.held
    with exclusive_transaction():
        inside = connection.queue.held
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    print(before, inside, connection.queue.held)
    """)
    assert said == "False True False"
