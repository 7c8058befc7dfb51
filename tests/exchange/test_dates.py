"""Dates in cells: what is sure, what has two readings, what is no day."""

import datetime

import pytest

from polku.exchange.spreadsheet.dates import DateStyle, column_order, read_date


@pytest.mark.parametrize(
    "text",
    ["2026-03-04", "2026/3/4", "20260304", "4.3.2026", "04.03.2026", "4.3.26", " 4. 3. 2026 ",
     "2026-03-04T10:30:00Z", "2026-03-04 10:30", "4.3.2026 10:30"],
)  # fmt: skip
def test_one_reading_only(text: str) -> None:
    assert read_date(text).value == datetime.date(2026, 3, 4)


@pytest.mark.parametrize("text", ["13/4/2026", "4/13/2026", "13-4-2026"])
def test_a_day_over_twelve_explains_itself(text: str) -> None:
    assert read_date(text).value == datetime.date(2026, 4, 13)


def test_two_readings_are_asked_about() -> None:
    assert read_date("3/4/2026").trouble == "two_readings"
    assert read_date("3/4/2026", DateStyle("dmy")).value == datetime.date(2026, 4, 3)
    assert read_date("3/4/2026", DateStyle("mdy")).value == datetime.date(2026, 3, 4)
    assert read_date("4/4/2026").value == datetime.date(2026, 4, 4)


@pytest.mark.parametrize("text", ["31.2.2026", "31.02.2026", "2026-02-30", "0.1.2026", "30/2/2026"])
def test_no_such_day(text: str) -> None:
    assert read_date(text).trouble == "no_such_day"


@pytest.mark.parametrize("text", ["soon", "31.2.", "1.2.3", "2026-03-04x", "12345", "４.3.2026.."])
def test_not_a_date(text: str) -> None:
    assert read_date(text).trouble == "not_a_date"


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["3/4/2026", "5/6/2026"], "ask"),
        (["3/4/2026", "13/4/2026"], "dmy"),
        (["3/4/2026", "4/13/2026"], "mdy"),
        (["3/4/2026", "13/4/2026", "4/13/2026"], "ask"),
        (["13/4/2026", "4/13/2026"], None),
        (["3.4.2026", "2026-04-03", "4/4/2026", ""], None),
    ],
)
def test_a_column_settles_its_own_doubts_or_asks_once(texts: list[str], order: str | None) -> None:
    assert column_order(texts) == order


def test_a_year_is_a_date_only_where_the_mapping_says_so() -> None:
    assert read_date("2022-2023").trouble == "only_a_period"
    assert read_date("2022").trouble == "only_a_period"
    canada = DateStyle(period="end", year_ends=(3, 31))
    for text in ("2022-2023", "2022-23", "2022/23", "2022–2023"):
        reading = read_date(text, canada)
        assert (reading.value, reading.precision) == (datetime.date(2023, 3, 31), "year")
    assert read_date("2022", DateStyle(period="start")).value == datetime.date(2022, 1, 1)
    start = read_date("2022-2023", DateStyle(period="start", year_ends=(3, 31)))
    assert start.value == datetime.date(2022, 4, 1)
    assert read_date("2022-2029", canada).trouble == "not_a_date"


def test_a_month_keeps_its_precision() -> None:
    reading = read_date("2.2024", DateStyle(period="end"))
    assert (reading.value, reading.precision) == (datetime.date(2024, 2, 29), "month")
    assert read_date("2024-13", DateStyle(period="end")).trouble == "not_a_date"
