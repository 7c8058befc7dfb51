"""Taking a changed document over: what differs from what stands becomes one edit."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from polku.journeys.document_shapes import CellDoc, JourneyDoc, PainDoc, StepDoc
from polku.journeys.models import BlueprintCell, Journey, PainPoint, Stage, Step
from polku.journeys.models.journeys import JourneyRow
from polku.journeys.operations.conflicts import conflict
from polku.journeys.operations.editing import BESIDE, Edit, editing
from polku.journeys.operations.filling import Filling, Found, found_in, stage_values
from polku.journeys.operations.meeting import met_at, set_meets
from polku.journeys.operations.places import GAP
from polku.journeys.operations.stages import MOST_STAGES
from polku.journeys.operations.steps import MOST_STEPS
from polku.kernel.actor import Actor
from polku.kernel.answers import Refused

_KEPT = frozenset({"thread", "removed"})


def apply_document(
    journey: Journey, doc: JourneyDoc, *, by: Actor, seen: int | None = None
) -> Journey:
    """Let the journey say what *doc* says: stages, steps, cells, pain points, meeting points.

    Pieces are the same by ``number``, else by ``thread``; others are new, and what *doc* does not
    name is taken out. Start from :func:`~polku.journeys.documents.read_document` and change that:
    what a file leaves out must be in it as it stands. One edit that can be undone; what does not
    differ is not touched. Name and scenario of the journey stay. *seen* is the number of edits that
    the document was read with: when somebody edited since, Conflict is raised. Raises Refused,
    BadInput.
    """
    with editing(journey, "applied", by=by) as edit:
        now = edit.journey.edits
        if seen is not None and seen != now:
            raise conflict(edit, {"edits": {"base": seen, "theirs": now, "mine": None}})
        if len(doc.stages) > MOST_STAGES or len(doc.steps) > MOST_STEPS:
            words = _("Up to %(stages)d stages and %(steps)d steps fit into a journey.")
            raise Refused(words % {"stages": MOST_STAGES, "steps": MOST_STEPS})
        Applying(edit, found_in(doc.steps, doc.all_pains, by)).whole(doc)
        edit.label = {"title": str(doc.name)[:60]}
    return journey


class Known:
    """The standing rows of one kind, by number and by thread; each is meant once."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.left: dict[int, Any] = {row.pk: row for row in rows}

    def take(self, piece: Any) -> Any:
        """The row that a piece of the document means, or None."""
        found = next((r for r in self.left.values() if piece.number and r.number == piece.number),
                     None)  # fmt: skip
        if found is None and piece.thread and not piece.number:
            same = (r for r in self.left.values() if str(r.thread) == piece.thread)
            found = next(same, None)
        return self.left.pop(found.pk) if found is not None else None


