"""Backups of SQLite: whole, checked, without keys; restores that check first and can be undone."""

import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polku.storage.backup import back_up, restore, verify
from polku.storage.backup.restoring import newer_migrations
from polku.storage.errors import BackupDamaged, BackupRefused, RestoreRefused
from polku.storage.locations import ensure_home, key, sqlite_settings
from polku.storage.sqlite.driver import open_file
from polku.storage.writer_queue import Presence
from tests.storage.conftest import ROOT, environment_for

Edit = Callable[[dict[str, Any]], Any]


def database(folder: Path) -> dict[str, Any]:
    return sqlite_settings(folder / "polku.sqlite3")


def texts(folder: Path) -> list[str]:
    connection = open_file(folder / "polku.sqlite3")
    found = [row[0] for row in connection.execute("SELECT text FROM note ORDER BY id")]
    connection.close()
    return found


@pytest.fixture
def written(sqlite_file: BaseDatabaseWrapper, folder: Path) -> Path:
    """A folder with two notes, a search table, an upload, and a key."""
    with sqlite_file.cursor() as cursor:
        cursor.execute("INSERT INTO note (text) VALUES ('one'), ('two')")
        cursor.execute("CREATE VIRTUAL TABLE found USING fts5(text)")
        cursor.execute("INSERT INTO found VALUES ('one')")
    (folder / "files" / "a").mkdir()
    (folder / "files" / "a" / "plan ąж.pdf").write_bytes(b"upload")
    key("secret_key", folder)
    return folder


@pytest.fixture
def backup(written: Path, tmp_path: Path) -> Path:
    return back_up(tmp_path / "b.zip", folder=written, database=database(written)).path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return ensure_home(tmp_path / "other")


def test_a_backup_holds_rows_and_files_and_no_key(backup: Path, written: Path) -> None:
    manifest = verify(backup)
    assert manifest.tables["note"] == 2
    assert manifest.engine == "sqlite"
    assert set(manifest.versions) == {"polku", "django", "python", "sqlite"}
    assert set(manifest.members) == {"database.sqlite3", "files/a/plan ąж.pdf"}
    assert set(manifest.keys) == {"secret_key"}
    with zipfile.ZipFile(backup) as archive:
        every = b"".join(archive.read(name) for name in archive.namelist())
    assert key("secret_key", written).encode() not in every
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_into_a_folder_gets_a_name_and_is_remembered(written: Path) -> None:
    report = back_up(folder=written, database=database(written))
    assert report.path.parent == written / "backups"
    assert (report.tables["note"], report.files) == (2, 1)
    assert report.rows == sum(report.tables.values())
    said = json.loads((written / "backups" / "latest.json").read_text())
    assert said["path"] == str(report.path)
    assert {path.name for path in report.path.parent.iterdir()} == {
        report.path.name,
        "latest.json",
    }


def test_a_backup_never_replaces_a_file(backup: Path, written: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupRefused, match="exists already"):
        back_up(backup, folder=written, database=database(written))
    assert backup.read_bytes() == before


def test_a_backup_of_nothing_is_refused(empty: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="nothing to back up"):
        back_up(tmp_path / "b.zip", folder=empty, database=database(empty))
    with pytest.raises(BackupRefused, match="no folder"):
        back_up(tmp_path / "not there" / "b.zip", folder=empty, database=database(empty))
    assert not (tmp_path / "b.zip").exists()


def test_a_link_among_the_files_is_not_followed(written: Path, tmp_path: Path) -> None:
    (written / "files" / "stolen").symlink_to(written / "keys" / "secret_key")
    report = back_up(tmp_path / "b.zip", folder=written, database=database(written))
    assert report.files == 1


def test_a_damaged_database_is_not_called_a_backup(
    sqlite_file: BaseDatabaseWrapper, folder: Path, tmp_path: Path
) -> None:
    with sqlite_file.cursor() as cursor:
        cursor.execute("CREATE TABLE child (note INTEGER REFERENCES note (id))")
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("INSERT INTO child VALUES (99)")
    with pytest.raises(BackupDamaged, match="child -> note"):
        back_up(tmp_path / "b.zip", folder=folder, database=database(folder))
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


WRITER = """
import itertools, os, sys
import django; django.setup()
from django.db import connection, transaction
for n in itertools.count():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO note (text) VALUES (%s), (%s)", [f"+{n}", f"-{n}"])
    os.write(1, f"{n}\\n".encode())
"""


