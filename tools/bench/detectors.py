"""All checks over an inventory of 1,716 services with 10,000 ties, beside their limits."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.bench.figures import MEMORY, SECONDS, Figure
from tools.bench.imports import REAL
from tools.bench.server import ROOT

NAMES = (
    "all checks over 10,000 ties", "all checks again, nothing new", "checks of one changed service",
    "memory after all checks",
)  # fmt: skip


def run(only: str, folder: Path) -> Iterator[Figure]:
    """The figures whose names hold *only*."""
    if not any(only in name for name in NAMES):
        return
    print(NAMES[0], file=sys.stderr, flush=True)
    real = Path(os.environ.get("POLKU_REAL_FILE", REAL))
    command = [sys.executable, "-m", "tools.bench.detecting"]
    told = subprocess.run(
        [*command, str(real)] if real.is_file() else command, cwd=ROOT, check=False,
        env={**os.environ, "POLKU_HOME": str(folder / "detectors"),
             "DJANGO_SETTINGS_MODULE": "polku.settings"},
        capture_output=True, text=True,
    )  # fmt: skip
    if told.returncode:
        yield Figure(NAMES[0], SECONDS, None, note=told.stderr.strip().splitlines()[-1])
        return
    seen = json.loads(told.stdout)
    what = "real" if real.is_file() else "made-up"
    note = f"{seen['services']:.0f} {what} services, {seen['found']:.0f} loose ends"
    yield Figure(NAMES[0], SECONDS, seen["first"], 10, 5, None, note)
    yield Figure(NAMES[1], SECONDS, seen["again"], 10, 3)
    yield Figure(NAMES[2], SECONDS, seen["one"], 0.1, 0.03)
    yield Figure(NAMES[3], MEMORY, seen["memory"], 200, 150)
