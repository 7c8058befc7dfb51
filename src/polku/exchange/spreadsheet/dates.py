"""Dates as people write them. Source: handbook, portfolio 7.10.

A date with dots is day first. With slashes or dashes 13/4 and 4/13 explain themselves, 3/4 does
not: the column is asked about once. A fiscal year or a bare year is no date; only a mapping that
says so makes it the first or last day of its period, and the precision stays ``year``.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

type DateOrder = Literal["dmy", "mdy"]
type Precision = Literal["day", "month", "year"]
type PeriodEdge = Literal["start", "end"]
type DateTrouble = Literal["no_such_day", "two_readings", "not_a_date", "only_a_period"]

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})" + _TIME)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})[./](\d{4})")
_YEARS = re.compile(r"(\d{4})(?:\s*[-–/]\s*(\d{4}|\d{2}))?")


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date, or the trouble with it. ``precision`` other than day: an edge of that period."""

    value: date | None = None
    precision: Precision = "day"
    trouble: DateTrouble | None = None


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How the dates of one column are to be read; ``year_ends`` is (month, day)."""

    order: DateOrder | None = None
    period: PeriodEdge | None = None
    year_ends: tuple[int, int] = (12, 31)


def read_date(text: str, style: DateStyle = DateStyle()) -> DateReading:
    """Read one cell. Never guesses between two readings."""
    words = text.strip()
    if match := _ISO.fullmatch(words) or _COMPACT.fullmatch(words):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _SHORT.fullmatch(words):
        return _short(match, style.order)
    period = _period(words, style)
    return period or DateReading(trouble="not_a_date")


def column_order(texts: Iterable[str]) -> DateOrder | Literal["ask"] | None:
    """What a column's own dates prove about their order.

    None: no cell leaves a doubt. "ask": some do, and no other cell settles it, or cells disagree.
    """
    proofs: set[DateOrder] = set()
    doubt = False
    for text in texts:
        match = _SHORT.fullmatch(text.strip())
        if match and match[2] != ".":
            order = _proof(int(match[1]), int(match[3]))
            proofs |= {order} if order else set()
            doubt = doubt or (order is None and match[1].lstrip("0") != match[3].lstrip("0"))
    if not doubt:
        return None
    return proofs.pop() if len(proofs) == 1 else "ask"


def _proof(first: int, second: int) -> DateOrder | None:
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else None


def _short(match: re.Match[str], order: DateOrder | None) -> DateReading:
    first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
    proven: DateOrder | None = "dmy" if match[2] == "." else _proof(first, second)
    chosen = proven or order or ("dmy" if first == second or first > 12 else None)
    if chosen is None:
        return DateReading(trouble="two_readings")
    return _day(year, second, first) if chosen == "dmy" else _day(year, first, second)


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def _day(year: int, month: int, day: int) -> DateReading:
    try:
        return DateReading(date(year, month, day))
    except ValueError:
        return DateReading(trouble="no_such_day")


def _period(words: str, style: DateStyle) -> DateReading | None:
    month, years = _MONTH.fullmatch(words), _YEARS.fullmatch(words)
    of_month = _month_edges(month) if month else None
    edges = of_month or (_year_edges(years, style) if years else None)
    if edges is None:
        return None
    if style.period is None:
        return DateReading(trouble="only_a_period")
    start, end = edges
    precision: Precision = "month" if of_month else "year"
    return DateReading(start if style.period == "start" else end, precision)


def _month_edges(match: re.Match[str]) -> tuple[date, date] | None:
    year, month = int(match[1] or match[4]), int(match[2] or match[3])
    if not (1 <= month <= 12 and year >= 1):
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year_edges(match: re.Match[str], style: DateStyle) -> tuple[date, date] | None:
    """First and last day of the fiscal year that is named by one year or by both it touches."""
    first = int(match[1])
    last = first if match[2] is None else int(match[1][:2] + match[2][-2:])
    last = int(match[2]) if match[2] and len(match[2]) == 4 else last
    if not 1 < first <= 9998 or last not in (first, first + 1):
        return None
    month, day = style.year_ends
    end = date(last, month, min(day, monthrange(last, month)[1]))
    start_year = end.year - 1
    before = date(start_year, month, min(day, monthrange(start_year, month)[1]))
    return date.fromordinal(before.toordinal() + 1), end
