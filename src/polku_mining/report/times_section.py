"""How long cases take, and when they come."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from polku_mining.analyses.gaps import SECOND
from polku_mining.analyses.paths import throughput
from polku_mining.arrow import as_column
from polku_mining.events import Longs
from polku_mining.log import Log
from polku_mining.report.charts import Bar, chart
from polku_mining.report.markup import Markup, join, tag
from polku_mining.report.reader import Reader
from polku_mining.report.tables import Column, folded, section, table, wide

QUANTILES = (0.0, 0.25, 0.5, 0.75, 0.95, 1.0)
NICE = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
        86_400, 172_800, 432_000, 604_800, 864_000, 1_728_000, 2_592_000, 4_320_000, 8_640_000,
        15_552_000, 31_536_000)  # fmt: skip
BINS = 12
MOST_DAYS, MOST_MONTHS = 45, 60


def durations(log: Log, reader: Reader, said: str) -> Markup:
    """Quantiles of first to last event, and a histogram whose last column is open."""
    say = reader.say
    title = say("How long cases take")
    if not log.n_cases:
        return section("durations", title, said)
    marks = [say("shortest"), say("a quarter is faster than"), say("half are faster than (median)"),
             say("three quarters are faster than"), say("19 of 20 are faster than"),
             say("longest")]  # fmt: skip
    found = log.durations(QUANTILES)["seconds"]
    rows = [[mark, reader.duration(s)] for mark, s in zip(marks, found, strict=True)]
    columns = [Column(say("first to last event")), Column(say("time"), figure=True)]
    bars = _histogram(log, reader, found[0], found[4])
    return section(
        "durations", title, said, wide(table(columns, rows), title),
        _chart(bars, reader, "hist", say("Cases by how long they take, up to"), say("time up to")),
    )  # fmt: skip


def _histogram(log: Log, reader: Reader, low: float, high: float) -> list[Bar]:
    """Columns of one nice width from the shortest to *high*, and one for all above."""
    size = next((nice for nice in NICE if nice * BINS >= high - low), -int((low - high) // BINS))
    begin = int(low // size) * size
    n = max(1, -int((begin - high) // size))
    took = np.maximum(
        throughput(log.events) - begin * SECOND - 1, 0
    )  # a column holds its upper edge
    counts = np.bincount(np.minimum(took // (size * SECOND), n), minlength=n + 1)
    labels = [reader.duration(begin + (number + 1) * size) for number in range(n)]
    labels.append(reader.say("more"))
    shown = zip(labels, counts.tolist(), strict=True)
    return [Bar(label, c, reader.number(c)) for label, c in shown][: n + bool(counts[n])]


def _chart(bars: list[Bar], reader: Reader, name: str, title: str, head: str) -> Markup:
    about = reader.say("The table below says the same.")
    rows = [[bar.label, bar.told] for bar in bars]
    columns = [Column(head), Column(reader.say("cases"), figure=True)]
    twin = folded(reader.say("As a table"), wide(table(columns, rows, caption=title), title))
    drawn = tag("figure", wide(chart(bars, name, title, about), title))
    return join(tag("h3", title), drawn, twin)


def arrivals(log: Log, reader: Reader, said: str) -> Markup:
    """When cases begin: by weekday and hour in the reader's zone, and over time."""
    say = reader.say
    title = say("When cases begin")
    if not log.n_cases:
        return section("arrivals", title, said)
    begun = log.events.time[log.events.offsets[:-1]]
    local = as_column(begun, pa.timestamp("us", "UTC")).cast(pa.timestamp("us", reader.zone))
    zone = say("Hours of {zone}.", zone=reader.zone)
    return section(
        "arrivals", title, f"{said} {zone}", wide(_hours(local, reader), title),
        _over_time(local, reader),
    )  # fmt: skip


def _hours(local: pa.Array, reader: Reader) -> Markup:
    say = reader.say
    days = [say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday"), say("Friday"),
            say("Saturday"), say("Sunday")]  # fmt: skip
    place = _numbers(pc.day_of_week(local)) * 24 + _numbers(pc.hour(local))
    counts = np.bincount(place, minlength=7 * 24).reshape(7, 24)
    heads = [tag("th", f"{hour}", scope="col") for hour in range(24)]
    rows = [
        tag(
            "tr",
            tag("th", day, scope="row"),
            *(_heat(int(n), int(counts.max()), reader) for n in row),
        )
        for day, row in zip(days, counts, strict=True)
    ]
    head = tag("thead", tag("tr", tag("td", ""), *heads))
    caption = tag("caption", say("Cases by the weekday and hour of their first event"))
    return tag("table", caption, head, tag("tbody", *rows), class_="heat")


def _heat(n: int, most: int, reader: Reader) -> Markup:
    level = 0 if not n else min(4, 1 + int(4 * n / (most + 1)))
    return tag("td", reader.number(n) if n else "", class_=f"heat-{level}" if level else None)


def _numbers(column: pa.Array) -> Longs:
    values: Longs = column.to_numpy(zero_copy_only=False).astype(np.int64)
    return values


def _over_time(local: pa.Array, reader: Reader) -> Markup:
    """Columns by day, month or year, whichever leaves few enough; none is skipped."""
    say = reader.say
    years, months = _numbers(pc.year(local)), _numbers(pc.month(local))
    number = years * 12 + months - 1
    days = _numbers(local.cast(pa.timestamp("us", reader.zone)).cast(pa.date32(), safe=False)
                    .cast(pa.int32()))  # fmt: skip
    if int(days.max() - days.min()) < MOST_DAYS:
        bars = _spans(days, lambda day: f"{np.datetime64(int(day), 'D')}"[5:], reader)
        return _chart(bars, reader, "days", say("Cases begun by day"), say("day"))
    if int(number.max() - number.min()) < MOST_MONTHS:
        bars = _spans(number, lambda m: f"{m // 12}-{m % 12 + 1:02d}", reader)
        return _chart(bars, reader, "months", say("Cases begun by month"), say("month"))
    unit = next(u for u in (1, 10, 100, 1_000) if (years.max() - years.min()) / u < MOST_MONTHS)
    bars = _spans(years // unit, lambda n: str(n * unit), reader)
    return _chart(bars, reader, "years", say("Cases begun by year"), say("year"))


def _spans(places: Longs, label: Callable[[int], str], reader: Reader) -> list[Bar]:
    low = int(places.min())
    counts = np.bincount(places - low)
    return [Bar(label(low + i), int(n), reader.number(int(n))) for i, n in enumerate(counts)]
