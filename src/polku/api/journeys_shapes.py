"""Bodies of edits of a journey: one shape for each verb, told apart by ``do``."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from polku.api.shapes import Code, Language, Line, Shape, Words

type Text = Words | dict[Language, Words]
type Number = Annotated[int, Field(ge=1, le=2_147_483_647)]
type PictureNumber = Annotated[int, Field(ge=1, le=999_999_999)]
type HungNumber = Annotated[int, Field(ge=0, le=999_999_999)]
type After = Annotated[int, Field(ge=0, le=2_147_483_647)] | None
type Pasted = Annotated[str, StringConstraints(max_length=2000)]

AFTER = "Number of the piece that it follows; 0 is the beginning, nothing the end."
BASE = "What the writer started from: where another stands now, the answer is 409 with both."


class _Evidence(Shape):
    evidence: Literal["assumed", "observed", "measured"] = "assumed"
    evidence_n: int | None = Field(default=None, ge=0, le=2_147_483_647)
    evidence_on: dt.date | None = None


class StageValues(Shape):
    """Of a stage."""

    name: Text = ""
    dsv_step: Line = ""
    goal_of_customer: Text = ""


class StepValues(_Evidence):
    """Of a step. Feelings go from -2 to 2; ``branch_of`` is the number of a step."""

    name: Text = ""
    customer_action: Text = ""
    expectation: Text = ""
    emotion_target: int | None = Field(default=None, ge=-2, le=2)
    emotion_assumed: int | None = Field(default=None, ge=-2, le=2)
    sphere: Line = "unknown"
    optional: bool = False
    parallel_group: int | None = Field(default=None, ge=0, le=32_767)
    branch_of: Number | None = None
    branch_when: Text = ""
    sub_journey: Code | None = None
    expected_wait: Line = Field(default="", examples=["PT5M"])


class CellValues(_Evidence):
    """Of a cell of the blueprint."""

    text: Text = ""
    component: Code | None = None
    actor: Code | None = None
    duration: Line = ""
    activity_class: Line = ""


class PainValues(_Evidence):
    """Of a pain point."""

    text: Text = ""
    severity: int | None = Field(None, ge=1, le=5)
    touchpoint: Code | None = None


class WriteText(Shape):
    """Write one text at a step, in one language."""

    do: Literal["write_text"]
    step: Number
    row: Line = Field(description="A row of the blueprint, or name, customer_action, expectation.")
    text: Words
    lang: Language | None = None
    base: Words | None = Field(None, description=BASE)


class AddStage(Shape):
    """Add a stage."""

    do: Literal["add_stage"]
    after: After = Field(None, description=AFTER)
    values: StageValues = Field(default_factory=StageValues)


class WriteStage(Shape):
    """Change a stage."""

    do: Literal["write_stage"]
    stage: Number
    values: StageValues
    base: StageValues | None = Field(None, description=BASE)


class MoveStage(Shape):
    """Put a stage elsewhere."""

    do: Literal["move_stage"]
    stage: Number
    after: After = Field(None, description=AFTER)


class RemoveStage(Shape):
    """Take a stage out with its steps."""

    do: Literal["remove_stage"]
    stage: Number


class AddStep(Shape):
    """Add a step to a stage."""

    do: Literal["add_step"]
    stage: Number
    after: After = Field(None, description=AFTER)
    values: StepValues = Field(default_factory=StepValues)


class WriteStep(Shape):
    """Change fields of a step."""

    do: Literal["write_step"]
    step: Number
    values: StepValues
    base: StepValues | None = Field(None, description=BASE)


class MoveStep(Shape):
    """Put a step elsewhere, in its stage or another."""

    do: Literal["move_step"]
    step: Number
    stage: Number | None = None
    after: After = Field(None, description=AFTER)


class CopyStep(Shape):
    """The same step once more, right after itself."""

    do: Literal["copy_step"]
    step: Number


class RemoveStep(Shape):
    """Take a step out."""

    do: Literal["remove_step"]
    step: Number


class AddCell(Shape):
    """Add a cell at the end of a row of a step."""

    do: Literal["add_cell"]
    step: Number
    row: Line
    values: CellValues


class WriteCell(Shape):
    """Change one cell."""

    do: Literal["write_cell"]
    cell: Number
    values: CellValues
    base: CellValues | None = Field(None, description=BASE)


class RemoveCell(Shape):
    """Take one cell out."""

    do: Literal["remove_cell"]
    cell: Number


class SetPicture(Shape):
    """Hang a picture at a step, or say anew what is to be seen in the one that hangs there."""

    do: Literal["set_picture"]
    step: Number
    row: Line = Field(description="A row of the blueprint, or customer_action.")
    picture: PictureNumber
    words: Text | None = Field(None, description="What is to be seen; nothing leaves it as it is.")
    cell: Number | None = Field(None, description="Where the row holds several cells: this one.")
    base: HungNumber | None = Field(None, description=f"{BASE} 0 is none.")


class RemovePicture(Shape):
    """Take a picture down."""

    do: Literal["remove_picture"]
    step: Number
    row: Line = Field(description="A row of the blueprint, or customer_action.")
    cell: Number | None = None
    base: HungNumber | None = Field(None, description=f"{BASE} 0 is none.")


class MeetAt(Shape):
    """Say at which meeting points people meet us at a step: the whole list."""

    do: Literal["meet_at"]
    step: Number
    touchpoints: list[Code] = Field(max_length=40)
    primary: Code | None = None


class NewTouchpoint(Shape):
    """Put a meeting point into the library, if it is not there, and at a step."""

    do: Literal["new_touchpoint"]
    step: Number
    name: Line
    channel_kind: Line = "other"


class AddPain(Shape):
    """Note where it hurts, at a step or in the whole journey."""

    do: Literal["add_pain"]
    step: Number | None = None
    values: PainValues


class WritePain(Shape):
    """Change a pain point."""

    do: Literal["write_pain"]
    pain: Number
    values: PainValues
    base: PainValues | None = Field(None, description=BASE)


class RemovePain(Shape):
    """Take a pain point out."""

    do: Literal["remove_pain"]
    pain: Number


class DecidePain(Shape):
    """Say what becomes of a pain point."""

    do: Literal["decide_pain"]
    pain: Number
    decision: Literal["open", "mend", "accepted", "mended"]
    reason: Annotated[str, StringConstraints(max_length=400)] = ""


class Paste(Shape):
    """Write a table from a place on: across are steps, downward are lanes."""

    do: Literal["paste"]
    step: Number
    row: Line
    table: list[Annotated[list[Pasted], Field(max_length=120)]] = Field(max_length=40)
    lang: Language | None = None
    lanes: list[Line] = Field(default_factory=list, max_length=40)


class Undo(Shape):
    """Take back one's own newest edit."""

    do: Literal["undo"]


class Redo(Shape):
    """Do again what one took back last."""

    do: Literal["redo"]


type Verb = Annotated[
    WriteText | AddStage | WriteStage | MoveStage | RemoveStage | AddStep | WriteStep | MoveStep
    | CopyStep | RemoveStep | AddCell | WriteCell | RemoveCell | SetPicture | RemovePicture | MeetAt
    | NewTouchpoint | AddPain | WritePain | RemovePain | DecidePain | Paste | Undo | Redo,
    Field(discriminator="do"),
]  # fmt: skip


class JourneyEditsIn(Shape):
    """Edits of one journey, in order: all of them or none."""

    edits: list[Verb] = Field(min_length=1, max_length=100)


class JourneyDocumentIn(Shape):
    """A whole journey, as it was read. ``edits`` is the number that was read with it: when somebody
    edited it since, the answer is 409 and nothing is saved."""

    edits: int | None = None
    document: dict[str, Any] = Field(description="As GET gives it; pieces keep their number.")


class StillTrueIn(Shape):
    """When to look again."""

    next_on: dt.date | None = None


def said(values: BaseModel | None) -> dict[str, Any] | None:
    """The values that were sent, and no others."""
    return None if values is None else values.model_dump(exclude_unset=True)
