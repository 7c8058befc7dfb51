"""SQLite: copied through its backup API, examined by opening the copy, replaced as a file."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from polku.storage.backup.inside import Inside
from polku.storage.errors import BackupDamaged, BackupRefused, RestoreRefused
from polku.storage.locations import BUSY_SECONDS
from polku.storage.sqlite.driver import Database, open_file
from polku.storage.writer_queue import Presence, queue_for

# The journals belong to the file beside them: with another file they would be read as its own.
JOURNALS = ("-wal", "-shm", "-journal")


class SQLite:
    """The database in one file."""

    name = "sqlite"
    member = "database.sqlite3"

    def __init__(self, path: Path) -> None:
        self.path = path

    def version(self) -> str:
        """The version of the library in use."""
        return str(Database.sqlite_version)

    def copy(self, target: Path) -> Inside:
        """One read transaction from the first to the last page; in WAL mode nobody waits."""
        if not self.path.exists():
            raise BackupRefused(
                _("There is no database at %(path)s yet, so there is nothing to back up.")
                % {"path": self.path}
            )
        with (
            closing(open_file(self.path)) as source,
            closing(Database.connect(str(target))) as copy,
        ):
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        with closing(open_file(target)) as copy:
            return _count(copy)

    def examine(self, copy: Path) -> Inside:
        """Integrity, foreign keys, and the rows of each table."""
        try:
            with closing(open_file(copy)) as database:
                faults = [row[0] for row in database.execute("PRAGMA integrity_check(10)")]
                orphans = database.execute("PRAGMA foreign_key_check").fetchmany(10)
                if faults != ["ok"] or orphans:
                    raise BackupDamaged(_damage(faults, orphans))
                return _count(database)
        except Database.DatabaseError as error:
            raise BackupDamaged(_damage([str(error)], [])) from error

    def occupied(self) -> bool:
        """True when the file is there."""
        return self.path.exists()

    def replace(self, copy: Path, aside: Path) -> None:
        """The name points at the former or at the new file at every moment, never at none."""
        with self._alone():
            try:
                self._swap(copy, aside)
            except BaseException:
                self._swap_back(aside)
                raise

    def put_back(self, aside: Path) -> None:
        """The former file and its journals take their places again."""
        with self._alone():
            self._swap_back(aside)

    def _swap(self, copy: Path, aside: Path) -> None:
        if self.path.exists():
            _keep(self.path, aside / self.path.name)
        for ending in JOURNALS:
            _move(Path(f"{self.path}{ending}"), aside / f"{self.path.name}{ending}")
        copy.replace(self.path)

    def _swap_back(self, aside: Path) -> None:
        if not (aside / self.path.name).exists():
            self.path.unlink(missing_ok=True)
        for ending in JOURNALS:
            Path(f"{self.path}{ending}").unlink(missing_ok=True)
        for ending in (*JOURNALS, ""):
            _move(aside / f"{self.path.name}{ending}", Path(f"{self.path}{ending}"))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        presence, queue = Presence(self.path), queue_for(self.path)
        try:
            if not presence.take_alone():
                raise RestoreRefused(
                    _(
                        "Polku is running and has the database open. Nothing was changed. "
                        "Stop it (end `polku serve`) and restore again."
                    )
                )
            queue.enter(BUSY_SECONDS)
            yield
        finally:
            queue.close()
            presence.close()


def _count(database: Any) -> Inside:
    listed = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    every = [row[0] for row in database.execute(listed)]
    names = [name for name in every if not name.startswith("sqlite_")]
    tables = {name: database.execute(_count_rows(name)).fetchone()[0] for name in names}
    migrations = []
    if "django_migrations" in tables:
        migrations = database.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
    return Inside(tables, [(app, name) for app, name in migrations])


def _count_rows(table: str) -> str:
    quoted = table.replace('"', '""')
    # A name out of sqlite_master, quoted: nothing in it comes from a person.
    return f'SELECT count(*) FROM "{quoted}"'  # noqa: S608  # nosec B608


def _damage(faults: list[str], orphans: list[Any]) -> Any:
    details = faults if faults != ["ok"] else [f"{row[0]} -> {row[2]}" for row in orphans]
    return _("The copy of the database is damaged: %(details)s. It was not used.") % {
        "details": "; ".join(details)
    }


def _keep(path: Path, aside: Path) -> None:
    try:
        aside.hardlink_to(path)
    except OSError:  # a file system without hard links
        shutil.copy2(path, aside)


def _move(path: Path, target: Path) -> None:
    if path.exists():
        path.replace(target)
