"""Which part a party plays towards what, and when (entities.md 1.4)."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.audit import Changes, kind_of, one_operation, record
from polku.kernel.clock import today_in
from polku.kernel.policy import may_change
from polku.tenancy.models import Party, PartyRole, Workspace


def add_role(
    party: Party, role: str, *, by: Actor, context: Any = None,
    valid_from: dt.date | None = None, valid_to: dt.date | None = None, note: str = "",
) -> PartyRole:  # fmt: skip
    """Say that a party plays a part, for the workspace or for one object.

    Refused when the same part overlaps in time, or when a second integrator would stand beside
    the first.
    """
    require(may_change(by, party))
    _hold_shape(party, role, context, valid_from, valid_to, by)
    row = PartyRole(
        workspace=by.workspace, party=party, role=role, valid_from=valid_from, valid_to=valid_to,
        context_kind=kind_of(context) if context is not None else "workspace",
        context_id=context.pk if context is not None else None, note=note.strip()[:400],
    )  # fmt: skip
    with transaction.atomic(), one_operation():
        Workspace.objects.select_for_update().get(pk=by.workspace.pk)
        _hold_alone(row)
        row.save()
        changes: Changes = {"role": [None, role], "valid_from": [None, _day(valid_from)],
                            "valid_to": [None, _day(valid_to)]}  # fmt: skip
        record("party.role_added", by=by, obj=party, changes=changes)
    return row


def end_role(row: PartyRole, *, by: Actor, on: dt.date | None = None) -> PartyRole:
    """Let a part end, today or on another day; it stays in the history."""
    if row.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_change(by, row.party))
    day = on or today_in(by.workspace)
    if row.valid_from is not None and day < row.valid_from:
        raise BadInput({"valid_to": _("It cannot end before it begins.")})
    with transaction.atomic(), one_operation():
        before, row.valid_to = row.valid_to, day
        row.save(update_fields=["valid_to"])
        changes: Changes = {"role": [row.role, row.role], "valid_to": [_day(before), str(day)]}
        record("party.role_ended", by=by, obj=row.party, changes=changes)
    return row


def _day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def _hold_shape(
    party: Party, role: str, context: Any, start: dt.date | None, end: dt.date | None, by: Actor
) -> None:
    if party.workspace_id != by.workspace.pk:
        raise NotFound
    if context is not None and context.workspace_id != by.workspace.pk:
        raise NotFound
    if role not in PartyRole.Role.values:
        raise BadInput({"role": _("Choose one of the parts.")})
    if start and end and end < start:
        raise BadInput({"valid_to": _("It cannot end before it begins.")})


def _hold_alone(row: PartyRole) -> None:
    same = PartyRole.objects.filter(
        workspace=row.workspace, role=row.role, context_kind=row.context_kind,
        context_id=row.context_id,
    )  # fmt: skip
    if row.valid_to is not None:
        same = same.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=row.valid_to))
    if row.valid_from is not None:
        same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=row.valid_from))
    if same.filter(party=row.party).exists():
        raise Refused(_("They play this part in that time already. Choose days that do not meet."))
    if row.role == PartyRole.Role.INTEGRATOR and same.exists():
        raise Refused(_("There is one integrator at a time. Choose days that do not meet."))
