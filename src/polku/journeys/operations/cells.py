"""Cells of the blueprint one by one: text, who, part, how long, on what it rests."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from polku.journeys.lanes import CELL_ROWS
from polku.journeys.models import BlueprintCell, Journey, Step
from polku.journeys.operations.conflicts import taken_out
from polku.journeys.operations.differing import hold_bases
from polku.journeys.operations.editing import Edit, editing, own_row, was_taken_out
from polku.journeys.operations.places import GAP
from polku.journeys.operations.texts import standing_step, step_label
from polku.journeys.operations.values import (
    CELL_FIELDS,
    component_by_code,
    party_by_code,
    read_values,
)
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused

MOST_IN_A_ROW = 12


def write_cell(
    journey: Journey, cell_id: int | None, step_id: int, row: str, values: Mapping[str, Any], *,
    by: Actor, base: Mapping[str, Any] | None = None,
) -> BlueprintCell:  # fmt: skip
    """Change one cell, or add one at the end of its row when *cell_id* is None.

    *values*: ``text`` (text or texts by language), ``component`` and ``actor`` (codes),
    ``duration`` (in words or ISO 8601), ``activity_class``, ``evidence``, ``evidence_n``,
    ``evidence_on``. *base* as in :func:`write_step`. Raises BadInput, Conflict, Refused.
    """
    if row not in CELL_ROWS:
        raise BadInput({"row": _("There is no such row to write in.")})
    with editing(journey, "cell_written", by=by) as edit:
        start, mine = (base or {}).get("text"), values.get("text")
        step = standing_step(edit, step_id, row, base=start, mine=mine)
        edit.label = step_label(step, row=row)
        if cell_id is None:
            return _added(edit, step, row, values)
        cell = standing_cell(edit, cell_id, row, base=start, mine=mine)
        if cell.step_id != step.pk or cell.row != row:
            raise NotFound
        read = read_cell(edit, cell, values)
        hold_bases(edit, cell, read, base, by)
        if not read.get("text", cell.text) and cell.picture_id is None:
            raise BadInput({"text": _("Write something, or take the cell out.")})
        edit.write(cell, **read)
    return cell


def standing_cell(edit: Edit, cell_id: int, row: str, *, base: Any, mine: Any) -> BlueprintCell:
    """The cell; when somebody took it out meanwhile, what was written for it comes back."""
    try:
        return own_row(edit, BlueprintCell, cell_id)
    except NotFound:
        if was_taken_out(edit, BlueprintCell, cell_id):
            raise taken_out(edit, row, base=base, mine=mine) from None
        raise


def read_cell(edit: Edit, cell: BlueprintCell, given: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values of a cell from outside ones. Raises BadInput."""
    own = {name: raw for name, raw in given.items() if name not in {"component", "actor"}}
    found = read_values(CELL_FIELDS, own, cell, edit.by)
    if "component" in given:
        found["component"] = component_by_code(edit.by, given["component"])
    if "actor" in given:
        found["actor_party"] = party_by_code(edit.by, given["actor"])
    return found


def _added(edit: Edit, step: Step, row: str, values: Mapping[str, Any]) -> BlueprintCell:
    there = list(BlueprintCell.objects.filter(step=step, row=row, removed=False))
    if len(there) >= MOST_IN_A_ROW:
        words = _("Up to %(n)d texts fit into one row of a step.")
        raise Refused(words % {"n": MOST_IN_A_ROW})
    read = read_cell(edit, BlueprintCell(), values)
    if not read.get("text"):
        raise BadInput({"text": _("Write something here; it cannot stay empty.")})
    place = (there[-1].position if there else 0) + GAP
    cell: BlueprintCell = edit.new(BlueprintCell, step=step, row=row, position=place, **read)
    return cell


def remove_cell(journey: Journey, cell_id: int, *, by: Actor) -> BlueprintCell:
    """Take one cell out; an undo brings it back."""
    with editing(journey, "cell_removed", by=by) as edit:
        cell = own_row(edit, BlueprintCell, cell_id)
        edit.take_out([cell])
        edit.label = step_label(cell.step, row=cell.row, text=str(cell.text))
    return cell
