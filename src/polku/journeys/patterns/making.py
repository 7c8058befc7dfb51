"""From a ready-made journey to a document that a new journey is filled with."""

from polku.journeys.document_shapes import (
    CellDoc,
    JourneyDoc,
    StageDoc,
    StepDoc,
    TouchpointDoc,
)
from polku.journeys.patterns.pattern import Pattern, PatternStage, PatternStep
from polku.tenancy.translated import Translated


def pattern_document(
    pattern: Pattern, name: Translated | None = None, *, meeting_points: bool = True
) -> JourneyDoc:  # fmt: skip
    """The journey of a pattern, under another name if one is given.

    Its meeting points have no codes: whoever fills a journey with it finds or adds them by name.
    """
    stages, place = [], 0
    for number, stage in enumerate(pattern.stages, 1):
        steps = tuple(
            _step(step, place + n, meeting_points) for n, step in enumerate(stage.steps, 1)
        )
        place += len(steps)
        stages.append(_stage(stage, number, steps))
    return JourneyDoc(name=name or pattern.name, stages=tuple(stages))


def _stage(stage: PatternStage, number: int, steps: tuple[StepDoc, ...]) -> StageDoc:
    return StageDoc(name=stage.name, number=number, dsv_step=stage.dsv_step, steps=steps)


def _step(step: PatternStep, place: int, meeting_points: bool) -> StepDoc:
    return StepDoc(
        customer_action=step.customer_action, name=step.name, number=place, place=place,
        emotion_target=step.feeling, sphere=step.sphere, optional=step.optional,
        cells={row: (CellDoc(row, text),) for row, text in step.cells.items()},
        touchpoints=_points(step) if meeting_points else (),
    )  # fmt: skip


def _points(step: PatternStep) -> tuple[TouchpointDoc, ...]:
    if step.meeting is None:
        return ()
    kind = step.meeting.channel_kind
    return (TouchpointDoc(step.meeting.name, primary=True, channel_kind=kind),)