def test_backups_while_somebody_writes_are_whole_and_current(
    written: Path, tmp_path: Path, empty: Path
) -> None:
    """Pairs are written in one transaction: half of a pair, or an older state, would show."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER], cwd=ROOT, env=environment_for(written),
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert writer.stdout
    try:
        for n in range(4):
            said = int(writer.stdout.readline())
            path = back_up(tmp_path / f"{n}.zip", folder=written, database=database(written)).path
            restore(path, empty, replace=True, database=database(empty))
            found = set(texts(empty)) - {"one", "two"}
            assert f"+{said}" in found
            assert {text[1:] for text in found if text[0] == "+"} == {
                text[1:] for text in found if text[0] == "-"
            }
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


def test_a_restore_into_an_empty_folder(backup: Path, empty: Path) -> None:
    report = restore(backup, empty, database=database(empty))
    assert texts(empty) == ["one", "two"]
    assert (empty / "files" / "a" / "plan ąж.pdf").read_bytes() == b"upload"
    assert (report.tables["note"], report.files, report.erased_again) == (2, 1, 0)
    assert "stays sealed" in str(report.notes[0])
    assert not any(path.name.startswith(".") for path in empty.iterdir())


def test_other_keys_are_told_apart_from_the_right_ones(
    backup: Path, written: Path, empty: Path
) -> None:
    key("secret_key", empty)
    report = restore(backup, empty, database=database(empty))
    assert "Other keys are in use" in str(report.notes[0])
    (empty / "keys" / "secret_key").write_bytes((written / "keys" / "secret_key").read_bytes())
    assert restore(backup, empty, replace=True, database=database(empty)).notes == ()


def test_a_restore_replaces_only_when_told_to(
    backup: Path, written: Path, sqlite_file: BaseDatabaseWrapper
) -> None:
    with sqlite_file.cursor() as cursor:
        cursor.execute("INSERT INTO note (text) VALUES ('later')")
    (written / "files" / "later.txt").write_text("later")
    with pytest.raises(RestoreRefused, match="data in"):
        restore(backup, written, database=database(written))
    assert texts(written) == ["one", "two", "later"]
    restore(backup, written, replace=True, database=database(written))
    assert texts(written) == ["one", "two"]
    assert [path.name for path in (written / "files").iterdir()] == ["a"]
    with sqlite_file.cursor() as cursor:  # and writing goes on
        cursor.execute("INSERT INTO note (text) VALUES ('after')")
    assert texts(written)[-1] == "after"


def test_old_journals_are_not_read_into_the_restored_database(
    backup: Path, written: Path, sqlite_file: BaseDatabaseWrapper
) -> None:
    with sqlite_file.cursor() as cursor:
        cursor.execute("INSERT INTO note (text) VALUES ('only in the journal')")
    wal = written / "polku.sqlite3-wal"
    left = wal.read_bytes() if wal.exists() else b"x" * 4096
    sqlite_file.close()
    wal.write_bytes(left)
    restore(backup, written, replace=True, database=database(written))
    assert not wal.exists()
    assert texts(written) == ["one", "two"]


def test_a_restore_refuses_while_polku_runs(backup: Path, written: Path) -> None:
    server = Presence(written / "polku.sqlite3")
    server.share()
    (written / "files" / "later.txt").write_text("later")
    with pytest.raises(RestoreRefused, match="is running"):
        restore(backup, written, replace=True, database=database(written))
    server.close()
    assert texts(written) == ["one", "two"]
    assert (written / "files" / "later.txt").exists()
    assert not list(written.glob(".former-*"))


def test_what_was_erased_since_is_erased_again(backup: Path, empty: Path) -> None:
    def erase(folder: Path) -> int:
        connection = open_file(folder / "polku.sqlite3")
        with connection:
            rows: int = connection.execute("DELETE FROM note WHERE text = 'one'").rowcount
        connection.close()
        return rows

    report = restore(backup, empty, database=database(empty), replays=[erase, erase])
    assert report.erased_again == 1
    assert texts(empty) == ["two"]


@pytest.mark.parametrize("occupied", [True, False])
def test_a_replay_that_fails_brings_the_former_data_back(
    backup: Path, written: Path, empty: Path, occupied: bool
) -> None:
    def fail(folder: Path) -> int:
        assert texts(folder) == ["one", "two"]
        raise RuntimeError("the list of erasures can't be read")

    folder = written if occupied else empty
    if occupied:
        connection = open_file(folder / "polku.sqlite3")
        connection.execute("INSERT INTO note (text) VALUES ('later')")
        connection.commit()
        connection.close()
    with pytest.raises(RuntimeError, match="list of erasures"):
        restore(backup, folder, replace=True, database=database(folder), replays=[fail])
    assert (folder / "polku.sqlite3").exists() == occupied
    assert not occupied or texts(folder) == ["one", "two", "later"]
    assert any((folder / "files").iterdir()) == occupied
    assert not list(folder.glob(".*"))


def rewritten(backup: Path, edit: Edit, add: dict[str, bytes] | None = None) -> Path:
    """The backup with an edited manifest and further members."""
    target = backup.with_name("edited.zip")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        edit(manifest)
        new.writestr("manifest.json", json.dumps(manifest))
        for name in set(old.namelist()) - {"manifest.json"}:
            new.writestr(name, old.read(name))
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return target


EVIL = {"sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", "size": 1}


@pytest.mark.parametrize(
    ("edit", "add", "refusal", "words"),
    [
        (lambda m: m.update(format=2), {}, RestoreRefused, "format 2"),
        (lambda m: m.update(engine="postgresql"), {}, RestoreRefused, "is of postgresql"),
        (lambda m: m.pop("members"), {}, BackupDamaged, "no manifest"),
        (lambda m: m.update(unknown=1), {}, BackupDamaged, "no manifest"),
        (lambda m: m["tables"].update(note=3), {}, BackupDamaged, "note: 2, 3"),
        (lambda m: m["migrations"].append(["app", "0001"]), {}, BackupDamaged, "other rows"),
        (lambda m: m["members"]["database.sqlite3"].update(size=1), {}, BackupDamaged, "damaged"),
        (lambda m: m["members"]["database.sqlite3"].update(sha256="0"), {}, BackupDamaged,
         "damaged"),
        (lambda m: m["members"].update({"files/x": EVIL}), {}, BackupDamaged, "does not hold"),
        (dict, {"files/x": b"x"}, BackupDamaged, "does not hold"),
        (lambda m: m.update(database="files/a/plan ąж.pdf"), {}, BackupDamaged, "place where none"),
        (lambda m: m["members"].update({"files/../keys/k": EVIL}), {"files/../keys/k": b"x"},
         BackupDamaged, "place where none"),
        (lambda m: m["members"].update({"/etc/x": EVIL}), {"/etc/x": b"x"},
         BackupDamaged, "place where none"),
        (lambda m: m["members"].update({"keys/k": EVIL}), {"keys/k": b"x"},
         BackupDamaged, "place where none"),
        (lambda m: m["members"]["database.sqlite3"].update(size=10**15), {}, RestoreRefused,
         "there is less"),
    ],
)  # fmt: skip
def test_a_backup_that_is_not_what_it_says_is_refused(
    backup: Path, empty: Path, edit: Edit, add: dict[str, bytes],
    refusal: type[Exception], words: str,
) -> None:  # fmt: skip
    with pytest.raises(refusal, match=words):
        restore(rewritten(backup, edit, add), empty, database=database(empty))
    assert not (empty / "polku.sqlite3").exists()
    assert not any((empty / "files").iterdir())
    assert not (empty / "keys" / "k").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", b"x" * 5000])
def test_something_else_is_no_backup(tmp_path: Path, empty: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(BackupDamaged):
        restore(tmp_path / "x.zip", empty, database=database(empty))
    with pytest.raises(RestoreRefused, match="no file"):
        restore(tmp_path / "missing.zip", empty, database=database(empty))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(where=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255), cut=st.booleans())
def test_any_damage_is_seen_or_harmless(
    backup: Path, written: Path, where: float, flip: int, cut: bool
) -> None:
    """A changed or missing byte is refused, or it lies where it changes nothing that is read."""
    content = bytearray(backup.read_bytes())
    position = int(where * len(content))
    if cut:
        del content[position:]
    else:
        content[position] ^= flip
    damaged = backup.with_name("damaged.zip")
    damaged.write_bytes(content)
    try:
        found = verify(damaged)
    except (BackupDamaged, RestoreRefused):
        return
    assert not cut
    assert found == verify(backup)


@pytest.mark.parametrize(
    ("part", "at", "flip"),
    [
        (b"plan ", 5, 0xFF),
        (b"PK\x01\x02", 6, 0x80),
        (b"PK\x01\x02", 10, 1),
        (b"PK\x05\x06", 16, 0xFF),
    ],
    ids=["a name that is no text", "a version of zip", "a way of packing", "where the list begins"],
)
def test_a_damaged_list_of_members_is_told(backup: Path, part: bytes, at: int, flip: int) -> None:
    content = bytearray(backup.read_bytes())
    content[content.rindex(part) + at] ^= flip
    backup.write_bytes(content)
    with pytest.raises(BackupDamaged):
        verify(backup)


def test_migrations_beyond_ours_are_newer() -> None:
    known = [("contenttypes", "0001_initial"), ("contenttypes", "0002_squashed_differently")]
    assert newer_migrations([*known, ("no_longer_here", "0099_x")]) == []
    assert newer_migrations([("contenttypes", "0099_new")]) == ["contenttypes.0099_new"]


@pytest.mark.skipif(os.name != "posix", reason="POSIX file modes")
def test_a_restore_keeps_what_it_writes_closed(backup: Path, empty: Path) -> None:
    restore(backup, empty, database=database(empty))
    assert stat.S_IMODE((empty / "files").stat().st_mode) & 0o077 == 0
