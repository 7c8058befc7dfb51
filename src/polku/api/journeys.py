"""Journeys as documents, and every edit of them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from polku.api import journeys_shapes as shapes
from polku.api.answers import answer, answer_object, answer_once, who
from polku.api.bodies import read_json, shaped
from polku.api.journeys_shapes import said
from polku.api.lists import hold_empty, number_in, query_of
from polku.api.objects import found, place_of, plain_of
from polku.journeys import operations
from polku.journeys.documents import document_for, from_json, versions_of
from polku.journeys.models import BlueprintCell, Journey, PainPoint, Stage, Step
from polku.journeys.models.journeys import JourneyRow
from polku.journeys.operations.pictures import left_behind
from polku.journeys.policy import may_edit
from polku.journeys.queries import (
    cell_by_number,
    changes_since,
    edits_of,
    inner_number,
    people_here,
    step_numbers,
)
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.audit import one_operation
from polku.kernel.policy import may_read_inside
from polku.kernel.registry import Entity

LARGEST = 2_147_483_647


def get_document(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """The whole journey: stages, steps, cells, meeting points, pain points; as far as the caller
    may see. Without a version the team gets what is being written, others what was agreed last."""
    actor, query = who(request), query_of(request)
    version = number_in(query.pop("version", ""), "version", 0, 1, LARGEST)
    hold_empty(query)
    journey = found(actor, entity, code)
    doc = document_for(actor, journey, version or None)
    return answer(doc.to_json() | {"revision": journey.revision})


def set_document(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Let the journey say what the document says: one edit of what differs, which can be undone.

    Pictures are named by their content: those that are not in this workspace stay behind, and
    ``pictures_left`` says how many. Send them first, by ``/pictures``."""
    actor, sent = who(request), shaped(shapes.JourneyDocumentIn, read_json(request))
    journey = found(actor, entity, code)
    try:
        doc = from_json(sent.document)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        problem = _("This is not a journey as it was read. Nothing was saved.")
        raise BadInput({"document": problem}) from error
    operations.apply_document(journey, doc, by=actor, seen=sent.edits)
    return _stands(journey, pictures_left=left_behind(doc.pictures, actor))


