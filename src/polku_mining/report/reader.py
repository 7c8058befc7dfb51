"""Who reads the report: their language, their numbers and dates, their time zone."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from polku_mining.sentences import Words

UNITS = ((86_400, "{n} d"), (3_600, "{n} h"), (60, "{n} min"), (1, "{n} s"))
NARROW = "\u00a0"


@dataclass(frozen=True)
class Reader:
    """*words* turns an English pattern into that of the reader; *zone* places hours and days."""

    words: Words = str
    language: str = "en"
    zone: str = "UTC"

    def say(self, pattern: str, **facts: object) -> str:
        """A sentence in the reader's language."""
        text = self.words(pattern)
        return text.format(**facts) if facts else text

    def number(self, value: float, digits: int = 0) -> str:
        """A number with the signs of the language."""
        text = f"{value:,.{digits}f}"
        if self.language == "en":
            return text
        return text.replace(",", NARROW).replace(".", ",")

    def share(self, value: float | None) -> str:
        """A share of one as a percentage."""
        if value is None:
            return "–"
        text = self.number(value * 100, 1)
        return f"{text}%" if self.language == "en" else f"{text}{NARROW}%"

    def duration(self, seconds: float | None) -> str:
        """Seconds in the unit that reads best."""
        if seconds is None:
            return "–"
        size, pattern = next((u for u in UNITS if abs(seconds) >= u[0]), UNITS[-1])
        n = seconds / size
        return self.say(pattern, n=self.number(n, 0 if float(n).is_integer() else 1))

    def day(self, when: datetime | None) -> str:
        """A day in the reader's zone."""
        if when is None:
            return "–"
        try:
            local = when.astimezone(ZoneInfo(self.zone))
        except OverflowError:  # at the ends of the calendar
            local = when
        if self.language == "en":
            return f"{local:%Y-%m-%d}"
        if self.language == "fi":
            return f"{local.day}.{local.month}.{local.year}"
        return f"{local:%d.%m.%Y}"
