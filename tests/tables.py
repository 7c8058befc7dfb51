"""The empty tables, made by the migrations once: the next run takes over a copy of the file.

python -m tests.tables    make them by all migrations, and keep them
"""

import hashlib
import os
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

# Where pytest keeps what it wants to find again; `make clean` removes it
KEPT = Path(__file__).resolve().parent.parent / ".pytest_cache" / "polku"


class Command(migrate.Command):
    """Begins with the kept tables when they were made by these very migrations."""

    def handle(self, *words: Any, **options: Any) -> None:
        """Django's way from there: it finds nothing to do, or does all and is kept."""
        whole = options["database"] == connection.alias and not options["app_label"]
        empty = connection.vendor == "sqlite" and not connection.introspection.table_names()
        if not (whole and empty):
            super().handle(*words, **options)
            return
        kept = place()
        if kept.exists():
            with closing(connection.Database.connect(kept)) as file:
                file.backup(connection.connection)
        super().handle(*words, **options)
        if not kept.exists():
            keep(kept)


def use() -> None:
    """From now on test databases are made in this way."""
    migrate.Command = Command  # type: ignore[misc]


def keep(path: Path) -> None:
    """Put a copy of the tables there, in one step, and drop those of older migrations.

    Several processes may do so at once: each writes a file of its own, which no other takes away,
    and the last one stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f"begun-{os.getpid()}-{path.name}")
    with closing(connection.Database.connect(begun)) as file:
        connection.connection.backup(file)
        file.execute("PRAGMA journal_mode=DELETE")  # in memory nothing opens that says otherwise
    begun.replace(path)
    for old in path.parent.glob("tables-*.sqlite3"):
        if old != path:
            old.unlink(missing_ok=True)


def place() -> Path:
    """Where those of these very migrations are kept."""
    return KEPT / f"tables-{mark()}.sqlite3"


def mark() -> str:
    """Changes with every word of a migration and with the libraries that bring tables."""
    found = hashlib.sha256(version("django").encode())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            found.update(f"{app.name} {path.name} ".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def main() -> None:
    """Django's way from the first migration to the last, in the database of the settings."""
    django.setup()
    call_command("migrate", verbosity=0)
    keep(place())


if __name__ == "__main__":
    main()
