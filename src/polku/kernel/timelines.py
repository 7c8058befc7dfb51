"""Time of a whole kind of objects at once: dated steps replayed, and values read back from history.

Each reader is one statement; what is worked out from its rows is not another.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from polku.kernel.actor import Actor
from polku.kernel.models import AuditEvent, Transition
from polku.kernel.registry import Entity
from polku.tenancy.models import Workspace


@dataclass(frozen=True)
class Placed:
    """Where an object stood on a day: its state, since when, and whether that is still a plan."""

    state: str
    since: dt.date
    planned: bool


class DatedStep(NamedTuple):
    """One transition as plain values, in the order of its day."""

    object_id: int
    to_state: str
    effective_on: dt.date
    recorded_at: dt.datetime
    applied_at: dt.datetime | None
    cancelled_at: dt.datetime | None


class Change(NamedTuple):
    """One event's changed fields, in the order they happened."""

    object_id: int
    at: dt.datetime
    changes: dict[str, list[Any]]


def end_of_day(workspace: Workspace, day: dt.date) -> dt.datetime:
    """The moment at which *day* is over where the workspace is."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
    return midnight.replace(tzinfo=ZoneInfo(workspace.timezone))


def steps_of_kind(actor: Actor, entity: Entity, *, until: dt.date | None = None) -> list[DatedStep]:
    """Every dated step of a kind of object, cancelled ones too, up to and with *until*."""
    rows = Transition.objects.filter(
        workspace=actor.workspace, object_kind=entity.kind, pending_run__isnull=True
    )
    if until is not None:
        rows = rows.filter(effective_on__lte=until)
    found = rows.order_by("effective_on", "id").values_list(
        "object_id", "to_state", "effective_on", "recorded_at", "applied_at", "cancelled_at"
    )
    return [DatedStep(*row) for row in found]


def places_on(
    steps: Iterable[DatedStep], day: dt.date, workspace: Workspace, known_on: dt.date | None = None
) -> dict[int, Placed]:
    """Where each object stands on *day*, by inner number.

    With *known_on* only what had been recorded by the end of that day counts, and a plan that was
    taken back later still stands.
    """
    moment = end_of_day(workspace, known_on) if known_on else None
    found: dict[int, Placed] = {}
    for step in steps:
        if step.effective_on <= day and _counts(step, moment):
            planned = step.effective_on > known_on if known_on else step.applied_at is None
            found[step.object_id] = Placed(step.to_state, step.effective_on, planned)
    return found


def _counts(step: DatedStep, moment: dt.datetime | None) -> bool:
    if moment is None:
        return step.cancelled_at is None
    return step.recorded_at < moment and (step.cancelled_at is None or step.cancelled_at >= moment)


def changes_since(
    actor: Actor, entity: Entity, day: dt.date, fields: Sequence[str]
) -> list[Change]:
    """Events after *day* that changed one of *fields*, oldest first; creations are left out."""
    rows = AuditEvent.objects.filter(
        workspace=actor.workspace, object_kind=entity.kind,
        at__gte=end_of_day(actor.workspace, day), changes__has_any_keys=list(fields),
    ).exclude(name=f"{entity.kind}.created")  # fmt: skip
    found = rows.order_by("id").values_list("object_id", "at", "changes")
    return [Change(*row) for row in found]


def values_before(changes: Iterable[Change], moment: dt.datetime) -> dict[int, dict[str, Any]]:
    """``{object: {field: value}}`` as they stood at *moment*, for what changed after it."""
    found: dict[int, dict[str, Any]] = {}
    for change in changes:
        if change.at >= moment:
            values = found.setdefault(change.object_id, {})
            for name, (before, _after) in change.changes.items():
                values.setdefault(name, before)
    return found
