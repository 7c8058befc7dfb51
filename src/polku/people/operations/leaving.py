"""The leaver action: what somebody owned gets a new owner, and every door closes (AC33)."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Sentence, require
from polku.kernel.audit import Changes, one_operation, record
from polku.kernel.changes import change_object
from polku.kernel.clock import today_in
from polku.people.operations.accounts import close_if_nowhere
from polku.people.operations.memberships import end_membership
from polku.people.policy import may_mark_left
from polku.people.queries.leaving import owned_rows
from polku.tenancy.models import Membership, Party, PartyRole, Workspace

NOBODY = ""


def mark_left(
    party: Party, new_owners: Mapping[str, str], *, by: Actor, on: dt.date | None = None
) -> Party:
    """Write down that a person has left.

    *new_owners* leads from the code of each object they own to the code of its next owner, or to
    ``""`` for nobody (which leaves a loose end). Access, tokens and links end; an account without
    any workspace is switched off. Raises BadInput naming the objects without an answer.
    """
    with transaction.atomic(), one_operation():
        Workspace.objects.select_for_update().get(pk=by.workspace.pk)
        party = _locked(party, by)
        require(may_mark_left(by, party))
        day = on or today_in(by.workspace)
        if day > today_in(by.workspace):
            raise BadInput({"left_on": _("Choose today or a day before.")})
        _hand_over(party, new_owners, by)
        _close_doors(party, by)
        roles = PartyRole.objects.filter(workspace=by.workspace, party=party)
        roles.filter(valid_to__isnull=True).update(valid_to=day)
        party.state, party.left_on = Party.State.LEFT, day
        party.revision += 1
        party.updated_at, party.updated_by_id = timezone.now(), by.user_id
        party.save()
        changes: Changes = {"state": ["active", "left"], "left_on": [None, str(day)]}
        record("party.left", by=by, obj=party, changes=changes)
    return party


def _locked(party: Party, by: Actor) -> Party:
    rows = Party.objects.select_for_update().filter(workspace=by.workspace, pk=party.pk)
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def _hand_over(party: Party, new_owners: Mapping[str, str], by: Actor) -> None:
    owned = owned_rows(by, party)
    problems: dict[str, Sentence] = {}
    for _entity, obj in owned:
        if obj.code not in new_owners:
            problems[obj.code] = _("Say who takes this over, or nobody.")
        elif new_owners[obj.code] == party.code:
            problems[obj.code] = _("Choose somebody else: this person leaves.")
    if problems:
        raise BadInput(problems)
    for entity, obj in owned:
        owner = new_owners[obj.code] or None
        note = _("%(name)s has left.") % {"name": party.name}
        change_object(entity, obj, {"owner_party": owner}, by=by, note=note)


def _close_doors(party: Party, by: Actor) -> None:
    open_states = [Membership.State.ACTIVE, Membership.State.INVITED]
    rows = Membership.objects.filter(workspace=by.workspace, party=party, state__in=open_states)
    for membership in rows.select_related("user"):
        end_membership(membership, by=by)
        close_if_nowhere(membership.user)
