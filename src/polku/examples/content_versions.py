"""Versions of the services of an example."""

from dataclasses import dataclass

from polku.examples.content import Move
from polku.examples.content_story import Key
from polku.examples.texts import Day, Text


@dataclass(frozen=True)
class VersionRow:
    """One shape of the service `subject`; `answers` names the wishes that are in it.

    A step to `superseded` tells on which day the next one took its place: releasing the next one
    takes that step by itself.
    """

    key: Key
    subject: Key
    label: str
    moves: tuple[Move, ...]
    notes: Text | None = None
    market: str = ""
    planned_on: Day | None = None
    is_mvp: bool = False
    hypothesis: Text | None = None
    learning_measure: Text | None = None
    decide_by: Day | None = None
    owner: Key = ""
    answers: tuple[Key, ...] = ()
