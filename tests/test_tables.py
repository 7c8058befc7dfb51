"""The tables that tests begin with are those of the migrations that stand here."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import tables


def test_a_word_changed_in_a_migration_makes_the_tables_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tables.mark()
    app = apps.get_app_config("kernel")
    folder = tmp_path / "migrations"
    folder.mkdir()
    for path in Path(app.path, "migrations").glob("*.py"):
        (folder / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(app, "path", str(tmp_path))
    assert tables.mark() == before
    (folder / "0001_initial.py").write_text("# another\n")
    assert tables.mark() != before


@pytest.mark.django_db
def test_no_migration_is_left_to_do_and_none_is_too_many() -> None:
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    assert executor.migration_plan(leaves) == []
    assert set(executor.loader.applied_migrations) <= set(executor.loader.disk_migrations)


@pytest.mark.django_db
def test_the_command_is_still_djangos(capsys: Any) -> None:
    call_command("migrate", verbosity=1)
    assert "No migrations to apply" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_keeping_takes_nothing_away_that_another_process_is_writing(tmp_path: Path) -> None:
    kept, writing = tmp_path / "tables-now.sqlite3", tmp_path / "begun-1-tables-now.sqlite3"
    older = tmp_path / "tables-before.sqlite3"
    for path in (writing, older):
        path.write_bytes(b"half")
    tables.keep(kept)
    assert sorted(tmp_path.iterdir()) == [writing, kept]
    assert kept.read_bytes().startswith(b"SQLite format 3")
