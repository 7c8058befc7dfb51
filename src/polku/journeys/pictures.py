"""Who sees a picture because they see a cell that it hangs in."""

from collections.abc import Collection, Iterator
from typing import Any

from polku.journeys.document_json import from_json
from polku.journeys.document_shapes import PICTURED_STEP, JourneyDoc
from polku.journeys.lanes import LANES, hidden_rows, view_of
from polku.journeys.models import BlueprintCell, Journey, JourneyShare, JourneyVersion, Step
from polku.journeys.outside import seen_keys
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound
from polku.kernel.models import Attachment
from polku.kernel.queries import visible


def picture_shown(*, actor: Actor, picture: Attachment) -> bool:
    """Whether a journey that the actor may read shows the picture in a row that their side sees.

    As :func:`~polku.journeys.documents.document_for`: of a journey that is being written, they read
    what was agreed, if anything ever was. Answers the question of that name.
    """
    rows = frozenset(lane.key for lane in LANES) - hidden_rows(view_of(actor))
    journeys = visible(actor, Journey)
    if _hangs(picture, rows, journey__in=_read_as_rows(journeys)):
        return True
    kept = JourneyVersion.objects.filter(journey__in=journeys, pictures=picture)
    return any(_is_in(from_json(version.content), picture, rows) for version in kept)


def _read_as_rows(journeys: Any) -> Any:
    """Journeys of which the rows are read: those that stand, and those that were never agreed."""
    kept = JourneyVersion.objects.filter(journey__in=journeys).values("journey")
    sketches = journeys.filter(state=Journey.State.SKETCH)
    return journeys.exclude(pk__in=sketches.filter(pk__in=kept).values("pk")).values("pk")


def shared_picture(share: JourneyShare, number: int) -> Attachment:
    """The picture of this number that a link to a journey shows; NotFound alike for missing and
    hidden."""
    rows = Attachment.objects.filter(workspace=share.workspace_id, number=number)
    found: Attachment | None = rows.first()
    if found is None or not picture_in_share(share, found):
        raise NotFound
    return found


def picture_in_share(share: JourneyShare, picture: Attachment) -> bool:
    """Whether a link to a journey shows the picture: it hangs in one of the rows of the link, in
    the version that the link shows."""
    rows, journey = seen_keys(share), share.journey
    if picture.workspace_id != share.workspace_id:
        return False
    if share.version is None or _stands(journey, share.version):
        return _hangs(picture, rows, journey=journey.pk)
    kept = JourneyVersion.objects.filter(
        journey=journey, version=share.version, pictures=picture
    ).first()
    return kept is not None and _is_in(from_json(kept.content), picture, rows)


def _stands(journey: Journey, version: int) -> bool:
    return journey.state != Journey.State.SKETCH and journey.version == version


def _hangs(picture: Attachment, rows: Collection[str], **where: Any) -> bool:
    """Whether it hangs in one of these rows of what is written now."""
    steps = Step.objects.filter(removed=False, stage__removed=False, **where)
    if PICTURED_STEP in rows and steps.filter(picture=picture).exists():
        return True
    cells = BlueprintCell.objects.filter(removed=False, row__in=rows, picture=picture)
    return cells.filter(step__in=steps.values("pk")).exists()


def _is_in(doc: JourneyDoc, picture: Attachment, rows: Collection[str]) -> bool:
    return any(number == picture.number for number in _numbers(doc, rows))


def _numbers(doc: JourneyDoc, rows: Collection[str]) -> Iterator[int]:
    for step in doc.steps:
        for row in rows:
            yield from (one.number for one in step.pictures_of(row))
