"""A journey as rows: one per cell, with blank rows where a lane says nothing yet."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from polku.exchange.journeys.columns import headings
from polku.exchange.spreadsheet.writing import Table, Value
from polku.journeys.document_shapes import (
    CellDoc,
    JourneyDoc,
    Named,
    PainDoc,
    PictureDoc,
    StageDoc,
    StepDoc,
    TouchpointDoc,
)
from polku.journeys.lanes import CELL_ROWS
from polku.tenancy.translated import Translated

type Cells = dict[str, Value]

# Lanes that are written at every step, empty or not: a blank row is an invitation
OFFERED = ("customer_action", "frontstage", "backstage")


def journey_table(doc: JourneyDoc, languages: Iterable[str], lanes: Collection[str]) -> Table:
    """The sheet of a journey; *lanes* are the keys of those that go out."""
    tags = _languages(doc, languages)
    names = headings(tags)
    rows = [[cells.get(name) for name in names] for cells in _rows(doc, frozenset(lanes))]
    return Table("journey", names, rows, marked_column=0)


def _languages(doc: JourneyDoc, wanted: Iterable[str]) -> list[str]:
    """The languages of the workspace, then others in which something is written."""
    found = dict.fromkeys(wanted)
    for text in texts_of(doc):
        found |= dict.fromkeys(text)
    return list(found)


def texts_of(value: Any) -> Iterator[Translated]:
    """Every text of a document."""
    if isinstance(value, Translated):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_of(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts_of(part)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts_of(getattr(value, name))


def _rows(doc: JourneyDoc, lanes: frozenset[str]) -> Iterator[Cells]:
    yield from ({"journey": doc.code, **row} for row in _of_journey(doc, lanes))
    for number, stage in enumerate(doc.stages, 1):
        place: Cells = {"journey": doc.code, "stage": stage.number, "stage_name": str(stage.name)}
        yield from ({**place, **row} for row in _of_stage(stage, number))
        for step in stage.steps:
            at: Cells = {**place, "step": step.number, "step_name": str(step.name)}
            yield from ({**at, **row} for row in _of_step(step, lanes))


def _of_journey(doc: JourneyDoc, lanes: frozenset[str]) -> Iterator[Cells]:
    yield {"lane": "journey", "value": doc.kind, **_text(doc.name)}
    yield {"lane": "scenario", **_text(doc.scenario)}
    yield {"lane": "happy_path", "value": _yes(doc.happy_path)}
    if "pains" in lanes:
        yield from (_pain(pain) for pain in doc.pains)


def _of_stage(stage: StageDoc, place: int) -> Iterator[Cells]:
    of = stage.dsv_step or None
    yield {"lane": "stage", "place": place, "value": of, **_text(stage.name)}
    yield {"lane": "goal", **_text(stage.goal_of_customer)}


def _of_step(step: StepDoc, lanes: frozenset[str]) -> Iterator[Cells]:
    yield {"lane": "step", "place": step.place, "value": step.sphere, **_text(step.name)}
    if "customer_action" in lanes:
        yield {"lane": "customer_action", "picture": _seen(step.picture),
               **_text(step.customer_action), **_evidence(step)}  # fmt: skip
    if "expectation" in lanes:
        yield {"lane": "expectation", **_text(step.expectation)}
    if "experience" in lanes:
        yield {"lane": "feeling_target", "value": step.emotion_target}
        yield {"lane": "feeling_assumed", "value": step.emotion_assumed}
    if "wait" in lanes:
        yield {"lane": "wait", "value": step.expected_wait or None}
    yield from _ways(step)
    for row in CELL_ROWS:
        if row in lanes:
            yield from _row(step, row)
    if "touchpoint" in lanes:
        yield from _points(step)
    if "pains" in lanes:
        yield from (_pain(pain) for pain in step.pains)


def _ways(step: StepDoc) -> Iterator[Cells]:
    """What is said only of few steps."""
    if step.optional:
        yield {"lane": "optional", "value": "yes"}
    if step.parallel_group is not None:
        yield {"lane": "at_once_with", "value": step.parallel_group}
    if step.branch_of is not None or step.branch_when:
        of = None if step.branch_of is None else str(step.branch_of)
        yield {"lane": "another_way", "ref": of, **_text(step.branch_when)}
    if step.sub_journey:
        yield {"lane": "told_by", "ref": step.sub_journey.code}


def _row(step: StepDoc, row: str) -> Iterator[Cells]:
    cells = step.cells.get(row, ())
    yield from (_cell(cell) for cell in cells)
    if not cells and row in OFFERED:
        yield {"lane": row}


def _cell(cell: CellDoc) -> Cells:
    return {
        "lane": cell.row, "cell": cell.number or None, "value": cell.duration or None,
        "ref": _code(cell.component), "who": _code(cell.actor),
        "whose": cell.activity_class or None, "picture": _seen(cell.picture), **_text(cell.text),
        **_evidence(cell),
    }  # fmt: skip


def _points(step: StepDoc) -> Iterator[Cells]:
    yield from (_point(point) for point in step.touchpoints)
    if not step.touchpoints:
        yield {"lane": "touchpoint"}


def _point(point: TouchpointDoc) -> Cells:
    first = "first" if point.primary else None
    return {"lane": "touchpoint", "ref": point.code or None, "value": first, **_text(point.name)}


def _pain(pain: PainDoc) -> Cells:
    return {
        "lane": "pain", "cell": pain.number or None, "value": pain.severity,
        "ref": _code(pain.touchpoint), "decision": pain.decision,
        "why": pain.decision_reason or None, **_text(pain.text), **_evidence(pain),
    }  # fmt: skip


def _text(text: Translated) -> Cells:
    if not text:
        return {}
    said: Cells = {f"text_{lang}": words for lang, words in text.texts.items()}
    return {**said, "written_in": text.source_lang}


def _evidence(of: StepDoc | CellDoc | PainDoc) -> Cells:
    return {"evidence": of.evidence, "times_seen": of.evidence_n, "seen_on": of.evidence_on}


def _seen(picture: PictureDoc | None) -> str | None:
    return str(picture.words) if picture else None


def _code(named: Named | None) -> str | None:
    return named.code if named else None


def _yes(value: bool) -> str:
    return "yes" if value else "no"
