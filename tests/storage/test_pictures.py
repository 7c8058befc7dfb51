"""Pictures beside the database: looked after by `check`, part of every backup."""

import hashlib
import os
import time
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from polku.storage.backup import back_up, restore
from polku.storage.check import Finding, check_pictures
from polku.storage.keeping import keep_file
from polku.storage.locations import ensure_home, sqlite_settings
from polku.storage.named_files import PATIENCE

CONTENT = b"a picture"
SHA = hashlib.sha256(CONTENT).hexdigest()
LARGE, SMALL = Path("7") / f"{SHA}.webp", Path("7") / f"{SHA}.small.webp"


def named() -> list[tuple[Path, str]]:
    return [(LARGE, SHA), (SMALL, "")]


@pytest.fixture
def place(folder: Path) -> Path:
    """The folder of pictures with one picture in two sizes."""
    found = folder / "files" / "pictures"
    keep_file(found / LARGE, CONTENT)
    keep_file(found / SMALL, b"smaller")
    return found


def looked(folder: Path) -> dict[str, Finding]:
    return {found.code: found for found in check_pictures(folder, named)}


def test_all_is_well(folder: Path, place: Path) -> None:
    assert {code: found.level for code, found in looked(folder).items()} == {
        "pictures.whole": "good"
    }
    assert not list(check_pictures(ensure_home(folder / "empty"), list))


@pytest.mark.parametrize("path", [LARGE, SMALL])
@pytest.mark.parametrize("content", [None, b""])
def test_what_is_missing_or_cut_short_is_told(
    folder: Path, place: Path, path: Path, content: bytes | None
) -> None:
    if content is None:
        (place / path).unlink()
    else:
        (place / path).write_bytes(content)
    found = looked(folder)["pictures.damaged"]
    assert found.level == "error"
    assert str(path) in str(found.text)


def test_one_other_sign_is_damage(folder: Path, place: Path) -> None:
    (place / LARGE).write_bytes(b"A picture")
    assert set(looked(folder)) == {"pictures.damaged"}


def test_a_file_that_nothing_names_is_told_once_it_is_old(folder: Path, place: Path) -> None:
    stray = place / "7" / "stray.webp"
    stray.write_bytes(b"x")
    assert "pictures.left_over" not in looked(folder)
    long_ago = time.time() - 2 * PATIENCE
    os.utime(stray, (long_ago, long_ago))
    found = looked(folder)["pictures.left_over"]
    assert found.level == "warning"
    assert "stray.webp" in str(found.text)


def test_a_file_is_kept_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "made" / "one.webp"
    keep_file(path, b"first")
    keep_file(path, b"second")
    assert path.read_bytes() == b"second"
    assert path.stat().st_mode & 0o077 == 0

    def fails(_descriptor: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr("polku.storage.keeping.os.fsync", fails)
    with pytest.raises(OSError, match="no space"):
        keep_file(path, b"third")
    assert [one.name for one in path.parent.iterdir()] == ["one.webp"]
    assert path.read_bytes() == b"second"


def test_a_backup_brings_pictures_back(
    sqlite_file: BaseDatabaseWrapper, folder: Path, place: Path, tmp_path: Path
) -> None:
    database = sqlite_settings(folder / "polku.sqlite3")
    made = back_up(tmp_path / "b.zip", folder=folder, database=database).path
    other = ensure_home(tmp_path / "other")
    restore(made, other, database=sqlite_settings(other / "polku.sqlite3"))
    assert looked(other)["pictures.whole"].level == "good"
