"""Record types of an example that tell what people did with its rows: tied, decided, edited."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from polku.examples.texts import Day, Text

type Key = str


@dataclass(frozen=True)
class LinkRow:
    """One thread of the yarn; `kind` is the code of the link kind, such as L01."""

    kind: str
    from_: Key
    to: Key
    why: str = ""
    confidence: str = "confirmed"
    made_by: Key = ""
    made_on: Day = -60
    valid_to: Day | None = None
    properties: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class DecisionRow:
    """Who decided what, when, why and when to look again. `dissent` pairs a person with words."""

    key: Key
    subject: Key
    kind: str
    question: Text
    outcome: str
    reason: Text
    decided_on: Day
    decider: Key
    conditions: Text | None = None
    dissent: tuple[tuple[Key, str], ...] = ()
    look_again_on: Day | None = None
    revises: Key = ""


@dataclass(frozen=True)
class EditRow:
    """A later change of one field, made after all links so that threads need a look.

    A `Text` replaces the languages it holds; the others keep their words and become stale.
    """

    object: Key
    field: str
    value: Text | str
    on: Day
    by: Key
    note: str = ""


@dataclass(frozen=True)
class DismissalRow:
    """A loose end somebody looked at and let be, with the reason and perhaps until when."""

    check_code: str
    object: Key
    by: Key
    reason: str
    on: Day
    until: Day | None = None
