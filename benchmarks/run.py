"""Us and others, in turn, each in a process of its own: wall time and peak memory of the whole.

python benchmarks/run.py FOLDER --peers PYTHON [--rounds 5] [--engines ours/cache pm4py/sorted ...]

FOLDER is what generate.py wrote; PYTHON that of the environment with benchmarks/peers.lock. The
answers of all are compared; who answers otherwise is marked. Nothing else may run meanwhile.
"""

import argparse
import os
import statistics
import sys
from dataclasses import dataclass, field
from math import isclose
from pathlib import Path
from typing import Any

from watching import Run, watched

SECOND_ENGINE = "POLKU_MINING_ENGINE"
PEER = "pm4py/"


@dataclass
class Contender:
    """One engine on one kind of input, with what its runs took."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)

    @property
    def answer(self) -> dict[str, Any] | None:
        """What it said last."""
        return self.runs[-1].answer

    @property
    def wall(self) -> float:
        """Seconds, the median."""
        return statistics.median(run.wall for run in self.runs)


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
            for name in ("duckdb", "chdb", "polars", "pm4py")
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
    """A row for each: medians, how many times our quickest fits into it, and how many times it
    fits into the quicker of pm4py's."""
    best = found[0].wall
    peer = min((one.wall for one in found if one.name.startswith(PEER)), default=None)
    print("| engine and input | wall s, median | least | peak MiB | times ours | pm4py takes |"
          " same answer |\n|---|--:|--:|--:|--:|--:|---|")  # fmt: skip
    for one in found:
        times = "" if peer is None or one.name.startswith(PEER) else f"{peer / one.wall:.1f} x"
        same = "failed" if one.answer is None else agree(found[0].answer or {}, one.answer)
        peak = statistics.median(run.peak for run in one.runs)
        print(
            f"| {one.name} | {one.wall:.2f} | {min(run.wall for run in one.runs):.2f} "
            f"| {peak:,.0f} | {one.wall / best:.1f} | {times} | {same} |"
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
    watched(found[0].command)  # builds the cache, and warms the files
    for turn in range(chosen.rounds):
        for one in found:
            one.runs.append(watched(one.command, one.environment))
            told = f"{turn + 1}/{chosen.rounds} {one.name} {one.runs[-1].wall:.2f} s"
            print(told, file=sys.stderr)
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    report(found)


if __name__ == "__main__":
    main()
