"""Pictures of an example: drawn, kept, and hung up on the day on which somebody did."""

from dataclasses import replace
from functools import partial
from io import BytesIO

from polku.examples.content_journeys import HungRow
from polku.examples.content_people import PersonaRow
from polku.examples.drawings import PictureRow, drawn
from polku.examples.loading_story import EDITED, Story
from polku.examples.loading_values import translated
from polku.journeys.documents import PictureDoc
from polku.journeys.models import Journey
from polku.journeys.operations import set_picture
from polku.kernel.actor import Actor
from polku.kernel.changes import change_object
from polku.kernel.fingerprints import fingerprint
from polku.kernel.models import Attachment
from polku.kernel.operations_pictures import keep_picture
from polku.people.entities import PERSONA


def kept(story: Story, row: PictureRow, by: Actor) -> Attachment:
    """The picture of a row, kept on this day of the story."""
    picture = keep_picture(BytesIO(drawn(row.drawing)), translated(row.words), by=by)
    story.past.drawn(picture, story.now)
    return picture


def in_document(story: Story, row: PictureRow | None, by: Actor) -> PictureDoc | None:
    """The picture of a row as a document names it."""
    if row is None:
        return None
    picture = kept(story, row, by)
    return PictureDoc(picture.number, picture.words, picture.sha256, picture.width, picture.height)


def hang(story: Story, journey: Journey, step_id: int, row: HungRow, by: Actor) -> None:
    """Hang a picture in a row of a journey."""
    set_picture(journey, step_id, row.row, kept(story, row.picture, by), by=by)


def plan_picture_of(story: Story, row: PersonaRow) -> None:
    """Give a typical customer their picture on the day on which they got it."""
    if row.hangs is not None:
        story.plan(row.hung_on, EDITED, row.owner, partial(_give, story, row.key, row.hangs))


def _give(story: Story, key: str, row: PictureRow, by: Actor) -> None:
    persona = story.object(key)
    story.prints.setdefault((PERSONA.kind, persona.pk), fingerprint(persona))
    picture = kept(story, row, by).number
    # No file that is brought in has pictures; here somebody sits at the page
    change_object(PERSONA, persona, {"picture": picture}, by=replace(by, channel="page"))
    story.changed(key)
