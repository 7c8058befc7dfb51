"""How fast the event engine answers on this machine, on a log made by a seed.

A short stand-in for the benchmarks of the project: 28 touchpoints, half of the cases of five events
or fewer, few of them long.
"""

import statistics
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polku_mining import Log

STEPS = 28
SEED = 20_261_122
HOUR = 3_600_000_000
DESIGN = {"seq": [f"touchpoint {n}" for n in range(5)]}


def measure(events: int, runs: int, progress: Callable[[float], None]) -> dict[str, float | str]:
    """Seconds of each question (median of *runs*), under the English name of its row."""
    from polku_mining import engine

    begun = time.perf_counter()
    log = make(events)
    found: dict[str, float | str] = {
        "Engine": engine.name(), "Events": f"{log.n_events:,}", "Cases": f"{log.n_cases:,}",
        "Sort and code the events": time.perf_counter() - begun,
    }  # fmt: skip
    steps = [f"touchpoint {n}" for n in range(5)]
    questions: dict[str, Callable[[], Any]] = {
        "What comes right after what, with exact medians": log.directly_follows,
        "Different paths": log.variants,
        "First to last event": log.durations,
        "Funnel of five steps": lambda: log.funnel(steps),
        "What is walked again": log.rework,
        "Against a design of five steps": lambda: log.conformance(DESIGN, moves=False),
    }
    for number, (name, ask) in enumerate(questions.items(), 1):
        found[name] = statistics.median(_took(ask) for _run in range(runs))
        progress(number / len(questions))
    return found


def _took(ask: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun


def make(events: int) -> "Log":
    """A log of about so many events, the same each time."""
    import numpy as np
    import pyarrow as pa

    from polku_mining import from_arrays

    random = np.random.default_rng(SEED)
    lengths = np.minimum(2 + random.geometric(0.28, max(events // 5, 1)), 10_000)
    lengths[random.random(len(lengths)) < 0.01] += 40
    case = np.repeat(np.arange(len(lengths)), lengths)
    place = np.arange(len(case)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    walked = np.where(random.random(len(case)) < 0.8, place, random.integers(0, STEPS, len(case)))
    begun = np.sort(random.integers(0, 8_760 * HOUR, len(lengths)))
    moment = begun[case] + place * HOUR + random.integers(0, HOUR, len(case))
    order = np.argsort(moment, kind="stable")
    names = pa.array([f"touchpoint {n}" for n in range(STEPS)])
    codes = pa.array((walked % STEPS)[order].astype(np.int32))
    activity = pa.DictionaryArray.from_arrays(codes, names)
    return from_arrays(pa.array(case[order]), activity, moment[order])
