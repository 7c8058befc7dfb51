"""When things happen: by hour and weekday, and how cases fared over time."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from polku_mining.analyses.gaps import exact_quantiles
from polku_mining.analyses.paths import throughput
from polku_mining.arrow import as_column
from polku_mining.events import Events, Longs

DAY = 86_400_000_000
HOUR = 3_600_000_000
MONDAY = 3  # 1970-01-01 was a Thursday
MOST_DAYS = 200_000
UNITS = ("day", "week", "month", "quarter", "year")


def local(times: Longs, zone: str) -> Longs:
    """The microseconds that clocks on the wall of *zone* show."""
    stamps = as_column(times).cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us", zone))
    shown = pc.local_timestamp(stamps).cast(pa.int64())
    return np.asarray(shown.to_numpy(zero_copy_only=False), dtype=np.int64)


def arrivals(times: Longs, zone: str) -> pa.Table:
    """168 rows: ``weekday`` (1 is Monday), ``hour``, ``n``, ``mean``, ``q95``, ``most``.

    ``n`` counts all of the period; the others are over the single hours of that kind, from the
    first to the last local day, those without an arrival included: what one such hour brings on
    average, in 95 of 100, and at the most. Raises ValueError for more than 500 years.
    """
    counts, first = _by_day(local(times, zone))
    weekday = (np.arange(len(counts)) + first + MONDAY) % 7
    rows = [
        {"weekday": day + 1, "hour": hour, **_load(counts[weekday == day, hour])}
        for day in range(7)
        for hour in range(24)
    ]
    return pa.Table.from_pylist(rows, LOADS)


LOADS = pa.schema([
    ("weekday", pa.int8()), ("hour", pa.int8()), ("n", pa.int64()), ("mean", pa.float64()),
    ("q95", pa.float64()), ("most", pa.int64()),
])  # fmt: skip


def _by_day(shown: Longs) -> tuple[np.ndarray, int]:
    """Arrivals of each hour of each day, and the number of the first day."""
    if not len(shown):
        return np.zeros((0, 24), dtype=np.int64), 0
    day = shown // DAY
    first, last = int(day.min()), int(day.max())
    if last - first > MOST_DAYS:
        raise ValueError("The log spans more than 500 years. Filter it by time first.")
    place = (day - first) * 24 + shown % DAY // HOUR
    counts = np.bincount(place, minlength=(last - first + 1) * 24)
    return counts.reshape(-1, 24), first


def _load(counts: Longs) -> dict[str, Any]:
    if not len(counts):
        return {"n": 0, "mean": None, "q95": None, "most": None}
    return {
        "n": int(counts.sum()), "mean": float(counts.mean()),
        "q95": float(np.quantile(counts, 0.95)), "most": int(counts.max()),
    }  # fmt: skip


def over_time(events: Events, unit: str, zone: str) -> pa.Table:
    """``begin, cases, events, median_s, q95_s`` of the cases that began in each day, week, ...

    ``begin`` is the local date on which the unit begins (weeks on Monday). Units without a case
    between others are rows with 0. Late units hold cases that may still go on.
    """
    if unit not in UNITS:
        raise ValueError(f"The unit is one of {', '.join(UNITS)}, not {unit!r}.")
    shown = local(events.time[events.offsets[:-1]], zone)
    begins = _begins(shown, unit)
    marks = np.array([(begin - date(1970, 1, 1)).days for begin in begins], dtype=np.int64) * DAY
    place = np.searchsorted(marks, shown, side="right") - 1
    order = np.argsort(place, kind="stable")
    counts = np.bincount(place, minlength=len(begins))
    bounds = np.append(0, np.cumsum(counts))
    took = throughput(events)[order]
    quantiles = [exact_quantiles(took[a:b], (0.5, 0.95)) if b > a else (None, None)
                 for a, b in pairwise(bounds)]  # fmt: skip
    size = np.bincount(place, weights=events.lengths, minlength=len(begins)).astype(np.int64)
    return pa.table({
        "begin": pa.array(begins, pa.date32()), "cases": as_column(counts, pa.int64()),
        "events": as_column(size, pa.int64()),
        "median_s": pa.array([q[0] for q in quantiles], pa.float64()),
        "q95_s": pa.array([q[1] for q in quantiles], pa.float64()),
    })  # fmt: skip


def _begins(shown: Longs, unit: str) -> list[date]:
    """The beginning of each unit from the first to the last."""
    if not len(shown):
        return []
    first, last = (_date(int(shown.min())), _date(int(shown.max())))
    at = _floor(first, unit)
    found = []
    while at <= last:
        found.append(at)
        if len(found) > MOST_DAYS:
            raise ValueError("The log spans too long for this unit. Take a longer one.")
        try:
            at = _next(at, unit)
        except (OverflowError, ValueError):  # behind the last day that has a date
            break
    return found


def _date(shown: int) -> date:
    return date(1970, 1, 1) + timedelta(days=shown // DAY)


def _floor(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "day":
        return day
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[unit]
    return day.replace(month=month, day=1)


def _next(begin: date, unit: str) -> date:
    days = {"day": 1, "week": 7}.get(unit)
    if days:
        return begin + timedelta(days=days)
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = divmod(begin.month - 1 + months, 12)
    return begin.replace(year=begin.year + year, month=month + 1)
