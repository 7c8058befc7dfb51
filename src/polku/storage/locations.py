"""The folder of one Polku: what lies where, who may read it, and how the database is reached.

    POLKU_HOME/            0700
        polku.sqlite3      the database (unless POLKU_DATABASE_URL names a PostgreSQL)
        files/             what people uploaded
        keys/              0700, each file 0600; never part of a backup
        backups/ logs/ exports/

Settings read this module before Django is set up, so its refusals are plain English:
there is no language to translate into yet.
"""

import os
import re
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DATABASE_NAME = "polku.sqlite3"
FOLDERS = ("files", "keys", "backups", "logs", "exports")
KEY_NAME = re.compile(r"[a-z][a-z0-9_]*")
BUSY_SECONDS = 30


def home() -> Path:
    """The folder of this Polku: POLKU_HOME, else the platform's place for application data."""
    named = os.environ.get("POLKU_HOME", "").strip()
    return Path(named).expanduser().absolute() if named else _platform_data() / "polku"


def _platform_data() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    # The XDG specification: a relative path there is to be ignored.
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".local" / "share"


def ensure_home(folder: Path | None = None) -> Path:
    """Make what is missing of the layout and close `keys/` to others; answers the folder."""
    folder = folder or home()
    if not folder.exists():
        folder.mkdir(parents=True, mode=0o700)
    for name in FOLDERS:
        (folder / name).mkdir(exist_ok=True, mode=0o700)
    (folder / "keys").chmod(0o700)
    return folder


def database_file(folder: Path | None = None) -> Path:
    """Where the SQLite database lies."""
    return (folder or home()) / DATABASE_NAME


def key(name: str, folder: Path | None = None) -> str:
    """The secret of that name (86 random characters), made at the first call, 0600.

    Several workers may ask at once at the first start: all get the same secret.
    """
    if not KEY_NAME.fullmatch(name):
        raise ValueError(f"A key name is made of a-z, 0-9 and _, not {name!r}.")
    path = ensure_home(folder) / "keys" / name
    if not path.exists():
        _create_key(path)
    secret = path.read_text("ascii").strip()
    if not secret:
        raise ImproperlyConfigured(
            f"The key file {path} is empty. Put the saved key back, or delete the file "
            "to get a new key; what was sealed with the old one then stays sealed."
        )
    return secret


def _create_key(path: Path) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link appears whole or not at all, and never replaces the key of a faster worker.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def database_settings(
    folder: Path | None = None, environ: Mapping[str, str] = os.environ
) -> dict[str, Any]:
    """What stands in DATABASES["default"]: SQLite in the folder, or POLKU_DATABASE_URL.

    The address has the form postgresql://user:password@host:port/name?sslmode=require; for a
    local socket write postgresql:///name?host=/run/postgresql. Anything else is refused.
    """
    address = environ.get("POLKU_DATABASE_URL", "").strip()
    return postgresql_settings(address) if address else sqlite_settings(database_file(folder))


def sqlite_settings(path: Path) -> dict[str, Any]:
    """Django's settings for one SQLite file; the pragmas are set by the backend itself."""
    return {
        "ENGINE": "polku.storage.sqlite",
        "NAME": path,
        # A connection to a file doesn't go stale; opening one for each request costs 1 ms.
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE"},
        # Named, because pytest-xdist would otherwise derive a path from NAME.
        "TEST": {"NAME": ":memory:"},
    }


def postgresql_settings(address: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL address; its query part goes to libpq as it is."""
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/")) or options.pop("dbname", "")
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise ImproperlyConfigured(_refusal(parts))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or "") or options.pop("user", ""),
        "PASSWORD": unquote(parts.password or "") or options.pop("password", ""),
        "HOST": unquote(parts.hostname or "") or options.pop("host", ""),
        "PORT": _port(parts) or options.pop("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _port(parts: SplitResult) -> str:
    try:
        return str(parts.port or "")
    except ValueError as error:
        raise ImproperlyConfigured(_refusal(parts)) from error


def _refusal(parts: SplitResult) -> str:
    # Never the address itself: it holds a password, and this text ends up in logs.
    return (
        f"POLKU_DATABASE_URL begins with {parts.scheme or 'nothing'!r} and can't be used. "
        "Write postgresql://user:password@host:5432/name, or leave it out to use SQLite. "
        "Nothing was opened or changed."
    )
