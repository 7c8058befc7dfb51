"""Importing a large spreadsheet: 5,000 rows of ours, and a real list of services when it is there.

POLKU_REAL_FILE names the real file (services-2023-24.csv); without it those lines are left out.
"""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tools.bench.data import FINNISH, WORDS
from tools.bench.figures import MEMORY, SECONDS, Figure
from tools.bench.server import ROOT

ROWS = 5_000
HEAD = ("Name (en)", "Name (fi)", "Purpose (en)", "Owner", "State", "Look again on", "Contact")
REAL = ROOT.parent / "shared/data/service-inventory/services-2023-24.csv"
MAPPING = "government-service-inventory"
OURS = ("import of 5,000 CSV rows, dry run", "import of 5,000 CSV rows", "memory after it")
THEIRS = ("real file, dry run", "real file, import", "memory after the real file")


def run(only: str, folder: Path) -> Iterator[Figure]:
    """The figures whose names hold *only*."""
    if any(only in name for name in OURS):
        yield from _figures(OURS, (None, 8), (None, 4), _file(folder), folder / "ours")
    real = Path(os.environ.get("POLKU_REAL_FILE", REAL))
    if any(only in name for name in THEIRS):
        if real.is_file():
            yield from _figures(THEIRS, (5, 8), (None, None), real, folder / "real", MAPPING)
        else:
            yield Figure(THEIRS[1], SECONDS, None, note="left out: POLKU_REAL_FILE names no file")


def _figures(
    names: tuple[str, str, str], limits: tuple[float | None, float],
    aims: tuple[float | None, float | None], file: Path, home: Path, mapping: str = "",
) -> Iterator[Figure]:  # fmt: skip
    print(names[1], file=sys.stderr, flush=True)
    told = subprocess.run(
        [sys.executable, "-m", "tools.bench.importing", str(file), mapping], cwd=ROOT,
        env={**os.environ, "POLKU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "polku.settings"},
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if told.returncode:
        yield Figure(names[1], SECONDS, None, note=told.stderr.strip().splitlines()[-1])
        return
    seen = json.loads(told.stdout)
    rows = f"{seen['new']:.0f} new objects"
    yield Figure(names[0], SECONDS, seen["dry_run"], limits[0], aims[0])
    yield Figure(names[1], SECONDS, seen["import"], limits[1], aims[1], None, rows)
    yield Figure(names[2], MEMORY, seen["memory"], 150, 110)


def _file(folder: Path) -> Path:
    chance, path = Random(3), folder / "services.csv"  # noqa: S311  the same data each time
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEAD)
        out.writerows(_row(n, chance) for n in range(ROWS))
    return path


def _row(n: int, chance: Random) -> list[str]:
    return [
        f"Service {n:05d} {chance.choice(WORDS)}", f"Palvelu {n:05d} {chance.choice(FINNISH)}",
        " ".join(chance.choices(WORDS, k=12)), f"Person {n % 40}",
        ("idea", "live", "ending")[n % 3], f"2027-{1 + n % 12:02d}-10", "info@example.org",
    ]  # fmt: skip