def list_versions(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """The versions that were agreed, the newest first."""
    actor = who(request)
    rows = versions_of(actor, found(actor, entity, code))
    items = [
        {"version": row.version, "agreed_at": row.agreed_at, "hash": row.content_hash,
         "by": str(row.agreed_by) if row.agreed_by and actor.is_internal else None}
        for row in rows
    ]  # fmt: skip
    return answer({"items": items, "count": len(items), "next": None})


def list_edits(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """The newest edits; with ``after`` also where something changed since that edit, and who is
    there now. Ask again with the number that comes back."""
    actor, query = who(request), query_of(request)
    require(may_read_inside(actor))
    after = number_in(query.pop("after", ""), "after", 0, 0, LARGEST)
    hold_empty(query)
    journey = found(actor, entity, code)
    told = changes_since(actor, journey, after)
    numbers = step_numbers(actor, journey)
    items = [
        {"number": row.number, "verb": row.verb, "label": row.label, "at": row.at,
         "by": str(row.user) if row.user else None, "undone": row.undone}
        for row in edits_of(actor, journey)
    ]  # fmt: skip
    here = [
        {"name": one.name, "step": numbers.get(one.step or 0), "row": one.row}
        for one in people_here(actor, journey)
    ]
    places = [{"step": numbers[step], "row": row} for step, row in told.places if step in numbers]
    return answer({
        "items": items, "count": len(items), "next": None, "edits": told.edits,
        "whole": told.whole, "places": places, "here": here,
    })  # fmt: skip


def create_edits(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Edit the journey: one or more verbs, all of them or none."""
    return answer_once(request, lambda: _edit(request, entity, code))


def _edit(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor, sent = who(request), shaped(shapes.JourneyEditsIn, read_json(request))
    journey = found(actor, entity, code)
    require(may_edit(actor, journey))  # first, so that a "no" does not tell which pieces there are
    with transaction.atomic(), one_operation():
        made = [VERBS[edit.do](journey, edit, actor) for edit in sent.edits]
    numbers = [getattr(row, "number", None) if isinstance(row, JourneyRow) else None
               for row in made]  # fmt: skip
    return _stands(journey, numbers)


def _stands(
    journey: Journey, made: Sequence[int | None] = (), **more: Any
) -> HttpResponse:  # fmt: skip
    journey.refresh_from_db()
    return answer({
        "code": journey.code, "edits": journey.edits, "version": journey.version,
        "state": journey.state, "revision": journey.revision, "made": made,
        **more,
    })  # fmt: skip


def _after(by: Actor, journey: Journey, model: type[JourneyRow], after: int | None) -> int | None:
    return inner_number(by, journey, model, after) if after else after


def _step(by: Actor, journey: Journey, edit: Any) -> int:
    return inner_number(by, journey, Step, edit.step)


def _write_text(journey: Journey, edit: shapes.WriteText, by: Actor) -> Any:
    return operations.write_text(
        journey,
        _step(by, journey, edit),
        edit.row,
        edit.text,
        by=by,
        lang=edit.lang,
        base=edit.base,
    )


def _add_stage(journey: Journey, edit: shapes.AddStage, by: Actor) -> Any:
    after = _after(by, journey, Stage, edit.after)
    return operations.add_stage(journey, after=after, values=said(edit.values), by=by)


def _write_stage(journey: Journey, edit: shapes.WriteStage, by: Actor) -> Any:
    number, values = inner_number(by, journey, Stage, edit.stage), said(edit.values) or {}
    return operations.write_stage(journey, number, values, by=by, base=said(edit.base))


def _move_stage(journey: Journey, edit: shapes.MoveStage, by: Actor) -> Any:
    number, after = (
        inner_number(by, journey, Stage, edit.stage),
        _after(by, journey, Stage, edit.after),
    )
    return operations.move_stage(journey, number, after=after, by=by)


def _remove_stage(journey: Journey, edit: shapes.RemoveStage, by: Actor) -> Any:
    return operations.remove_stage(journey, inner_number(by, journey, Stage, edit.stage), by=by)


def _add_step(journey: Journey, edit: shapes.AddStep, by: Actor) -> Any:
    stage, after = (
        inner_number(by, journey, Stage, edit.stage),
        _after(by, journey, Step, edit.after),
    )
    return operations.add_step(journey, stage, after=after, values=said(edit.values), by=by)


def _write_step(journey: Journey, edit: shapes.WriteStep, by: Actor) -> Any:
    values = said(edit.values) or {}
    return operations.write_step(
        journey, _step(by, journey, edit), values, by=by, base=said(edit.base)
    )


def _move_step(journey: Journey, edit: shapes.MoveStep, by: Actor) -> Any:
    stage = inner_number(by, journey, Stage, edit.stage) if edit.stage else None
    after = _after(by, journey, Step, edit.after)
    return operations.move_step(
        journey, _step(by, journey, edit), stage_id=stage, after=after, by=by
    )


def _add_cell(journey: Journey, edit: shapes.AddCell, by: Actor) -> Any:
    values = said(edit.values) or {}
    return operations.write_cell(journey, None, _step(by, journey, edit), edit.row, values, by=by)


def _write_cell(journey: Journey, edit: shapes.WriteCell, by: Actor) -> Any:
    cell = cell_by_number(by, journey, edit.cell)
    return operations.write_cell(
        journey, cell.pk, cell.step_id, cell.row, said(edit.values) or {}, by=by,
        base=said(edit.base),
    )  # fmt: skip


def _remove_cell(journey: Journey, edit: shapes.RemoveCell, by: Actor) -> Any:
    return operations.remove_cell(
        journey, inner_number(by, journey, BlueprintCell, edit.cell), by=by
    )


def _set_picture(journey: Journey, edit: shapes.SetPicture, by: Actor) -> Any:
    return operations.set_picture(
        journey, _step(by, journey, edit), edit.row, edit.picture, edit.words, by=by,
        base=edit.base, cell_id=_cell(by, journey, edit),
    )  # fmt: skip


def _remove_picture(journey: Journey, edit: shapes.RemovePicture, by: Actor) -> Any:
    return operations.remove_picture(
        journey, _step(by, journey, edit), edit.row, by=by, base=edit.base,
        cell_id=_cell(by, journey, edit),
    )  # fmt: skip


def _cell(by: Actor, journey: Journey, edit: Any) -> int | None:
    return inner_number(by, journey, BlueprintCell, edit.cell) if edit.cell else None


def _meet_at(journey: Journey, edit: shapes.MeetAt, by: Actor) -> Any:
    return operations.meet_at(
        journey, _step(by, journey, edit), edit.touchpoints, primary=edit.primary, by=by
    )


def _new_touchpoint(journey: Journey, edit: shapes.NewTouchpoint, by: Actor) -> Any:
    return operations.new_touchpoint(
        journey, _step(by, journey, edit), edit.name, by=by, channel_kind=edit.channel_kind
    )


def _add_pain(journey: Journey, edit: shapes.AddPain, by: Actor) -> Any:
    step = _step(by, journey, edit) if edit.step else None
    return operations.add_pain(journey, step_id=step, values=said(edit.values) or {}, by=by)


def _write_pain(journey: Journey, edit: shapes.WritePain, by: Actor) -> Any:
    number, values = inner_number(by, journey, PainPoint, edit.pain), said(edit.values) or {}
    return operations.write_pain(journey, number, values, by=by, base=said(edit.base))


def _decide_pain(journey: Journey, edit: shapes.DecidePain, by: Actor) -> Any:
    number = inner_number(by, journey, PainPoint, edit.pain)
    return operations.decide_pain(journey, number, edit.decision, reason=edit.reason, by=by)


def _paste(journey: Journey, edit: shapes.Paste, by: Actor) -> Any:
    return operations.paste(
        journey, _step(by, journey, edit), edit.row, edit.table, by=by, lang=edit.lang,
        lanes=edit.lanes,
    )  # fmt: skip


VERBS: dict[str, Callable[[Journey, Any, Actor], Any]] = {
    "write_text": _write_text, "add_stage": _add_stage, "write_stage": _write_stage,
    "move_stage": _move_stage, "remove_stage": _remove_stage, "add_step": _add_step,
    "write_step": _write_step, "move_step": _move_step, "add_cell": _add_cell,
    "write_cell": _write_cell, "remove_cell": _remove_cell, "meet_at": _meet_at,
    "set_picture": _set_picture, "remove_picture": _remove_picture,
    "new_touchpoint": _new_touchpoint, "add_pain": _add_pain, "write_pain": _write_pain,
    "decide_pain": _decide_pain, "paste": _paste,
    "copy_step": lambda journey, edit, by: operations.copy_step(
        journey, _step(by, journey, edit), by=by),
    "remove_step": lambda journey, edit, by: operations.remove_step(
        journey, _step(by, journey, edit), by=by),
    "remove_pain": lambda journey, edit, by: operations.remove_pain(
        journey, inner_number(by, journey, PainPoint, edit.pain), by=by),
    "undo": lambda journey, _edit, by: operations.undo(journey, by=by),
    "redo": lambda journey, _edit, by: operations.redo(journey, by=by),
}  # fmt: skip


def create_counterpart(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Make the journey as it shall be of the one as it is, or the other way round."""
    return answer_once(request, lambda: _counterpart(request, entity, code))


def _counterpart(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor = who(request)
    made = operations.make_counterpart(found(actor, entity, code), by=actor)
    return answer_object(plain_of(actor, entity, made), 201, place_of(actor, entity, made.code))


def still_true(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Say that the journey is still true: looked at today, and again in three months."""
    actor, sent = who(request), shaped(shapes.StillTrueIn, read_json(request))
    obj = operations.still_true(found(actor, entity, code), by=actor, next_on=sent.next_on)
    return answer_object(plain_of(actor, entity, obj))
