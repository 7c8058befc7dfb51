"""Force against stored data: kill -9, many writers, live backups, a full disk.

    python -m tools.torture                 200 kills, 20 backups, within 15 minutes
    python -m tools.torture --short         5 kills, 2 backups, within 2 minutes
    python -m tools.torture --serve "polku serve --port {port}" --workspace norrvik
                                            the kills against data of your own: POLKU_HOME names
                                            the folder, POLKU_TORTURE_TOKEN a personal token

The kills go to `polku serve` with data of their own; the other parts put the same storage under a
small stand-in, so that nothing but the storage is measured. Prints a table of figures; ends with 1
when a promise is broken.
"""

import argparse
import os
import shlex
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from polku.storage.locations import home
from tools.torture import backups, disks, kills, writers
from tools.torture.figures import Figure, table
from tools.torture.target import Target, polku, stand_in

PARTS = ("kills", "writers", "backups", "disks")


@dataclass(frozen=True)
class Size:
    """How much of each; seconds bound the kills and each measurement of writers."""

    kills: int
    kill_seconds: float
    writer_seconds: float
    backups: int


LONG = Size(kills=200, kill_seconds=780, writer_seconds=15, backups=20)
SHORT = Size(kills=5, kill_seconds=90, writer_seconds=2, backups=2)


def main() -> int:
    asked = parsed()
    size = SHORT if asked.short else LONG
    began = time.monotonic()
    settings.configure(USE_I18N=False)  # our own process has no tables; the servers have
    with tempfile.TemporaryDirectory(prefix="polku-torture-") as folder:
        figures = run(asked, size, Path(folder))
    if asked.short:
        figures = [seen_only(figure) for figure in figures]
    print(table(figures))
    broken = [figure for figure in figures if figure.kept is False]
    print(f"\n{len(broken)} of {len(figures)} promises broken, {time.monotonic() - began:.0f} s")
    return 1 if broken else 0


def seen_only(figure: Figure) -> Figure:
    """A figure of speed, told but not judged: how quick a shared machine is, is no test."""
    timed = figure.measured.endswith((" ms", "/s")) or "fewest" in figure.promise
    return replace(figure, kept=None) if timed else figure


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.torture",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--short", action="store_true", help="the short form, as in CI")
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part")
    parser.add_argument("--serve", help="the command of a real server, with {port}")
    parser.add_argument("--workspace", default="torture", help="the workspace to write into")
    return parser.parse_args()


def run(asked: argparse.Namespace, size: Size, scratch: Path) -> list[Figure]:
    """The parts one after the other, each in a folder of its own."""
    parts: dict[str, Callable[[], list[Figure]]] = {
        "kills": lambda: kills.run(victim(asked, scratch / "k"), size.kills, size.kill_seconds),
        "writers": lambda: writers.run(stand_in(scratch / "w"), size.writer_seconds),
        "backups": lambda: backups.run(stand_in(scratch / "b"), size.backups, scratch),
        "disks": lambda: disks.run(scratch / "d"),
    }
    figures: list[Figure] = []
    for name in asked.only or PARTS:
        began = time.monotonic()
        figures += parts[name]()
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    return figures


def victim(asked: argparse.Namespace, folder: Path) -> Target:
    """The server that was named, else Polku in a folder of its own."""
    if not asked.serve:
        return polku(folder)
    token = os.environ.get("POLKU_TORTURE_TOKEN", "")
    if not token:
        raise SystemExit("POLKU_TORTURE_TOKEN is not set: a personal token of that workspace.")
    return Target(shlex.split(asked.serve), asked.workspace, token, home())


if __name__ == "__main__":
    sys.exit(main())
