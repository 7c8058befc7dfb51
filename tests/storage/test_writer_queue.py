"""Who writes stands in the queue from the first write to the commit, and only then."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from polku.storage.sqlite.base import file_of
from polku.storage.sqlite.cursor import WRITES
from polku.storage.writer_queue import (
    SEAT,
    TURNSTILE,
    OpenDoor,
    Presence,
    QueueTimeout,
    WriterQueue,
    queue_for,
)
from tests.storage.conftest import ALIAS, ROOT, environment_for

INSERT = "INSERT INTO note (text) VALUES (%s)"


def held(connection: BaseDatabaseWrapper) -> bool:
    return connection.queue.held


def free(folder: Path) -> bool:
    """True when another connection could write now."""
    other = WriterQueue(folder / "polku.sqlite3")
    try:
        other.enter(0.05)
    except QueueTimeout:
        return False
    finally:
        other.close()
    return True


def test_a_transaction_holds_the_queue_to_its_end(
    sqlite_file: BaseDatabaseWrapper, folder: Path
) -> None:
    with transaction.atomic(ALIAS):
        assert held(sqlite_file)
        assert not free(folder)
        with transaction.atomic(ALIAS):
            sqlite_file.cursor().execute(INSERT, ["in a savepoint"])
        assert held(sqlite_file)
    assert not held(sqlite_file)
    assert free(folder)


def test_a_failed_savepoint_keeps_the_queue_and_a_rollback_leaves_it(
    sqlite_file: BaseDatabaseWrapper, folder: Path
) -> None:
    def insert_twice() -> None:
        with pytest.raises(IntegrityError), transaction.atomic(ALIAS):
            sqlite_file.cursor().executemany(INSERT, [["twice"], ["twice"]])

    def break_off_after_a_savepoint() -> None:
        insert_twice()
        assert held(sqlite_file)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic(ALIAS):
        break_off_after_a_savepoint()
    assert not held(sqlite_file)
    assert free(folder)


def test_a_single_write_queues_for_itself(sqlite_file: BaseDatabaseWrapper, folder: Path) -> None:
    queue, seen = sqlite_file.queue, []
    leave = queue.leave
    queue.leave = lambda: (seen.append(held(sqlite_file)), leave())
    with sqlite_file.cursor() as cursor:
        cursor.execute(INSERT, ["alone"])
        assert cursor.rowcount == 1
    assert True in seen
    assert free(folder)


def test_rows_of_a_single_write_arrive_after_it_is_committed(
    sqlite_file: BaseDatabaseWrapper, folder: Path
) -> None:
    with sqlite_file.cursor() as cursor:
        cursor.execute(f"{INSERT}, (%s), (%s), (%s) RETURNING id", ["a", "b", "c", "d"])
        assert free(folder)
        assert cursor.fetchone() == (1,)
        assert cursor.fetchmany(2) == [(2,), (3,)]
        assert list(cursor) == [(4,)]
        assert cursor.fetchone() is None
        cursor.execute("SELECT text FROM note ORDER BY id")
        assert cursor.fetchall() == [("a",), ("b",), ("c",), ("d",)]


def test_a_failed_single_write_leaves(sqlite_file: BaseDatabaseWrapper, folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(IntegrityError):
            sqlite_file.cursor().execute("INSERT INTO note (text) VALUES (NULL)")
    with pytest.raises(OperationalError):
        sqlite_file.cursor().execute("INSERT INTO nowhere VALUES (1)")
    assert free(folder)


def test_reading_never_queues(sqlite_file: BaseDatabaseWrapper, folder: Path) -> None:
    other = WriterQueue(folder / "polku.sqlite3")
    other.enter(1)
    with sqlite_file.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM note")
        assert cursor.fetchone() == (0,)
    other.close()


@pytest.mark.parametrize("how", ["COMMIT", "ROLLBACK"])
def test_sql_written_by_hand_queues_too(
    sqlite_file: BaseDatabaseWrapper, folder: Path, how: str
) -> None:
    with sqlite_file.cursor() as cursor:
        cursor.execute("begin  exclusive")
        assert not free(folder)
        cursor.execute(how)
        assert free(folder)


def test_manual_transactions_queue(sqlite_file: BaseDatabaseWrapper, folder: Path) -> None:
    transaction.set_autocommit(False, using=ALIAS)
    sqlite_file.cursor().execute(INSERT, ["by hand"])
    assert not free(folder)
    transaction.commit(using=ALIAS)
    assert free(folder)
    transaction.set_autocommit(True, using=ALIAS)


def test_closing_in_a_transaction_leaves(sqlite_file: BaseDatabaseWrapper, folder: Path) -> None:
    with transaction.atomic(ALIAS):
        sqlite_file.cursor().execute(INSERT, ["lost"])
        sqlite_file.close()
    assert free(folder)
    with sqlite_file.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM note")
        assert cursor.fetchone() == (0,)


def test_who_waits_too_long_is_told_that_the_database_is_locked(
    sqlite_file: BaseDatabaseWrapper, folder: Path
) -> None:
    other = WriterQueue(folder / "polku.sqlite3")
    other.enter(1)
    sqlite_file.timeout = 0.05
    for _ in range(2):  # the second time waits behind the first one's forsaken place
        with pytest.raises(DatabaseError, match="database is locked"), transaction.atomic(ALIAS):
            pass
    other.close()
    sqlite_file.timeout = 30
    with transaction.atomic(ALIAS):
        sqlite_file.cursor().execute(INSERT, ["after all"])
    assert free(folder)


def test_writers_come_in_the_order_of_their_arrival(tmp_path: Path) -> None:
    first = WriterQueue(tmp_path / "db")
    first.enter(1)
    order: list[int] = []

    def write(number: int) -> None:
        queue = WriterQueue(tmp_path / "db")
        queue.enter(30)
        order.append(number)
        queue.close()

    threads = []
    for number in range(4):
        threads.append(threading.Thread(target=write, args=[number]))
        threads[-1].start()
        _until(lambda many=number + 1: _waiting() == many == _stopped(tmp_path / "db"))
    assert order == []
    first.close()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3]


def _waiting() -> int:
    """How many wait in the queue: each has a thread for that."""
    return sum(thread.name == "polku-writer-queue" for thread in threading.enumerate())


def _stopped(database: Path) -> int:
    """How many stand at one of the two locks, as the kernel tells; else all, after a while."""
    files = {str(Path(f"{database}{name}").stat().st_ino) for name in (TURNSTILE, SEAT)}
    told = Path("/proc/locks").read_text().split("\n") if Path("/proc/locks").exists() else []
    ours = [line for line in told if files.intersection(re.split(r"[ :]", line))]
    if not ours:  # nothing is told here, not even who holds a lock
        time.sleep(0.1)
        return _waiting()
    return sum(" -> " in line for line in ours)


def _until(done: Callable[..., bool]) -> None:
    """Wait for what comes soon, and no longer than a busy machine may need."""
    limit = time.monotonic() + 30
    while not done() and time.monotonic() < limit:
        time.sleep(0.01)
    assert done()


def test_threads_of_one_process_take_turns(sqlite_file: BaseDatabaseWrapper) -> None:
    errors: list[Exception] = []

    def write(who: int) -> None:
        try:
            for n in range(20):
                with transaction.atomic(ALIAS):
                    connections[ALIAS].cursor().execute(INSERT, [f"{who}.{n}"])
        except Exception as error:
            errors.append(error)
        finally:
            connections[ALIAS].close()

    threads = [threading.Thread(target=write, args=[who]) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with sqlite_file.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM note")
        assert cursor.fetchone() == (80,)


PROCESS = """
import sys, django
django.setup()
from django.db import connection, transaction
for n in range(25):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(id), 0) FROM note")
            last = cursor.fetchone()[0]
            cursor.execute("INSERT INTO note VALUES (%s, %s)", [last + 1, f"{sys.argv[1]}.{n}"])
