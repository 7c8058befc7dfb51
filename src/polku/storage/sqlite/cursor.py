"""A cursor that waits for its turn before it writes."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db.backends.sqlite3.base import SQLiteCursorWrapper

from polku.storage.sqlite.driver import Database
from polku.storage.writer_queue import Queue, QueueTimeout

# BEGIN without a word takes no lock yet, so it doesn't queue. WITH and EXPLAIN may stand before a
# write or a read: queueing for a read does no harm.
WRITES = re.compile(
    r"""(?:\s|--[^\n]*\n|/\*.*?\*/)*
    (?: BEGIN\s+(?:IMMEDIATE|EXCLUSIVE)
      | INSERT | UPDATE | DELETE | REPLACE | CREATE | ALTER | DROP | REINDEX | ANALYZE | VACUUM
      | PRAGMA\s+(?:\w+\.)?(?:optimize|incremental_vacuum|user_version\s*=)
      | WITH\b.*\b(?:INSERT|UPDATE|DELETE|REPLACE)
    )\b""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


class QueuedCursor(SQLiteCursorWrapper):
    """Django's cursor; a statement that begins to write first passes the queue.

    The turn lasts as long as the transaction: the connection gives it back at commit or
    rollback, this cursor after a write on its own (autocommit).
    """

    queue: Queue
    timeout: float
    _kept: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        return self._in_turn(query, lambda: super(QueuedCursor, self).execute(query, params))

    def executemany(self, query: str, param_list: Any) -> Any:
        return self._in_turn(
            query, lambda: super(QueuedCursor, self).executemany(query, param_list)
        )

    def executescript(self, script: str) -> Any:
        """A script commits what was open and then runs; it queues as one write."""
        return self._in_turn("VACUUM", lambda: super(QueuedCursor, self).executescript(script))

    def _in_turn(self, query: str, run: Callable[[], Any]) -> Any:
        self._kept = None
        if not self.connection.in_transaction and WRITES.match(query):
            self._enter()
        if not self.queue.held:
            return run()
        try:
            answer = run()
            if not self.connection.in_transaction:
                self._keep_rows()
            return answer
        finally:
            # Also true when SQLite rolled back by itself, as it does on a full disk.
            if not self.connection.in_transaction:
                self.queue.leave()

    def _enter(self) -> None:
        try:
            self.queue.enter(self.timeout)
        except QueueTimeout as error:
            # SQLite's own words, which Django and its task worker know.
            raise Database.OperationalError(
                f"database is locked: other writers did not finish in {self.timeout:g} s"
            ) from error
        except OSError as error:
            raise Database.OperationalError(f"unable to open the writer queue: {error}") from error

    def _keep_rows(self) -> None:
        # INSERT ... RETURNING commits when its last row is read, so read them before we leave.
        if self.description is not None:
            self._kept = iter(super().fetchall())

    def fetchone(self) -> Any:
        return super().fetchone() if self._kept is None else next(self._kept, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        size = self.arraysize if size is None else size
        if self._kept is None:
            return super().fetchmany(size)
        return [row for _, row in zip(range(size), self._kept, strict=False)]

    def fetchall(self) -> list[Any]:
        return super().fetchall() if self._kept is None else list(self._kept)

    def __iter__(self) -> Any:
        return super().__iter__() if self._kept is None else self._kept
