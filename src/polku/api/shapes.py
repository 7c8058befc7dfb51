"""Fixed shapes of bodies; the shapes of objects themselves come from the registry."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

type Line = Annotated[str, StringConstraints(max_length=300)]
type Words = Annotated[str, StringConstraints(max_length=1200)]
type Code = Annotated[str, StringConstraints(max_length=20)]
type Language = Annotated[
    str, StringConstraints(max_length=35, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")
]
type Answer = Literal["yes", "no", "not_applicable", "unknown"]


class Shape(BaseModel):
    """No field more than those named."""

    model_config = ConfigDict(extra="forbid")


class StepIn(Shape):
    """A step to another state: now, in the past, or planned for a day to come."""

    to: Line = Field(description="Code of the state to enter.", examples=["live"])
    effective_on: dt.date | None = Field(
        None, description="The day from which it holds; today if not said."
    )
    reason: Words = Field("", description="Why; some steps need it.")
    answers: dict[str, Answer] = Field(
        default_factory=dict, description="Answers to the questions of the gate, by their code."
    )
    words: dict[str, Line] = Field(
        default_factory=dict, description="A few words to an answer, by the question's code."
    )
    look_again_on: dt.date | None = Field(None, description="When to look at it again.")


class ReasonIn(Shape):
    """Why; kept in the history."""

    reason: Annotated[str, StringConstraints(max_length=400)] = Field("", description="Why.")


class DecisionIn(Shape):
    """What was decided about an object, and why."""

    question: Line = Field(description="What was decided, as a question.")
    reason: Words = Field(description="Why.")
    outcome: Literal["yes", "no", "yes_with_conditions", "deferred"] = Field(
        "yes", description="What came of it."
    )
    conditions: Annotated[str, StringConstraints(max_length=600)] = ""
    kind: Literal["judgement", "exception", "override"] = "judgement"
    decided_on: dt.date | None = Field(None, description="Today if not said.")
    look_again_on: dt.date | None = None
    revises: Code = Field("", description="Code of the decision that this one takes the place of.")
    dissent: list[Line] = Field(
        default_factory=list, max_length=20, description="Other views that were heard."
    )


class LinkIn(Shape):
    """A tie between two objects."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)

    kind: Annotated[str, StringConstraints(max_length=5)] = Field(
        description="Code of the kind of tie.", examples=["L01"]
    )
    start: Code = Field(alias="from", description="Code of the one end.", examples=["SRV-1"])
    end: Code = Field(alias="to", description="Code of the other end.", examples=["GOAL-1"])
    why: Annotated[str, StringConstraints(max_length=400)] = ""
    confidence: Literal["confirmed", "guess"] = "confirmed"
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


class EndIn(Shape):
    """The last day of a tie, and why."""

    on: dt.date | None = Field(None, description="Today if not said.")
    reason: Annotated[str, StringConstraints(max_length=400)] = ""


class ReviewIn(Shape):
    """Looked at, still true; and when to look again."""

    next_on: dt.date | None = Field(None, description="In three months if not said.")


class ElementIn(Shape):
    """One thing that people receive."""

    kind: Literal["goods", "access", "action"] = "action"
    text: Line | dict[Language, Line] = Field(
        description="What, in one text or in texts by language."
    )
    unit: Annotated[str, StringConstraints(max_length=40)] = ""
    quantity: Decimal | None = Field(None, max_digits=12, decimal_places=3, ge=0)


class ElementsIn(Shape):
    """The whole list, in order; it takes the place of the one before."""

    items: list[ElementIn] = Field(max_length=200)
