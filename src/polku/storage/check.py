"""Is the storage sound? Findings for `polku check`: what is so, and what to do about it."""

import json
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from polku.storage.backup.restoring import FORMER
from polku.storage.backup.taking import LATEST, configured_database
from polku.storage.errors import Text
from polku.storage.locations import FOLDERS, database_file, home
from polku.storage.named_files import Named, damaged, left_over
from polku.storage.sqlite.base import file_of
from polku.storage.sqlite.driver import Database, open_file
from polku.storage.sqlite.journal import Version, has_wal_race, journal_mode

Level = Literal["good", "warning", "error"]
LITTLE_ROOM = 500_000_000  # bytes
NO_ROOM = 50_000_000
OLD_BACKUP = timedelta(days=7)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `code` is stable; `text` is for people."""

    code: str
    level: Level
    text: Text


def check(
    folder: Path | None = None,
    *,
    database: dict[str, Any] | None = None,
    pending_migrations: Callable[[], Sequence[str]] | None = None,
    pictures: Named | None = None,
    now: datetime | None = None,
) -> list[Finding]:
    """Look at the folder, the database, the keys and the last backup; changes nothing.

    `pending_migrations` answers the migrations that are not applied yet, and `pictures` the files
    that rows name; both are passed in because storage knows no tables.
    """
    folder = folder or home()
    database = database or configured_database()
    if not folder.is_dir():
        return [Finding("home.missing", "error", _missing_home(folder))]
    findings = [*check_folder(folder), *check_keys(folder), check_room(folder)]
    if database is None or "postgresql" not in database["ENGINE"]:
        path = (database and file_of(database["NAME"])) or database_file(folder)
        findings += check_sqlite(path)
    pending = pending_migrations() if pending_migrations else ()
    if pending_migrations:
        findings.append(check_migrations(pending))
    if pictures and not pending:  # before, their table may not be there
        findings += check_pictures(folder, pictures)
    findings.append(check_backup(folder, now or datetime.now(UTC)))
    return findings


def _missing_home(folder: Path) -> Text:
    return _("There is no folder %(folder)s. Start Polku once, or set POLKU_HOME.") % {
        "folder": folder
    }


def check_folder(folder: Path) -> Iterator[Finding]:
    """The folder and what lies in it: closed to others, complete, no restore half done."""
    if _open_to_others(folder):
        text = _("Other people on this machine can read %(folder)s. Close it: chmod 700 %(folder)s")
        yield Finding("home.open", "warning", text % {"folder": folder})
    else:
        text = _("The folder %(folder)s is closed to others.")
        yield Finding("home.closed", "good", text % {"folder": folder})
    for name in FOLDERS:
        if not (folder / name).is_dir():
            text = _("The folder %(name)s is missing. It is made at the next start.")
            yield Finding("home.incomplete", "warning", text % {"name": name})
    for former in sorted(folder.glob(f"{FORMER}*")):
        text = _(
            "A restore was interrupted. The data from before it lies in %(former)s: restore again, "
            "and delete that folder when all is well."
        )
        yield Finding("restore.interrupted", "error", text % {"former": former})


def _open_to_others(path: Path) -> bool:
    return sys.platform != "win32" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def check_keys(folder: Path) -> Iterator[Finding]:
    """Keys can be read by their owner only."""
    keys = folder / "keys"
    paths = [keys, *sorted(keys.iterdir())] if keys.is_dir() else []
    open_ = [path for path in paths if _open_to_others(path)]
    for path in open_:
        text = _("Others can read the key %(path)s. Close it: chmod go= %(path)s")
        yield Finding("keys.open", "error", text % {"path": path})
    if paths and not open_:
        yield Finding("keys.closed", "good", _("The keys are closed to others."))


def check_room(folder: Path) -> Finding:
    """Room on the disk."""
    free = shutil.disk_usage(folder).free
    level: Level = "error" if free < NO_ROOM else "warning" if free < LITTLE_ROOM else "good"
    text = _("%(free)d MB are free on the disk of %(folder)s.")
    return Finding("disk.free", level, text % {"free": free // 1_000_000, "folder": folder})


def check_sqlite(path: Path) -> Iterator[Finding]:
    """The version, the journal and why, the integrity of the file."""
    version: Version = Database.sqlite_version_info
    yield _journal(version)
    if not path.exists():
        text = _("There is no database at %(path)s yet.")
        yield Finding("database.missing", "warning", text % {"path": path})
        return
    try:
        with closing(open_file(path)) as database:
            yield from _inside(database, journal_mode(version))
    except Database.DatabaseError as error:
        text = _("The database can't be read: %(reason)s. Restore the last backup.")
        yield Finding("database.damaged", "error", text % {"reason": error})


def _journal(version: Version) -> Finding:
    number = {"version": ".".join(map(str, version))}
    if has_wal_race(version):
        text = _(
            "SQLite %(version)s can lose saved data in WAL mode, so the slower DELETE journal is "
            "used. Install pysqlite3, or SQLite 3.51.3 or newer, to get speed back."
        )
        return Finding("sqlite.delete_journal", "warning", text % number)
    text = _("SQLite %(version)s keeps its journal in WAL mode.")
    return Finding("sqlite.wal", "good", text % number)


def _inside(database: Any, wanted: str) -> Iterator[Finding]:
    mode = database.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != wanted:
        text = _("The database is in journal mode %(mode)s; it changes at the next start.")
        yield Finding("database.journal", "warning", text % {"mode": mode})
    faults = [row[0] for row in database.execute("PRAGMA integrity_check(5)")]
    orphans = [row[0] for row in database.execute("PRAGMA foreign_key_check").fetchmany(5)]
    if faults != ["ok"]:
        text = _("The database is damaged: %(faults)s. Restore the last backup.")
        yield Finding("database.damaged", "error", text % {"faults": "; ".join(faults)})
    if orphans:
        text = _("Rows point at rows that are not there, in: %(tables)s.")
        tables = ", ".join(sorted(set(orphans)))
        yield Finding("database.orphans", "error", text % {"tables": tables})
    if faults == ["ok"] and not orphans:
        yield Finding("database.sound", "good", _("The database is sound."))


def check_migrations(pending: Sequence[str]) -> Finding:
    """Nothing waits to be applied."""
    if pending:
        text = _("Changes of the database wait: %(pending)s. Run `polku migrate`.")
        return Finding("migrations.pending", "error", text % {"pending": ", ".join(pending)})
    return Finding("migrations.applied", "good", _("The database is up to date."))


def check_pictures(folder: Path, pictures: Named) -> Iterator[Finding]:
    """Every picture that a row names is there and whole, and no file is left over."""
    place = folder / "files" / "pictures"
    named = list(pictures())
    wrong = list(damaged(place, named))
    if wrong:
        text = _(
            "Files of pictures that are missing or damaged: %(n)d, such as %(path)s. Take them "
            "from the last backup, or send the same pictures again."
        )
        yield Finding("pictures.damaged", "error", text % {"n": len(wrong), "path": wrong[0]})
    elif named:
        text = _("Files of pictures, all there and whole: %(n)d.")
        yield Finding("pictures.whole", "good", text % {"n": len(named)})
    more = list(left_over(place, (path for path, _sha256 in named)))
    if more:
        text = _(
            "Files in %(folder)s that belong to no picture: %(n)d, such as %(path)s. Delete them."
        )
        facts = {"n": len(more), "folder": place, "path": more[0]}
        yield Finding("pictures.left_over", "warning", text % facts)


def check_backup(folder: Path, now: datetime) -> Finding:
    """The last backup: when, and whether it is still where it was put."""
    try:
        said = json.loads((folder / "backups" / LATEST).read_text("utf-8"))
        age = now - datetime.fromisoformat(said["made_at"])
        path = Path(said["path"])
    except (OSError, ValueError, KeyError, TypeError):
        return Finding("backup.none", "warning", _("There is no backup yet. Run `polku backup`."))
    facts = {"days": age.days, "path": path}
    if not path.exists():
        text = _("The last backup is not at %(path)s any more. Was it moved?")
        return Finding("backup.gone", "warning", text % facts)
    text = _("The last backup is %(days)d days old: %(path)s")
    return Finding("backup.age", "warning" if age > OLD_BACKUP else "good", text % facts)