"""


def test_processes_take_turns(sqlite_file: BaseDatabaseWrapper, folder: Path) -> None:
    """Each reads the last number and writes the next: two writers at once would collide."""
    environment = environment_for(folder)
    command = [sys.executable, "-c", PROCESS]
    writers = [
        subprocess.Popen([*command, str(who)], cwd=ROOT, env=environment, stderr=subprocess.PIPE)
        for who in range(4)
    ]
    said = [writer.communicate(timeout=300)[1].decode() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4, said
    with sqlite_file.cursor() as cursor:
        cursor.execute("SELECT count(*), max(id) FROM note")
        assert cursor.fetchone() == (100, 100)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_child_neither_keeps_nor_gives_away_the_turn(tmp_path: Path) -> None:
    queue = WriterQueue(tmp_path / "db")
    queue.enter(1)
    started, wait = os.pipe()
    child = os.fork()
    if child == 0:
        os._exit(0 if not queue.held and not _can_enter(tmp_path / "db") else 1)
    os.close(wait)
    os.close(started)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert queue.held
    queue.close()
    assert _can_enter(tmp_path / "db")


def _can_enter(path: Path) -> bool:
    queue = WriterQueue(path)
    try:
        queue.enter(0.1)
    except QueueTimeout:
        return False
    queue.close()
    return True


def test_a_killed_writer_does_not_block_the_others(tmp_path: Path) -> None:
    code = """
