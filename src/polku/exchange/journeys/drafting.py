"""A journey that is being changed by the rows of a sheet: found places, new ones, their order."""

from dataclasses import dataclass, field, replace

from polku.exchange.journeys.columns import SheetRow
from polku.journeys.document_shapes import NOTHING, JourneyDoc, StageDoc, StepDoc
from polku.kernel.folding import fold
from polku.tenancy.translated import Translated

# New things without a place follow what stands above them in the file
STEPSIZE = 1 / 4096


@dataclass
class StageDraft:
    """A stage on its way; ``place`` orders it among the others, ``called`` is its name in the
    sheet when it is new."""

    doc: StageDoc
    place: float
    was: float | None = None
    called: str = ""
    is_out: bool = False


@dataclass
class StepDraft:
    """A step on its way, with the stage it will stand in."""

    doc: StepDoc
    stage: StageDraft
    place: float
    was: float | None = None
    called: str = ""
    is_out: bool = False


@dataclass
class Draft:
    """All pieces of a journey by number or, when they are new, by name.

    With *is_new* there was no journey before: numbers in the sheet only say what belongs together.
    """

    doc: JourneyDoc
    lang: str
    is_new: bool = False
    stages: list[StageDraft] = field(default_factory=list)
    steps: list[StepDraft] = field(default_factory=list)
    _last_stage: StageDraft | None = None
    _last_step: StepDraft | None = None

    @classmethod
    def of(cls, doc: JourneyDoc, lang: str, *, is_new: bool = False) -> "Draft":
        """A draft that says what *doc* says."""
        draft = cls(doc, lang, is_new)
        for place, stage in enumerate(doc.stages, 1):
            row = StageDraft(stage, place, place)
            draft.stages.append(row)
            draft.steps += [StepDraft(step, row, step.place, step.place) for step in stage.steps]
        return draft

    def stage_at(self, row: SheetRow) -> StageDraft | None:
        """The stage a row names by number, else by name; a new one for a new name."""
        number, name = _number(row["stage"]), row["stage_name"]
        found = None
        if row["stage"]:
            found = next((s for s in self.stages if s.doc.number == number), None)
            if found is None and self.is_new and number:
                found = self._new_stage(row, number)
        elif name:
            found = next((s for s in self.stages if _is_called(s, name)), None)
            found = found or self._new_stage(row, 0)
        self._last_stage = found or self._last_stage
        return found

    def step_at(self, row: SheetRow) -> StepDraft | None:
        """The step a row names by number, else by name; a new one for a new name in a stage."""
        number = _number(row["step"])
        found = None
        if row["step"]:
            found = next((s for s in self.steps if s.doc.number == number), None)
            if found is None and self.is_new and number:
                found = self._new_step(row, number)
        elif row["step_name"]:
            stage = self.stage_at(row) or self._last_stage
            found = self._called(row["step_name"], stage) or self._new_step(row, 0)
        self._last_step = found or self._last_step
        return found

    def _called(self, name: str, stage: StageDraft | None) -> StepDraft | None:
        """A new step of this name: those that stand here are named by their number."""
        rows = [s for s in self.steps if s.was is None and s.stage is stage]
        return next((s for s in rows if _is_called(s, name)), None)

    def _new_stage(self, row: SheetRow, number: int) -> StageDraft:
        last = self._last_stage
        place = last.place if last else max((s.place for s in self.stages), default=0)
        name = self._name(row, "stage", "stage_name")
        new = StageDraft(
            StageDoc(name=name, number=number), place + STEPSIZE, called=row["stage_name"]
        )
        self.stages.append(new)
        return new

    def _new_step(self, row: SheetRow, number: int) -> StepDraft | None:
        stage = self.stage_at(row) or self._last_stage
        if stage is None:
            return None
        last = self._last_step
        if last is None or last.stage is not stage:
            last = max((s for s in self.steps if s.stage is stage), key=_order, default=None)
        place = (last.place if last else 0) + STEPSIZE
        name = self._name(row, "step", "step_name")
        step = StepDoc(name=name, number=number)
        new = StepDraft(step, stage, place, called=row["step_name"])
        self.steps.append(new)
        return new

    def _name(self, row: SheetRow, lane: str, column: str) -> Translated:
        """The name beside the number, unless the row itself says the name in its languages."""
        if row.texts and row["lane"] == lane:
            return NOTHING
        return Translated.of(row[column], self.lang)

    def finished(self) -> JourneyDoc:
        """The document that the draft says, its places counted anew."""
        stages, place = [], 0
        for stage in sorted((s for s in self.stages if not s.is_out), key=_order):
            steps = []
            inside = [s for s in self.steps if s.stage is stage and not s.is_out]
            for step in sorted(inside, key=_order):
                place += 1
                steps.append(replace(step.doc, place=place))
            stages.append(replace(stage.doc, steps=tuple(steps)))
        return replace(self.doc, stages=tuple(stages))


def _order(row: StageDraft | StepDraft) -> tuple[float, int]:
    """By place; what was moved up stands before, what was moved down after its new neighbour."""
    if row.was is None or row.was == row.place:
        return row.place, 1
    return row.place, 0 if row.place < row.was else 2


def _is_called(row: StageDraft | StepDraft, words: str) -> bool:
    known = {row.called, *row.doc.name.texts.values()}
    return fold(words) in {fold(text) for text in known if text}


def _number(text: str) -> int:
    text = text.removesuffix(".0")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
