"""Versions: agreeing keeps the whole journey for ever, a change begins the next one."""

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from polku.journeys.document_reading import read_document
from polku.journeys.models import Journey, JourneyVersion
from polku.kernel.actor import Actor, system_actor
from polku.kernel.clock import today_in
from polku.kernel.events import Event
from polku.kernel.models import Attachment, Transition
from polku.kernel.transitions import Step, cancel_planned, move

SETTLED = frozenset({Journey.State.AGREED, Journey.State.IN_USE, Journey.State.OUTDATED})
KEPT = (Journey.State.AGREED, Journey.State.IN_USE)
# What is not the same in two equal versions
_PASSING = frozenset({"version", "state", "edits", "suspect", "link_id"})


def begin_next_version(journey: Journey, *, by: Actor) -> None:
    """A change of what was agreed begins the next version; *journey* is held and says so."""
    if journey.state not in SETTLED:
        return
    reason = _("A change began version %(n)d.") % {"n": journey.version + 1}
    actor = system_actor(by.workspace, by.channel)
    move(journey, Step(Journey.State.SKETCH, reason=reason), by=actor)
    for row in _ahead(journey):  # they were meant for what was agreed
        cancel_planned(row, by=actor, obj=journey, reason=reason)
    journey.refresh_from_db(fields=["state", "revision", "updated_at"])
    journey.version += 1


def _ahead(journey: Journey) -> list[Transition]:
    rows = Transition.objects.filter(
        workspace=journey.workspace_id, object_kind="journey", object_id=journey.pk,
        applied_at__isnull=True, cancelled_at__isnull=True,
    )  # fmt: skip
    return list(rows)


def keep_version(event: Event) -> None:
    """Keep each journey that was agreed, or went into use at once, as it stands now."""
    for journey in event.objects:
        if journey.state in KEPT:
            _keep(journey, event.by)
        if journey.state == Journey.State.AGREED and not event.by.is_system:
            journey.looked_on = today_in(event.by.workspace)
            journey.save(update_fields=["looked_on"])


def keep_as_agreed(journey: Journey, *, by: Actor) -> None:
    """Keep a journey that came with a file as agreed already, under the number that it bears."""
    if journey.state in KEPT:
        _keep(journey, by)


def _keep(journey: Journey, by: Actor) -> None:
    kept = JourneyVersion.objects.filter(journey=journey, version=journey.version).first()
    if kept is not None:
        if kept.content.get("edits") == journey.edits:
            return
        # Agreeing was taken back and the text changed: what was kept stays as it is
        journey.version += 1
        journey.save(update_fields=["version"])
    doc = read_document(system_actor(by.workspace, by.channel), journey)
    content = doc.to_json()
    made = JourneyVersion.objects.create(
        workspace=by.workspace, journey=journey, version=journey.version, content=content,
        content_hash=content_hash(content), agreed_by_id=by.user_id,
    )  # fmt: skip
    if numbers := {picture.number for picture in doc.pictures}:
        made.pictures.set(Attachment.objects.filter(workspace=by.workspace, number__in=numbers))


def content_hash(content: Any) -> str:
    """SHA-256 of what a version says, whatever its number and state."""
    text = json.dumps(_lasting(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _lasting(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _lasting(part) for name, part in value.items() if name not in _PASSING}
    return [_lasting(part) for part in value] if isinstance(value, list) else value
