"""Text in several languages: what a reader gets, and when a translation is stale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polku.tenancy.folding import fold
from polku.tenancy.translated import Translated, readable

TAGS = st.sampled_from(["en", "fi", "pl", "ru", "se"])
WORDS = st.text(min_size=1, max_size=40).filter(lambda t: readable(t).strip())


def test_signs_that_no_file_can_carry_are_left_out() -> None:
    assert str(Translated.of("Vi\x0bsit\x08\x00 \ufffe\ud800", "en")) == "Visit"
    assert str(Translated.of("One\ttwo\r\nthree", "en")) == "One\ttwo\r\nthree"


def test_a_reader_gets_their_language_else_the_source_and_is_told() -> None:
    name = Translated.from_mapping({"en": "School visit", "fi": "Kouluvierailu"}, "en")
    assert str(name.reading("fi")) == "Kouluvierailu"
    polish = name.reading("pl")
    assert (polish.text, polish.lang, polish.missing) == ("School visit", "en", True)


def test_a_translation_goes_stale_when_the_source_changes_and_fresh_when_it_returns() -> None:
    name = Translated.from_mapping({"en": "School visit", "fi": "Kouluvierailu"}, "en")
    changed = name.with_text("en", "School day")
    assert changed.is_stale("fi")
    assert changed.reading("fi").stale
    assert not changed.with_text("en", "School visit").is_stale("fi")
    assert not changed.with_text("fi", "Koulupäivä").is_stale("fi")


def test_taking_the_source_away_makes_another_language_the_source() -> None:
    name = Translated.from_mapping({"en": "Door", "fi": "Ovi"}, "en").with_text("en", "")
    assert name.source_lang == "fi"
    assert name.source_text == "Ovi"
    assert not name.is_stale("fi")


@given(st.dictionaries(TAGS, WORDS, min_size=1), TAGS)
def test_storing_and_reading_gives_the_same(texts: dict[str, str], source: str) -> None:
    value = Translated.from_mapping(texts, source)
    assert Translated.from_json(value.to_json()) == value


@given(st.dictionaries(TAGS, WORDS, min_size=1), TAGS, TAGS, WORDS)
def test_setting_one_language_leaves_the_others(
    texts: dict[str, str], source: str, lang: str, text: str
) -> None:
    value = Translated.from_mapping(texts, source)
    changed = value.with_text(lang, text)
    others = {tag: words for tag, words in value.texts.items() if tag != lang}
    assert {tag: words for tag, words in changed.texts.items() if tag != lang} == others


@pytest.mark.parametrize(
    ("one", "other"),
    [("Łódź", "lodz"), ("ёлка", "Елка"), ("ÄITI", "aiti"), ("a  b ", "A b"), ("ﬁn", "fin")],
)
def test_folding_ignores_case_accents_and_blanks(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
