"""Marking the 1,000 ties of a changed object, beside its limit."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.bench.figures import Figure
from tools.bench.server import ROOT

NAME = "suspect marking after changing an object with 1,000 links"


def run(only: str, folder: Path) -> Iterator[Figure]:
    """The figure, when its name holds *only*."""
    if only not in NAME:
        return
    print(NAME, file=sys.stderr, flush=True)
    told = subprocess.run(
        [sys.executable, "-m", "tools.bench.doubting"], cwd=ROOT, check=False,
        env={**os.environ, "POLKU_HOME": str(folder / "doubts"),
             "DJANGO_SETTINGS_MODULE": "polku.settings"},
        capture_output=True, text=True,
    )  # fmt: skip
    if told.returncode:
        yield Figure(NAME, "ms", None, note=told.stderr.strip().splitlines()[-1])
        return
    seen = json.loads(told.stdout)
    note = (
        f"the whole change; {seen['cleared']:.0f} to clear, {seen['same']:.0f} where no meaning "
        f"changed, {seen['untied']:.0f} without ties"
    )
    yield Figure(NAME, "ms", seen["marked"], 150, 60, None, note)
