"""What one row of a sheet makes of a journey, a stage, a step: a changed copy, or Unfit."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from polku.exchange.journeys.cell_values import (
    Unfit,
    read_choice,
    read_evidence,
    read_length,
    read_number,
    read_short,
    read_text,
    read_yes,
)
from polku.exchange.journeys.columns import CLEAR, NEW, SheetRow
from polku.exchange.journeys.library import Library
from polku.journeys.document_shapes import (
    NOTHING,
    CellDoc,
    JourneyDoc,
    Named,
    PainDoc,
    StageDoc,
    StepDoc,
    TouchpointDoc,
)
from polku.journeys.models import BlueprintCell, Journey, PainPoint, Stage, Step, Touchpoint
from polku.journeys.models.journeys import Evidence
from polku.tenancy.translated import Translated

GROUPS = 32_767
SHORT, LONG = 20, 400


def limit_of(model: Any, name: str) -> int | None:
    """How long a text of a field may be."""
    limit: int | None = model._meta.get_field(name).text_limit
    return limit


def _text(row: SheetRow, of: Any, name: str, model: Any, lang: str) -> Translated:
    if row.is_taken_out:
        return NOTHING
    return read_text(row, getattr(of, name), limit_of(model, name), lang)


def change_journey(row: SheetRow, lane: str, doc: JourneyDoc, lang: str) -> JourneyDoc:
    """Its name and kind, its story, whether all goes well in it."""
    if lane == "scenario":
        changed = replace(doc, scenario=_text(row, doc, "scenario", Journey, lang))
    elif lane == "happy_path":
        changed = replace(doc, happy_path=read_yes(row, "value", doc.happy_path))
    else:
        kind = read_choice(row, "value", Journey.Kind.choices, doc.kind)
        changed = replace(doc, name=_text(row, doc, "name", Journey, lang), kind=kind)
    if doc.code and changed != doc:
        words = _("Name, story and kind of a journey are changed on its own page. The row was "
                  "left out.")  # fmt: skip
        raise Unfit("lane", words)
    return changed


def change_stage(row: SheetRow, lane: str, stage: StageDoc, lang: str) -> StageDoc:
    """Its name and which of the seven it is, or what the customer wants there."""
    if lane == "goal":
        goal = _text(row, stage, "goal_of_customer", Stage, lang)
        return replace(stage, goal_of_customer=goal)
    choices = (("", ""), *Stage.DsvStep.choices)
    of = read_choice(row, "value", choices, stage.dsv_step)
    return replace(stage, name=_text(row, stage, "name", Stage, lang), dsv_step=of)


def change_head(row: SheetRow, step: StepDoc, lang: str) -> StepDoc:
    """The short name of a step, and where it happens."""
    sphere = read_choice(row, "value", Step.Sphere.choices, step.sphere)
    return replace(step, name=_text(row, step, "name", Step, lang), sphere=sphere)


def change_step(row: SheetRow, lane: str, step: StepDoc, library: Library, lang: str) -> StepDoc:
    """A text or a value of the step itself."""
    return replace(step, **_OF_STEP[lane](row, step, library, lang))


def _action(row: SheetRow, step: StepDoc, _library: Library, lang: str) -> Mapping[str, Any]:
    text = _text(row, step, "customer_action", Step, lang)
    return {"customer_action": text, **read_evidence(row, step, Evidence.choices)}


def _expects(row: SheetRow, step: StepDoc, _library: Library, lang: str) -> Mapping[str, Any]:
    return {"expectation": _text(row, step, "expectation", Step, lang)}


def _branch(row: SheetRow, step: StepDoc, _library: Library, lang: str) -> Mapping[str, Any]:
    of = step.branch_of
    if row.is_taken_out or row["ref"].casefold() == CLEAR:
        of = None
    elif row["ref"]:
        of = read_number(row, "ref", 1, 2**31, of)
    return {"branch_of": of, "branch_when": _text(row, step, "branch_when", Step, lang)}


def _feeling(name: str) -> Callable[..., Mapping[str, Any]]:
    def read(row: SheetRow, step: StepDoc, _library: Library, _lang: str) -> Mapping[str, Any]:
        felt = None if row.is_taken_out else read_number(row, "value", -2, 2, getattr(step, name))
        return {name: felt}

    return read


def _wait(row: SheetRow, step: StepDoc, _library: Library, _lang: str) -> Mapping[str, Any]:
    wait = "" if row.is_taken_out else read_length(row, "value", step.expected_wait)
    return {"expected_wait": wait}


def _optional(row: SheetRow, step: StepDoc, _library: Library, _lang: str) -> Mapping[str, Any]:
    return {"optional": not row.is_taken_out and read_yes(row, "value", step.optional)}


def _at_once(row: SheetRow, step: StepDoc, _library: Library, _lang: str) -> Mapping[str, Any]:
    group = None if row.is_taken_out else read_number(row, "value", 0, GROUPS, step.parallel_group)
    return {"parallel_group": group}


def _told_by(row: SheetRow, step: StepDoc, library: Library, _lang: str) -> Mapping[str, Any]:
    if row.is_taken_out:
        return {"sub_journey": None}
    return {"sub_journey": _named(row, "ref", library.journeys, step.sub_journey)}


_OF_STEP: dict[str, Callable[..., Mapping[str, Any]]] = {
    "customer_action": _action, "expectation": _expects, "another_way": _branch,
    "feeling_target": _feeling("emotion_target"), "feeling_assumed": _feeling("emotion_assumed"),
    "wait": _wait, "optional": _optional, "at_once_with": _at_once, "told_by": _told_by,
}  # fmt: skip


def change_cells(row: SheetRow, lane: str, step: StepDoc, library: Library, lang: str) -> StepDoc:
    """One cell of a row of the blueprint; one without a number is new."""
    cells = list(step.cells.get(lane, ()))
    at = _place(row, cells)
    if at is None and (row.says_nothing or row.is_taken_out):
        return step
    cell = cells[at] if at is not None else CellDoc(lane)
    changed = None if row.is_taken_out else _cell(row, cell, library, lang)
    stays = changed is not None and bool(changed.text or changed.picture)
    _put(cells, at, changed if stays else None)
    kept = {**step.cells, lane: tuple(cells)}
    return replace(step, cells={key: few for key, few in kept.items() if few})


def _cell(row: SheetRow, cell: CellDoc, library: Library, lang: str) -> CellDoc:
    whose = (("", ""), *BlueprintCell.ActivityClass.choices)
    return replace(
        cell, text=_text(row, cell, "text", BlueprintCell, lang),
        component=_named(row, "ref", library.components, cell.component),
        actor=_named(row, "who", library.parties, cell.actor),
        duration=read_length(row, "value", cell.duration),
        activity_class=read_choice(row, "whose", whose, cell.activity_class),
        **read_evidence(row, cell, Evidence.choices),
    )  # fmt: skip


def change_pains[Of: (JourneyDoc, StepDoc)](
    row: SheetRow, of: Of, library: Library, lang: str
) -> Of:
    """One pain point of a step or of the whole; one without a number is new."""
    pains = list(of.pains)
    at = _place(row, pains)
    if at is None and (row.is_taken_out or not row.texts):
        return of
    pain = pains[at] if at is not None else PainDoc()
    changed = None if row.is_taken_out else _pain(row, pain, library, lang)
    _put(pains, at, changed if changed is not None and changed.text else None)
    return replace(of, pains=tuple(pains))


def _pain(row: SheetRow, pain: PainDoc, library: Library, lang: str) -> PainDoc:
    points = {code: Named(code, str(point.name)) for code, point in library.touchpoints.items()}
    decision = read_choice(row, "decision", PainPoint.Decision.choices, pain.decision)
    why = read_short(row, "why", LONG, pain.decision_reason)
    if pain.number and (decision, why) != (pain.decision, pain.decision_reason):
        words = _("What becomes of it is decided on the page of the journey. The row was left out.")
        raise Unfit("decision", words)
    return replace(
        pain, text=_text(row, pain, "text", PainPoint, lang),
        severity=read_number(row, "value", 1, 5, pain.severity), decision=decision,
        decision_reason=why,
        touchpoint=_named(row, "ref", points, pain.touchpoint),
        **read_evidence(row, pain, Evidence.choices),
    )  # fmt: skip


def change_points(row: SheetRow, step: StepDoc, library: Library, lang: str) -> StepDoc:
    """One meeting point at a step, by its code or by its name; an unknown name is a new one."""
    if row.says_nothing:
        return step
    points = list(step.touchpoints)
    found = _point(row, points, library, lang)
    at = next((n for n, one in enumerate(points) if is_same_point(one, found)), None)
    if row.is_taken_out:
        _put(points, at, None)
        return replace(step, touchpoints=tuple(points))
    first = points[at].primary if at is not None else not points
    if row["value"]:
        words = (("first", _("first")), ("other", _("other")))
        first = read_choice(row, "value", words, "other") == "first"
    kept = points[at] if at is not None else found
    _put(points, at, replace(kept, primary=first))
    if first:
        points = [replace(one, primary=is_same_point(one, found)) for one in points]
    return replace(step, touchpoints=tuple(sorted(points, key=lambda one: not one.primary)))


def _point(row: SheetRow, here: list[TouchpointDoc], library: Library, lang: str) -> TouchpointDoc:
    code = row["ref"].upper()
    if code:
        known = {one.code: one for one in here} | dict(library.touchpoints)
        if code not in known:
            raise Unfit("ref", _unknown(row["ref"]))
        return known[code]
    names = row.texts
    found = next((one for one in here if set(one.name.texts.values()) & set(names.values())), None)
    found = found or library.touchpoint_named(names.values())
    if found is not None:
        return found
    if not names:
        raise Unfit("ref", _("Name a meeting point by its code or by its name."))
    return TouchpointDoc(name=read_text(row, NOTHING, limit_of(Touchpoint, "name"), lang))


def is_same_point(one: TouchpointDoc, other: TouchpointDoc) -> bool:
    """Whether two name the same meeting point: by code, and by name while one has none."""
    if one.code or other.code:
        return one.code == other.code
    return dict(one.name.texts) == dict(other.name.texts)


def _place(row: SheetRow, pieces: list[Any]) -> int | None:
    """Where the piece that a row names stands, by number or by its very words; None for a new one:
    a sheet that is sent twice says nothing twice."""
    number = row["cell"].removesuffix(".0")
    if number == NEW or not (number or row.texts):
        return None
    if not number:
        said = row.texts.items()
        return next((n for n, piece in enumerate(pieces) if said <= piece.text.texts.items()), None)
    for at, piece in enumerate(pieces):
        if str(piece.number) == number:
            return at
    words = _("Nothing at this step has the number %(n)s. For something new leave the column "
              "“cell” empty. The row was left out.")  # fmt: skip
    raise Unfit("cell", words % {"n": number[:20]})


def _put(pieces: list[Any], at: int | None, piece: Any) -> None:
    """Set a piece at its place, add it, or take it out when there is none."""
    if at is None:
        pieces += [piece] if piece is not None else []
    elif piece is None:
        del pieces[at]
    else:
        pieces[at] = piece


def _named(
    row: SheetRow, column: str, known: Mapping[str, Named], base: Named | None
) -> Named | None:
    code = row[column].upper()
    if not code:
        return base
    if code == CLEAR.upper():
        return None
    if base is not None and base.code == code:
        return base
    if code not in known:
        raise Unfit(column, _unknown(row[column]))
    return known[code]


def _unknown(code: str) -> str:
    return _("There is no “%(code)s” here.") % {"code": code[:40]}
