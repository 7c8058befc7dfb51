"""Steps: adding, moving, copying, taking out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from polku.journeys.models import BlueprintCell, Journey, Stage, Step
from polku.journeys.operations.differing import hold_bases
from polku.journeys.operations.editing import Edit, editing, own_row
from polku.journeys.operations.meeting import copy_meets
from polku.journeys.operations.places import position_after
from polku.journeys.operations.texts import standing_step, step_label
from polku.journeys.operations.values import STEP_FIELDS, journey_by_code, read_values
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused

MOST_STEPS = 300
# What a copy takes along of a step, of a cell
STEP_COPIED = (
    "name", "customer_action", "expectation", "evidence", "evidence_n", "evidence_on",
    "emotion_target", "emotion_assumed", "sphere", "optional", "parallel_group", "branch_when",
    "branch_of_step_id", "sub_journey_id", "expected_wait", "picture_id",
)  # fmt: skip
CELL_COPIED = (
    "row", "text", "component_id", "actor_party_id", "duration", "activity_class", "evidence",
    "evidence_n", "evidence_on", "position", "picture_id",
)  # fmt: skip


def add_step(
    journey: Journey, stage_id: int, *, after: int | None = None,
    values: Mapping[str, Any] | None = None, by: Actor,
) -> Step:  # fmt: skip
    """A new step in a stage after the step with this inner number; None is the stage's end, 0 its
    beginning. *values* are those of :func:`write_step`."""
    with editing(journey, "step_added", by=by) as edit:
        stage = own_row(edit, Stage, stage_id)
        rows = steps_of(stage)
        hold_room(edit, 1)
        read = read_step(edit, Step(), values or {})
        step: Step = edit.new(Step, stage=stage, position=position_after(edit, rows, after), **read)
        edit.label = step_label(step)
    return step


def steps_of(stage: Stage, without: int | None = None) -> list[Step]:
    """The standing steps of a stage in order."""
    return list(Step.objects.filter(stage=stage, removed=False).exclude(pk=without or 0))


def hold_room(edit: Edit, n: int) -> None:
    """As many steps more must fit. Raises Refused."""
    standing = Step.objects.filter(journey=edit.journey, removed=False).count()
    if standing + n > MOST_STEPS:
        words = _(
            "Up to %(n)d steps fit into a journey. Tell a part of it in a journey of its own."
        )
        raise Refused(words % {"n": MOST_STEPS})


def read_step(edit: Edit, step: Step, given: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values of a step from outside ones. Raises BadInput."""
    own = {name: raw for name, raw in given.items() if name not in {"branch_of", "sub_journey"}}
    found = read_values(STEP_FIELDS, own, step, edit.by)
    if "branch_of" in given:
        found["branch_of_step"] = _branch(edit, given["branch_of"])
    if "sub_journey" in given:
        found["sub_journey"] = journey_by_code(edit.by, given["sub_journey"], edit.journey)
    return found


def _branch(edit: Edit, raw: Any) -> Step | None:
    """The step, by its number, after which another way begins with this one."""
    if raw in (None, ""):
        return None
    rows = Step.objects.filter(journey=edit.journey, removed=False)
    text = str(raw)
    found = rows.filter(number=int(text)).first() if text.isdigit() and len(text) < 10 else None
    if found is None:
        raise BadInput({"branch_of": _("There is no such step in this journey.")})
    return found


def write_step(
    journey: Journey, step_id: int, values: Mapping[str, Any], *, by: Actor,
    base: Mapping[str, Any] | None = None,
) -> Step:  # fmt: skip
    """Change fields of a step: ``name``, ``customer_action``, ``expectation``, ``branch_when``
    (text or texts by language), ``emotion_target``, ``emotion_assumed`` (-2 to 2 or nothing),
    ``sphere``, ``optional``, ``parallel_group``, ``branch_of`` (number of a step), ``sub_journey``
    (code), ``expected_wait`` (in words or ISO 8601), ``evidence``, ``evidence_n``, ``evidence_on``.

    *base* are the values that the writer started from, for those where another writer must be
    seen: Conflict then carries both by field. Raises BadInput.
    """
    with editing(journey, "step_written", by=by) as edit:
        name = next(iter(values), "step")
        step = standing_step(
            edit, step_id, name, base=(base or {}).get(name), mine=values.get(name)
        )
        read = read_step(edit, step, values)
        hold_bases(edit, step, read, base, by)
        edit.write(step, **read)
        edit.label = step_label(step, row=name)
    return step


def move_step(
    journey: Journey, step_id: int, *, stage_id: int | None = None, after: int | None = None,
    by: Actor,
) -> Step:  # fmt: skip
    """Put a step after another one of a stage (its own, when none is said); None is the stage's
    end, 0 its beginning."""
    with editing(journey, "step_moved", by=by) as edit:
        step = own_row(edit, Step, step_id)
        stage = own_row(edit, Stage, stage_id or step.stage_id)
        position = position_after(edit, steps_of(stage, without=step.pk), after)
        edit.write(step, stage=stage, position=position)
        edit.label = step_label(step)
    return step


def copy_step(journey: Journey, step_id: int, *, by: Actor) -> Step:
    """The same step once more, right after itself, with its cells and meeting points."""
    with editing(journey, "step_copied", by=by) as edit:
        step = own_row(edit, Step, step_id)
        hold_room(edit, 1)
        position = position_after(edit, steps_of(step.stage), step.pk)
        values = {name: getattr(step, name) for name in STEP_COPIED}
        copy: Step = edit.new(Step, stage=step.stage, position=position, **values)
        cells = BlueprintCell.objects.filter(step=step, removed=False)
        edit.new_rows(
            BlueprintCell,
            [{"step": copy} | {name: getattr(cell, name) for name in CELL_COPIED}
             for cell in cells],
        )  # fmt: skip
        copy_meets(edit, [(step.pk, copy)])
        edit.label = step_label(copy)
    return copy


def remove_step(journey: Journey, step_id: int, *, by: Actor) -> Step:
    """Take a step out. What hangs on it is not shown any more, and comes back with an undo."""
    with editing(journey, "step_removed", by=by) as edit:
        step = own_row(edit, Step, step_id)
        edit.take_out([step])
        edit.label = step_label(step)
    return step
