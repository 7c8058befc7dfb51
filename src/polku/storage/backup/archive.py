"""The zip file of a backup: its manifest, its members, their hashes."""

import errno
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from polku.storage.backup.inside import Inside
from polku.storage.damage import BROKEN_ZIP
from polku.storage.errors import BackupDamaged, RestoreRefused, Text

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files/"
CHUNK = 1 << 20
LARGEST_MANIFEST = 64 << 20


@dataclass(frozen=True)
class Member:
    """One member: its SHA-256 in hex and its size in bytes, unpacked."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. Times are ISO 8601 in UTC."""

    made_at: str
    engine: str
    database: str
    versions: dict[str, str]
    tables: dict[str, int]
    migrations: list[tuple[str, str]]
    keys: dict[str, str]
    members: dict[str, Member] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def inside(self) -> Inside:
        """What the copy of the database must hold."""
        return Inside(self.tables, self.migrations)

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """The manifest; raises BackupDamaged, or RestoreRefused for a format we don't know."""
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise ValueError("too large")
        said = json.loads(archive.read(MANIFEST))
        known = said["format"]
        if known != FORMAT:
            raise RestoreRefused(_other_format(known))
        members = {name: Member(**member) for name, member in said.pop("members").items()}
        migrations = [(app, name) for app, name in said.pop("migrations")]
        return Manifest(**said, members=members, migrations=migrations)
    except (KeyError, TypeError, AttributeError, OSError, *BROKEN_ZIP) as error:
        raise BackupDamaged(
            _("This file has no manifest that can be read, so it is no whole backup of Polku.")
        ) from error


def _other_format(known: Any) -> Text:
    return _(
        "This backup has format %(theirs)s; this Polku reads format %(ours)s. Nothing was "
        "changed. Restore it with the version of Polku that made it."
    ) % {"theirs": known, "ours": FORMAT}


@contextmanager
def opened(source: Path) -> Iterator[zipfile.ZipFile]:
    """The zip file for reading; raises BackupDamaged when it is none."""
    try:
        archive = zipfile.ZipFile(source)
    except FileNotFoundError as error:
        raise RestoreRefused(_("There is no file at %(path)s.") % {"path": source}) from error
    except (*BROKEN_ZIP, OSError) as error:
        raise BackupDamaged(
            _("%(path)s can't be read as a backup: it is damaged or something else.")
            % {"path": source}
        ) from error
    with archive:
        yield archive


def add(archive: zipfile.ZipFile, name: str, path: Path) -> Member:
    """Put a file into the zip and answer what was put there, hashed as it went by."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
        return _copy(source, target)


def _copy(source: IO[bytes], target: IO[bytes] | None) -> Member:
    seen, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        seen.update(chunk)
        size += len(chunk)
        if target:
            target.write(chunk)
    return Member(seen.hexdigest(), size)


def check_names(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Members and manifest name the same files, once each, and none leads out of the folder."""
    names = [entry.filename for entry in archive.infolist()]
    if sorted(names) != sorted([*manifest.members, MANIFEST]):
        raise BackupDamaged(_("The backup does not hold the files that its manifest names."))
    if manifest.database not in manifest.members:
        raise BackupDamaged(_("The backup holds no copy of the database."))
    for name in manifest.members:
        if name != manifest.database and not _inside_files(name):
            raise BackupDamaged(
                _("The backup holds a file at a place where none may be: %(name)s") % {"name": name}
            )


def _inside_files(name: str) -> bool:
    parts = PurePosixPath(name).parts
    strange = {"..", "."} & set(name.split("/")) or "\\" in name or ":" in name or "\0" in name
    return name.startswith(FILES) and len(parts) > 1 and not strange


def check_room(manifest: Manifest, place: Path) -> None:
    """Refuse before unpacking what does not fit."""
    need = sum(member.size for member in manifest.members.values())
    if need > shutil.disk_usage(place).free:
        raise RestoreRefused(
            _("The backup needs %(need)d MB at %(place)s and there is less. Nothing was changed.")
            % {"need": need // 1_000_000 + 1, "place": place}
        )


def unpack(archive: zipfile.ZipFile, manifest: Manifest, folder: Path | None) -> None:
    """Read every member and compare its hash; with a folder, write them there too."""
    for name, member in manifest.members.items():
        try:
            found = _unpack_one(archive, name, member, folder)
        except BROKEN_ZIP as error:
            raise BackupDamaged(_damaged(name)) from error
        except OSError as error:
            # A place before the start of the file is damage; a full disk is not
            if error.errno != errno.EINVAL:
                raise
            raise BackupDamaged(_damaged(name)) from error
        if found != member:
            raise BackupDamaged(_damaged(name))


def _unpack_one(archive: zipfile.ZipFile, name: str, member: Member, folder: Path | None) -> Member:
    # The zip's own size counts when it unpacks; one that lies is cut off by the zip library.
    if archive.getinfo(name).file_size != member.size:
        return Member("", archive.getinfo(name).file_size)
    with archive.open(name) as source:
        if folder is None:
            return _copy(source, None)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("wb") as target:
            found = _copy(source, target)
            target.flush()
            os.fsync(target.fileno())
        return found


def _damaged(name: str) -> Text:
    return _("The backup is damaged: %(name)s is not what was put in. Nothing was restored.") % {
        "name": name
    }
