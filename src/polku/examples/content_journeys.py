"""Record types of an example that are about journeys: stages, steps, rows around them, where it
hurts, what people said. Rows like those of ``content``; a tuple of texts of a row stands in order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from polku.examples.content import Key, Move
from polku.examples.drawings import PictureRow
from polku.examples.texts import Day, Text


@dataclass(frozen=True)
class CellRow:
    """One text in a row of the blueprint, with the part or the party that it names."""

    words: Text
    part: Key = ""
    who: Key = ""
    duration: str = ""
    whose: str = ""
    picture: PictureRow | None = None


@dataclass(frozen=True)
class PainRow:
    """Something that hurts at a step, what it rests on, and what became of it."""

    words: Text
    severity: int
    evidence: str = "assumed"
    n: int | None = None
    seen_on: Day | None = None
    happens_at: Key = ""
    becomes: str = ""
    because: str = ""
    based_on: tuple[Key, ...] = ()


@dataclass(frozen=True)
class StepRow:
    """One thing that happens; ``rows`` holds what happens around it, row by row."""

    name: Text
    does: Text
    expects: Text
    target: int
    assumed: int
    sphere: str = "unknown"
    points: tuple[Key, ...] = ()
    rows: Mapping[str, tuple[CellRow, ...]] = field(default_factory=dict)
    pains: tuple[PainRow, ...] = ()
    wait: str = ""
    optional: bool = False
    evidence: str = "assumed"
    n: int | None = None
    seen_on: Day | None = None


@dataclass(frozen=True)
class StageRow:
    """A part of the journey in the customer's words."""

    name: Text
    wants: Text
    part_of: str
    steps: tuple[StepRow, ...]


@dataclass(frozen=True)
class RewriteRow:
    """Somebody wrote a text anew: the n-th step (from 1), the row, the words."""

    step: int
    row: str
    words: Text


@dataclass(frozen=True)
class HungRow:
    """Somebody hung a picture: the n-th step (from 1), the row."""

    step: int
    row: str
    picture: PictureRow


@dataclass(frozen=True)
class ChapterRow:
    """What happened to a journey on one day: rewritten, agreed, taken into use.

    Steps are told by their place (from 1) before any is left out; ``meets`` says where people are
    met at a step from then on.
    """

    on: Day
    by: Key
    rewrites: tuple[RewriteRow, ...] = ()
    hangs: tuple[HungRow, ...] = ()
    leaves_out: tuple[int, ...] = ()
    meets: Mapping[int, tuple[Key, ...]] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class CommentRow:
    """Something said at a row of a step, by one of ours or, with ``guest``, through a link."""

    step: int
    row: str
    words: str
    on: Day
    by: Key = ""
    guest: str = ""
    lang: str = "en"
    answer: str = ""
    answered_by: Key = ""
    answered_on: Day | None = None


@dataclass(frozen=True)
class TalkRow:
    """One talk along the journey: by meeting point, the answers to the six questions in order;
    ``like`` is the typical customer whom they are like."""

    with_whom: str
    on: Day
    asked_by: Key
    said: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    taken_back_on: Day | None = None
    like: Key = ""


@dataclass(frozen=True)
class ReadingRow:
    """What the talks come to at a meeting point."""

    happens_at: Key
    in_short: Text
    problems: Text
    lacks: Text
    on: Day
    by: Key


@dataclass(frozen=True)
class JourneyRow:
    """A journey with everything on it. ``counterpart`` is told of the copy as it shall be."""

    key: Key
    name: Text
    scenario: Text
    services: tuple[Key, ...]
    owner: Key
    moves: tuple[Move, ...]
    stages: tuple[StageRow, ...]
    kind: str = "current"
    review_due: Day | None = None
    meant_for: tuple[Key, ...] = ()
    chapters: tuple[ChapterRow, ...] = ()
    counterpart: tuple[ChapterRow, ...] = ()
    comments: tuple[CommentRow, ...] = ()
    talks: tuple[TalkRow, ...] = ()
    readings: tuple[ReadingRow, ...] = ()
    shown_to: str = ""

    @property
    def steps(self) -> Iterator[StepRow]:
        """All steps, in order."""
        for stage in self.stages:
            yield from stage.steps
