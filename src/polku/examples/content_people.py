"""Record types of an example that are about people: who is typical, who has a stake, and how we
know. Rows like those of ``content``; a list of texts is one text with an item on each line.
"""

from dataclasses import dataclass

from polku.examples.content import Key, Move
from polku.examples.drawings import PictureRow
from polku.examples.texts import Day, Text, text


def listed(en: str = "", fi: str = "", pl: str = "", ru: str = "") -> Text:
    """A list in languages: its items stand between bars."""
    return text(*("\n".join(part.strip() for part in words.split("|"))
                  for words in (en, fi, pl, ru)))  # fmt: skip


@dataclass(frozen=True)
class InsightRow:
    """One thing that was learnt about people, by whom and when."""

    key: Key
    statement: Text
    method: str
    learnt_on: Day
    by: Key
    n: int | None = None
    source: str = ""
    kept_at: str = ""

    @property
    def owner(self) -> Key:
        """Who wrote it down answers for it."""
        return self.by

    @property
    def moves(self) -> tuple[Move, ...]:
        """It has no states; it begins on the day on which it was learnt."""
        return (Move("", self.learnt_on, self.by, "Written down."),)


@dataclass(frozen=True)
class PersonaRow:
    """A typical customer, and the insights that it is based on."""

    key: Key
    label: Text
    archetype_of: str
    moves: tuple[Move, ...]
    segment: Key = ""
    owner: Key = ""
    goals: Text | None = None
    needs: Text | None = None
    pains: Text | None = None
    behaviours: Text | None = None
    abilities_and_access: Text | None = None
    culture: Text | None = None
    quotes: Text | None = None
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    based_on: tuple[Key, ...] = ()
    meant_for: tuple[Key, ...] = ()
    hangs: PictureRow | None = None
    hung_on: Day = 0


@dataclass(frozen=True)
class StakeholderRow:
    """Somebody with a stake: a party, or a group that is named here."""

    key: Key
    role: str
    moves: tuple[Move, ...]
    party: Key = ""
    group_name: Text | None = None
    owner: Key = ""
    interest: int | None = None
    influence: int | None = None
    attitude: str = "unknown"
    expects_from_us: Text | None = None
    we_expect: Text | None = None
    assessed_on: Day | None = None
    stakes: tuple[Key, ...] = ()
    based_on: tuple[Key, ...] = ()


@dataclass(frozen=True)
class LineRow:
    """How one stakeholder stands to another."""

    from_: Key
    to: Key
    words: Text
    made_by: Key
