"""Us and others, in turn, each in a process of its own: wall time and peak memory of the whole.

python benchmarks/run.py FOLDER --peers PYTHON [--rounds 5] [--engines ours/cache pm4py/sorted ...]

FOLDER is what generate.py wrote; PYTHON that of the environment with benchmarks/peers.lock. The
answers of all are compared; who answers otherwise is marked. Nothing else may run meanwhile.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from math import isclose
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SECOND_ENGINE = "POLKU_MINING_ENGINE"


@dataclass
class Contender:
    """One engine on one kind of input, with what its runs took."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    walls: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)
    answer: dict[str, Any] | None = None

    def run(self) -> None:
        """Once more."""
        begun = time.perf_counter()
        with subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=HERE / "engines",
            env=os.environ | self.environment,
        ) as process:  # fmt: skip
            told = process.stdout.read() if process.stdout else b""
            _pid, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.walls.append(time.perf_counter() - begun)
        self.peaks.append(used.ru_maxrss / 1024)
        if process.returncode == 0:
            self.answer = json.loads(told)


def contenders(folder: Path, peers: str | None) -> list[Contender]:
    """All that can run here."""
    ours, raw, whole = sys.executable, str(folder / "raw.parquet"), str(folder / "sorted.parquet")
    found = [
        Contender("ours/cache", [ours, "ours.py", whole, "cache"]),
        Contender("ours/sorted", [ours, "ours.py", whole]),
        Contender("ours/raw", [ours, "ours.py", raw]),
        Contender("numpy/cache", [ours, "ours.py", whole, "cache"], {SECOND_ENGINE: "numpy"}),
    ]
    if peers:
        found += [
            Contender(f"{name}/{kind}", [peers, f"{name}_engine.py", path])
            for name in ("duckdb", "polars", "pm4py")
            for kind, path in (("sorted", whole), ("raw", raw))
        ]
    return found


def agree(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Counts equal, times to a millionth."""
    if one["reached"] != other["reached"] or len(one["pairs"]) != len(other["pairs"]):
        return False
    if one["variants"][""] != other["variants"][""]:
        return False
    both = set(one["variants"]) & set(other["variants"])
    if any(one["variants"][path] != other["variants"][path] for path in both):
        return False
    times = [*zip(one["durations"], other["durations"], strict=True)]
    for row, told in zip(one["pairs"], other["pairs"], strict=True):
        if row[:3] != told[:3]:
            return False
        times += zip(row[3:], told[3:], strict=True)
    return all(isclose(a, b, rel_tol=1e-9, abs_tol=1e-5) for a, b in times)


def report(found: list[Contender]) -> None:
    """A row for each: medians, and how many times our quickest fits into it."""
    best = statistics.median(found[0].walls)
    print("| engine and input | wall s, median | least | peak MiB | times ours | same answer |")
    print("|---|--:|--:|--:|--:|---|")
    for one in found:
        wall = statistics.median(one.walls)
        same = "failed" if one.answer is None else agree(found[0].answer or {}, one.answer)
        peak = statistics.median(one.peaks)
        print(
            f"| {one.name} | {wall:.2f} | {min(one.walls):.2f} | {peak:,.0f} "
            f"| {wall / best:.1f} | {same} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", help="the Python of the environment of the others")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engines", nargs="*", help="only these")
    chosen = parser.parse_args()
    found = [c for c in contenders(chosen.folder.resolve(), chosen.peers)
             if not chosen.engines or c.name in chosen.engines]  # fmt: skip
    found[0].run()  # builds the cache, and warms the files
    found[0].walls.clear()
    found[0].peaks.clear()
    for turn in range(chosen.rounds):
        for one in found:
            one.run()
            print(f"{turn + 1}/{chosen.rounds} {one.name} {one.walls[-1]:.2f} s", file=sys.stderr)
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    report(found)


if __name__ == "__main__":
    main()
