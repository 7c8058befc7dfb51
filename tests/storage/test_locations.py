"""The folder, its keys, and the address of the database."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from polku.storage.locations import database_settings, ensure_home, home, key


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_home_follows_polku_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("POLKU_HOME", str(tmp_path / "here"))
    assert home() == tmp_path / "here"


def test_home_is_the_platforms_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("POLKU_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert home() == tmp_path / "polku"
    monkeypatch.setenv("XDG_DATA_HOME", "relative/is/ignored")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home() == tmp_path / ".local" / "share" / "polku"


def test_ensure_home_closes_what_it_makes(tmp_path: Path) -> None:
    folder = ensure_home(tmp_path / "a" / "home")
    assert {path.name for path in folder.iterdir()} == {
        "files", "keys", "backups", "logs", "exports",
    }  # fmt: skip
    assert mode(folder) == mode(folder / "keys") == 0o700
    (folder / "keys").chmod(0o755)
    ensure_home(folder)
    assert mode(folder / "keys") == 0o700


def test_key_is_made_once(folder: Path) -> None:
    secret = key("secret_key", folder)
    assert len(secret) >= 64
    assert key("secret_key", folder) == secret
    assert key("sealing", folder) != secret
    assert mode(folder / "keys" / "secret_key") == 0o600
    assert {path.name for path in (folder / "keys").iterdir()} == {"secret_key", "sealing"}


def test_key_asked_by_many_at_once_is_one(folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: key("secret_key", folder), range(32)))) == 1


@pytest.mark.parametrize("name", ["", "../secret", "Secret", "a.b", "1st"])
def test_key_refuses_strange_names(folder: Path, name: str) -> None:
    with pytest.raises(ValueError, match="key name"):
        key(name, folder)


def test_an_empty_key_file_is_not_used(folder: Path) -> None:
    (folder / "keys" / "secret_key").write_text("")
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        key("secret_key", folder)


def test_database_is_sqlite_in_the_folder(folder: Path) -> None:
    settings = database_settings(folder, {})
    assert settings["ENGINE"] == "polku.storage.sqlite"
    assert settings["NAME"] == folder / "polku.sqlite3"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "postgresql://polku:p%40ss@db.example:5433/museum?sslmode=require",
            ("museum", "polku", "p@ss", "db.example", "5433", {"sslmode": "require"}),
        ),
        ("postgres://polku@db/museum", ("museum", "polku", "", "db", "", {})),
        ("postgresql://polku@[::1]:5432/museum", ("museum", "polku", "", "::1", "5432", {})),
        ("postgresql:///museum?host=/run/pg", ("museum", "", "", "/run/pg", "", {})),
        ("postgresql://polku@%2Frun%2Fpg/museum", ("museum", "polku", "", "/run/pg", "", {})),
        (
            "postgresql://polku@/museum?host=/tmp/Pg-Socket&port=5433",
            ("museum", "polku", "", "/tmp/Pg-Socket", "5433", {}),
        ),
    ],
)
def test_database_address(address: str, expected: tuple[object, ...]) -> None:
    settings = database_settings(None, {"POLKU_DATABASE_URL": address})
    parts = tuple(settings[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT"))
    assert (*parts, settings["OPTIONS"]) == expected
    assert settings["CONN_HEALTH_CHECKS"]


@pytest.mark.parametrize(
    "address",
    ["mysql://u:secret@h/db", "postgresql://u:secret@host", "sqlite:///x", "nonsense",
     "postgresql://u:secret@h:99999/db"],
)  # fmt: skip
def test_other_addresses_are_refused_without_telling_the_password(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="POLKU_DATABASE_URL") as refusal:
        database_settings(None, {"POLKU_DATABASE_URL": address})
    assert "secret" not in str(refusal.value)
