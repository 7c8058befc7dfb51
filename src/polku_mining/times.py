"""Reading times: ISO 8601 and what spreadsheets write; zones asked once, never guessed twice."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from polku_mining.answers import EPOCH, moment
from polku_mining.arrow import as_flags
from polku_mining.events import Flags, Longs
from polku_mining.problems import KEPT, BadLog, Problems
from polku_mining.sentences import Sentence

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

NO_ZONE = Sentence(
    "The times name no zone and were taken as UTC. Name the zone to read them as local."
)
MICROSECOND = timedelta(microseconds=1)
FIRST, LAST = -62_135_596_800_000_000, 253_402_300_799_999_999  # years 1 to 9999, in UTC
IN_UNIT = {"s": 1_000_000, "ms": 1_000, "us": 1}  # microseconds
BLOCK = 2**16
DAY_FIRST = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?)?"
)


class RowNumbers:
    """The lines of a file that has none: its rows, counted from 1, without a list of them."""

    def __getitem__(self, rows: Any) -> Any:
        if getattr(rows, "dtype", None) == np.bool_:
            rows = np.flatnonzero(rows)
        return rows + 1


type Lines = Longs | RowNumbers


def zone_named(name: str) -> "ZoneInfo":
    """A time zone by its IANA name. Raises BadLog."""
    from zoneinfo import ZoneInfo  # many logs name their zones in each time

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise BadLog(Sentence(
            "There is no time zone '{zone}'. Write it as Europe/Helsinki.", zone=name
        )) from error  # fmt: skip


def microseconds(when: datetime) -> int:
    """Whole microseconds since 1970 of a time with a zone."""
    return (when - EPOCH) // MICROSECOND


def iso(us: int, zone: str = "Z") -> str:
    """Microseconds since 1970 in ISO 8601, no longer than need be."""
    when = moment(us).replace(tzinfo=None)
    return when.isoformat(timespec="microseconds" if us % 1_000_000 else "seconds") + zone


def read_times(
    column: pa.Array | pa.ChunkedArray, lines: Lines, problems: Problems, zone: str | None
) -> tuple[Longs, Flags]:
    """Microseconds (UTC) of each row and whether it could be read; what could not is told.

    Times without a zone are local in *zone*; without one they are taken as UTC, and that is said.
    """
    if pa.types.is_timestamp(column.type):
        return _stamps(_whole(column), lines, problems, zone)
    if pa.types.is_date(column.type):
        days = _whole(column).cast(pa.date32())
        return _stamps(days.cast(pa.timestamp("s")), lines, problems, zone)
    found, fine = np.zeros(len(column), np.int64), np.zeros(len(column), np.bool_)
    begin = 0
    for texts in _blocks(column):
        rows = slice(begin, begin + len(texts))
        known = all_at_once(texts)
        if known is not None:
            found[rows], fine[rows] = known.cast(pa.int64()).to_numpy(), True
        else:
            _one_by_one(texts, begin, found, fine, lines, problems, zone)
        begin += len(texts)
    return found, fine


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _blocks(column: pa.Array | pa.ChunkedArray) -> Iterator[pa.Array]:
    """The texts of a column, so few at once that one that is odd costs no more than its block."""
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
        for begin in range(0, len(chunk), BLOCK):
            block = chunk.slice(begin, BLOCK)
            plain = block.dictionary_decode() if pa.types.is_dictionary(block.type) else block
            yield plain.cast(pa.large_string())


def _stamps(
    column: pa.Array, lines: Lines, problems: Problems, zone: str | None
) -> tuple[Longs, Flags]:
    there = as_flags(column.is_valid())
    missing = np.flatnonzero(~there)
    problems.add_rows(lines[missing[:KEPT]], len(missing), "no_time")
    values = _microseconds(column)
    if len(values) and (values.min() < FIRST or values.max() > LAST):
        beyond = np.flatnonzero(there & ((values < FIRST) | (values > LAST)))
        problems.add_rows(lines[beyond[:KEPT]], len(beyond), "unreadable_time")
        there[beyond] = False
    if column.type.tz is None and zone is not None:
        return _localised(values, there, lines, problems, zone_named(zone))
    if column.type.tz is None:
        say_utc(problems)
    return values, there


def _microseconds(column: pa.Array) -> Longs:
    """Whole microseconds, 0 where nothing stands; what would not fit lies beyond all years."""
    if column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    numbers = column.cast(pa.int64())
    filled = numbers.fill_null(0) if numbers.null_count else numbers
    values: Longs = filled.to_numpy(zero_copy_only=False)
    each = IN_UNIT[column.type.unit]
    return values if each == 1 else np.clip(values, FIRST // each - 1, LAST // each + 1) * each


def say_utc(problems: Problems) -> None:
    """Say once that times without a zone were taken as UTC."""
    if NO_ZONE not in problems.remarks:
        problems.remarks.append(NO_ZONE)


def all_at_once(texts: pa.Array) -> pa.Array | None:
    """Stamps in UTC where Arrow reads every text: ISO 8601 with a zone; None where it does not."""
    if texts.null_count:
        return None
    try:
        stamps = texts.cast(pa.timestamp("us", "UTC"))
    except pa.ArrowInvalid:
        return None
    values = stamps.cast(pa.int64()).to_numpy()
    inside = not len(values) or (values.min() >= FIRST and values.max() <= LAST)
    return stamps if inside else None


def _localised(
    values: Longs, there: Flags, lines: Lines, problems: Problems, zone: "ZoneInfo"
) -> tuple[Longs, Flags]:
    found, fine = values.astype(np.int64), there.copy()
    for row in np.flatnonzero(there):
        local = (EPOCH + timedelta(microseconds=int(values[row]))).replace(tzinfo=None)
        when = placed(local, zone)
        if when is None:
            problems.add(int(lines[row]), "impossible_time", local)
            fine[row] = False
        else:
            found[row] = microseconds(when)
    return found, fine


def placed(local: datetime, zone: "ZoneInfo") -> datetime | None:
    """A local time in its zone (the earlier of two); None when the clocks skipped it."""
    when = local.replace(tzinfo=zone)
    try:
        back = when.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    except OverflowError:  # at the ends of the calendar
        return None
    return when if back == local else None


def _one_by_one(
    texts: pa.Array, begin: int, found: Longs, fine: Flags, lines: Lines, problems: Problems,
    zone: str | None,
) -> None:  # fmt: skip
    """Fill in the rows from *begin* on."""
    place = zone_named(zone) if zone else None
    for row, text in enumerate(texts.to_pylist(), begin):
        reason, when = read_time(text or "", place, problems)
        if when is None:
            problems.add(int(lines[row]), reason, text or "")
        else:
            found[row], fine[row] = microseconds(when), True


def read_time(
    text: str, zone: "ZoneInfo | None", problems: Problems
) -> tuple[str, datetime | None]:
    """One time, or the reason why it is none."""
    if not text.strip():
        return "no_time", None
    when = _iso(text.strip()) or _day_first(text.strip())
    if when is None or (when.tzinfo is not None and not FIRST <= microseconds(when) <= LAST):
        return "unreadable_time", None
    if when.tzinfo is not None:
        return "", when
    if zone is None:
        say_utc(problems)
        return "", when.replace(tzinfo=UTC)
    return "impossible_time", placed(when, zone)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.replace(",", "."))
    except ValueError:
        return None


def _day_first(text: str) -> datetime | None:
    """``31.12.2026 23:59``: the day first, as written in most of the world."""
    found = DAY_FIRST.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second, part = found.groups()
    try:
        return datetime(  # noqa: DTZ001 - the zone is put there by the caller, who knows it
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
            int((part or "0").ljust(6, "0")),
        )  # fmt: skip
    except ValueError:
        return None
