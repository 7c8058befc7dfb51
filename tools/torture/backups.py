"""Live backups: each, restored elsewhere, is whole and holds what was saved before it began."""

import subprocess
import threading
import time
from contextlib import closing
from pathlib import Path

from polku.storage.backup import back_up, restore
from polku.storage.errors import StorageError
from polku.storage.locations import database_file, ensure_home, sqlite_settings
from polku.storage.sqlite.driver import open_file
from tools.torture.figures import Figure, at_least, exactly
from tools.torture.target import Target

PART = "live backups"
WRITERS = 2

# Each line that it prints is a service that was saved before the line was printed.
CODE = """
import itertools, os, sys
import django; django.setup()
from tools.torture.stand_in.models import create_service
for n in itertools.count():
    os.write(1, (create_service(f"{sys.argv[1]} {n}").code + "\\n").encode())
"""


def run(target: Target, backups: int, scratch: Path) -> list[Figure]:
    """Take and restore `backups` backups while two processes write."""
    (target.home / "files" / "upload.bin").write_bytes(b"\0" * 100_000)
    writers = [target.python(CODE, f"backup{n}") for n in range(WRITERS)]
    saved: list[str] = []
    readers = [threading.Thread(target=_read, args=[writer, saved]) for writer in writers]
    for reader in readers:
        reader.start()
    broken: list[str] = []
    try:
        _until_both_write(saved, writers)
        for n in range(backups):
            before = len(saved)
            broken += _one(target, scratch, n, saved)
            if len(saved) == before:
                broken.append(f"backup {n}: writers stood still")
    finally:
        for writer in writers:
            writer.kill()
        for reader in readers:
            reader.join()
    for line in broken:
        print(f"  {line}", flush=True)
    return [
        exactly(PART, f"of {backups} backups not whole or not current", len(broken)),
        at_least(PART, "services written meanwhile", len(saved), 1),
    ]


def _until_both_write(saved: list[str], writers: list[subprocess.Popen[str]]) -> None:
    while len(saved) < 20 and all(writer.poll() is None for writer in writers):
        time.sleep(0.05)


def _read(writer: subprocess.Popen[str], saved: list[str]) -> None:
    for line in writer.stdout or ():
        saved.append(line.strip())  # noqa: PERF401  the other thread reads along


def _one(target: Target, scratch: Path, n: int, saved: list[str]) -> list[str]:
    here, there = target.home, ensure_home(scratch / "restored")
    must_be_there = set(saved)
    try:
        # Taking verifies hashes, integrity, foreign keys and counts, and so does restoring.
        report = back_up(
            scratch / f"{n}.zip", folder=here, database=sqlite_settings(database_file(here))
        )
        database = sqlite_settings(database_file(there))
        restore(report.path, there, replace=True, database=database)
    except StorageError as error:
        return [f"backup {n}: {error}"]
    report.path.unlink()
    lost, torn = _compare(there, must_be_there)
    told = [f"backup {n}: {len(lost)} saved services are missing"] if lost else []
    return told + ([f"backup {n}: {torn} services without history or search"] if torn else [])


def _compare(folder: Path, must_be_there: set[str]) -> tuple[set[str], int]:
    with closing(open_file(database_file(folder))) as copy:
        codes = {row[0] for row in copy.execute("SELECT 'SRV-' || id FROM stand_in_service")}
        torn = copy.execute(
            "SELECT count(*) FROM stand_in_service s WHERE NOT EXISTS (SELECT 1 FROM "
            "stand_in_event e WHERE e.service_id = s.id) OR NOT EXISTS (SELECT 1 FROM "
            "stand_in_searchtext t WHERE t.service_id = s.id)"
        ).fetchone()[0]
    return must_be_there - codes, int(torn)
