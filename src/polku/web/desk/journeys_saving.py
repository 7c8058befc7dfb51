"""What the forms of a place send, turned into verbs of journeys; each answers what was done."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from polku.journeys.documents import StageDoc, StepDoc
from polku.journeys.lanes import Lane
from polku.journeys.models import Journey
from polku.journeys.operations import (
    add_pain,
    meet_at,
    new_touchpoint,
    remove_cell,
    remove_pain,
    remove_picture,
    set_picture,
    write_cell,
    write_pain,
    write_stage,
    write_step,
)
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound
from polku.kernel.fields import Field
from polku.kernel.operations_pictures import keep_picture
from polku.web.desk.journeys_forms import (
    ABOUT_CELL,
    ACTION,
    DSV,
    EVIDENCE,
    PICTURE,
    STAGE_FIELDS,
    STEP_FIELDS,
    TEXT,
    chosen,
    sent,
)
from polku.web.desk.pictures import sent_file, sent_words

FEELINGS = ("emotion_assumed", "emotion_target", "expected_wait")


def save_cell(
    actor: Actor, journey: Journey, lane: Lane, step: StepDoc, request: HttpRequest
) -> str:
    """The form of a cell that was sent. Raises what the verbs raise."""
    post: Any = request.POST
    kind, _colon, number = post.get("form", "").partition(":")
    if kind == PICTURE:
        return _picture(actor, journey, lane, step, number, request)
    if kind == "cell":
        return _cell(actor, journey, lane, step, number, post)
    if kind == "pain":
        return _pain(actor, journey, step, number, post)
    if kind == "points":
        return _points(actor, journey, step, post)
    if kind == "step":
        one = ACTION if lane.key == ACTION.name else Field(lane.key, "translated", multiline=True)
        values, base = sent([one, *EVIDENCE], post, step)
        write_step(journey, step.id, values, by=actor, base=base)
    elif kind in {"feelings", "wait"}:
        write_step(journey, step.id, chosen(post, *FEELINGS), by=actor)
    else:
        raise NotFound
    return _("Saved.")


def _cell(actor: Actor, journey: Journey, lane: Lane, step: StepDoc, number: str, post: Any) -> str:
    pk = number_of(number)
    if post.get("verb") == "remove" and pk:
        remove_cell(journey, pk, by=actor)
        return _("Taken out. Undo brings it back.")
    values, base = sent([TEXT, *EVIDENCE, *ABOUT_CELL], post, None)
    values |= chosen(post, "component")
    if "actor_party" in post:
        values["actor"] = post["actor_party"]
    write_cell(journey, pk, step.id, lane.key, values, by=actor, base=base if pk else None)
    return _("Saved.")


def _picture(
    actor: Actor, journey: Journey, lane: Lane, step: StepDoc, number: str, request: HttpRequest
) -> str:
    post: Any = request.POST
    where: dict[str, Any] = {"by": actor, "base": number_of(post.get("was", "")) or 0,
                             "cell_id": number_of(number)}  # fmt: skip
    if post.get("verb") == "remove":
        remove_picture(journey, step.id, lane.key, **where)
        return _("Taken down. Undo brings it back.")
    if post.get("verb") == "mine":
        set_picture(journey, step.id, lane.key, post.get("mine", ""), **where)
        return _("Saved.")
    file, words = sent_file(request), sent_words(post)
    picture = keep_picture(file, words, by=actor) if file is not None else where["base"]
    if not picture:
        raise BadInput({"file": _("Choose a picture first.")})
    set_picture(journey, step.id, lane.key, picture, words if file is None else None, **where)
    return _("Saved.")


def _pain(actor: Actor, journey: Journey, step: StepDoc, number: str, post: Any) -> str:
    pk = number_of(number)
    if post.get("verb") == "remove" and pk:
        remove_pain(journey, pk, by=actor)
        return _("Taken out. Undo brings it back.")
    values, base = sent([TEXT, *EVIDENCE], post, None)
    values |= chosen(post, "severity", "touchpoint")
    if pk is None:
        add_pain(journey, step_id=step.id, values=values, by=actor)
    else:
        write_pain(journey, pk, values, by=actor, base=base)
    return _("Saved.")


def _points(actor: Actor, journey: Journey, step: StepDoc, post: Any) -> str:
    codes, first = post.getlist("points"), post.get("primary", "")
    name = " ".join(post.get("new", "").split())
    meet_at(journey, step.id, codes, primary=first if first in codes else None, by=actor)
    if name:
        new_touchpoint(journey, step.id, name, by=actor)
    return _("Saved.")


def number_of(text: str) -> int | None:
    """A number of ours that came back with a form."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def save_step(actor: Actor, journey: Journey, step: StepDoc, post: Any) -> str:
    """The form of a step that was sent."""
    values, base = sent(STEP_FIELDS, post, step)
    values |= chosen(post, *FEELINGS, "branch_of", "sub_journey")
    if "optional" in values:
        values["optional"] = values["optional"] == "yes"
    write_step(journey, step.id, values, by=actor, base=base)
    return _("Saved.")


def save_stage(actor: Actor, journey: Journey, stage: StageDoc, post: Any) -> str:
    """The form of a stage that was sent."""
    values, base = sent([*STAGE_FIELDS, DSV], post, stage)
    write_stage(journey, stage.id, values, by=actor, base=base)
    return _("Saved.")
