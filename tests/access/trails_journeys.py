"""What work on a journey leaves behind: a step, what stands around it, and what was said of it."""

import io
from typing import TYPE_CHECKING, Any

from polku.journeys.models import Journey
from polku.journeys.operations import (
    add_pain,
    add_stage,
    add_step,
    meet_at,
    set_picture,
    write_text,
)
from polku.journeys.operations.comments import comment
from polku.journeys.operations.interviews import note_interview, write_answers, write_reading
from polku.journeys.operations.sharing import Wanted, share_journey
from polku.kernel.actor import Actor
from polku.kernel.models import Attachment, CodeSequence
from polku.kernel.pictures import keep_picture
from tests import drawn
from tests.access.canaries import FIRST_NUMBER, Side, words

if TYPE_CHECKING:
    from tests.access.world import World


def leave(world: "World", side: Side, whose: Side, by: Actor) -> None:
    """Rows of the journey of a side; what only the team reads is a canary of *whose*."""
    journey: Journey = world.objects[side]["journey"]
    point = world.objects[side]["touchpoint"]
    stage = add_stage(journey, values={"name": words(side, "stage")}, by=by)
    does = {"customer_action": words(side, "does")}
    step = add_step(journey, stage.pk, values=does, by=by)
    write_text(journey, step.pk, "frontstage", words(side, "in sight"), by=by)
    write_text(journey, step.pk, "backstage", words(whose, "unseen"), by=by)
    meet_at(journey, step.pk, [point], by=by)
    pain = add_pain(journey, step_id=step.pk, values={"text": words(side, "hurts")}, by=by)
    said = comment(journey, step.number, "frontstage", words(whose, "comment"), by=by)
    talk = note_interview(journey, who=words(whose, "talk"), consent=True, by=by)
    write_answers(talk, point, {"felt": words(whose, "felt")}, by=by)
    write_reading(journey, point, {"problems": words(whose, "problem")}, by=by)
    seen = _picture(side, by)
    set_picture(journey, step.pk, "frontstage", seen, by=by)
    pain.number = talk.number = FIRST_NUMBER[side]  # no two journeys count alike here
    pain.save(update_fields=["number"])
    talk.save(update_fields=["number"])
    shown = Wanted(["customer_action"], label=words(whose, "label"))
    share = share_journey(journey, shown, by=by).share
    numbers: dict[str, Any] = {
        "stage": stage.pk, "step": step.pk, "journey_pain": pain.number,
        "journey_comment": said.pk, "journey_talk": talk.number, "journey_share": share.pk,
        "picture": seen.number,
    }  # fmt: skip
    for what, number in numbers.items():
        world.numbers[side][f"{what} journey"] = world.numbers[side][what] = number
    world.objects[side]["journey"] = Journey.objects.get(pk=journey.pk)


def _picture(side: Side, by: Actor) -> Attachment:
    """One that hangs where the other side looks too, if they may see the journey."""
    CodeSequence.objects.update_or_create(
        workspace=by.workspace, prefix="PIC", defaults={"last": FIRST_NUMBER[side]}
    )
    file = drawn.file(drawn.picture(seed=FIRST_NUMBER[side] % 250))
    return keep_picture(io.BytesIO(file), words(side, "to be seen"), by=by)
