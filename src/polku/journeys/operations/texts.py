"""Writing one text at one place: the edit that people make most."""

from typing import Any

from django.utils.translation import gettext as _

from polku.journeys.lanes import CELL_ROWS
from polku.journeys.models import BlueprintCell, Journey, Step
from polku.journeys.operations.conflicts import clean, hold_base, taken_out
from polku.journeys.operations.editing import Edit, editing, own_row, was_taken_out
from polku.journeys.operations.places import GAP
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound
from polku.tenancy.translated import Translated

STEP_TEXTS = frozenset({"name", "customer_action", "expectation", "branch_when"})


def write_text(
    journey: Journey, step_id: int, row: str, text: str, *, by: Actor, lang: str | None = None,
    base: str | None = None,
) -> Step | BlueprintCell | None:  # fmt: skip
    """Write what stands in *row* at a step, in one language (the writer's, if none is said).

    *row* is a row of the blueprint or ``name``, ``customer_action``, ``expectation``,
    ``branch_when``. An empty text in the source language takes the text out, in another one that
    translation alone. Where a row holds several cells, each line is one of them. *base* is the text
    in that language that the writer started from (``StepDoc.text_of``): when another stands there
    now, Conflict carries ``{row: {base, theirs, mine, by, at}}`` and nothing is saved; ``removed``
    is in it when the step was taken out. Returns the row that holds the text. Raises BadInput,
    NotAllowed, NotFound.
    """
    lang = lang or by.lang_for_writing
    mine = clean(text, lang)
    start = None if base is None else clean(base, lang)
    with editing(journey, "text_written", by=by) as edit:
        step = standing_step(edit, step_id, row, base=start, mine=mine)
        edit.label = step_label(step, row=row, text=mine)
        if row in STEP_TEXTS:
            return write_step_text(edit, step, row, mine, lang, start)
        if row not in CELL_ROWS:
            raise BadInput({"row": _("There is no such row to write in.")})
        return write_row_text(edit, step, row, mine, lang, start)


def standing_step(edit: Edit, step_id: int, name: str, *, base: Any, mine: Any) -> Step:
    """The step to write at; when somebody took it out meanwhile, what was written comes back."""
    try:
        return own_row(edit, Step, step_id)
    except NotFound:
        if was_taken_out(edit, Step, step_id):
            raise taken_out(edit, name, base=base, mine=mine) from None
        raise


def step_label(step: Step, **more: str) -> dict[str, Any]:
    """Where an edit happened, in short, to tell of it."""
    title = str(step.name) or str(step.customer_action)
    return {"step": step.number, "title": title[:60]} | {
        name: value[:80] for name, value in more.items()
    }


def changed_text(now: Translated, lang: str, text: str) -> Translated:
    """*now* with one language written; an empty source takes the whole text out."""
    if not now:
        return Translated.of(text, lang)
    if not text and lang == now.source_lang:
        return Translated({}, lang)
    return now.merged({lang: text})


def write_step_text(
    edit: Edit, step: Step, row: str, text: str, lang: str, base: str | None
) -> Step:
    """Write one of the step's own texts."""
    now: Translated = getattr(step, row)
    hold_base(edit, row, step, base=base, theirs=now.text(lang), mine=text)
    edit.write(step, **{row: changed_text(now, lang, text)})
    return step


def write_row_text(
    edit: Edit, step: Step, row: str, text: str, lang: str, base: str | None
) -> BlueprintCell | None:
    """Write what a row says at a step; lines go to its cells in order."""
    rows = BlueprintCell.objects.filter(step=step, row=row, removed=False)
    cells = list(rows.select_related("picture"))
    for cell in cells:
        cell.step = step
    theirs = "\n".join(cell.text.text(lang) for cell in cells)
    hold_base(edit, row, _newest(cells, step, row), base=base, theirs=theirs, mine=text)
    if not cells:
        return _new_cell(edit, step, row, text, lang)
    for cell, part in zip(cells, _parts(text, len(cells)), strict=True):
        _write_cell(edit, cell, part, lang)
    return next((cell for cell in cells if not cell.removed), None)


def _newest(cells: list[BlueprintCell], step: Step, row: str) -> BlueprintCell | None:
    """The cell whose writer is named in a conflict: of a row that was emptied, the one taken
    out."""
    if cells:
        return cells[0]
    return BlueprintCell.objects.filter(step=step, row=row).order_by("-number").first()


def _new_cell(edit: Edit, step: Step, row: str, text: str, lang: str) -> BlueprintCell | None:
    if not text:
        return None
    value = Translated.of(text, lang)
    cell: BlueprintCell = edit.new(BlueprintCell, step=step, row=row, text=value, position=GAP)
    return cell


def _parts(text: str, n: int) -> list[str]:
    """The text in *n* pieces by lines; the last one gets all that is left over."""
    lines = text.split("\n")
    parts = [*lines[: n - 1], "\n".join(lines[n - 1 :])]
    return parts + [""] * (n - len(parts))


def _write_cell(edit: Edit, cell: BlueprintCell, text: str, lang: str) -> None:
    value = changed_text(cell.text, lang, text)
    if value or cell.picture_id is not None:
        edit.write(cell, text=value)
    elif not cell.text:
        return
    else:  # its words stay with it, for an undo
        edit.take_out([cell])
