"""The rows of a sheet, laid upon a journey: what it would say then, and what cannot be kept.

Nothing is stored here. What the sheet leaves out stays; a blank leaves what is there; ``[clear]``
takes a text away and a sign in the column *remove* the thing of the whole row. A row that cannot
be read is left out with a sentence, and the others are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from polku.exchange.journeys.cell_values import Unfit
from polku.exchange.journeys.columns import NEW, OF_JOURNEY, OF_STAGE, OF_STEP, SheetRow
from polku.exchange.journeys.drafting import Draft, StepDraft
from polku.exchange.journeys.lane_words import lane_named
from polku.exchange.journeys.library import Library
from polku.exchange.journeys.pieces import (
    change_cells,
    change_head,
    change_journey,
    change_pains,
    change_points,
    change_stage,
    change_step,
)
from polku.journeys.document_shapes import JourneyDoc


@dataclass(frozen=True)
class Trouble:
    """A row, or one column of it, that was not kept, and why."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Laid:
    """The journey as the sheet would have it, and what had to be left out."""

    doc: JourneyDoc
    rows: int
    troubles: tuple[Trouble, ...] = ()


def lay_rows(
    base: JourneyDoc, rows: Iterable[SheetRow], library: Library, *, lang: str,
    is_new: bool = False,
) -> Laid:  # fmt: skip
    """The document *base* with the rows laid upon it; *lang* is in which new names are written.

    With *is_new* the rows make a journey of their own: their numbers only hold them together.
    """
    laying = _Laying(Draft.of(base, lang, is_new=is_new), library, lang)
    count = 0
    for row in rows:
        count += 1
        laying.lay(_bare(row) if is_new else row)
    return Laid(laying.draft.finished(), count, tuple(laying.troubles))


def _bare(row: SheetRow) -> SheetRow:
    """The row without what only says where it stood in the journey that it was taken from."""
    kept = {name: text for name, text in row.cells.items() if name != "journey"}
    return SheetRow(row.number, kept | {"cell": NEW})


@dataclass
class _Laying:
    """One sheet on its way into one draft."""

    draft: Draft
    library: Library
    lang: str
    troubles: list[Trouble] = field(default_factory=list)

    def lay(self, row: SheetRow) -> None:
        """One row; what does not fit is noted and changes nothing."""
        try:
            self._hold_journey(row)
            self._lay(row, _lane(row))
        except Unfit as unfit:
            self.troubles.append(Trouble(row.number, unfit.column, unfit.message))

    def _hold_journey(self, row: SheetRow) -> None:
        code, here = row["journey"].upper(), self.draft.doc.code
        if code and here and code != here:
            words = _("The row is of %(other)s, this is %(here)s. It was left out.")
            raise Unfit("journey", words % {"other": code[:20], "here": here})

    def _lay(self, row: SheetRow, lane: str) -> None:
        draft = self.draft
        if lane in OF_JOURNEY:
            draft.doc = change_journey(row, lane, draft.doc, self.lang)
        elif lane == "pain" and not row["step"] and not row["step_name"]:
            draft.doc = change_pains(row, draft.doc, self.library, self.lang)
        elif lane in OF_STAGE:
            self._lay_stage(row, lane)
        elif not _is_blank(row):
            self._lay_step(row, lane)

    def _lay_stage(self, row: SheetRow, lane: str) -> None:
        stage = self.draft.stage_at(row)
        if stage is None:
            if row.says_nothing:
                return
            raise Unfit("stage", _unknown(row, "stage"))
        if lane == "stage" and row.is_taken_out:
            stage.is_out = True
            return
        if lane == "stage":
            stage.place = _place(row, stage.place)
        stage.doc = change_stage(row, lane, stage.doc, self.lang)

    def _lay_step(self, row: SheetRow, lane: str) -> None:
        step = self.draft.step_at(row)
        if step is None:
            raise Unfit("step", _unknown(row, "step"))
        if lane == "step":
            self._lay_head(row, step)
        elif lane in OF_STEP:
            step.doc = change_step(row, lane, step.doc, self.library, self.lang)
        elif lane == "touchpoint":
            step.doc = change_points(row, step.doc, self.library, self.lang)
        elif lane == "pain":
            step.doc = change_pains(row, step.doc, self.library, self.lang)
        else:
            step.doc = change_cells(row, lane, step.doc, self.library, self.lang)

    def _lay_head(self, row: SheetRow, step: StepDraft) -> None:
        if row.is_taken_out:
            step.is_out = True
            return
        if row["stage"] or row["stage_name"]:
            stage = self.draft.stage_at(row)
            if stage is None:
                raise Unfit("stage", _unknown(row, "stage"))
            step.stage = stage
        step.place = _place(row, step.place)
        step.doc = change_head(row, step.doc, self.lang)


def _lane(row: SheetRow) -> str:
    lane = lane_named(row["lane"])
    if not lane:
        words = _("There is no lane “%(name)s”. The row was left out.")
        raise Unfit("lane", words % {"name": row["lane"][:40]})
    return lane


def _is_blank(row: SheetRow) -> bool:
    """A row to fill in that nobody filled in, below the last step."""
    return row.says_nothing and not row["step"] and not row["step_name"]


def _place(row: SheetRow, base: float) -> float:
    text = row["place"].replace(",", ".")
    if not text:
        return base
    try:
        found = float(text)
    except ValueError:
        found = -1
    if not 0 <= found < 100_000:
        raise Unfit("place", _("The place is a number, as 3 or 3.5."))
    return found


def _unknown(row: SheetRow, column: str) -> str:
    if row[column]:
        words = _("Nothing here has the number %(n)s. For something new leave the number empty "
                  "and write its name beside it. The row was left out.")  # fmt: skip
        return words % {"n": row[column][:20]}
    return _("The row does not say where it belongs. It was left out.")
