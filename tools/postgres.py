"""A PostgreSQL of our own that goes away: one folder, one Unix socket, no port.

python -m tools.postgres                  start one, print its address, stop at Ctrl+C
python -m tools.postgres COMMAND ...      run the command with POLKU_DATABASE_URL set to it
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.debian import INITDB

USER = DATABASE = "polku"
# The rows live for one test run: nothing has to survive a power cut here, nothing is worth tidying.
FAST = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal",
    "max_wal_senders=0", "autovacuum=off", "jit=off",
)  # fmt: skip


@contextmanager
def throwaway_cluster() -> Iterator[str]:
    """Yield the address of an empty database on a fresh cluster, and remove both at the end.

    PostgreSQL refuses to run as root, so root hands the folder to the system user `postgres`.
    Raises FileNotFoundError when PostgreSQL is not installed.
    """
    initdb = INITDB.found()
    if initdb is None:
        raise FileNotFoundError("PostgreSQL is not installed (package postgresql)")
    initdb = initdb.resolve()  # a link may stand alone; its neighbours are where it points
    folder = Path(tempfile.mkdtemp(prefix="polku-pg-", dir="/tmp"))
    try:
        _hand_over(folder)
        _make(initdb, folder)
        yield f"postgresql://{USER}@/{DATABASE}?host={folder}"
    finally:
        stop = ["-D", folder / "data", "-m", "immediate", "stop"]
        _run(initdb.with_name("pg_ctl"), *stop, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _make(initdb: Path, folder: Path) -> None:
    data = folder / "data"
    _run(initdb, "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    options = " ".join(["-c listen_addresses=''", f"-k {folder}", *(f"-c {word}" for word in FAST)])
    _run(initdb.with_name("pg_ctl"), "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
    _run(initdb.with_name("createdb"), "-h", folder, "-U", USER, DATABASE)


def _run(program: Path, *arguments: object, check: bool = True) -> None:
    command = [*_as_nobody_special(), str(program), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/tmp", check=False)  # noqa: S108
    if check and done.returncode:
        raise RuntimeError(f"{program.name} failed:\n{done.stdout}{done.stderr}")


def _as_nobody_special() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _hand_over(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")


def main(command: list[str]) -> int:
    """Run `command` against a fresh cluster and return its exit code; without one, wait."""
    with throwaway_cluster() as address:
        if command:
            environment = {**os.environ, "POLKU_DATABASE_URL": address}
            return subprocess.run(command, env=environment, check=False).returncode
        print(f"POLKU_DATABASE_URL={address}", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
    return 0


if __name__ == "__main__":
    if not sys.argv[1:]:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    sys.exit(main(sys.argv[1:]))
