"""Hours, minutes and seconds, as people write them in four languages."""

import pytest
from django.utils import translation

from polku.kernel.durations import NotADuration, days_of, duration_words, read_duration


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("PT5M", "PT5M"), ("pt1h30m", "PT1H30M"), ("5 min", "PT5M"), ("5 minutes", "PT5M"),
        ("1 h", "PT1H"), ("2 hours", "PT2H"), ("1 h 30 min", "PT1H30M"), ("90 s", "PT90S"),
        ("30 min 1 h", "PT1H30M"), ("5 minuuttia", "PT5M"), ("2 tuntia", "PT2H"),
        ("2 t 15 min", "PT2H15M"), ("10 sekuntia", "PT10S"), ("5 minut", "PT5M"),
        ("3 godziny", "PT3H"), ("2 godz. 5 min", "PT2H5M"), ("10 sekund", "PT10S"),
        ("5 минут", "PT5M"), ("2 часа", "PT2H"), ("1 ч 20 мин", "PT1H20M"), ("0 min", "PT0M"),
        ("2 months", "P2M"), ("P2M", "P2M"), ("2 kk", "P2M"), ("2 miesiące", "P2M"),
    ],
)  # fmt: skip
def test_a_wait_is_read_from_plain_words(written: str, kept: str) -> None:
    assert read_duration(written) == kept
    assert read_duration(kept) == kept


@pytest.mark.parametrize(
    "written", ["PT", "5", "min", "5 m 3 apples", "1 h 2 days", "5 min 5 min", "PT5X", "-5 min"]
)
def test_other_words_are_none(written: str) -> None:
    with pytest.raises(NotADuration):
        read_duration(written)


@pytest.mark.parametrize("lang", ["en", "fi", "pl", "ru"])
def test_it_is_told_in_short(lang: str) -> None:
    with translation.override(lang):
        told = duration_words("PT1H30M")
    assert [part for part in told.split() if part.isdigit()] == ["1", "30"]
    assert told != "PT1H30M"
    assert told == "1 h 30 min" or lang != "en"


def test_hours_are_no_days_to_compare() -> None:
    assert days_of("PT36H") is None
