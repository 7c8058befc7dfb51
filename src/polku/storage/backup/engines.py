"""Which database a backup is about: SQLite in a file, or a PostgreSQL server."""

from pathlib import Path
from typing import Any, Protocol

from polku.storage.backup.inside import Inside
from polku.storage.backup.postgresql import PostgreSQL
from polku.storage.backup.sqlite import SQLite
from polku.storage.locations import database_file
from polku.storage.sqlite.base import file_of


class Engine(Protocol):
    """A database that can be copied while it is written, and replaced when nobody uses it."""

    name: str
    member: str

    def version(self) -> str:
        """The version of the database program."""

    def copy(self, target: Path) -> Inside:
        """A consistent copy as of one moment, without stopping writers."""

    def examine(self, copy: Path) -> Inside | None:
        """Read a copy from end to end; raises BackupDamaged. None when rows can't be counted."""

    def occupied(self) -> bool:
        """True when there is data that a restore would replace."""

    def replace(self, copy: Path, aside: Path) -> None:
        """Put the copy in place; what was there goes into the folder `aside`."""

    def put_back(self, aside: Path) -> None:
        """Undo `replace`."""


def engine_for(folder: Path, database: dict[str, Any] | None) -> Engine:
    """The engine behind Django's settings of a database; None stands for SQLite in the folder."""
    if database is None:
        return SQLite(database_file(folder))
    if "postgresql" in database["ENGINE"]:
        return PostgreSQL(database)
    return SQLite(file_of(database["NAME"]) or database_file(folder))
