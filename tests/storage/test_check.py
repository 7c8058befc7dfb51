"""`check` says what is so; a test for each thing that can be wrong."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from polku.storage import check as module
from polku.storage.backup import back_up
from polku.storage.check import check
from polku.storage.locations import key, sqlite_settings


def found(folder: Path, **asked: object) -> dict[str, str]:
    """Codes of the findings and their levels."""
    database = sqlite_settings(folder / "polku.sqlite3")
    findings = check(folder, database=database, **asked)  # type: ignore[arg-type]
    assert all(str(finding.text) for finding in findings)
    return {finding.code: finding.level for finding in findings}


def test_a_sound_folder(
    sqlite_file: BaseDatabaseWrapper, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LITTLE_ROOM", 0)
    monkeypatch.setattr(module, "NO_ROOM", 0)
    key("secret_key", folder)
    back_up(folder=folder, database=sqlite_settings(folder / "polku.sqlite3"))
    levels = found(folder, pending_migrations=list)
    levels.pop("sqlite.wal", None) or levels.pop("sqlite.delete_journal")
    assert levels == dict.fromkeys(
        ["home.closed", "keys.closed", "disk.free", "database.sound", "migrations.applied",
         "backup.age"],
        "good",
    )  # fmt: skip


def test_no_folder_and_an_empty_one(tmp_path: Path, folder: Path) -> None:
    assert found(tmp_path / "nowhere") == {"home.missing": "error"}
    levels = found(folder)
    assert levels["database.missing"] == "warning"
    assert levels["backup.none"] == "warning"


def test_an_affected_sqlite_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.Database, "sqlite_version_info", (3, 40, 1))
    here = sqlite_settings(folder / "polku.sqlite3")  # also where the tests run on PostgreSQL
    findings = {finding.code: str(finding.text) for finding in check(folder, database=here)}
    assert "3.40.1" in findings["sqlite.delete_journal"]


def test_open_folders_and_keys(folder: Path) -> None:
    key("secret_key", folder)
    (folder / "keys" / "secret_key").chmod(0o640)
    folder.chmod(0o755)
    levels = found(folder)
    assert levels["home.open"] == "warning"
    assert levels["keys.open"] == "error"


def test_a_missing_folder_and_an_interrupted_restore(folder: Path) -> None:
    (folder / "exports").rmdir()
    (folder / ".former-20260101").mkdir()
    levels = found(folder)
    assert levels["home.incomplete"] == "warning"
    assert levels["restore.interrupted"] == "error"


def test_little_room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LITTLE_ROOM", 1 << 60)
    assert found(folder)["disk.free"] == "warning"
    monkeypatch.setattr(module, "NO_ROOM", 1 << 60)
    assert found(folder)["disk.free"] == "error"


def test_orphans_and_damage(sqlite_file: BaseDatabaseWrapper, folder: Path) -> None:
    with sqlite_file.cursor() as cursor:
        cursor.execute("CREATE TABLE child (note INTEGER REFERENCES note (id))")
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("INSERT INTO child VALUES (99)")
    assert found(folder)["database.orphans"] == "error"
    sqlite_file.close()
    path = folder / "polku.sqlite3"
    path.write_bytes(b"not a database at all" * 400)
    assert found(folder)["database.damaged"] == "error"


def test_a_file_in_another_journal_mode(sqlite_file: BaseDatabaseWrapper, folder: Path) -> None:
    with sqlite_file.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        (now,) = cursor.fetchone()
        cursor.execute("PRAGMA journal_mode = " + ("delete" if now == "wal" else "wal"))
    assert found(folder)["database.journal"] == "warning"


def test_waiting_migrations(folder: Path) -> None:
    findings = {
        finding.code: str(finding.text)
        for finding in check(folder, pending_migrations=lambda: ["portfolio.0002_offering"])
    }
    assert "portfolio.0002_offering" in findings["migrations.pending"]


def test_an_old_backup_and_one_that_went_away(
    sqlite_file: BaseDatabaseWrapper, folder: Path
) -> None:
    report = back_up(folder=folder, database=sqlite_settings(folder / "polku.sqlite3"))
    later = datetime.now(UTC) + timedelta(days=8)
    assert found(folder)["backup.age"] == "good"
    assert found(folder, now=later)["backup.age"] == "warning"
    report.path.unlink()
    assert found(folder)["backup.gone"] == "warning"
    (folder / "backups" / "latest.json").write_text("[]")
    assert found(folder)["backup.none"] == "warning"
