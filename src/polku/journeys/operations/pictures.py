"""Pictures in the cells of a journey: hung, exchanged, taken down, like any other edit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from polku.journeys.document_shapes import PICTURED_STEP, PictureDoc
from polku.journeys.lanes import CELL_ROWS
from polku.journeys.models import BlueprintCell, Journey, Step
from polku.journeys.operations.conflicts import both, conflict, taken_out
from polku.journeys.operations.editing import Edit, editing, own_row, was_taken_out
from polku.journeys.operations.places import GAP
from polku.journeys.operations.texts import standing_step, step_label
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused
from polku.kernel.models import Attachment
from polku.kernel.pictures import Words, may_see, own_picture, with_words

HANGS = "picture_id"
type Holder = Step | BlueprintCell


def set_picture(
    journey: Journey, step_id: int, row: str, picture: Attachment | int | str,
    words: Words | None = None, *, by: Actor, base: int | None = None, cell_id: int | None = None,
) -> Holder:  # fmt: skip
    """Hang a picture in *row* at a step: ``customer_action`` or a row of the blueprint.

    *picture* is one of :func:`~polku.kernel.pictures.keep_picture`, or its number; *words* say
    anew what is to be seen, also in one language alone. Where the row holds several cells, it
    hangs in the one with this inner number, else where a picture hangs already, else in the first;
    an empty row gets a cell without text. *base* is the number of the picture that the writer
    started from, 0 for none: when another hangs there now, Conflict carries ``{"picture": {base,
    theirs, mine, theirs_words, mine_words, by, at}}``, numbers all, 0 for none. Returns what holds
    it. Raises BadInput, NotAllowed, NotFound.
    """
    _hold_row(row)
    with editing(journey, "picture_set", by=by) as edit:
        mine = _known(picture, by)
        step = _step(edit, step_id, base, mine.number)
        mine = with_words(mine, words, by=by) if words else mine
        holder = _holder(edit, step, row, cell_id, base, mine.number)
        _hold(edit, holder, base, mine)
        edit.label = step_label(step, row=row, picture=str(mine.words))
        if holder is None:
            made: BlueprintCell = edit.new(
                BlueprintCell, step=step, row=row, picture=mine, position=GAP
            )
            return made
        edit.write(holder, picture=mine)
    return holder


def remove_picture(
    journey: Journey, step_id: int, row: str, *, by: Actor, base: int | None = None,
    cell_id: int | None = None,
) -> Holder:  # fmt: skip
    """Take a picture down; a cell without text goes with it. An undo brings both back. *base* and
    *cell_id* as in :func:`set_picture`. Raises Conflict, NotFound, Refused when none hangs there.
    """
    _hold_row(row)
    with editing(journey, "picture_removed", by=by) as edit:
        step = _step(edit, step_id, base, 0)
        holder = _holder(edit, step, row, cell_id, base, 0)
        _hold(edit, holder, base, None)
        if holder is None or holder.picture is None:
            raise Refused(_("No picture hangs there any more. Nothing was changed."))
        edit.label = step_label(step, row=row, picture=str(holder.picture.words))
        if isinstance(holder, BlueprintCell) and not holder.text:
            edit.take_out([holder])  # its picture stays with it, for an undo
        else:
            edit.write(holder, picture=None)
    return holder


def _hold_row(row: str) -> None:
    if row != PICTURED_STEP and row not in CELL_ROWS:
        raise BadInput({"row": _("No picture can hang in this row.")})


def _known(picture: Attachment | int | str, by: Actor) -> Attachment:
    found = picture if isinstance(picture, Attachment) else own_picture(by, picture)
    if found is None or not may_see(by, found):
        words = _("There is no picture “%(number)s” here. Send it first.")
        raise BadInput({"picture": words % {"number": str(picture)[:20]}})
    return found


def _step(edit: Edit, step_id: int, base: int | None, mine: int) -> Step:
    return standing_step(edit, step_id, "picture", base=base, mine=mine)


def _holder(
    edit: Edit, step: Step, row: str, cell_id: int | None, base: int | None, mine: int
) -> Holder | None:
    """What holds the picture of this row, or will; None when a cell has to be made."""
    if row == PICTURED_STEP:
        return step
    if cell_id is not None:
        return _cell(edit, step, row, cell_id, base, mine)
    cells = BlueprintCell.objects.filter(step=step, row=row, removed=False)
    few = list(cells.select_related("picture"))
    for cell in few:
        cell.step = step
    return next((cell for cell in few if cell.picture_id is not None), few[0] if few else None)


def _cell(
    edit: Edit, step: Step, row: str, cell_id: int, base: int | None, mine: int
) -> BlueprintCell:
    try:
        cell = own_row(edit, BlueprintCell, cell_id)
    except NotFound:
        if was_taken_out(edit, BlueprintCell, cell_id):
            raise taken_out(edit, "picture", base=base, mine=mine) from None
        raise
    if cell.step_id != step.pk or cell.row != row:
        raise NotFound
    return cell


def _hold(edit: Edit, holder: Holder | None, base: int | None, mine: Attachment | None) -> None:
    """Raise Conflict when somebody hung another picture there, or took it down, meanwhile."""
    theirs = holder.picture if holder is not None else None
    if base is None or _number(theirs) in (base, _number(mine)):
        return
    told = {"base": base, **_told("theirs", theirs), **_told("mine", mine)}
    raise conflict(edit, {"picture": both(edit, holder, **told)})


def _number(picture: Attachment | None) -> int:
    return picture.number if picture is not None else 0


def _told(side: str, picture: Attachment | None) -> dict[str, Any]:
    words = dict(picture.words.texts) if picture is not None else {}
    return {side: _number(picture), f"{side}_words": words}


def told_pictures(**inner: int | None) -> dict[str, Any]:
    """Pictures of a conflict as people know them, from inner numbers by side."""
    rows = Attachment.objects.in_bulk({number for number in inner.values() if number})
    told: dict[str, Any] = {}
    for side, number in inner.items():
        told |= _told(side, rows.get(number or 0))
    return told


@dataclass
class HeldPictures:
    """Pictures that a document names and whose files are here."""

    by: Actor | None = None
    rows: dict[str, list[Attachment]] = field(default_factory=dict)

    def get(self, named: PictureDoc | None) -> Attachment | None:
        """The picture that the document means: its file and its words."""
        same = self.rows.get(named.sha256, []) if named is not None else []
        if named is None or not same or self.by is None:
            return None
        words = dict(named.words.texts)
        fitting = [row for row in same if dict(row.words.texts) == words]
        found = next((row for row in fitting if row.number == named.number), None)
        found = found or next(iter(fitting), None)
        if found is None and words:
            found = with_words(same[0], named.words, by=self.by)
            same.append(found)
        return found or same[0]


def left_behind(named: Iterable[PictureDoc], by: Actor) -> int:
    """How many pictures of a document cannot come along, since their files are not here."""
    pictures = list(named)
    here = held_pictures(pictures, by).rows
    return sum(picture.sha256 not in here for picture in pictures)


def held_pictures(named: Iterable[PictureDoc], by: Actor) -> HeldPictures:
    """Look up the files of a document's pictures in the actor's workspace, in one statement."""
    wanted = {picture.sha256 for picture in named}
    found = HeldPictures(by)
    rows = Attachment.objects.filter(workspace=by.workspace, sha256__in=wanted) if wanted else ()
    for row in rows:
        found.rows.setdefault(row.sha256, []).append(row)
    return found
