"""The single figures: passes beside the bandwidth of memory, conformance, XES, import, 100 million.

python benchmarks/inside.py FOLDER [--peers PYTHON] [--rounds 5] [--xes LOG.xes.gz ...] [--big]

FOLDER is what generate.py wrote. Nothing else may run meanwhile.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from watching import ENGINES, Run, watched

import polku_mining as pm
from polku_mining import engine
from polku_mining.analyses import follows, paths
from polku_mining.cache import packing, sections
from polku_mining.design.aligning import Alignment
from polku_mining.design.costs import costs_of
from polku_mining.events import Events
from polku_mining.fast.ranges import threads

COMPUTING = "import numpy, pyarrow, pyarrow.compute"
READING = """
import polku_mining as pm
pm.read_log([{"case": "1", "activity": name, "time": "2026-11-22T10:00:00Z"} for name in "ab"])
"""
COLUMNS = {"case": "case", "activity": "activity", "time": "time"}


def median_of(work: Callable[[], Any], rounds: int) -> float:
    """Seconds on the wall, the median of some rounds after one to warm up."""
    work()
    took = []
    for _turn in range(rounds):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


def bandwidth(events: Events, rounds: int) -> tuple[float, float]:
    """Seconds to read the columns of one pass where they lie, and GB/s.

    The same memory as the pass reads, mapped from the cache, by as many threads, each its part of
    every column; the threads stand ready, while those of the pass are started each time.
    """
    columns = [events.time, events.activity, events.offsets]
    words = [np.frombuffer(column, np.uint64, column.nbytes // 8) for column in columns]
    parts = list(zip(*(np.array_split(column, threads()) for column in words), strict=True))

    def read(part: tuple[np.ndarray, ...]) -> list[np.uint64]:
        return [np.bitwise_xor.reduce(column) for column in part]

    with ThreadPoolExecutor(len(parts)) as pool:
        took = median_of(lambda: list(pool.map(read, parts)), rounds)
    return took, sum(column.nbytes for column in words) / took / 1e9


def row(work: str, figure: str, aim: str = "") -> None:
    """One line of the table."""
    print(f"| {work} | {figure} | {aim} |", flush=True)


def passes(log: pm.Log, rounds: int) -> None:
    """Counts and means beside the bandwidth; variants; both engines."""
    events = replace(log.events, paths=None)
    limit, speed = bandwidth(events, rounds)
    row("reading the columns of one pass", f"{limit * 1e3:.1f} ms, {speed:.1f} GB/s")
    for name in (engine.COMPILED, engine.NUMPY):
        with engine.use(name):
            took = median_of(lambda: follows.counts_and_means(events), rounds)
            grouped = median_of(lambda: paths.paths_of(events), rounds)
        row(f"directly-follows, n and mean, {name}",
            f"{took * 1e3:.1f} ms, {took / limit:.1f} x the limit", "<= 4 x")  # fmt: skip
        row(f"variants, {name}", f"{grouped * 1e3:.0f} ms", "<= 60 ms")


def conformance(log: pm.Log, design: Any, peers: str | None, rounds: int) -> None:
    """All variants against the design; some of them also by pm4py, costs compared."""
    net = pm.Design.read(design)
    found = paths.paths_of(log.events)
    codes, offsets = paths.flat_paths(log.events, found)
    took = median_of(lambda: costs_of(Alignment(net, log.events.names), codes, offsets), rounds)
    n = len(found.cases)
    row(f"conformance, {n:,} variants, {len(net.markings)} markings", f"{took:.3f} s", "<= 0.3 s")
    with engine.use(engine.NUMPY):
        slow = median_of(lambda: costs_of(Alignment(net, log.events.names), codes, offsets), 1)
    row("the same, numpy", f"{slow:.2f} s")
    if peers is None:
        return
    short = np.flatnonzero(np.diff(offsets) <= 40)
    chosen = np.random.default_rng(1).choice(short, min(200, len(short)), replace=False)
    told = [[log.events.names[c] for c in codes[offsets[p] : offsets[p + 1]]] for p in chosen]
    done = subprocess.run(
        [peers, "pm4py_alignments.py"], cwd=ENGINES, check=True, capture_output=True,
        input=json.dumps({"design": design, "paths": told}).encode(),
    )  # fmt: skip
    answer = json.loads(done.stdout.splitlines()[-1])
    ours = costs_of(Alignment(net, log.events.names), codes, offsets)[chosen]
    each, theirs = took / n, answer["seconds"] / len(chosen)
    same = int(np.count_nonzero(ours == np.array(answer["costs"])))
    row(f"per variant, beside pm4py on {len(chosen)} of at most 40 steps",
        f"{each * 1e6:.2f} us and {theirs * 1e3:.1f} ms: {theirs / each:,.0f} x; "
        f"{same} costs equal", ">= 1,000 x")  # fmt: skip


def medians(runs: list[Run]) -> tuple[float, float]:
    """Wall seconds and peak MiB of several runs."""
    return statistics.median(r.wall for r in runs), statistics.median(r.peak for r in runs)


def xes(path: Path, peers: str | None, rounds: int) -> None:
    """Reading XES, whole process."""
    wall, peak = medians(
        [watched([sys.executable, "xes_ours.py", str(path)]) for _turn in range(rounds)]
    )
    row(f"{path.name}, ours", f"{wall:.2f} s, {peak:,.0f} MiB")
    if peers:
        slow, much = medians(
            [watched([peers, "xes_pm4py.py", str(path)]) for _turn in range(rounds)]
        )
        row(f"{path.name}, pm4py", f"{slow:.2f} s, {much:,.0f} MiB: {slow / wall:.1f} x, "
            f"{much / peak:.1f} x the memory", ">= 4 x, >= 5 x")  # fmt: skip


def importing(rounds: int) -> None:
    """Importing the library, and with it all that opening a log needs, beside Python alone."""
    names = {
        "import of the library": ("import polku_mining", "<= 0.3 s"),
        "the same with open_log and read_log": (
            "from polku_mining import open_log, read_log", "<= 0.3 s"
        ),
        "numpy and pyarrow, which that needs": ("import numpy, pyarrow", ""),
        "the same, and a log of two events read": (READING, ""),
        "numpy, pyarrow and pyarrow.compute, which that needs": (COMPUTING, ""),
    }  # fmt: skip
    alone = _running("pass", rounds)
    for name, (code, aim) in names.items():
        row(name, f"{_running(code, rounds) - alone:.3f} s", aim)


def _running(code: str, rounds: int) -> float:
    """Seconds of a process of Python."""
    command = [sys.executable, "-c", code]
    return median_of(lambda: subprocess.run(command, check=True), rounds)


def tiled(log: pm.Log, times: int) -> pm.Log:
    """The same cases again and again, as many cases of their own."""
    events = log.events
    shift = np.repeat(np.arange(times) * events.n_events, events.n_cases)
    offsets = np.append(np.tile(events.offsets[:-1], times) + shift, times * events.n_events)
    keys = pa.array(np.arange(times * events.n_cases))
    return pm.Log(Events(np.tile(events.activity, times), np.tile(events.time, times), offsets,
                         events.names, keys))  # fmt: skip


def big(log: pm.Log, folder: Path, rounds: int) -> None:
    """Ten times the log, from a cache."""
    path = folder / "tenfold.journeys"
    many = tiled(log, 10)
    sections.write(path, *packing.packed(many))
    del many
    runs = [watched([sys.executable, "mapped.py", str(path)]) for _turn in range(rounds)]
    wall, peak = medians(runs)
    once = statistics.median(run.answer["one_pass"] for run in runs)
    events = runs[0].answer["events"]
    figure = f"{wall:.2f} s, {peak:,.0f} MiB; n and mean {once * 1e3:.0f} ms"
    row(f"{events:,} events from the cache: all four, whole process", figure, "<= 3 s, 1,536 MiB")
    path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", help="the Python of the environment of the others")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--xes", type=Path, nargs="*", default=[], help="logs to read")
    parser.add_argument("--big", action="store_true", help="ten times the log as well")
    chosen = parser.parse_args()
    log = pm.open_log(chosen.folder / "sorted.parquet", **COLUMNS)
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print("| work | figure | to reach |\n|---|---|---|")
    importing(chosen.rounds)
    passes(log, chosen.rounds)
    design = json.loads((chosen.folder / "design.json").read_text("utf-8"))
    conformance(log, design, chosen.peers, chosen.rounds)
    for path in chosen.xes:
        xes(path.resolve(), chosen.peers, chosen.rounds)
    if chosen.big:
        big(log, chosen.folder, chosen.rounds)


if __name__ == "__main__":
    main()
