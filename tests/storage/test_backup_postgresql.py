"""Backups of PostgreSQL, on a server that goes away."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from polku.storage.backup import back_up, restore
from polku.storage.errors import BackupDamaged, ProgramMissing, StorageError
from polku.storage.locations import ensure_home, postgresql_settings
from tools.postgres import throwaway_cluster

psycopg = pytest.importorskip("psycopg")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    if not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("pg_dump and pg_restore are not installed")
    try:
        with throwaway_cluster() as address:
            yield address
    except FileNotFoundError as error:
        pytest.skip(str(error))


@pytest.fixture
def database(address: str) -> dict[str, Any]:
    """A database with two notes."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS note")
        connection.execute("CREATE TABLE note (id serial PRIMARY KEY, text text)")
        connection.execute("INSERT INTO note (text) VALUES ('one'), ('two')")
    return postgresql_settings(address)


def texts(address: str) -> list[str]:
    with psycopg.connect(address) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM note ORDER BY id")]


def add_later(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("INSERT INTO note (text) VALUES ('later')")


def test_a_backup_is_restored(
    address: str, database: dict[str, Any], folder: Path, tmp_path: Path
) -> None:
    (folder / "files" / "plan.pdf").write_bytes(b"upload")
    report = back_up(tmp_path / "b.zip", folder=folder, database=database)
    assert report.tables == {"note": 2}
    add_later(address)
    other = ensure_home(tmp_path / "other")
    with pytest.raises(StorageError, match="data in"):
        restore(report.path, other, database=database)
    assert texts(address) == ["one", "two", "later"]
    restore(report.path, other, database=database, replace=True)
    assert texts(address) == ["one", "two"]
    assert (other / "files" / "plan.pdf").read_bytes() == b"upload"


def test_a_replay_that_fails_brings_the_former_rows_back(
    address: str, database: dict[str, Any], folder: Path, tmp_path: Path
) -> None:
    path = back_up(tmp_path / "b.zip", folder=folder, database=database).path
    add_later(address)

    def fail(_folder: Path) -> int:
        raise RuntimeError("no list")

    with pytest.raises(RuntimeError, match="no list"):
        restore(path, folder, database=database, replace=True, replays=[fail])
    assert texts(address) == ["one", "two", "later"]


def test_a_dump_that_can_not_be_read_is_refused(
    address: str, database: dict[str, Any], tmp_path: Path
) -> None:
    from polku.storage.backup.postgresql import PostgreSQL

    (tmp_path / "bad.pgdump").write_bytes(b"PGDMP and no more")
    with pytest.raises(BackupDamaged):
        PostgreSQL(database).examine(tmp_path / "bad.pgdump")
    assert texts(address) == ["one", "two"]


def test_missing_programs_are_named(
    database: dict[str, Any], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissing, match="pg_dump is not installed"):
        back_up(tmp_path / "b.zip", folder=folder, database=database)
    assert not (tmp_path / "b.zip").exists()


def test_a_server_that_is_away_is_said_plainly(folder: Path, tmp_path: Path) -> None:
    away = postgresql_settings(f"postgresql:///polku?host={tmp_path}")
    with pytest.raises(StorageError, match="can't be reached"):
        back_up(tmp_path / "b.zip", folder=folder, database=away)
