"""A log of touchpoint events as people leave them behind: 28 touchpoints over seven steps.

python benchmarks/generate.py FOLDER --events 10000000

writes `raw.parquet` (in order of arrival), `sorted.parquet` (by case and time) and `design.json`.
Some touchpoints are optional, some come in any order, one pair is walked again and again with a
heavy tail, and most cases walk one where nobody designed it. Equal times inside a case occur.
Most cases are short (median 5), few are long (1 % above some fifty, the longest 10,000).
"""

import argparse
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

STEPS = ("find out", "choose", "agree", "begin", "use", "get help", "leave")
TOUCHPOINTS = tuple(f"{step} {number}" for step in STEPS for number in range(1, 5))
DROP = (0.32, 0.22, 0.24, 0.14, 0.18, 0.25)  # how many of those still there stop after a step
LONGEST = 10_000
TAIL = 1.085  # the shape of how often the pair is walked: near 1 the mean has no end
ODD = 0.99  # how many cases walk something where nobody designed it
ODD_PLACES = 150  # and before which place
AGAIN = 0.45  # how often the second of the pair is walked
OPTIONAL = 0.38  # how often the optional touchpoints are
YEAR_MS = 365 * 86_400_000
BEGIN_MS = 1_735_689_600_000  # 2025-01-01
MOST_GAP_MS = 40 * 86_400_000

DESIGN = {"seq": [
    "find out 1", {"opt": "find out 2"},
    "choose 1", {"opt": "choose 2"},
    {"and": ["agree 1", "agree 2"]},
    {"loop": {"seq": ["begin 1", {"opt": "begin 2"}]}},
    {"xor": ["use 1", "use 2"]}, {"opt": "use 3"}, {"opt": "use 4"},
    "get help 1", {"opt": "get help 2"},
    {"opt": {"and": ["leave 1", "leave 2"]}}, {"opt": "leave 3"},
]}  # fmt: skip

type Longs = NDArray[np.int64]


