"""What can go wrong below the rules: every refusal says what happened and what was kept."""

import errno
import sqlite3
from pathlib import Path

from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class StorageError(Exception):
    """Storage said no. `message` is a sentence for people, translated when it is read."""

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class BackupRefused(StorageError):
    """A backup can't be taken as asked; nothing was written."""


class BackupDamaged(StorageError):
    """A backup is not what its manifest says; nothing was restored."""


class RestoreRefused(StorageError):
    """A restore can't be done as asked; the data that was there is untouched."""


class ProgramMissing(StorageError):
    """A program of PostgreSQL is not installed, or said no."""


def is_disk_full(error: BaseException | None) -> bool:
    """True when this error, or one that caused it, means that the disk is full.

    For pages and the API: nothing was saved, reading goes on, and writing works again as soon as
    there is room, without a restart.
    """
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if _from_database(error) and "disk is full" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def is_busy(error: BaseException | None) -> bool:
    """True when the writers in front did not finish in time: nothing was saved, try again."""
    while error is not None:
        if _from_database(error) and "is locked" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _from_database(error: BaseException) -> bool:
    # By module too: the driver in use is `pysqlite3` where its wheel exists.
    driver = type(error).__module__.partition(".")[0]
    return isinstance(error, DatabaseError | sqlite3.Error) or driver in ("sqlite3", "pysqlite3")


def disk_full(place: Path) -> Text:
    """The sentence for a disk without room."""
    return _("The disk at %(place)s is full. Nothing was changed. Make room and try again.") % {
        "place": place
    }
