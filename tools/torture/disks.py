"""A full disk: a clear answer, reading goes on, nothing saved is lost, and writing works again
without a restart once there is room. Each place in turn lies on a 6 MB disk in memory."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from polku.storage.locations import database_file
from polku.storage.sqlite.driver import open_file
from tools.torture import kills
from tools.torture.figures import Figure, exactly, holds, left_out
from tools.torture.target import Api, Server, stand_in

PART = "full disk"
SIZE = "6m"
BALLAST = 1_500_000
SMALL, LARGE = b"x" * 100_000, b"x" * 3_000_000  # Django keeps above 2.5 MB in the temp folder


def run(scratch: Path) -> list[Figure]:
    """The four places."""
    if reason := _why_not(scratch):
        return [left_out(PART, reason)]
    return [
        *full_database(scratch / "a"),
        *full_uploads(scratch / "b"),
        *full_temp(scratch / "c"),
        *full_logs(scratch / "d"),
    ]


def _why_not(scratch: Path) -> str:
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return "needs root on Linux, to mount a small disk"
    try:
        with small_disk(scratch / "try"):
            return ""
    except subprocess.CalledProcessError:
        return "this machine does not let us mount a small disk"


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A disk of 6 MB at a folder, with ballast that can be thrown off."""
    place.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        (place / "ballast").write_bytes(b"0" * BALLAST)
        yield place
    finally:
        unmount(place)


def unmount(place: Path) -> None:
    """Wait for killed processes to let go of their files."""
    for _ in range(50):
        done = subprocess.run(["umount", str(place)], check=False, capture_output=True)
        if done.returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit(f"{place} is still in use and stays mounted.")


def fill(place: Path) -> None:
    """Take the last byte."""
    with (place / "filling").open("wb", buffering=0) as file:
        for size in (100_000, 4096, 1):
            try:
                while True:
                    file.write(b"0" * size)
            except OSError:
                continue


def throw_off(place: Path) -> None:
    (place / "ballast").unlink()
    (place / "filling").unlink(missing_ok=True)


def full_database(place: Path) -> list[Figure]:
    with small_disk(place) as disk:
        target = stand_in(disk / "home")
        with Server(target) as server:
            api = server.api()
            saved, answer = _create_until_refused(api)
            reads = api.list()[0] == 200 and api.service(saved[0][0])[0] == 200
            throw_off(disk)
            again = [api.create(f"after {n}")[0] for n in range(3)]
            lost = sum(not kills.is_whole(api, code, word) for code, word in saved)
        sound = _integrity(database_file(target.home))
    return [
        holds(PART, "database: the answer is clear", is_clear(answer), str(answer[0])),
        holds(PART, "database: reading goes on", reads),
        holds(PART, "database: writing works again, no restart", again == [201] * 3),
        exactly(PART, f"database: of {len(saved)} saved services lost", lost),
        holds(PART, "database: sound afterwards", sound == "ok", sound),
    ]


def _create_until_refused(api: Api) -> tuple[list[tuple[str, str]], tuple[int, object]]:
    saved: list[tuple[str, str]] = []
    for n in range(100_000):
        word = f"full{n}"
        status, body = api.create(f"Torture {word} " + "y" * 2000)
        if status != 201:
            return saved, (status, body)
        saved.append((body["code"], word))
    return saved, (201, "the disk never got full")


def is_clear(answer: tuple[int, object]) -> bool:
    """A refusal of its own kind with a sentence, and not a traceback."""
    status, body = answer
    text = str(body)
    return status in (503, 507) and 20 < len(text) < 20_000 and "Traceback" not in text


def _integrity(path: Path) -> str:
    with closing(open_file(path)) as database:
        return str(database.execute("PRAGMA integrity_check").fetchone()[0])


def full_uploads(home: Path) -> list[Figure]:
    target = stand_in(home)
    with small_disk(home / "files") as disk, Server(target) as server:
        api = server.api()
        answer: tuple[int, object] = (201, "")
        for _ in range(200):
            if answer[0] == 201:
                answer = api.upload(SMALL)
        others = _works(api)
        half = [path for path in disk.iterdir() if path.suffix == ".part"]
        throw_off(disk)
        again = api.upload(SMALL)[0]
    return [
        holds(PART, "uploads: the answer is clear", is_clear(answer), str(answer[0])),
        holds(PART, "uploads: the rest works on, no half file stays", others and not half),
        holds(PART, "uploads: uploading works again, no restart", again == 201),
    ]


def full_temp(home: Path) -> list[Figure]:
    with small_disk(home.with_name("temp")) as disk:
        target = stand_in(home, TMPDIR=str(disk))
        with Server(target) as server:
            api = server.api()
            fill(disk)
            answer = api.upload(LARGE)
            others = _works(api) and api.upload(SMALL)[0] == 201
            throw_off(disk)
            again = api.upload(LARGE)[0]
    return [
        holds(
            PART, "temp: the answer to a large upload is clear", is_clear(answer), str(answer[0])
        ),
        holds(PART, "temp: the rest works on", others),
        holds(PART, "temp: large uploads work again, no restart", again == 201),
    ]


def full_logs(home: Path) -> list[Figure]:
    target = stand_in(home)
    with small_disk(home / "logs") as disk, Server(target) as server:
        api = server.api()
        fill(disk)
        works = all(_works(api) for _ in range(20))
        throw_off(disk)
        before = _size(disk)
        _works(api)
        grown = _size(disk) > before
    return [
        holds(PART, "logs: everything works on without a log", works),
        holds(PART, "logs: the log goes on, no restart", grown),
    ]


def _works(api: Api) -> bool:
    return api.create("Torture other")[0] == 201 and api.list()[0] == 200


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())
