"""Touchpoint analysis, to read: the way with its meeting points, and what people said there."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from polku.journeys.documents import StepDoc, TouchpointDoc, read_document
from polku.journeys.models import (
    InterviewAnswer,
    Journey,
    JourneyInterview,
    Touchpoint,
    TouchpointReading,
)
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, require
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import visible

# So many talks show what hurts; more say the same again (tools.md T7)
FEWEST, MOST = 3, 5


@dataclass(frozen=True)
class PointRead:
    """One meeting point at one step: who said what there, by number of the talk, and the result."""

    step: StepDoc
    point: TouchpointDoc
    answers: Mapping[int, InterviewAnswer]
    reading: TouchpointReading | None

    @property
    def has_result(self) -> bool:
        """Whether somebody wrote what the talks come to."""
        row = self.reading
        return bool(row and (row.in_short or row.problems or row.missing))


@dataclass(frozen=True)
class Analysis:
    """A journey's talks and all its meeting points, in the order in which people meet them.

    ``bare`` are steps at which nobody is met: a missing meeting point, or none is needed.
    """

    talks: tuple[JourneyInterview, ...]
    points: tuple[PointRead, ...]
    bare: tuple[StepDoc, ...] = ()
    forgotten: int = 0
    by_code: Mapping[str, PointRead] = field(default_factory=dict)

    @property
    def with_result(self) -> int:
        """For how many meeting points a result is written."""
        return sum(row.has_result for row in {row.point.code: row for row in self.points}.values())


def analysis(actor: Actor, journey: Journey) -> Analysis:
    """Everything of a touchpoint analysis. Raises NotAllowed outside the team."""
    require(may_read_inside(actor))
    doc = read_document(actor, journey)
    held = JourneyInterview.objects.filter(journey=journey).select_related("held_by", "persona")
    rows = list(held)
    talks = tuple(row for row in rows if row.consent)
    said = _answers(journey)
    read = {row.touchpoint_id: row for row in TouchpointReading.objects.filter(journey=journey)}
    points = tuple(
        PointRead(step, point, said[point.id], read.get(point.id))
        for step in doc.steps
        for point in step.touchpoints
    )
    return Analysis(
        talks, points, tuple(step for step in doc.steps if not step.touchpoints),
        len(rows) - len(talks), {row.point.code: row for row in reversed(points)},
    )  # fmt: skip


def _answers(journey: Journey) -> dict[int, dict[int, InterviewAnswer]]:
    rows = InterviewAnswer.objects.filter(interview__journey=journey, interview__consent=True)
    found: dict[int, dict[int, InterviewAnswer]] = defaultdict(dict)
    for row in rows.select_related("interview"):
        found[row.touchpoint_id][row.interview.number] = row
    return found


def find_talk(actor: Actor, journey: Journey, number: int) -> JourneyInterview:
    """One talk of a journey by its number, or NotFound."""
    require(may_read_inside(actor))
    rows = JourneyInterview.objects.filter(workspace=actor.workspace, journey=journey)
    found = rows.select_related("journey").filter(number=number).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class ReadElsewhere:
    """What the talks along one journey come to at a meeting point."""

    journey: Journey
    reading: TouchpointReading


def readings_at(actor: Actor, touchpoint: Touchpoint) -> list[ReadElsewhere]:
    """What talks said about a meeting point, journey by journey; nothing outside the team."""
    if not actor.is_internal:
        return []
    rows = TouchpointReading.objects.filter(touchpoint=touchpoint).order_by("journey_id")
    seen = {row.pk: row for row in visible(actor, Journey)}
    return [ReadElsewhere(seen[row.journey_id], row) for row in rows if row.journey_id in seen]
