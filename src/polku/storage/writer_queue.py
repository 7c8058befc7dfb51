"""A fair queue in front of SQLite's one writer.

SQLite lets one connection write at a time and lets the others poll, so that under load the lucky
one wins again and again (four processes were seen to commit 1116, 1, 1 and 1 rows). Here a writer
first passes two file locks beside the database, like a turnstile: everyone waits at the first,
only the next in turn waits at the second. Who just wrote finds the turnstile taken and goes to
the end. The kernel drops the locks of a dead process, so nobody has to clean up after a crash.

Locks of the `flock` kind belong to an open file, so each connection opens its own and threads of
one process queue like processes. Where `fcntl` is missing (Windows) the queue lets everyone
through and SQLite's own busy timeout is all there is: correct, but not fair.
"""

import logging
import os
import threading
import time
import weakref
from pathlib import Path
from typing import IO, Protocol

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

TURNSTILE = "-queue"
SEAT = "-writer"
SIDE_FILES = (TURNSTILE, SEAT, "-users")
# A web request holds the queue for 100 ms at most; ten times that is worth a line in the log.
LONG_TURN_SECONDS = 1.0


class QueueTimeout(Exception):
    """The writers in front did not finish in time; the caller has written nothing."""


class Queue(Protocol):
    """What the database backend needs of a queue."""

    @property
    def held(self) -> bool:
        """True between `enter` and `leave`."""

    def enter(self, timeout: float) -> None:
        """Wait for the turn, `timeout` seconds at most; no effect while it is held."""

    def leave(self) -> None:
        """Give the turn to the next; no effect when it is not held."""

    def close(self) -> None:
        """Give up turn and place, as when the connection closes."""


class OpenDoor:
    """The queue of a database that needs none: in memory, or where file locks are missing."""

    held = False

    def enter(self, timeout: float) -> None:
        """Nobody to wait for."""

    def leave(self) -> None:
        """Nobody to call."""

    def close(self) -> None:
        """Nothing to give up."""


class WriterQueue:
    """The place of one connection in the queue of one database file."""

    def __init__(self, database: Path) -> None:
        self._paths = [Path(f"{database}{ending}") for ending in (TURNSTILE, SEAT)]
        self._files: list[IO[bytes]] = []
        self._since = 0.0
        self.held = False
        _open_queues.add(self)

    def enter(self, timeout: float) -> None:
        """Wait for the turn, `timeout` seconds at most; raises QueueTimeout."""
        if self.held:
            return
        if not self._files:
            self._files = [path.open("ab") for path in self._paths]
        if not self._walk_through():
            self._wait(timeout)
        self.held, self._since = True, time.monotonic()

    def leave(self) -> None:
        """Give the turn to the next."""
        if not self.held:
            return
        self.held = False
        # Said aloud, not left to close(): a forked child may share this open file.
        fcntl.flock(self._files[1], fcntl.LOCK_UN)
        if (seconds := time.monotonic() - self._since) > LONG_TURN_SECONDS:
            log.warning("One write kept all others waiting for %.1f s.", seconds)

    def close(self) -> None:
        """Give up turn and files."""
        self.leave()
        self._drop_files()

    def forget(self) -> None:
        """In a forked child: the turn belongs to the parent, so only close our copies."""
        self.held = False
        self._drop_files()

    def _drop_files(self) -> None:
        for file in self._files:
            file.close()
        self._files = []

    def _walk_through(self) -> bool:
        turnstile, seat = self._files
        # With the seat taken the turnstile stays ours: we are the next in turn.
        if not (_try_lock(turnstile) and _try_lock(seat)):
            return False
        fcntl.flock(turnstile, fcntl.LOCK_UN)
        return True

    def _wait(self, timeout: float) -> None:
        # The waiting thread owns the files; when we give up, it closes them once it gets through.
        files, self._files = self._files, []
        wait = _Wait(files)
        if not wait.finished(timeout):
            raise QueueTimeout
        self._files = files
        if wait.error:
            self._drop_files()
            raise wait.error


class _Wait(threading.Thread):
    """Waits at both locks. A thread, because `flock` can't be told when to stop waiting."""

    def __init__(self, files: list[IO[bytes]]) -> None:
        super().__init__(name="polku-writer-queue", daemon=True)
        self._files = files
        self._guard = threading.Lock()
        self._through = threading.Event()
        self._abandoned = False
        self.error: OSError | None = None

    def finished(self, timeout: float) -> bool:
        """True once both locks are ours; False when `timeout` seconds were not enough."""
        self.start()
        try:
            self._through.wait(timeout)
        finally:  # also when Ctrl-C ends the wait
            with self._guard:
                self._abandoned = not self._through.is_set()
        return not self._abandoned

    def run(self) -> None:
        turnstile, seat = self._files
        try:
            fcntl.flock(turnstile, fcntl.LOCK_EX)
            fcntl.flock(seat, fcntl.LOCK_EX)
            fcntl.flock(turnstile, fcntl.LOCK_UN)
        except OSError as error:
            self.error = error
        with self._guard:
            self._through.set()
            if self._abandoned:
                self._let_go()

    def _let_go(self) -> None:
        for file in self._files:
            fcntl.flock(file, fcntl.LOCK_UN)
            file.close()


class Presence:
    """Says that a connection to this database file is open, so that a restore can refuse.

    Each connection shares one lock; whoever replaces the database asks for it alone.
    """

    def __init__(self, database: Path) -> None:
        self._file = Path(f"{database}-users").open("ab")  # noqa: SIM115  open for as long as we are
        _open_presences.add(self)

    def share(self) -> None:
        """Be one of those who have the database open; waits while it is being replaced."""
        if fcntl:
            fcntl.flock(self._file, fcntl.LOCK_SH)

    def take_alone(self) -> bool:
        """True when nobody else has the database open; then nobody can until `close`."""
        return not fcntl or _try_lock(self._file)

    def close(self) -> None:
        """Leave. Closing is enough: a forked child closes its copy at birth."""
        self._file.close()


def _try_lock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


_open_queues: weakref.WeakSet[WriterQueue] = weakref.WeakSet()
_open_presences: weakref.WeakSet[Presence] = weakref.WeakSet()


def _after_fork() -> None:
    for queue in list(_open_queues):
        queue.forget()
    for presence in list(_open_presences):
        presence.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def queue_for(database: Path | None) -> Queue:
    """The queue for a database file; None stands for a database in memory."""
    return WriterQueue(database) if database and fcntl else OpenDoor()
