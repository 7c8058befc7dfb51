"""What the forms of a place send, turned into verbs of journeys; each answers what was done."""

from typing import Any

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
    write_cell,
    write_pain,
    write_stage,
    write_step,
)
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound
from polku.kernel.fields import Field
from polku.web.desk.journeys_forms import (
    ABOUT_CELL,
    ACTION,
    DSV,
    EVIDENCE,
    STAGE_FIELDS,
    STEP_FIELDS,
    TEXT,
    chosen,
    sent,
)

FEELINGS = ("emotion_assumed", "emotion_target", "expected_wait")


def save_cell(actor: Actor, journey: Journey, lane: Lane, step: StepDoc, post: Any) -> str:
    """The form of a cell that was sent. Raises what the verbs raise."""
    kind, _colon, number = post.get("form", "").partition(":")
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
    pk = int(number) if number.isdecimal() and len(number) < 18 else None
    if post.get("verb") == "remove" and pk:
        remove_cell(journey, pk, by=actor)
        return _("Taken out. Undo brings it back.")
    values, base = sent([TEXT, *EVIDENCE, *ABOUT_CELL], post, None)
    values |= chosen(post, "component")
    if "actor_party" in post:
        values["actor"] = post["actor_party"]
    write_cell(journey, pk, step.id, lane.key, values, by=actor, base=base if pk else None)
    return _("Saved.")


def _pain(actor: Actor, journey: Journey, step: StepDoc, number: str, post: Any) -> str:
    pk = int(number) if number.isdecimal() and len(number) < 18 else None
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
