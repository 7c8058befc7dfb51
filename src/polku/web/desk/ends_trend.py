"""The line of progress as a picture made here: open ends by grade, and dials that are unknown."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from polku.insight.operations.progress import GRADES
from polku.insight.trend import Reading, month_before
from polku.kernel.models import LooseEnd
from polku.web import formats

WIDE, HIGH = 400, 132
LEFT, RIGHT, TOP, BOTTOM = 4, 92, 16, 22
GAP = 14  # so that the words at the ends of two lines do not touch
MOST_ROWS = 14


@dataclass(frozen=True)
class Line:
    """One line: its points, its last one, and the words at its end."""

    key: str
    points: str
    x: float
    y: float
    text_y: float
    words: str


def trend(series: list[Reading]) -> dict[str, Any] | None:
    """What ``loose_ends/trend.html`` draws; None before the first reading."""
    if not series:
        return None
    last, before = series[-1], month_before(series)
    return {
        "ends": _picture(series, _grades(series)) if len(series) > 1 else None,
        "dials": _picture(series, _dials(series)) if _drawn(series) else None,
        "dials_words": _dials_words(last, before), "from": series[0].day, "to": last.day,
        "first_day": formats.short_day(series[0].day), "last_day": formats.short_day(last.day),
        "rows": _rows(series), "wide": WIDE, "high": HIGH,
    }  # fmt: skip


def _grades(series: list[Reading]) -> list[tuple[str, list[int | None], str]]:
    words = dict(LooseEnd.Severity.choices)
    return [
        (grade, [getattr(one, grade) for one in series],
         f"{formats.number(getattr(series[-1], grade))} {words[grade]}")
        for grade in GRADES
    ]  # fmt: skip


def _drawn(series: list[Reading]) -> bool:
    return sum(one.unknown is not None and bool(one.dials) for one in series) > 1


def _dials(series: list[Reading]) -> list[tuple[str, list[int | None], str]]:
    return [("unknown", [one.unknown for one in series],
             _("%(n)s unknown") % {"n": series[-1].unknown})]  # fmt: skip


def _dials_words(last: Reading, before: Reading | None) -> str:
    """``31 of 60 dials unknown, 38 a month ago``."""
    if last.unknown is None or not last.dials:
        return ""
    if before is None or before.unknown is None:
        words = _("%(n)s of %(of)s dials unknown.")
        return words % {"n": formats.number(last.unknown), "of": formats.number(last.dials)}
    words = _("%(n)s of %(of)s dials unknown, %(before)s a month ago.")
    return words % {
        "n": formats.number(last.unknown), "of": formats.number(last.dials),
        "before": formats.number(before.unknown),
    }  # fmt: skip


def _picture(
    series: list[Reading], rows: list[tuple[str, list[int | None], str]]
) -> dict[str, Any]:
    top = max((value for _key, values, _words in rows for value in values if value), default=1)
    drawn = [_line(series, key, values, words, top) for key, values, words in rows]
    return {"lines": _apart(drawn), "top": top, "top_y": TOP, "base_y": HIGH - BOTTOM,
            "left": LEFT, "right": WIDE - RIGHT, "text_x": WIDE - RIGHT + 10,
            "days_y": HIGH - 6}  # fmt: skip


def _line(series: list[Reading], key: str, values: list[int | None], words: str, top: int) -> Line:
    first, last = series[0].day, series[-1].day
    span = max((last - first).days, 1)
    points = [
        (_x(reading.day, first, span), _y(value, top))
        for reading, value in zip(series, values, strict=True)
        if value is not None
    ]
    x, y = points[-1]
    drawn = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
    return Line(key, drawn, round(x, 1), round(y, 1), y + 4, words)


def _x(day: dt.date, first: dt.date, span: int) -> float:
    return LEFT + (WIDE - LEFT - RIGHT) * (day - first).days / span


def _y(value: int, top: int) -> float:
    return HIGH - BOTTOM - (HIGH - TOP - BOTTOM) * value / top


def _apart(lines: list[Line]) -> list[Line]:
    """The same lines with the words at their ends moved apart, from the lowest one up."""
    placed: list[Line] = []
    lowest = float(HIGH - BOTTOM + 4)
    for line in sorted(lines, key=lambda line: -line.text_y):
        text_y = min(line.text_y, lowest)
        lowest = text_y - GAP
        placed.append(Line(line.key, line.points, line.x, line.y, round(text_y, 1), line.words))
    return placed[::-1]


def _rows(series: list[Reading]) -> list[Reading]:
    """The days of the table, the newest first: all, or so many spread evenly."""
    if len(series) <= MOST_ROWS:
        return series[::-1]
    step = (len(series) - 1) / (MOST_ROWS - 1)
    return [series[round(n * step)] for n in range(MOST_ROWS)][::-1]
