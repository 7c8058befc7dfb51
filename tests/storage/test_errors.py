"""Pages and the API ask what an error means, through every wrapping."""

import errno
import sqlite3

import pytest
from django.db import IntegrityError, OperationalError

from polku.storage.errors import is_busy, is_disk_full
from polku.storage.sqlite.driver import Database


def wrapped(inner: Exception) -> Exception:
    try:
        try:
            raise inner
        except Exception as error:
            raise RuntimeError("a page broke") from error
    except RuntimeError as outer:
        return outer


@pytest.mark.parametrize(
    ("error", "full", "busy"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True, False),
        (OSError(errno.ENOENT, "No such file"), False, False),
        (OperationalError("database or disk is full"), True, False),
        (Database.OperationalError("database or disk is full"), True, False),
        (sqlite3.OperationalError("database or disk is full"), True, False),
        (OperationalError("database is locked"), False, True),
        (OperationalError("database table is locked"), False, True),
        (IntegrityError("UNIQUE constraint failed"), False, False),
        (ValueError("the disk is full"), False, False),
    ],
)
def test_what_an_error_means(error: Exception, full: bool, busy: bool) -> None:
    for seen in (error, wrapped(error)):
        assert (is_disk_full(seen), is_busy(seen)) == (full, busy)
