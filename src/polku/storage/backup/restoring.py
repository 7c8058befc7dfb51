"""Putting a backup in place: everything is checked first, then swapped, then made final."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext_lazy as _

from polku.storage.backup.archive import (
    Manifest,
    check_names,
    check_room,
    opened,
    read_manifest,
    unpack,
)
from polku.storage.backup.engines import Engine, engine_for
from polku.storage.backup.taking import configured_database, examine, fingerprints, sync_folder
from polku.storage.errors import RestoreRefused, Text, disk_full, is_disk_full
from polku.storage.locations import ensure_home, home

FORMER = ".former-"

Replay = Callable[[Path], int]
"""Erases again what was erased after the backup was made.

Called with the folder once the restored database is in place, with Django's connections closed;
answers how many things it erased. When it raises, the former data comes back.
The list of erasures must therefore lie outside of what a backup replaces.
"""


@dataclass(frozen=True)
class RestoreReport:
    """What was put in place; `notes` are sentences that the person must read."""

    made_at: str
    tables: dict[str, int]
    files: int
    erased_again: int
    notes: tuple[Text, ...]


def restore(
    source: Path,
    folder: Path | None = None,
    *,
    replace: bool = False,
    replays: Sequence[Replay] = (),
    database: dict[str, Any] | None = None,
) -> RestoreReport:
    """Put a backup in place; without `replace` only where there is no data yet.

    Manifest, hashes, integrity and rows are checked before anything is touched. Whatever fails
    later, the former data is put back. Raises RestoreRefused or BackupDamaged.
    """
    folder = ensure_home(folder or home())
    engine = engine_for(folder, database or configured_database())
    try:
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=folder) as scratch:
            manifest = _prepare(Path(source), Path(scratch), folder, engine, replace)
            erased = _put(Path(scratch), folder, engine, manifest, replays)
    except Exception as error:
        if is_disk_full(error):
            raise RestoreRefused(disk_full(folder)) from error
        raise
    files = len(manifest.members) - 1
    notes = tuple(_notes(manifest, folder))
    return RestoreReport(manifest.made_at, manifest.tables, files, erased, notes)


def _prepare(source: Path, scratch: Path, folder: Path, engine: Engine, replace: bool) -> Manifest:
    with opened(source) as archive:
        manifest = read_manifest(archive)
        check_names(archive, manifest)
        _refuse(manifest, folder, engine, replace)
        check_room(manifest, folder)
        (scratch / "files").mkdir(mode=0o700)
        unpack(archive, manifest, scratch)
    examine(scratch / manifest.database, engine, manifest)
    return manifest


def _refuse(manifest: Manifest, folder: Path, engine: Engine, replace: bool) -> None:
    if manifest.engine != engine.name:
        raise RestoreRefused(
            _("This backup is of %(theirs)s and this Polku uses %(ours)s. Nothing was changed.")
            % {"theirs": manifest.engine, "ours": engine.name}
        )
    if newer := newer_migrations(manifest.migrations):
        raise RestoreRefused(
            _(
                "This backup was made by a newer Polku (%(migrations)s). Nothing was changed. "
                "Update Polku first."
            )
            % {"migrations": ", ".join(newer)}
        )
    if not replace and (engine.occupied() or any((folder / "files").iterdir())):
        raise RestoreRefused(
            _(
                "There is data in %(folder)s already and nothing was changed. Restore into an "
                "empty folder, or say that the data may be replaced."
            )
            % {"folder": folder}
        )


def newer_migrations(migrations: Sequence[tuple[str, str]]) -> list[str]:
    """Migrations beyond the last one that is installed here; by number, as squashing renames."""
    if not apps.ready:
        return []
    from django.db.migrations.loader import MigrationLoader

    last: dict[str, int] = {}
    for app, name in MigrationLoader(None).disk_migrations or {}:
        last[app] = max(last.get(app, 0), _number(name))
    return [
        f"{app}.{name}" for app, name in migrations if app in last and _number(name) > last[app]
    ]


def _number(migration: str) -> int:
    found = re.match(r"\d+", migration)
    return int(found[0]) if found else 0


def _put(
    scratch: Path, folder: Path, engine: Engine, manifest: Manifest, replays: Sequence[Replay]
) -> int:
    aside = folder / f"{FORMER}{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    aside.mkdir(mode=0o700)
    _close_connections()
    with ExitStack() as undo:  # runs backwards when a step raises
        undo.callback(_drop_if_empty, aside)
        _swap_files(scratch / "files", folder / "files", aside / "files")
        undo.callback(_swap_files_back, folder / "files", aside / "files")
        engine.replace(scratch / manifest.database, aside)
        undo.callback(engine.put_back, aside)
        undo.callback(_close_connections)
        sync_folder(folder)
        erased = sum(replay(folder) for replay in replays)
        _close_connections()
        undo.pop_all()
    shutil.rmtree(aside)
    return erased


def _close_connections() -> None:
    if settings.configured:
        connections.close_all()


def _swap_files(fresh: Path, place: Path, aside: Path) -> None:
    place.rename(aside)
    fresh.rename(place)


def _swap_files_back(place: Path, aside: Path) -> None:
    shutil.rmtree(place)
    aside.rename(place)


def _drop_if_empty(aside: Path) -> None:
    # Not empty means that the former data could not be put back: `polku check` points at it.
    with suppress(OSError):
        aside.rmdir()


def _notes(manifest: Manifest, folder: Path) -> Iterator[Text]:
    here = fingerprints(folder)
    missing = [name for name in manifest.keys if name not in here]
    other = [name for name, print_ in manifest.keys.items() if here.get(name, print_) != print_]
    if missing:
        yield _(
            "The keys of this backup are not here (%(keys)s). What was sealed stays sealed until "
            "you bring them with `polku keys import`; everything else can be read."
        ) % {"keys": ", ".join(missing)}
    if other:
        yield _(
            "Other keys are in use here than when this backup was made (%(keys)s). What was sealed "
            "then stays sealed, and everybody has to log in again."
        ) % {"keys": ", ".join(other)}
