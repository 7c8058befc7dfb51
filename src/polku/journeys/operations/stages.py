"""Stages: adding, writing, moving, taking out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from polku.journeys.models import Journey, Stage, Step
from polku.journeys.operations.differing import hold_bases
from polku.journeys.operations.editing import Edit, editing, own_row
from polku.journeys.operations.places import position_after
from polku.journeys.operations.values import STAGE_FIELDS, read_values
from polku.kernel.actor import Actor
from polku.kernel.answers import Refused

MOST_STAGES = 40


def add_stage(
    journey: Journey, *, after: int | None = None, values: Mapping[str, Any] | None = None,
    by: Actor,
) -> Stage:  # fmt: skip
    """A new stage after the one with this inner number; None is the end, 0 the beginning.

    *values*: ``name`` (text or texts by language), ``dsv_step``, ``goal_of_customer``.
    """
    with editing(journey, "stage_added", by=by) as edit:
        rows = stages_of(edit)
        if len(rows) >= MOST_STAGES:
            words = _("Up to %(n)d stages fit into a journey.")
            raise Refused(words % {"n": MOST_STAGES})
        read = read_values(STAGE_FIELDS, values or {}, Stage(), by)
        stage: Stage = edit.new(Stage, position=position_after(edit, rows, after), **read)
        edit.label = {"stage": stage.number, "title": str(stage.name)[:60]}
    return stage


def stages_of(edit: Edit, without: int | None = None) -> list[Stage]:
    """The standing stages in order, held journey or not."""
    rows = Stage.objects.filter(journey=edit.journey, removed=False).exclude(pk=without or 0)
    return list(rows)


def write_stage(
    journey: Journey, stage_id: int, values: Mapping[str, Any], *, by: Actor,
    base: Mapping[str, Any] | None = None,
) -> Stage:  # fmt: skip
    """Change a stage. *base* are the values in machine form that the writer started from: where
    another stands now, Conflict carries both."""
    with editing(journey, "stage_written", by=by) as edit:
        stage = own_row(edit, Stage, stage_id)
        read = read_values(STAGE_FIELDS, values, stage, by)
        hold_bases(edit, stage, read, base, by)
        edit.write(stage, **read)
        edit.label = {"stage": stage.number, "title": str(stage.name)[:60]}
    return stage


def move_stage(journey: Journey, stage_id: int, *, after: int | None = None, by: Actor) -> Stage:
    """Put a stage after another one; None is the end, 0 the beginning."""
    with editing(journey, "stage_moved", by=by) as edit:
        stage = own_row(edit, Stage, stage_id)
        rows = stages_of(edit, without=stage.pk)
        edit.write(stage, position=position_after(edit, rows, after))
        edit.label = {"stage": stage.number, "title": str(stage.name)[:60]}
    return stage


def remove_stage(journey: Journey, stage_id: int, *, by: Actor) -> Stage:
    """Take a stage out with its steps; an undo brings them back."""
    with editing(journey, "stage_removed", by=by) as edit:
        stage = own_row(edit, Stage, stage_id)
        steps = list(Step.objects.filter(stage=stage, removed=False))
        for step in steps:
            step.stage = stage
        edit.take_out([*steps, stage])
        edit.label = {"stage": stage.number, "title": str(stage.name)[:60]}
    return stage
