"""Journeys of which each check of them speaks, and what mends each."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from polku.insight.operations import refresh
from polku.journeys.models import Journey
from polku.journeys.operations import (
    add_pain,
    add_stage,
    add_step,
    agree,
    meet_at,
    remove_step,
    still_true,
    undo,
    write_pain,
    write_step,
)
from polku.kernel.links import tie

type Mend = Callable[[], Any]


def drawn(h: Any, name: str = "A visit", **more: Any) -> tuple[Journey, Any]:
    """A journey with one step at which the customer does something."""
    journey = h.make("journey", name=name, owner_party=h.owner, **more)
    stage = add_stage(journey, values={"name": "There"}, by=h.by)
    step = add_step(journey, stage.pk, values={"customer_action": "enters"}, by=h.by)
    return journey, step


def point(h: Any, **more: Any) -> Any:
    return h.make("touchpoint", **{"name": "Door", "state": "live", "owner_party": h.owner} | more)


def without_point(h: Any) -> tuple[Any, Mend]:
    other, its_step = drawn(h, "Other")
    door = point(h)
    meet_at(other, its_step.pk, [door], by=h.by)
    journey, step = drawn(h)
    return journey, lambda: meet_at(journey, step.pk, [door], by=h.by)


def in_no_step(h: Any) -> tuple[Any, Mend]:
    journey, step = drawn(h)
    door = point(h)
    meet_at(journey, step.pk, [door], by=h.by)
    remove_step(journey, step.pk, by=h.by)
    return door, lambda: undo(journey, by=h.by)


def of_nobody(h: Any) -> tuple[Any, Mend]:
    group = h.make("segment", name="Families")
    journey, _step = drawn(h)
    agree(journey, by=h.by)
    return journey, lambda: tie("L06", journey, group, by=h.by)


def all_assumed(h: Any) -> tuple[Any, Mend]:
    journey, step = drawn(h)
    agree(journey, by=h.by)
    return journey, lambda: write_step(journey, step.pk, {"evidence": "observed"}, by=h.by)


def assumed_pain(h: Any) -> tuple[Any, Mend]:
    journey, step = drawn(h)
    pain = add_pain(journey, step_id=step.pk, values={"text": "stairs", "severity": 5}, by=h.by)
    return journey, lambda: write_pain(journey, pain.pk, {"evidence": "measured"}, by=h.by)


def unowned(h: Any) -> tuple[Any, Mend]:
    journey, _step = drawn(h)
    h.change(journey, owner_party=None)
    agree(journey, by=h.by)
    journey.refresh_from_db()
    return journey, lambda: h.change(journey, owner_party=h.owner)


def overtaken(h: Any) -> tuple[Any, Mend]:
    service = h.service()
    journey, _step = drawn(h, services=[service.code])
    agree(journey, by=h.by)
    Journey.objects.filter(pk=journey.pk).update(
        looked_on=h.ago(9), created_at=timezone.now() - dt.timedelta(days=20)
    )
    version = h.make("product_version", label="2", product=service, planned_on=h.today)
    type(version).objects.filter(pk=version.pk).update(live_from=h.ago(3), release_state="live")
    refresh(h.cast.museum)
    journey.refresh_from_db()
    return journey, lambda: still_true(journey, by=h.by)


def unprepared(h: Any) -> tuple[Any, Mend]:
    door = point(h, moment_of_truth=True, moment_why="First word")
    return door, lambda: h.change(
        door, latitude={"money": "up to a ticket"}, recovery="We open at once"
    )


def decisive_unheard(h: Any) -> tuple[Any, Mend]:
    point(h, name="Kiosk", moment_of_truth=True, attributes={"use": "feedback"})
    door = point(h, moment_of_truth=True, observable_by=["unknown"])
    return door, lambda: h.change(door, observable_by=["survey"])


def unheard_service(h: Any) -> tuple[Any, Mend]:
    heard, service = h.service("Heard"), h.service()
    point(h, name="Desk", services=[heard.code], observable_by=["desk_record"])
    point(h, name="Planned", state="planned", services=[service.code], observable_by=["events"])
    door = point(h, services=[service.code], observable_by=["none"])
    return service, lambda: h.change(door, observable_by=["none", "observation"])


JOURNEY_CASES: dict[str, Callable[[Any], tuple[Any, Mend]]] = {
    "L07": without_point, "L07-touchpoint": in_no_step, "L06-journey": of_nobody,
    "L34-journey": all_assumed, "L34-pain": assumed_pain, "L38-journey": unowned,
    "D14-overtaken": overtaken, "L07-decisive": unprepared,
    "L09-decisive": decisive_unheard, "L09": unheard_service,
}  # fmt: skip