class Applying:
    """One document against what stands."""

    def __init__(self, edit: Edit, found: Found) -> None:
        self.edit, self.found, self.filling = edit, found, Filling(edit, found)
        self.known = {
            model: Known(self._standing(model)) for model in (Stage, Step, BlueprintCell, PainPoint)
        }

    def _standing(self, model: type[JourneyRow]) -> list[Any]:
        rows: Any = model.objects.filter(journey=self.edit.journey, removed=False)
        return list(rows.select_related(*BESIDE[model]) if model in BESIDE else rows)

    def whole(self, doc: JourneyDoc) -> None:
        """All of it: first what stays or is new, in order, then what goes."""
        stages = [self._stage(stage) for stage in doc.stages]
        self._in_order(stages)
        placed: list[tuple[StepDoc, Step]] = []
        for stage, home in zip(doc.stages, stages, strict=True):
            steps = [self._step(step, home) for step in stage.steps]
            self._in_order(steps)
            placed += zip(stage.steps, steps, strict=True)
        self._branches(placed)
        for step, row in placed:
            self._cells(step, row)
            self._meets(step, row)
        self._pains([*((pain, row) for step, row in placed for pain in step.pains),
                     *((pain, None) for pain in doc.pains)])  # fmt: skip
        for known in self.known.values():
            self.edit.take_out(known.left.values())

    def _stage(self, stage: Any) -> Stage:
        row: Stage | None = self.known[Stage].take(stage)
        if row is None:
            made: Stage = self.edit.new(Stage, **stage_values(stage), position=0)
            return made
        self._write(row, stage_values(stage))
        return row

    def _step(self, doc: StepDoc, stage: Stage) -> Step:
        row: Step | None = self.known[Step].take(doc)
        values = self.filling.step_values(doc)
        if row is None:
            made: Step = self.edit.new(Step, **values, stage=stage, position=0)
            return made
        if doc.sub_journey is not None and values["sub_journey"] is None:
            values.pop("sub_journey")  # it is out of the writer's sight
        _keep_unknown_picture(doc, values)
        moved = {"stage": stage, "position": 0} if row.stage_id != stage.pk else {}
        self._write(row, values | moved)
        return row

    def _write(self, row: Any, values: dict[str, Any]) -> None:
        self.edit.write(row, **{k: v for k, v in values.items() if k not in _KEPT})

    def _in_order(self, rows: Sequence[Any]) -> None:
        """Give places anew where those that stand do not rise."""
        places = [row.position for row in rows]
        if all(low < high for low, high in zip([0, *places], places, strict=False)):
            return
        self.edit.write_rows((row, {"position": n * GAP}) for n, row in enumerate(rows, 1))

    def _branches(self, placed: list[tuple[StepDoc, Step]]) -> None:
        by_number = {doc.number: row for doc, row in placed if doc.number}
        for doc, row in placed:
            before = by_number.get(doc.branch_of or 0)
            before = None if before is not None and before.pk == row.pk else before
            if row.branch_of_step_id != (before.pk if before else None):
                self.edit.write(row, branch_of_step=before)

    def _cells(self, doc: StepDoc, step: Step) -> None:
        for cells in doc.cells.values():
            rows = [self._cell(cell, step) for cell in cells if cell.text or cell.picture]
            self._in_order([row for row in rows if row is not None])

    def _cell(self, cell: CellDoc, step: Step) -> BlueprintCell | None:
        row: BlueprintCell | None = self.known[BlueprintCell].take(cell)
        values = self.filling.cell_values(cell)
        if row is None and not cell.text and values["picture"] is None:
            return None
        if row is None:
            made: BlueprintCell = self.edit.new(BlueprintCell, **values, step=step, position=0)
            return made
        for name, named in (("component", cell.component), ("actor_party", cell.actor)):
            if named is not None and values[name] is None:
                values.pop(name)
        _keep_unknown_picture(cell, values)
        moved = {"step": step} if row.step_id != step.pk else {}
        self._write(row, values | moved)
        return row

    def _meets(self, doc: StepDoc, step: Step) -> None:
        points = [(p, self.found.point(p)) for p in doc.touchpoints]
        known = {row.pk: row for _p, row in points if row is not None}
        first = next((row.pk for p, row in points if p.primary and row is not None), None)
        first = first or next(iter(known), None)
        wanted = [[pk, pk == first] for pk in known]
        if sorted(wanted) != sorted(met_at(self.edit, step)):
            set_meets(self.edit, step, wanted, known)

    def _pains(self, rows: list[tuple[PainDoc, Step | None]]) -> None:
        new: list[tuple[PainDoc, Step | None]] = []
        for pain, step in rows:
            row = self.known[PainPoint].take(pain)
            if row is None:
                new.append((pain, step))
                continue
            names = ("text", "severity", "evidence", "evidence_n", "evidence_on")
            values = {name: getattr(pain, name) for name in names} | {"step": step}
            self._write(row, values)
        if new:
            self.filling.pains(new)


def _keep_unknown_picture(doc: StepDoc | CellDoc, values: dict[str, Any]) -> None:
    """A picture that is not here cannot hang here: what hangs there stays."""
    if doc.picture is not None and values["picture"] is None:
        values.pop("picture")
