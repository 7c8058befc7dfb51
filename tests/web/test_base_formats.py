"""Days and numbers stand in the reader's form; a text in another language says so."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from polku.tenancy.translated import Translated
from polku.web import formats, readings

TODAY = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("lang", "short", "number", "share"),
    [
        ("en", "3 Mar 2025", "1,234.5", "19.5%"),
        ("fi", "3.3.2025", "1\xa0234,5", "19,5\xa0%"),
        ("pl", "3 mar 2025", "1\xa0234,5", "19,5%"),
        ("ru", "3 мар. 2025\u202fг.", "1\xa0234,5", "19,5\xa0%"),
    ],
)
def test_each_language_has_its_form(lang: str, short: str, number: str, share: str) -> None:
    with translation.override(lang):
        assert formats.short_day(date(2025, 3, 3), TODAY) == short
        assert formats.number(1234.5) == number
        assert formats.share(0.195, 1) == share


def test_the_year_is_left_out_when_it_is_this_one() -> None:
    with translation.override("en"):
        assert formats.short_day(date(2026, 3, 3), TODAY) == "3 Mar"


def test_what_happened_today_has_its_hour_and_yesterday_its_word() -> None:
    with translation.override("en"):
        assert formats.how_recent(date(2026, 5, 13), TODAY) == "yesterday"
        assert formats.how_recent(datetime(2026, 5, 14, 8, 40, tzinfo=UTC), TODAY) == "today 08:40"
        assert formats.how_recent(date(2026, 5, 2), TODAY) == "2 May"


def test_a_text_in_the_language_of_the_page_stands_alone() -> None:
    with translation.override("fi"):
        assert readings.reading_html(Translated.of("Avoimet ovet", "fi")) == "Avoimet ovet"


def test_a_text_in_another_language_is_marked_and_said() -> None:
    with translation.override("en"):
        shown = readings.reading_html(Translated.of("Avoimet <ovet>", "fi"))
    assert '<span lang="fi">Avoimet &lt;ovet&gt;</span>' in shown
    assert "in Finnish" in shown


def test_a_translation_older_than_its_source_says_so() -> None:
    text = Translated.of("Once", "en").with_text("fi", "Kerran").with_text("en", "Twice")
    with translation.override("fi"):
        assert "language-note" in readings.reading_html(text)
        assert "language-note" not in readings.reading_html(text, with_note=False)


def test_plain_text_and_nothing_pass_through_escaped() -> None:
    assert readings.reading_html("<b>") == "&lt;b&gt;"
    assert readings.reading_html(None) == ""


def test_two_texts_side_by_side_mark_what_went_and_what_came() -> None:
    before, after = readings.before_and_after("visits once <now>", "visits twice <now>")
    assert before == "visits <del>once</del> &lt;now&gt;"
    assert after == "visits <ins>twice</ins> &lt;now&gt;"
