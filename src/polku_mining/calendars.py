"""Business hours: a clock that stands still when nobody works."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from polku_mining.answers import moment
from polku_mining.events import Longs
from polku_mining.times import microseconds

LONGEST_YEARS = 400
DAY = timedelta(days=1)

type Hours = tuple[str, str]

OFFICE: Mapping[int, Sequence[Hours]] = dict.fromkeys(range(5), (("09:00", "17:00"),))


@dataclass(frozen=True)
class Calendar:
    """When somebody works: hours of each weekday (0 is Monday) in a time zone, without holidays.

    Hours are local: on the days on which the clocks change they last as long as they really last.
    ``"24:00"`` is the end of a day; hours of a day may be several and don't overlap.
    """

    zone: str = "UTC"
    hours: Mapping[int, Sequence[Hours]] = field(default_factory=lambda: OFFICE)
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if any(day not in range(7) for day in self.hours):
            raise ValueError("The days of a calendar run from 0 (Monday) to 6.")
        for spans in self.hours.values():
            marks = [_minutes(mark) for span in spans for mark in span]
            if marks != sorted(set(marks)):
                raise ValueError("The hours of a day must rise: each ends after it begins.")

    def spans(self, first: int, last: int) -> tuple[Longs, Longs]:
        """Opening and closing times in microseconds, from the day of *first* to that of *last*."""
        begin, end = (moment(at).astimezone(ZoneInfo(self.zone)).date() for at in (first, last))
        if end.year - begin.year > LONGEST_YEARS:
            raise ValueError(f"Business hours are counted over {LONGEST_YEARS} years at most.")
        days = (begin + DAY * n for n in range(-1, (end - begin).days + 2))
        found = list(self._open(day for day in days if day not in self.holidays))
        table = np.array(found, dtype=np.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    def _open(self, days: Iterable[date]) -> Iterable[tuple[int, int]]:
        zone = ZoneInfo(self.zone)
        for day in days:
            for opens, closes in self.hours.get(day.weekday(), ()):
                yield _instant(day, opens, zone), _instant(day, closes, zone)

    def clock(self, times: Longs) -> Longs:
        """Business microseconds that passed until each time, from one beginning for all of them.

        It never runs back, so that events keep their order on it.
        """
        if not len(times):
            return times.copy()
        opens, closes = self.spans(int(times.min()), int(times.max()))
        if not len(opens):
            return np.zeros(len(times), dtype=np.int64)
        before = np.append(0, np.cumsum(closes - opens))
        place = np.searchsorted(opens, times, side="right") - 1
        inside = np.minimum(times, closes[place]) - opens[place]
        found: Longs = np.where(place < 0, 0, before[place] + inside)
        return found


def _minutes(text: str) -> int:
    hour, _colon, minute = text.partition(":")
    if not (hour.isdigit() and minute.isdigit() and int(minute) < 60):
        raise ValueError(f"{text!r} is no time of day such as 09:00.")
    found = int(hour) * 60 + int(minute)
    if found > 24 * 60:
        raise ValueError(f"{text!r} is no time of day such as 09:00.")
    return found


def _instant(day: date, text: str, zone: ZoneInfo) -> int:
    days, minutes = divmod(_minutes(text), 24 * 60)
    local = datetime.combine(day + DAY * days, time(*divmod(minutes, 60)), zone)
    return microseconds(local)
