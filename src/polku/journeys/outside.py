"""What a guest with a link is given of a journey, and nothing beside it.

Everything that a guest's page, file or drawing is made of comes out of :func:`document_of`: rows
that the link does not show are not in it, so that they can leak nowhere.
"""

from collections.abc import Collection
from dataclasses import replace

from polku.journeys.document_shapes import NOTHING
from polku.journeys.documents import (
    JourneyDoc,
    PainDoc,
    StepDoc,
    TouchpointDoc,
    read_agreed,
    read_document,
    seen_from,
)
from polku.journeys.lanes import LANES, Lane, LanesShown, View, hidden_rows
from polku.journeys.models import CellComment, JourneyShare
from polku.kernel.actor import system_actor
from polku.kernel.answers import NotFound
from polku.kernel.models import MagicLink


def shareable(view: View) -> frozenset[str]:
    """Keys of the rows that somebody on this side may be shown at all."""
    return frozenset(lane.key for lane in LANES) - hidden_rows(view)


def share_of(link: MagicLink) -> JourneyShare:
    """What a link to a journey shows. Raises NotFound for another link, or a journey put away."""
    rows = JourneyShare.objects.select_related("journey", "link", "workspace")
    found = rows.filter(link=link, workspace=link.workspace_id).first()
    if found is None or found.journey.archived:
        raise NotFound
    return found


def lanes_of(share: JourneyShare) -> LanesShown:
    """The rows that the link shows, and all others, of which it is said that they are hidden."""
    keys = seen_keys(share)
    shown = tuple(lane for lane in LANES if lane.key in keys)
    return LanesShown(shown, tuple(lane for lane in LANES if lane.key not in keys))


def seen_keys(share: JourneyShare) -> frozenset[str]:
    """Keys of the rows that the link shows; the line of visibility holds whatever was chosen."""
    return shareable(_view(share)) & frozenset(share.lanes)


def document_of(share: JourneyShare) -> JourneyDoc:
    """The journey as the holder of the link is given it."""
    actor = system_actor(share.workspace, "page")
    if share.version is None:
        doc = read_document(actor, share.journey)
    else:
        doc = read_agreed(actor, share.journey, share.version)
    points = {point.code for step in doc.steps for point in step.touchpoints}
    return only_rows(seen_from(doc, _view(share), points=points), seen_keys(share))


def only_rows(doc: JourneyDoc, keys: Collection[str]) -> JourneyDoc:
    """The document with nothing in it but these rows; stages, names and order of steps stay."""
    stages = tuple(
        replace(stage, steps=tuple(_only(step, keys) for step in stage.steps), dsv_step="")
        for stage in doc.stages
    )
    return replace(doc, stages=stages, pains=_hurts(doc.pains, keys), edits=0)


def _only(step: StepDoc, keys: Collection[str]) -> StepDoc:
    does, feels = "customer_action" in keys, "experience" in keys
    return replace(
        step,
        customer_action=step.customer_action if does else NOTHING,
        evidence=step.evidence if does else "assumed",
        evidence_n=step.evidence_n if does else None,
        evidence_on=step.evidence_on if does else None,
        picture=step.picture if does else None,
        expectation=step.expectation if "expectation" in keys else NOTHING,
        emotion_target=step.emotion_target if feels else None,
        emotion_assumed=step.emotion_assumed if feels else None,
        expected_wait=step.expected_wait if "wait" in keys else "",
        sphere="unknown", sub_journey=None,
        cells={row: cells for row, cells in step.cells.items() if row in keys},
        touchpoints=tuple(map(_met, step.touchpoints)) if "touchpoint" in keys else (),
        pains=_hurts(step.pains, keys),
    )  # fmt: skip


def _met(point: TouchpointDoc) -> TouchpointDoc:
    """A meeting point by its name; what we make of it inside stays inside."""
    return TouchpointDoc(point.name, point.code, point.id, point.primary, point.channel_kind,
                         decisive=point.decisive)  # fmt: skip


def _hurts(pains: tuple[PainDoc, ...], keys: Collection[str]) -> tuple[PainDoc, ...]:
    if "pains" not in keys:
        return ()
    return tuple(replace(pain, touchpoint=None, decision_reason="") for pain in pains)


def said_by_link(share: JourneyShare) -> list[CellComment]:
    """What was said through this very link, and what the team answered; nobody else's words."""
    rows = CellComment.objects.filter(share=share, row__in=seen_keys(share))
    return list(rows.select_related("step"))


def guest_lanes(share: JourneyShare) -> list[Lane]:
    """The rows about which the guest may say something."""
    return list(lanes_of(share).shown) if share.may_comment else []


def _view(share: JourneyShare) -> View:
    views: dict[str, View] = {"team": "team", "partner": "partner"}
    return views.get(share.view_as, "customer")
