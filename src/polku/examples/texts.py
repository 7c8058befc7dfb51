"""Texts in several languages and days counted from the day an example is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

type Day = int


@dataclass(frozen=True)
class Text:
    """A text per language.

    `texts` maps a language to its words. `outdated` maps a language to the former words in the
    source language that its translation was made from: that translation is stale on purpose.
    """

    texts: Mapping[str, str]
    source_lang: str = "en"
    outdated: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.texts[self.source_lang]


def text(
    en: str = "",
    fi: str = "",
    pl: str = "",
    ru: str = "",
    *,
    source: str = "en",
    outdated: Mapping[str, str] | None = None,
) -> Text:
    """A text in the languages given; languages left empty stay missing."""
    given = {"en": en, "fi": fi, "pl": pl, "ru": ru}
    return Text({lang: words for lang, words in given.items() if words}, source, outdated or {})


def calendar_day(offset: Day, today: date) -> date:
    """The date that lies `offset` days after (before, if negative) `today`."""
    return today + timedelta(days=offset)