import sys, time
from pathlib import Path
from polku.storage.writer_queue import WriterQueue
queue = WriterQueue(Path(sys.argv[1])); queue.enter(1)
print("mine", flush=True); time.sleep(600)
"""
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "db")],
        stdout=subprocess.PIPE, env=environment_for(tmp_path), text=True,
    )  # fmt: skip
    assert holder.stdout
    assert holder.stdout.readline() == "mine\n"
    assert not _can_enter(tmp_path / "db")
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert _can_enter(tmp_path / "db")


def test_presence_is_shared_until_somebody_needs_to_be_alone(tmp_path: Path) -> None:
    first, second, alone = (Presence(tmp_path / "db") for _ in range(3))
    first.share()
    second.share()
    assert not alone.take_alone()
    first.close()
    second.close()
    assert alone.take_alone()
    alone.close()


@pytest.mark.parametrize("name", [":memory:", "file:x?mode=memory&cache=shared", ""])
def test_a_database_in_memory_has_no_queue(name: str) -> None:
    assert isinstance(queue_for(file_of(name)), OpenDoor)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("/a/b.db", "/a/b.db"),
        (Path("/a/b.db"), "/a/b.db"),
        ("file:/a/b%20c.db?mode=ro", "/a/b c.db"),
    ],
)
def test_the_file_behind_a_name(name: str | Path, path: str) -> None:
    assert file_of(name) == Path(path)


@pytest.mark.parametrize(
    ("query", "writes"),
    [
        ("SELECT 1", False),
        ("  select * from note where text = 'UPDATE'", False),
        ("BEGIN", False),
        ("BEGIN IMMEDIATE", True),
        ("begin\texclusive transaction", True),
        ("/* why */ -- so\n  insert into note values (1)", True),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("WITH a AS (SELECT 1)\nDELETE FROM note", True),
        ("PRAGMA foreign_keys = OFF", False),
        ("PRAGMA main.optimize", True),
        ("VACUUM", True),
        ("CREATE TABLE x (y)", True),
        ("SAVEPOINT s", False),
        ("INSERTED", False),
    ],
)
def test_what_counts_as_a_write(query: str, writes: bool) -> None:
    assert bool(WRITES.match(query)) is writes
