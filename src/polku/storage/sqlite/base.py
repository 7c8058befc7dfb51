"""Django's SQLite backend with durable commits, a safe journal and a fair queue of writers."""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.backends.sqlite3 import base

from polku.storage.sqlite.creation import DatabaseCreation
from polku.storage.sqlite.cursor import QueuedCursor
from polku.storage.sqlite.driver import Database
from polku.storage.sqlite.features import DatabaseFeatures
from polku.storage.sqlite.journal import journal_mode
from polku.storage.sqlite.operations import DatabaseOperations
from polku.storage.writer_queue import Presence, Queue, queue_for

__all__ = ["DatabaseWrapper"]

# `mmap_size` is never set: a file shortened under a mapping kills the process.
PRAGMAS = (
    "synchronous = FULL",  # "saved" means saved, even when the power goes
    "foreign_keys = ON",
    "cache_size = -8000",  # KiB for each connection; the page cache of the system does the rest
    "journal_size_limit = 67108864",  # bytes; the WAL shrinks again after a large import
)
# On macOS fsync returns before the disk has the data; this asks for the real thing.
MACOS_PRAGMAS = ("fullfsync = ON", "checkpoint_fullfsync = ON")
DEFAULT_TIMEOUT = 30.0
STILL_IN_WAL = (
    "database is locked: it is in WAL mode, this SQLite can lose commits in WAL mode, and the mode "
    "can't be changed while another program has the database open. Close that program first."
)


class DatabaseWrapper(base.DatabaseWrapper):
    """Every transaction begins IMMEDIATE and passes the queue; so does every single write."""

    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
    creation_class = DatabaseCreation

    transaction_mode: str | None
    queue: Queue
    presence: Presence | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queue = queue_for(None)

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        if self.transaction_mode is None:
            self.transaction_mode = "IMMEDIATE"
        params.setdefault("timeout", DEFAULT_TIMEOUT)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        path = file_of(conn_params["database"])
        self._leave_file()
        self.queue, self.timeout = queue_for(path), float(conn_params["timeout"])
        if path:
            self.presence = _enter_name(path)
        connection = super().get_new_connection(conn_params)
        for pragma in PRAGMAS + (MACOS_PRAGMAS if sys.platform == "darwin" else ()):
            connection.execute(f"PRAGMA {pragma}")
        if path:
            self._set_journal(connection)
        return connection

    def _set_journal(self, connection: Any) -> None:
        # The mode is kept in the file, so this writes once in its life, or when it moved to a
        # machine with another SQLite.
        wanted = journal_mode(Database.sqlite_version_info)
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == wanted:
            return
        self.queue.enter(self.timeout)
        try:
            now = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()[0]
        except Database.OperationalError:
            now = "locked"
        finally:
            self.queue.leave()
        if now != wanted == "delete":  # staying out of WAL is safe, staying in it is not
            raise Database.OperationalError(STILL_IN_WAL)

    def create_cursor(self, name: str | None = None) -> QueuedCursor:  # noqa: ARG002  Django's
        cursor: QueuedCursor = self.connection.cursor(factory=QueuedCursor)
        cursor.queue, cursor.timeout = self.queue, self.timeout
        return cursor

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._leave_queue()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_queue()

    def _leave_queue(self) -> None:
        # A commit that could not be made (a reader in the way) leaves the transaction open.
        if self.connection is None or not self.connection.in_transaction:
            self.queue.leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave_file()

    def _leave_file(self) -> None:
        self.queue.close()
        if self.presence:
            self.presence.close()
            self.presence = None


def _enter_name(path: Path) -> Presence:
    try:
        presence = Presence(path)
    except OSError as error:  # SQLite's own words, with what it leaves out
        raise Database.OperationalError(f"unable to open database file: {error}") from error
    presence.share()
    return presence


def file_of(name: str | Path) -> Path | None:
    """The file behind a database name or a `file:` address; None for a database in memory."""
    if DatabaseCreation.is_in_memory_db(name) or name == "":
        return None
    text = str(name)
    return Path(unquote(urlsplit(text).path)) if text.startswith("file:") else Path(text)
