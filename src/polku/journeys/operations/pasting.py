"""Pasting a table: across are steps, downward are lanes, as in a spreadsheet."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from polku.journeys.entities import TOUCHPOINT
from polku.journeys.lanes import BY_KEY, CELL_ROWS, LANES, STEP_TEXTS
from polku.journeys.models import Journey, Stage, Step
from polku.journeys.operations.conflicts import clean
from polku.journeys.operations.editing import Edit, editing, own_row
from polku.journeys.operations.meeting import by_name, met_at, set_meets
from polku.journeys.operations.places import position_after
from polku.journeys.operations.steps import hold_room, steps_of
from polku.journeys.operations.texts import (
    standing_step,
    step_label,
    write_row_text,
    write_step_text,
)
from polku.journeys.operations.values import STEP_FIELDS, read_values
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput
from polku.kernel.changes import create_object
from polku.kernel.folding import fold

MOST_ROWS, MOST_COLUMNS = 40, 120
# Into these a table can be pasted, from the top down
PASTED = ("name", *(lane.key for lane in LANES if lane.key not in {"experience", "pains"}))


def paste(
    journey: Journey, step_id: int, row: str, table: Sequence[Sequence[str]], *, by: Actor,
    lang: str | None = None, lanes: Sequence[str] = (), folded: Collection[int] = (),
) -> int:  # fmt: skip
    """Write a table from a place on: its first line into *row* (a lane's key or ``name``), the next
    into the lane below, the first column at the step and the others at the steps after it.

    *lanes* are the keys of those that the writer sees, in order; all when not said. Empty fields
    change nothing. Columns beyond the last step become new steps at the end. Steps of the stages
    *folded* (inner numbers) are passed over: nobody sees what would be written there. Meeting
    points are found by name or added to the library; several in one field are on lines of their
    own. One edit; returns how many fields were written. Raises BadInput for what does not fit.
    """
    keys = [key for key in PASTED if not lanes or key in lanes or key == row]
    if row not in keys:
        raise BadInput({"row": _("There is no such row to write in.")})
    keys = keys[keys.index(row) :]
    rows = [[clean(text) for text in line] for line in table]
    width = max((len(line) for line in rows), default=0)
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
        words = _("Up to %(rows)d lines and %(columns)d columns fit at once.")
        raise BadInput({"table": words % {"rows": MOST_ROWS, "columns": MOST_COLUMNS}})
    if len(rows) > len(keys):
        words = _("The table has %(n)d lines, but only %(fit)d rows are left from there down.")
        raise BadInput({"table": words % {"n": len(rows), "fit": len(keys)}})
    with editing(journey, "pasted", by=by) as edit:
        first = standing_step(edit, step_id, row, base=None, mine="")
        steps = _steps_from(edit, first, width, folded)
        written = 0
        for key, line in zip(keys, rows, strict=False):
            for step, text in zip(steps, line, strict=False):
                if text:
                    _write(edit, step, key, text, lang or by.lang_for_writing)
                    written += 1
        edit.label = step_label(first, row=row)
    return written


def _steps_from(edit: Edit, first: Step, width: int, folded: Collection[int]) -> list[Step]:
    """So many steps from this one on; new ones where there are not enough."""
    rows = Step.objects.filter(journey=edit.journey, removed=False, stage__removed=False)
    rows = rows.exclude(stage__in=set(folded) - {first.stage_id})
    steps = list(rows.select_related("stage").order_by(
        "stage__position", "stage_id", "position", "id"))  # fmt: skip
    place = next(n for n, step in enumerate(steps) if step.pk == first.pk)
    found = steps[place : place + width]
    missing = width - len(found)
    if missing > 0:
        hold_room(edit, missing)
        stage = own_row(edit, Stage, steps[-1].stage_id)
        for _n in range(missing):
            position = position_after(edit, steps_of(stage), None)
            found.append(edit.new(Step, stage=stage, position=position))
    return found


def _write(edit: Edit, step: Step, key: str, text: str, lang: str) -> None:
    if key == "name" or key in STEP_TEXTS:
        write_step_text(edit, step, key, text, lang, None)
    elif key in CELL_ROWS:
        write_row_text(edit, step, key, text, lang, None)
    elif key == "wait":
        edit.write(step, **read_values(STEP_FIELDS, {"expected_wait": text}, step, edit.by))
    elif key == "touchpoint":
        _meet(edit, step, text)
    else:
        raise BadInput({"row": _("Nothing can be pasted into “%(lane)s”.")
                        % {"lane": BY_KEY[key].name()}})  # fmt: skip


def _meet(edit: Edit, step: Step, text: str) -> None:
    """Add meeting points of these names, a line each, after those that are there."""
    names = [name for line in text.split("\n") if (name := line.strip())]
    known = by_name(edit.by, names)
    met = met_at(edit, step)
    points = {}
    for name in names:
        point = known.get(fold(name)) or create_object(TOUCHPOINT, {"name": name}, by=edit.by)
        known[fold(name)] = point
        points[point.pk] = point
    new = [pk for pk in points if pk not in {number for number, _main in met}]
    wanted = [*met, *([pk, not met and pk == new[0]] for pk in new)]
    set_meets(edit, step, wanted, points)