class Writer:
    """Collects events as (case, place in the case, touchpoint)."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random, self.parts = random, list[tuple[Longs, Longs, Longs]]()

    def add(self, cases: Longs, place: float | Longs, touchpoint: int | Longs) -> None:
        """One event for each of the cases."""
        n = len(cases)
        self.parts.append((
            cases, np.broadcast_to(np.asarray(place, np.int64), n),
            np.broadcast_to(np.asarray(touchpoint, np.int64), n),
        ))  # fmt: skip

    def some(self, cases: Longs, share: float) -> Longs:
        """A random share of the cases."""
        return cases[self.random.random(len(cases)) < share]

    def in_order(self) -> tuple[Longs, NDArray[np.uint8]]:
        """Case and touchpoint of every event, sorted."""
        case, place, touchpoint = (
            np.concatenate(column) for column in zip(*self.parts, strict=True)
        )
        order = np.argsort(case * 2**20 + place, kind="stable")
        return case[order], touchpoint[order].astype(np.uint8)


def _walk(random: np.random.Generator, n: int) -> tuple[Longs, NDArray[np.uint8]]:
    writer = Writer(random)
    there = np.arange(n, dtype=np.int64)
    far = 2**19  # places behind the loop, which may take many
    places = (0, 10, 20, 100, far, far + 10, far + 20)
    for step, place in enumerate(places):
        _step(writer, step, there, place)
        if step < len(DROP):
            there = writer.some(there, 1 - DROP[step])
    odd = writer.some(np.arange(n, dtype=np.int64), ODD)
    writer.add(odd, random.integers(1, ODD_PLACES, len(odd)), random.integers(0, 28, len(odd)))
    return _cut(*writer.in_order())


def _cut(case: Longs, touchpoint: NDArray[np.uint8]) -> tuple[Longs, NDArray[np.uint8]]:
    """No case goes on behind its event number LONGEST."""
    first = np.flatnonzero(np.diff(case, prepend=-1))
    lengths = np.diff(np.append(first, len(case)))
    kept = np.arange(len(case)) - np.repeat(first, lengths) < LONGEST
    return case[kept], touchpoint[kept]


def _step(writer: Writer, step: int, cases: Longs, place: int) -> None:
    """What is walked in one step of the journey."""
    first = step * 4
    if step == 2:
        swapped = writer.random.integers(0, 2, len(cases))
        writer.add(cases, place + 1, first + swapped)
        writer.add(cases, place + 2, first + 1 - swapped)
    elif step == 3:
        _loop(writer, cases, place)
    elif step == 4:
        writer.add(cases, place, first + writer.random.integers(0, 2, len(cases)))
        writer.add(writer.some(cases, OPTIONAL), place + 1, first + 2)
    elif step == 6:
        writer.add(cases, place, first)
        writer.add(cases, place + 1, first + 1)
    else:
        writer.add(cases, place, first)
        writer.add(writer.some(cases, OPTIONAL), place + 1, first + 1)


def _loop(writer: Writer, cases: Longs, place: int) -> None:
    """The pair that is walked again and again."""
    times = np.minimum(writer.random.random(len(cases)) ** (-1 / TAIL), LONGEST / 2).astype(
        np.int64
    )
    if len(times):
        times[0] = LONGEST  # more than long enough: see _cut
    owner = np.repeat(cases, times)
    at = np.arange(len(owner)) - np.repeat(np.cumsum(times) - times, times)
    writer.add(owner, place + 3 * at, 12)
    again = writer.random.random(len(owner)) < AGAIN
    writer.add(owner[again], place + 3 * at[again] + 1, 13)


def _times(random: np.random.Generator, case: Longs) -> Longs:
    """Microseconds: heavy-tailed waits of whole milliseconds, one in twenty at the same time."""
    gaps = np.exp(random.normal(np.log(600_000), 2.0, len(case)))
    gaps = np.minimum(gaps, MOST_GAP_MS).astype(np.int64)
    gaps[random.random(len(case)) < 0.05] = 0
    first = np.flatnonzero(np.diff(case, prepend=-1))
    gaps[first] = 0
    total = np.cumsum(gaps)
    lengths = np.diff(np.append(first, len(case)))
    begin = BEGIN_MS + random.integers(0, YEAR_MS, len(first))
    return (total - np.repeat(total[first], lengths) + np.repeat(begin, lengths)) * 1000


def table_of(events: int, seed: int = 20_261_122) -> pa.Table:
    """`case` (whole number), `activity`, `time` (UTC), sorted; exactly as many events as asked."""
    random = np.random.default_rng(seed)
    case, touchpoint = _walk(random, max(events // 6, 2))
    case, touchpoint = case[:events], touchpoint[:events]
    time = _times(random, case)
    names = pa.array(TOUCHPOINTS)
    return pa.table({
        "case": pa.array(case),
        "activity": pa.DictionaryArray.from_arrays(pa.array(touchpoint), names),
        "time": pa.array(time).cast(pa.timestamp("us", "UTC")),
    })  # fmt: skip


def write(folder: Path, events: int) -> None:
    """The three files."""
    folder.mkdir(parents=True, exist_ok=True)
    table = table_of(events)
    pq.write_table(table, folder / "sorted.parquet", compression="zstd")
    order = np.argsort(table["time"].cast(pa.int64()).to_numpy(), kind="stable")
    pq.write_table(table.take(pa.array(order)), folder / "raw.parquet", compression="zstd")
    (folder / "design.json").write_text(json.dumps(DESIGN), "utf-8")
    _tell(table)


def _tell(table: pa.Table) -> None:
    lengths = np.sort(np.unique(table["case"].to_numpy(), return_counts=True)[1])
    print(
        f"{table.num_rows:,} events of {len(lengths):,} cases; events of a case: median "
        f"{np.median(lengths):.0f}, 99 % below {np.quantile(lengths, 0.99):.0f}, "
        f"longest {lengths[-1]:,}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=10_000_000)
    chosen = parser.parse_args()
    write(chosen.folder, chosen.events)
