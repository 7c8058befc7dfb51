"""A process of its own for each measurement: wall time, peak memory, and its answer."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ENGINES = Path(__file__).resolve().parent / "engines"


@dataclass(frozen=True)
class Run:
    """One run: seconds on the wall, MiB at the most, and the answer; None where it failed."""

    wall: float
    peak: float
    answer: Any


def watched(command: list[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command among the engines and wait for it."""
    done = subprocess.run(
        [sys.executable, "-S", "-E", "watched.py", *command], cwd=ENGINES, check=True,
        stdout=subprocess.PIPE, env=os.environ | dict(environment or {}),
    )  # fmt: skip
    seen = json.loads(done.stdout)
    answer = json.loads(seen["told"]) if seen["code"] == 0 else None
    return Run(seen["wall"], seen["peak"], answer)
