"""Loose ends: seeing them, and leaving one open on purpose with a reason."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import Answer, BadInput, NotFound, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.clock import today_in
from polku.kernel.fingerprints import fingerprint
from polku.kernel.models import LooseEnd
from polku.kernel.policy import may_change, may_import, may_read_inside
from polku.kernel.queries import find
from polku.kernel.registry import has_entity

RANK = {"urgent": 0, "attention": 1, "note": 2}


def visible_loose_ends(actor: Actor, state: str = LooseEnd.State.OPEN) -> QuerySet[LooseEnd]:
    """Loose ends of the workspace, open ones unless another state is asked for; the most urgent
    and oldest first. The team's own."""
    require(may_read_inside(actor))
    rank = Case(
        *(When(severity=word, then=Value(place)) for word, place in RANK.items()),
        output_field=IntegerField(),
    )
    rows = LooseEnd.objects.filter(workspace=actor.workspace, state=state)
    return rows.annotate(rank=rank).order_by("rank", "since", "id").select_related("owner_party")


def loose_ends_of(actor: Actor, obj: Any) -> list[LooseEnd]:
    """Open loose ends of one object, in the order of all; none for people outside the team."""
    return loose_ends_at(actor, Q(object_kind=obj._meta.db_table, object_id=obj.pk))


def loose_ends_at(actor: Actor, where: Q) -> list[LooseEnd]:
    """Open loose ends at some place, in the order of all; none for people outside the team.

    Without their owners. They are put in order here: for a few that takes a third of the time in
    which the question for an order in the database is written.
    """
    if not may_read_inside(actor):
        return []
    rows = LooseEnd.objects.filter(where, workspace=actor.workspace, state=LooseEnd.State.OPEN)
    last = len(RANK)
    return sorted(rows, key=lambda end: (RANK.get(end.severity, last), end.since, end.pk))


def may_dismiss(actor: Actor, end: LooseEnd) -> Answer:
    """Whoever may change the object; for an import's summary, the editors."""
    obj = _object(actor, end)
    return may_change(actor, obj) if obj is not None else may_import(actor)


def get_loose_end(actor: Actor, number: int) -> LooseEnd:
    """One open or dismissed loose end by its number, or NotFound."""
    require(may_read_inside(actor))
    found = LooseEnd.objects.filter(workspace=actor.workspace, pk=number).first()
    if found is None:
        raise NotFound
    return found


def require_open(end: LooseEnd) -> None:
    """Raise Refused when somebody tied or dismissed it meanwhile."""
    if end.state != LooseEnd.State.OPEN:
        raise Refused(_("This one is not open any more."))


def dismiss(
    end: LooseEnd, *, by: Actor, reason: str, until: dt.date | None = None
) -> LooseEnd:  # fmt: skip
    """Leave it open on purpose. It comes back when *until* passes or the object changes."""
    require(may_dismiss(by, end))
    if not reason.strip():
        raise BadInput({"reason": _("Say why this may stay open; it is kept.")})
    if until and until <= today_in(by.workspace):
        raise BadInput({"until": _("Choose a day that still lies ahead.")})
    with transaction.atomic(), one_operation():
        held = held_now(end)
        require_open(held)
        obj = _object(by, held)
        held.state, held.dismissed_reason = LooseEnd.State.DISMISSED, reason.strip()[:400]
        held.dismissed_by_id, held.dismissed_until = by.user_id, until
        held.turned_into_code = ""
        held.dismissed_fingerprint = fingerprint(obj) if obj is not None else ""
        held.changed_at = timezone.now()
        held.save()
        if obj is not None:
            changes = {held.check_code: ["open", "dismissed"]}
            record("loose_end.dismissed", by=by, obj=obj, changes=changes, note=reason)
    return held


def reopen(end: LooseEnd, *, by: Actor) -> LooseEnd:
    """Take a dismissal back."""
    require(may_dismiss(by, end))
    with transaction.atomic(), one_operation():
        held = held_now(end)
        if held.state != LooseEnd.State.DISMISSED:
            raise Refused(_("This one is open already, or was tied."))
        held.state, held.changed_at = LooseEnd.State.OPEN, timezone.now()
        held.turned_into_code = ""
        held.save(update_fields=["state", "turned_into_code", "changed_at"])
        if (obj := _object(by, held)) is not None:
            changes = {held.check_code: ["dismissed", "open"]}
            record("loose_end.reopened", by=by, obj=obj, changes=changes)
    return held


def held_now(end: LooseEnd) -> LooseEnd:
    """The end as it stands now, held until the transaction ends: others may have acted on it since
    it was read."""
    return LooseEnd.objects.select_for_update(of=("self",)).get(pk=end.pk)


def _object(actor: Actor, end: LooseEnd) -> Any:
    if not has_entity(end.object_kind):
        return None
    return find(actor, end.object_kind, end.object_id)
