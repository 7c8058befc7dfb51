"""From counts that were added up to the tables that the local engine gives."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from polku_mining.analyses.gaps import SECOND, quantile_name
from polku_mining.events import Longs, starts
from polku_mining.log import Log, from_arrays
from polku_mining.spark.partials import LOW, What
from polku_mining.spark.variants import CODE

type Names = tuple[str, ...]
type Numbers = Mapping[int, int]
type Paths = Sequence[tuple[bytes, int, float]]


def directly_follows(
    counts: Mapping[What, Numbers], names: Names, marks: Mapping[int, list[float]],
    quantiles: tuple[float, ...],
) -> pa.Table:  # fmt: skip
    """``source, target, n, cases, mean_s, median_s, q95_s``: most frequent first."""
    n, width = counts[What.PAIRS], max(len(names), 1)
    keys = sorted(n, key=lambda key: (-n[key], key))
    high, low = counts[What.PAIR_HIGH], counts[What.PAIR_LOW]
    means = [((high[key] << LOW) + low[key]) / n[key] / SECOND for key in keys]
    columns = {
        "source": pa.array([names[key // width] for key in keys], pa.string()),
        "target": pa.array([names[key % width] for key in keys], pa.string()),
        "n": pa.array([n[key] for key in keys], pa.int64()),
        "cases": pa.array([counts[What.PAIR_CASES][key] for key in keys], pa.int64()),
        "mean_s": pa.array(means, pa.float64()),
        "median_s": pa.array([marks[key][0] for key in keys], pa.float64()),
    }
    for place, q in enumerate(quantiles, 1):
        column = [marks[key][place] for key in keys]
        columns[quantile_name(q)] = pa.array(column, pa.float64())
    return pa.table(columns)


def cases_by(counts: Numbers, names: Names) -> pa.Table:
    """``activity, cases``: the most frequent first."""
    codes = sorted(counts, key=lambda code: (-counts[code], code))
    return pa.table({
        "activity": pa.array([names[code] for code in codes], pa.string()),
        "cases": pa.array([counts[code] for code in codes], pa.int64()),
    })  # fmt: skip


def rework(counts: Mapping[What, Numbers], names: Names) -> pa.Table:
    """``activity, cases, extra`` of what is walked again."""
    table = cases_by(counts[What.AGAIN_CASES], names)
    code = {name: number for number, name in enumerate(names)}
    extra = [counts[What.AGAIN_EXTRA][code[name]] for name in table.column(0).to_pylist()]
    return table.append_column("extra", pa.array(extra, pa.int64()))


def funnel(
    steps: list[str], reached: list[int], marks: Mapping[int, list[float]], cases: int
) -> pa.Table:
    """``step, reached, share, median_s_to_next``."""
    waits = [marks[step][0] if marks.get(step) else None for step in range(len(steps))]
    return pa.table({
        "step": pa.array(steps, pa.string()), "reached": pa.array(reached, pa.int64()),
        "share": pa.array([n / cases if cases else None for n in reached], pa.float64()),
        "median_s_to_next": pa.array(waits, pa.float64()),
    })  # fmt: skip


def variants(paths: Paths, names: Names, cases: int) -> pa.Table:
    """``path, cases, share, median_s``: the most walked first."""
    n = np.array([count for _path, count, _median in paths], dtype=np.int64)
    medians = np.array([median for _path, _count, median in paths], dtype=np.float64)
    return pa.table({
        "path": _lists(paths, names), "cases": pa.array(n), "share": pa.array(n / max(cases, 1)),
        "median_s": pa.array(medians / SECOND),
    })  # fmt: skip


def _codes(paths: Paths) -> tuple[Longs, Longs]:
    lengths = np.array([len(path) // CODE.itemsize for path, _n, _m in paths], dtype=np.int64)
    codes = np.frombuffer(b"".join(path for path, _n, _m in paths), dtype=CODE)
    return codes.astype(np.int64), starts(lengths)


def _lists(paths: Paths, names: Names) -> pa.Array:
    codes, offsets = _codes(paths)
    values = pa.array(names, pa.string()).take(pa.array(codes))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)


def one_case_a_path(paths: Paths, names: Names) -> Log:
    """A log in which each path is walked once, in their order."""
    codes, offsets = _codes(paths)
    case = np.repeat(np.arange(len(paths)), np.diff(offsets))
    activity = pa.array(names, pa.string()).take(pa.array(codes))
    return from_arrays(pa.array(case), activity, np.arange(len(codes), dtype=np.int64))
