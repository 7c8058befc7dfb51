"""Filling an empty journey from a document: templates, copies, imports."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from polku.journeys.document_shapes import CellDoc, JourneyDoc, PainDoc, StageDoc, StepDoc
from polku.journeys.entities import TOUCHPOINT
from polku.journeys.lanes import CELL_ROWS
from polku.journeys.models import BlueprintCell, Journey, PainPoint, Stage, Step, Touchpoint
from polku.journeys.operations.editing import Edit, editing
from polku.journeys.operations.meeting import by_name, tie_points
from polku.journeys.operations.pictures import HeldPictures, held_pictures
from polku.journeys.operations.places import GAP
from polku.journeys.operations.stages import MOST_STAGES
from polku.journeys.operations.steps import MOST_STEPS
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.changes import create_objects
from polku.kernel.durations import NotADuration, read_duration
from polku.kernel.folding import fold
from polku.kernel.queries import visible, visible_kind
from polku.kernel.registry import entity
from polku.tenancy.models import CoreEntity

EVIDENCE = ("evidence", "evidence_n", "evidence_on")
STEP_PLAIN = (
    "name", "customer_action", "expectation", "emotion_target", "emotion_assumed", "sphere",
    "optional", "parallel_group", "branch_when", *EVIDENCE,
)  # fmt: skip


def fill(journey: Journey, doc: JourneyDoc, *, by: Actor) -> Journey:
    """Write a whole document into an empty journey, as one edit.

    Threads that the document names are kept, so that a copy can be compared with its first. Meeting
    points are found by code, else by name in any language, else added to the library; those out of
    use, and parts, people and journeys that are not here by that code, are left out; so are
    pictures whose file is not here. Raises Refused
    when the journey holds something already, and BadInput.
    """
    with editing(journey, "filled", by=by) as edit:
        if Stage.objects.filter(journey=edit.journey, removed=False).exists():
            raise Refused(_("This journey holds something already. Take an empty one."))
        Filling(edit, found_in(doc.steps, doc.all_pains, by)).stages(doc.stages, doc.pains)
        edit.label = {"title": str(doc.name)[:60]}
    return journey


@dataclass
class Found:
    """What a document names that is here, by code or by folded name."""

    points: dict[str, Touchpoint] = field(default_factory=dict)
    by_code: dict[tuple[str, str], CoreEntity] = field(default_factory=dict)
    pictures: HeldPictures = field(default_factory=HeldPictures)

    def get(self, kind: str, named: Any) -> Any:
        """The object of a name in a document, if it is here."""
        return self.by_code.get((kind, named.code)) if named is not None else None

    def point(self, named: Any) -> Touchpoint | None:
        """The meeting point of a name in a document."""
        texts = getattr(named.name, "texts", None) or {"": str(named.name)}
        names = (self.points.get(fold(text)) for text in texts.values())
        return self.points.get(named.code) or next((row for row in names if row), None)

    def in_use(self, named: Any) -> Touchpoint | None:
        """The same, unless it was removed or put away: what stands there is not tied anew."""
        row = self.point(named)
        gone = row is not None and (row.archived or row.state == Touchpoint.State.REMOVED)
        return None if gone else row


def found_in(steps: Iterable[StepDoc], pains: Iterable[PainDoc], by: Actor) -> Found:
    """Look up all that a document names, a statement for each kind; new meeting points are made."""
    steps, found = list(steps), Found()
    cells = [cell for step in steps for cell in step.all_cells]
    wanted: dict[str, set[str]] = {
        "component": {cell.component.code for cell in cells if cell.component},
        "party": {cell.actor.code for cell in cells if cell.actor},
        "journey": {step.sub_journey.code for step in steps if step.sub_journey},
    }
    for kind, codes in wanted.items():
        rows = visible_kind(by, entity(kind)).filter(code__in=codes) if codes else ()
        found.by_code |= {(kind, row.code): row for row in rows}
    found.pictures = held_pictures((one for step in steps for one in step.pictures), by)
    _find_points(found, steps, list(pains), by)
    return found


def _find_points(found: Found, steps: list[StepDoc], pains: list[PainDoc], by: Actor) -> None:
    named: list[Any] = [point for step in steps for point in step.touchpoints]
    about = [pain.touchpoint for pain in pains if pain.touchpoint]
    codes = {one.code for one in (*named, *about) if one.code}
    if codes:
        rows = visible(by, Touchpoint, archived=True).filter(code__in=codes)
        found.points |= {row.code: row for row in rows}
    left = [one for one in named if found.point(one) is None and one.name]
    if not left:
        return
    found.points |= by_name(by, [text for one in left for text in one.name.texts.values()])
    new = {str(one.name): one for one in left if found.point(one) is None}
    values = [{"name": one.name, "channel_kind": one.channel_kind} for one in new.values()]
    for row in create_objects(TOUCHPOINT, values, by=by) if values else ():
        found.points |= {fold(text): row for text in row.name.texts.values()}


class Filling:
    """Writes stages, steps, cells and pain points of documents as rows of one edit."""

    def __init__(self, edit: Edit, found: Found) -> None:
        self.edit, self.found = edit, found
        self.steps_by_number: dict[int, Step] = {}

    def stages(self, stages: Iterable[StageDoc], pains: Iterable[PainDoc] = ()) -> None:
        """All of it, with a statement or two for each kind of row."""
        stages = list(stages)
        steps = [step for stage in stages for step in stage.steps]
        if len(stages) > MOST_STAGES or len(steps) > MOST_STEPS:
            words = _("Up to %(stages)d stages and %(steps)d steps fit into a journey.")
            raise Refused(words % {"stages": MOST_STAGES, "steps": MOST_STEPS})
        made = self.edit.new_rows(
            Stage, [stage_values(stage) | {"position": n * GAP}
                    for n, stage in enumerate(stages, 1)],
        )  # fmt: skip
        placed = [
            (step, row, n * GAP)
            for stage, row in zip(stages, made, strict=True)
            for n, step in enumerate(stage.steps, 1)
        ]
        self.steps(placed)
        self.pains([(pain, None) for pain in pains])

    def steps(self, placed: list[tuple[StepDoc, Stage, int]]) -> list[Step]:
        """Steps at their places, with all that belongs to them."""
        rows: list[Step] = self.edit.new_rows(
            Step,
            [self.step_values(doc) | {"stage": stage, "position": position}
             for doc, stage, position in placed],
        )  # fmt: skip
        docs = [doc for doc, _stage, _position in placed]
        pairs = list(zip(docs, rows, strict=True))
        self.steps_by_number |= {doc.number: row for doc, row in pairs if doc.number}
        for doc, row in pairs:
            before = self.steps_by_number.get(doc.branch_of or 0)
            if before is not None and before.pk != row.pk:
                self.edit.write(row, branch_of_step=before)
        self.cells([(cell, row) for doc, row in pairs for cell in doc.all_cells])
        self.pains([(pain, row) for doc, row in pairs for pain in doc.pains])
        self.meets(pairs)
        return rows

    def step_values(self, doc: StepDoc) -> dict[str, Any]:
        """Columns of a step."""
        values = {name: getattr(doc, name) for name in STEP_PLAIN} | threaded(doc)
        sub = self.found.get("journey", doc.sub_journey)
        sub = None if sub is not None and sub.pk == self.edit.journey.pk else sub
        return values | {
            "expected_wait": duration(doc.expected_wait), "sub_journey": sub,
            "picture": self.found.pictures.get(doc.picture),
        }  # fmt: skip

    def cells(self, rows: list[tuple[CellDoc, Step]]) -> None:
        """Cells, in order within their rows."""
        values = []
        for place, (cell, step) in enumerate(rows, 1):
            if cell.row not in CELL_ROWS:
                raise BadInput({"row": _("There is no such row to write in.")})
            told = self.cell_values(cell)
            if cell.picture is None or told["text"] or told["picture"]:
                values.append(told | {"step": step, "position": place})
        self.edit.new_rows(BlueprintCell, values)

    def cell_values(self, cell: CellDoc) -> dict[str, Any]:
        """Columns of a cell."""
        values = {
            name: getattr(cell, name) for name in ("row", "text", "activity_class", *EVIDENCE)
        }
        return values | threaded(cell) | {
            "duration": duration(cell.duration),
            "component": self.found.get("component", cell.component),
            "actor_party": self.found.get("party", cell.actor),
            "picture": self.found.pictures.get(cell.picture),
        }  # fmt: skip

    def pains(self, rows: list[tuple[PainDoc, Step | None]]) -> None:
        """Pain points at their steps, or of the whole journey."""
        names = ("text", "severity", "decision", "decision_reason", *EVIDENCE)
        self.edit.new_rows(PainPoint, [
            {name: getattr(pain, name) for name in names} | threaded(pain)
            | {"step": step, "position": place,
               "touchpoint": self.found.in_use(pain.touchpoint) if pain.touchpoint else None}
            for place, (pain, step) in enumerate(rows, 1)
        ])  # fmt: skip

    def meets(self, pairs: list[tuple[StepDoc, Step]]) -> None:
        """Tie the steps to their meeting points; the first is the primary one."""
        ties = []
        for doc, row in pairs:
            points = [(p, found) for p in doc.touchpoints if (found := self.found.in_use(p))]
            known = {found.pk: found for _p, found in points}
            first = next((found.pk for p, found in points if p.primary), next(iter(known), None))
            ties += [(row, point, pk == first) for pk, point in known.items()]
        if ties:
            tie_points(self.edit, ties)


def stage_values(doc: StageDoc) -> dict[str, Any]:
    """Columns of a stage."""
    names = ("name", "dsv_step", "goal_of_customer")
    return {name: getattr(doc, name) for name in names} | threaded(doc)


def threaded(doc: Any) -> dict[str, Any]:
    """The thread of a piece, when the document names one."""
    return {"thread": doc.thread} if doc.thread else {}


def duration(text: str) -> str:
    """A length of time in stored form. Raises BadInput."""
    try:
        return read_duration(text)
    except NotADuration as error:
        raise BadInput({"expected_wait": str(error)}) from error
