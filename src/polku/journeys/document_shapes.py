"""A journey as a whole, as plain immutable data: what views draw, files carry and versions keep."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from polku.tenancy.translated import Translated

NOTHING = Translated()
TITLE_LENGTH = 32


@dataclass(frozen=True)
class Named:
    """Something else by code and name: a part, a party, a journey told in detail."""

    code: str
    name: str


@dataclass(frozen=True)
class PictureDoc:
    """A picture by its number in the workspace, with what is to be seen; ``sha256`` says which
    file, width and height are in pixels."""

    number: int
    words: Translated = NOTHING
    sha256: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class CellDoc:
    """One text, or picture, or both in one row at a step. ``number`` is 0 for one that is not
    stored yet."""

    row: str
    text: Translated = NOTHING
    id: int = 0
    number: int = 0
    thread: str = ""
    component: Named | None = None
    actor: Named | None = None
    duration: str = ""
    activity_class: str = ""
    evidence: str = "assumed"
    evidence_n: int | None = None
    evidence_on: dt.date | None = None
    picture: PictureDoc | None = None


@dataclass(frozen=True)
class TouchpointDoc:
    """A meeting point at a step; ``decisive`` marks a moment of truth. ``link_id`` is the tie."""

    name: Translated
    code: str = ""
    id: int = 0
    primary: bool = False
    channel_kind: str = "other"
    state: str = "planned"
    decisive: bool = False
    has_latitude: bool = False
    has_recovery: bool = False
    importance: int | None = None
    link_id: int = 0
    suspect: bool = False


@dataclass(frozen=True)
class PainDoc:
    """Where it hurts; ``touchpoint`` names the meeting point it is about, if one is."""

    text: Translated = NOTHING
    id: int = 0
    number: int = 0
    thread: str = ""
    severity: int | None = None
    evidence: str = "assumed"
    evidence_n: int | None = None
    evidence_on: dt.date | None = None
    decision: str = "open"
    decision_reason: str = ""
    touchpoint: Named | None = None


@dataclass(frozen=True)
class StepDoc:
    """One step. ``place`` counts from 1 through the whole journey; ``branch_of`` is the number of
    the step after which another way begins; ``cells`` are those of a row, in order. ``picture``
    shows what the customer does."""

    customer_action: Translated = NOTHING
    name: Translated = NOTHING
    expectation: Translated = NOTHING
    id: int = 0
    number: int = 0
    thread: str = ""
    place: int = 0
    emotion_target: int | None = None
    emotion_assumed: int | None = None
    sphere: str = "unknown"
    optional: bool = False
    parallel_group: int | None = None
    branch_of: int | None = None
    branch_when: Translated = NOTHING
    sub_journey: Named | None = None
    expected_wait: str = ""
    evidence: str = "assumed"
    evidence_n: int | None = None
    evidence_on: dt.date | None = None
    cells: Mapping[str, tuple[CellDoc, ...]] = field(default_factory=dict)
    touchpoints: tuple[TouchpointDoc, ...] = ()
    pains: tuple[PainDoc, ...] = ()
    picture: PictureDoc | None = None

    @property
    def decisive(self) -> bool:
        """Whether one of its meeting points is a moment of truth."""
        return any(point.decisive for point in self.touchpoints)

    @property
    def all_cells(self) -> list[CellDoc]:
        """Its cells of all rows."""
        return [cell for cells in self.cells.values() for cell in cells]

    @property
    def pictures(self) -> tuple[PictureDoc, ...]:
        """Its pictures, that of the customer first."""
        all_of_them = (self.picture, *(cell.picture for cell in self.all_cells))
        return tuple(one for one in all_of_them if one is not None)

    def pictures_of(self, row: str) -> tuple[PictureDoc, ...]:
        """What hangs in one row, from the first cell to the last."""
        if row == PICTURED_STEP:
            return (self.picture,) if self.picture is not None else ()
        found = (cell.picture for cell in self.cells.get(row, ()))
        return tuple(one for one in found if one is not None)

    def title(self, lang: str) -> str:
        """Its short name, else the beginning of what the customer does; may be empty."""
        found = (self.name or self.customer_action).reading(lang).text
        return shortened(found) if not self.name else found

    def text_of(self, row: str, lang: str) -> str:
        """What stands in a row in exactly this language; the lines of several cells below each
        other. This is the ``base`` of :func:`~polku.journeys.operations.write_text`."""
        if row in _TEXTS:
            return str(getattr(self, row).text(lang))
        return "\n".join(cell.text.text(lang) for cell in self.cells.get(row, ()))


# The row of which the step itself keeps the picture
PICTURED_STEP = "customer_action"
_TEXTS = frozenset({"name", "customer_action", "expectation", "branch_when"})


@dataclass(frozen=True)
class StageDoc:
    """A stage with its steps in order."""

    name: Translated = NOTHING
    id: int = 0
    number: int = 0
    thread: str = ""
    dsv_step: str = ""
    goal_of_customer: Translated = NOTHING
    steps: tuple[StepDoc, ...] = ()


@dataclass(frozen=True)
class JourneyDoc:
    """A whole journey. ``pains`` are those of the journey, beside those of its steps."""

    name: Translated = NOTHING
    code: str = ""
    kind: str = "current"
    scenario: Translated = NOTHING
    version: int = 1
    state: str = "sketch"
    happy_path: bool = True
    edits: int = 0
    stages: tuple[StageDoc, ...] = ()
    pains: tuple[PainDoc, ...] = ()

    @property
    def steps(self) -> tuple[StepDoc, ...]:
        """All steps in order."""
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def pictures(self) -> tuple[PictureDoc, ...]:
        """All pictures, step by step."""
        return tuple(one for step in self.steps for one in step.pictures)

    @property
    def all_pains(self) -> tuple[PainDoc, ...]:
        """Pain points of the steps in order, then those of the journey."""
        return (*(pain for step in self.steps for pain in step.pains), *self.pains)

    @property
    def used(self) -> frozenset[str]:
        """Keys of the lanes that hold something."""
        return frozenset(_used(self.steps))

    def step(self, number: int) -> StepDoc | None:
        """The step of this number."""
        return next((step for step in self.steps if step.number == number), None)

    def to_json(self) -> dict[str, Any]:
        """Plain data; :func:`~polku.journeys.documents.from_json` reads it back."""
        from polku.journeys.document_json import plain_document

        return plain_document(self)


def _used(steps: tuple[StepDoc, ...]) -> Iterator[str]:
    for step in steps:
        yield from (row for row, cells in step.cells.items() if cells)
        yield from (name for name in ("customer_action", "expectation") if getattr(step, name))
        if step.picture is not None:
            yield PICTURED_STEP
        if step.touchpoints:
            yield "touchpoint"
        if step.emotion_target is not None or step.emotion_assumed is not None:
            yield "experience"
        if step.expected_wait:
            yield "wait"
        if step.pains:
            yield "pains"


def shortened(text: str, length: int = TITLE_LENGTH) -> str:
    """The first words of a text, as many as fit, on one line."""
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    cut = words[: length - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"
