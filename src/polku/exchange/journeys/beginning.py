"""A new journey from a document: a ready-made one, a pasted table, a file."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from polku.exchange.journeys.applying import Laid, lay_rows
from polku.exchange.journeys.columns import SheetRow
from polku.exchange.journeys.library import library_of
from polku.journeys.document_shapes import JourneyDoc, StepDoc, TouchpointDoc
from polku.journeys.entities import JOURNEY, TOUCHPOINT
from polku.journeys.models import Journey
from polku.journeys.operations import fill
from polku.journeys.operations.meeting import by_name
from polku.kernel.actor import Actor
from polku.kernel.answers import require
from polku.kernel.audit import one_operation
from polku.kernel.changes import create_object
from polku.kernel.folding import fold
from polku.kernel.links import tie
from polku.kernel.policy import may_create

MEANT_FOR = "L06"


def begin_journey(
    doc: JourneyDoc, *, by: Actor, services: Sequence[Any] = (), people: Sequence[Any] = (),
) -> Journey:  # fmt: skip
    """Make a journey that says what *doc* says, for these services and people, all or nothing.

    Meeting points that the library does not know by name are added to it, for the same services.
    Raises NotAllowed, BadInput and Refused.
    """
    require(may_create(by, JOURNEY))
    with transaction.atomic(), one_operation():
        values = {
            "name": doc.name, "kind": doc.kind, "happy_path": doc.happy_path,
            "services": list(services),
        }  # fmt: skip
        values |= {"scenario": doc.scenario} if doc.scenario else {}
        journey: Journey = create_object(JOURNEY, values, by=by)
        _add_meeting_points(doc, services, by)
        if doc.stages:
            fill(journey, doc, by=by)
        for who in people:
            tie(MEANT_FOR, journey, who, by=by)
    return journey


def _add_meeting_points(doc: JourneyDoc, services: Sequence[Any], by: Actor) -> None:
    """Put the new ones into the library, with the services that one meets there."""
    wanted: dict[str, TouchpointDoc] = {}
    for step in doc.steps:
        for point in step.touchpoints:
            if point.name and not point.code:
                wanted.setdefault(fold(str(point.name)), point)
    names = [text for point in wanted.values() for text in point.name.texts.values()]
    known = by_name(by, names)
    for point in wanted.values():
        if not any(fold(text) in known for text in point.name.texts.values()):
            values = {"name": point.name, "channel_kind": point.channel_kind,
                      "services": list(services)}  # fmt: skip
            create_object(TOUCHPOINT, values, by=by)


def new_from_rows(rows: Sequence[SheetRow], *, by: Actor) -> Laid:
    """The document that the sheet of another journey makes anew; nothing is stored."""
    laid = lay_rows(JourneyDoc(), rows, library_of(by), lang=by.lang_for_writing, is_new=True)
    return replace(laid, doc=unthreaded(laid.doc))


def unthreaded(doc: JourneyDoc) -> JourneyDoc:
    """The document as one that belongs to no journey yet."""

    def bare(step: StepDoc) -> StepDoc:
        return replace(step, thread="", id=0)

    stages = tuple(
        replace(stage, thread="", id=0, steps=tuple(bare(step) for step in stage.steps))
        for stage in doc.stages
    )
    return replace(doc, code="", version=1, state="sketch", edits=0, stages=stages)
