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
type Fact = Annotated[str, StringConstraints(max_length=200)] | int | bool | None
type Print = Annotated[str, StringConstraints(max_length=200)]
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
    properties: dict[Line, Fact] = Field(
        default_factory=dict, max_length=20,
        description="What a tie of this kind carries, for example version and quantity of L32.",
    )  # fmt: skip


class LinkChangeIn(Shape):
    """What changes about a tie that stays; what is not sent stays as it is.

    ``was`` holds the values that were read before: where somebody else changed one of those
    meanwhile, the answer is 409 with both.
    """

    why: Annotated[str, StringConstraints(max_length=400)] = ""
    confidence: Literal["confirmed", "guess"] = "confirmed"
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    properties: dict[Line, Fact] = Field(default_factory=dict, max_length=20)
    was: "LinkChangeIn | None" = None


class VerdictIn(Shape):
    """What one says of a tie after something that it rests on changed."""

    verdict: Literal["still_right", "changed", "removed"]
    ends: list[Literal["from", "to"]] = Field(
        default_factory=list, max_length=2,
        description="Ends whose change was looked at; all that need a look if not said.",
    )  # fmt: skip
    seen: dict[Literal["from", "to"], Print] = Field(
        default_factory=dict,
        description=(
            "By end the `print` of the review that was looked at. When that end changed again "
            "meanwhile, nothing is saved, and the answer is 409 with both prints."
        ),
    )
    change: LinkChangeIn | None = Field(None, description="With `changed`: what becomes of it.")
    reason: Annotated[str, StringConstraints(max_length=400)] = Field(
        "", description="With `removed`: why it goes."
    )


class EndIn(Shape):
    """The last day of a tie, and why."""

    on: dt.date | None = Field(None, description="Today if not said.")
    reason: Annotated[str, StringConstraints(max_length=400)] = ""


class ReviewIn(Shape):
    """Looked at, still true; and when to look again."""

    next_on: dt.date | None = Field(None, description="In three months if not said.")


class Row(Shape):
    """One row of a list that is sent whole."""

    def said(self) -> dict[str, object]:
        """What was named; the rest of a known row stays."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class ElementIn(Row):
    """One thing that people receive."""

    number: int | None = Field(None, ge=1, description="Of a piece that is there already.")
    kind: Literal["goods", "access", "action"] = "action"
    text: Line | dict[Language, Line] = Field(
        description="What, in one text or in texts by language."
    )
    unit: Annotated[str, StringConstraints(max_length=40)] = ""
    quantity: Decimal | None = Field(None, max_digits=12, decimal_places=3, ge=0)


class PriceIn(Row):
    """One price."""

    number: int | None = Field(None, ge=1, description="Of a price that is there already.")
    kind: Literal["one_off", "recurring", "discount", "penalty", "free"] = "one_off"
    amount: int | None = Field(
        None, ge=0, le=2_147_483_647, description="In minor units of the currency: 1200 is 12.00."
    )
    currency: Annotated[str, StringConstraints(max_length=3)] = Field("", examples=["EUR"])
    period: Annotated[str, StringConstraints(max_length=12)] = Field(
        "", description="ISO 8601, for what comes back.", examples=["P1M"]
    )
    condition: Line | dict[Language, Line] = Field("", description="For whom or when.")
    channel: Annotated[str, StringConstraints(max_length=80)] = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


class PricesIn(Shape):
    """The whole list, in order; it takes the place of the one before."""

    items: list[PriceIn] = Field(max_length=40)
    revision: int | None = Field(None, ge=1, description="The one that was read.")


class MemberIn(Row):
    """One thing in a package: a service, or something to get; exactly one of both."""

    product: Code | None = Field(None, examples=["SRV-1"])
    offering: Code | None = Field(None, examples=["OFR-1"])
    optional: bool = Field(False, description="Whether it may be left out.")
    min_n: int = Field(1, ge=0, le=2_147_483_647)
    default_n: int = Field(1, ge=0, le=2_147_483_647)
    max_n: int = Field(1, ge=1, le=2_147_483_647)
    option_label: Line | dict[Language, Line] = Field("", description="Own words for it.")


class MembersIn(Shape):
    """The whole list, in order; it takes the place of the one before."""

    items: list[MemberIn] = Field(max_length=60)
    revision: int | None = Field(None, ge=1, description="The one that was read.")


class ElementsIn(Shape):
    """The whole list, in order; it takes the place of the one before."""

    items: list[ElementIn] = Field(max_length=200)
    revision: int | None = Field(None, ge=1, description="The one that was read.")


class ChoiceIn(Shape):
    """How to hear of one kind of news; what is left out stays."""

    kind: Annotated[str, StringConstraints(max_length=40)] = Field(examples=["due"])
    in_app: bool | None = Field(None, description="Whether it is shown among the news.")
    mail: Literal["never", "daily", "weekly"] | None = Field(
        None, description="How often it is mailed; some kinds know no weekly."
    )

    def said(self) -> dict[str, bool | str]:
        """What was named."""
        return {name: value for name in ("in_app", "mail")
                if (value := getattr(self, name)) is not None}  # fmt: skip


class ChoicesIn(Shape):
    """Choices for some kinds of news."""

    items: list[ChoiceIn] = Field(max_length=50)
