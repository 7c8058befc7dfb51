"""Days, moments and numbers in the form the reader is used to."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_skeleton, format_time
from babel.numbers import format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language, gettext

# Days are written day first for everyone here; American English would turn them round.
LOCALES = {"en": "en_GB"}

Number = int | float | Decimal


def locale() -> str:
    """The Babel locale of the language in use."""
    lang = get_language() or "en"
    return LOCALES.get(lang, lang.replace("-", "_"))


def short_day(value: date, today: date | None = None) -> str:
    """``14 May``; with the year when it is not this year."""
    day = _as_day(value)
    skeleton = "MMMd" if day.year == (today or timezone.localdate()).year else "yMMMd"
    return _in_words(skeleton, day, locale())


def long_day(value: date) -> str:
    """``14 May 2026``, the month in letters."""
    return _in_words("yMMMMd", _as_day(value), locale())


def week_day(value: date) -> str:
    """``Thursday, 14 May 2026``."""
    return _in_words("yMMMMEEEEd", _as_day(value), locale())


def clock(value: datetime) -> str:
    """``8:40`` in the time zone in use."""
    return str(format_time(_local(value), "short", locale=locale()))


def moment(value: datetime) -> str:
    """Day and time: ``14 May, 8:40``."""
    return f"{short_day(value)}, {clock(value)}"


def how_recent(value: date, today: date | None = None) -> str:
    """``today 8:40``, ``yesterday``, else the day; for lists of what happened."""
    now, day = today or timezone.localdate(), _as_day(value)
    if day == now - timedelta(days=1):
        return gettext("yesterday")
    if day != now:
        return short_day(value, now)
    if isinstance(value, datetime):
        return gettext("today %(time)s") % {"time": clock(value)}
    return gettext("today")


def number(value: Number, places: int | None = None) -> str:
    """A number with the reader's separators; *places* fixes the decimals."""
    pattern = None if places is None else "#,##0" + ("." + "0" * places if places else "")
    return _in_digits(value, pattern, locale())


def share(value: Number, places: int = 0) -> str:
    """A part of one as per cent: 0.195 is ``20 %`` with no places, ``19.5 %`` with one."""
    pattern = format_percent(0, locale=locale()).replace("0", "")
    return f"{number(Decimal(str(value)) * 100, places)}{pattern}"


@lru_cache(maxsize=4096)
def _in_words(skeleton: str, day: date, locale: str) -> str:
    # Babel looks for the pattern anew each time, which takes longer than anything else on a row.
    return str(format_skeleton(skeleton, day, locale=locale))


@lru_cache(maxsize=4096)
def _in_digits(value: Number, pattern: str | None, locale: str) -> str:
    return str(format_decimal(value, format=pattern, locale=locale))


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _as_day(value: date) -> date:
    return _local(value).date() if isinstance(value, datetime) else value
