"""Taking a backup while people work, and checking it by opening what was written."""

import hashlib
import json
import os
import platform
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from polku.storage.backup.archive import (
    FILES,
    MANIFEST,
    Manifest,
    add,
    check_names,
    opened,
    read_manifest,
    unpack,
)
from polku.storage.backup.engines import Engine, engine_for
from polku.storage.backup.inside import Inside
from polku.storage.errors import BackupDamaged, BackupRefused, disk_full, is_disk_full
from polku.storage.locations import ensure_home, home

LATEST = "latest.json"


@dataclass(frozen=True)
class BackupReport:
    """A backup that was written and verified. Size in bytes; `files` counts uploads."""

    path: Path
    size: int
    made_at: str
    tables: dict[str, int]
    files: int

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(self.tables.values())


def configured_database() -> dict[str, Any] | None:
    """Django's settings of the default database, or None outside of a Django project."""
    return settings.DATABASES["default"] if settings.configured else None


def back_up(
    target: Path | None = None,
    *,
    folder: Path | None = None,
    database: dict[str, Any] | None = None,
) -> BackupReport:
    """Write a verified backup to `target` (a new file, or a folder) while writers go on.

    Defaults: the folder of this Polku, its `backups/`, and the default database of the settings.
    The file appears whole and verified, or not at all. Raises BackupRefused or BackupDamaged.
    """
    folder = ensure_home(folder or home())
    now = datetime.now(UTC)
    path = _path(target or folder / "backups", now)
    engine = engine_for(folder, database or configured_database())
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as scratch:
            report = _write(Path(scratch), path, folder, engine, now)
    except Exception as error:
        if is_disk_full(error):
            raise BackupRefused(disk_full(path.parent)) from error
        raise
    _remember(folder, report)
    return report


def _path(target: Path, now: datetime) -> Path:
    path = target / f"polku-{now:%Y%m%d-%H%M%S}.zip" if target.is_dir() else target
    if path.exists():
        raise BackupRefused(
            _("%(path)s exists already and was not touched. Choose another name.") % {"path": path}
        )
    if not path.parent.is_dir():
        raise BackupRefused(_("There is no folder %(path)s.") % {"path": path.parent})
    return path.absolute()


def _write(scratch: Path, path: Path, folder: Path, engine: Engine, now: datetime) -> BackupReport:
    copy, draft = scratch / engine.member, scratch / "backup.zip"
    # The database first: each file that its rows name was there before, so it is found after.
    manifest = _manifest(engine, engine.copy(copy), folder, now)
    manifest = _pack(draft, manifest, copy, folder / "files")
    copy.unlink()
    verify(draft, engine, scratch)
    _publish(draft, path)
    files = len(manifest.members) - 1
    return BackupReport(path, path.stat().st_size, manifest.made_at, manifest.tables, files)


def _manifest(engine: Engine, inside: Inside, folder: Path, now: datetime) -> Manifest:
    return Manifest(
        made_at=now.isoformat(timespec="seconds"),
        engine=engine.name,
        database=engine.member,
        versions=_versions(engine),
        tables=inside.tables,
        migrations=inside.migrations,
        keys=fingerprints(folder),
    )


def _versions(engine: Engine) -> dict[str, str]:
    try:
        polku = metadata.version("polku")
    except metadata.PackageNotFoundError:
        polku = "unknown"
    return {
        "polku": polku,
        "django": django.get_version(),
        "python": platform.python_version(),
        engine.name: engine.version(),
    }


def fingerprints(folder: Path) -> dict[str, str]:
    """The first 16 hex digits of a hash of each key: enough to tell keys apart, not to guess one.

    The keys have 512 random bits, so their hash gives nothing away.
    """
    keys = sorted(path for path in (folder / "keys").iterdir() if not path.name.startswith("."))
    return {path.name: _fingerprint(path) for path in keys if path.is_file()}


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(b"polku key fingerprint\0" + path.read_bytes().strip()).hexdigest()[:16]


def _pack(draft: Path, manifest: Manifest, copy: Path, files: Path) -> Manifest:
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with zipfile.ZipFile(file, "w", compresslevel=3) as archive:
            members = {manifest.database: add(archive, manifest.database, copy)}
            for name, path in _uploads(files):
                try:
                    members[name] = add(archive, name, path)
                except FileNotFoundError:
                    continue  # deleted since the list was made, by an erasure for instance
            manifest = replace(manifest, members=members)
            archive.writestr(MANIFEST, manifest.as_json())
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _uploads(files: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(files.rglob("*")):
        # A link could lead to the keys, or anywhere else.
        if path.is_file() and not path.is_symlink():
            yield FILES + path.relative_to(files).as_posix(), path


def verify(source: Path, engine: Engine | None = None, scratch: Path | None = None) -> Manifest:
    """Read a backup from end to end and open its database; raises BackupDamaged."""
    with opened(source) as archive, tempfile.TemporaryDirectory(dir=scratch) as place:
        manifest = read_manifest(archive)
        check_names(archive, manifest)
        unpack(archive, manifest, None)
        if engine:
            archive.extract(manifest.database, place)
            examine(Path(place) / manifest.database, engine, manifest)
    return manifest


def examine(copy: Path, engine: Engine, manifest: Manifest) -> None:
    """The copy is sound and has the rows that the manifest counts; raises BackupDamaged."""
    inside = engine.examine(copy)
    if inside and inside != manifest.inside:
        raise BackupDamaged(
            _("The copy of the database has other rows than its manifest says: %(tables)s")
            % {"tables": "; ".join(inside.differences(manifest.inside))}
        )


def _publish(draft: Path, path: Path) -> None:
    # A link never replaces a file that appeared meanwhile, as a rename would.
    try:
        path.hardlink_to(draft)
    except FileExistsError as error:
        raise BackupRefused(
            _("%(path)s exists already and was not touched. Choose another name.") % {"path": path}
        ) from error
    except OSError:  # a file system without hard links
        draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new or changed name in a folder survive a power cut (where the system can)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remember(folder: Path, report: BackupReport) -> None:
    # For `polku check`: the backup itself may lie on another disk.
    said = {"made_at": report.made_at, "path": str(report.path), "size": report.size}
    (folder / "backups" / LATEST).write_text(json.dumps(said), "utf-8")
