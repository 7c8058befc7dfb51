"""Places in an order: numbers with room between them, so that moving one piece writes one row."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from polku.journeys.models.journeys import JourneyRow
from polku.journeys.operations.editing import Edit
from polku.kernel.answers import BadInput

GAP = 1 << 16
AT_START = 0


def position_after(edit: Edit, rows: Sequence[JourneyRow], after: int | None) -> int:
    """The position of a piece that comes after the one with this inner number.

    *rows* are the others, in order. None is the end, 0 the beginning. Where no room is left, all
    are spread anew. Raises BadInput when the one to follow is not among them.
    """
    place = _place(rows, after)
    low = rows[place - 1].position if place else 0
    if place == len(rows):
        return low + GAP
    if rows[place].position - low > 1:
        return (rows[place].position + low) // 2
    for order, row in enumerate(rows, 1):
        edit.write(row, position=order * GAP)
    return place * GAP + GAP // 2


def _place(rows: Sequence[JourneyRow], after: int | None) -> int:
    if after is None:
        return len(rows)
    if after == AT_START:
        return 0
    numbers = [row.pk for row in rows]
    if after not in numbers:
        raise BadInput({"after": _("What it should follow is not there any more.")})
    return numbers.index(after) + 1
