"""Who may do what in a workspace: roles, switching off, the one who decides on the portfolio."""

import contextlib
from collections.abc import Iterable

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.magic_links import revoke_links
from polku.kernel.policy import may_administer
from polku.kernel.tokens import revoke_tokens
from polku.people.operations.accounts import NewPerson, make_account
from polku.people.operations.workspaces import person_party
from polku.people.policy import may_change_role, may_hold_relationships, may_switch_off
from polku.tenancy.models import Membership, Relationship, UserAccount, Workspace
from polku.tenancy.models.accounts import AccessRole

SEEN_SECONDS = 60 * 60


def add_person(
    person: NewPerson | UserAccount, role: str, *, by: Actor,
    relationships: Iterable[Relationship] = (),
) -> Membership:  # fmt: skip
    """Let somebody in without an invitation: the operator's shell and the examples.

    A known account (by *person*) gets one more workspace. Raises BadInput or NotAllowed.
    """
    require(may_administer(by))
    chosen = list(relationships)
    _hold_role(role, chosen)
    with transaction.atomic(), one_operation():
        account = person if isinstance(person, UserAccount) else make_account(person)
        known = Membership.objects.filter(workspace=by.workspace, user=account).first()
        if known is not None and known.state == Membership.State.ACTIVE:
            raise BadInput({"email": _("This person is here already.")})
        membership = known or Membership(workspace=by.workspace, user=account)
        membership.access_role, membership.state = role, Membership.State.ACTIVE
        internal = not may_hold_relationships(role)
        house = by.workspace.home_party if internal else chosen[0].consumer_party
        membership.party = membership.party or person_party(
            account, house, by=by, internal=internal
        )
        membership.save()
        membership.relationships.set(chosen)
        record("membership.added", by=by, obj=membership, changes={"access_role": [None, role]})
    return membership


def change_role(
    membership: Membership, role: str, *, by: Actor,
    relationships: Iterable[Relationship] | None = None,
) -> Membership:  # fmt: skip
    """Change what somebody may do; never the last admin's. Raises NotAllowed or BadInput."""
    with transaction.atomic(), one_operation():
        membership = _locked(membership, by)
        chosen = list(membership.relationships.all() if relationships is None else relationships)
        before = membership.access_role
        _hold_role(role, chosen)
        if role == before and relationships is None:
            return membership
        if role != before:
            require(may_change_role(by, membership))
        require(may_administer(by))
        membership.access_role = role
        membership.save(update_fields=["access_role"])
        membership.relationships.set(chosen if may_hold_relationships(role) else [])
        changes = {"access_role": [before, role]}
        record("membership.role_changed", by=by, obj=membership, changes=changes)
    return membership


def _hold_role(role: str, relationships: list[Relationship]) -> None:
    if role not in AccessRole.values or role == AccessRole.GUEST:
        raise BadInput({"role": _("Choose what they may do. Guests come by a link of their own.")})
    if may_hold_relationships(role) and not relationships:
        raise BadInput({"relationships": _("Say which customer they belong to.")})


def _locked(membership: Membership, by: Actor) -> Membership:
    """The row, while no other change of people in this workspace runs: one admin must stay."""
    Workspace.objects.select_for_update().get(pk=by.workspace.pk)
    found = (
        Membership.objects.select_related("user", "party", "workspace")
        .filter(pk=membership.pk, workspace_id=by.workspace.pk)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def switch_off(membership: Membership, *, by: Actor) -> Membership:
    """Take somebody's access away at once; what they own stays theirs (see ``mark_left``)."""
    with transaction.atomic(), one_operation():
        membership = _locked(membership, by)
        require(may_switch_off(by, membership))
        if membership.state != Membership.State.ACTIVE:
            raise Refused(_("This access had ended before."))
        end_membership(membership, by=by)
    return membership


def end_membership(membership: Membership, *, by: Actor) -> None:
    """End access, tokens and links, inside the verb that decided it."""
    before = membership.state
    membership.state = Membership.State.ENDED
    membership.is_portfolio_owner = False
    membership.save(update_fields=["state", "is_portfolio_owner"])
    revoke_tokens(membership)
    revoke_links(by=by, membership=membership)
    record("membership.ended", by=by, obj=membership, changes={"state": [before, "ended"]})


def switch_on(membership: Membership, *, by: Actor) -> Membership:
    """Let somebody in again whose access was switched off."""
    with transaction.atomic(), one_operation():
        membership = _locked(membership, by)
        require(may_administer(by))
        party = membership.party
        if membership.state != Membership.State.ENDED or party is None or party.state != "active":
            raise Refused(_("Invite this person instead: their access is not switched off."))
        if not membership.user.is_active:
            raise Refused(_("This account is switched off on the whole server. Invite them anew."))
        membership.state = Membership.State.ACTIVE
        membership.save(update_fields=["state"])
        changes = {"state": ["ended", "active"]}
        record("membership.switched_on", by=by, obj=membership, changes=changes)
    return membership


def name_portfolio_owner(membership: Membership, *, by: Actor) -> Membership:
    """Say who decides on the portfolio; there is one, and they may change things."""
    with transaction.atomic(), one_operation():
        membership = _locked(membership, by)
        require(may_administer(by))
        may_decide = membership.access_role in {"admin", "editor", "member"}
        if membership.state != Membership.State.ACTIVE or not may_decide:
            raise Refused(_("Choose somebody who is here and may change things."))
        rows = Membership.objects.filter(workspace=by.workspace, is_portfolio_owner=True)
        before = [str(row.user) for row in rows.select_related("user")]
        rows.exclude(pk=membership.pk).update(is_portfolio_owner=False)
        membership.is_portfolio_owner = True
        membership.save(update_fields=["is_portfolio_owner"])
        changes = {"is_portfolio_owner": [", ".join(before), str(membership.user)]}
        record("membership.portfolio_owner_named", by=by, obj=membership, changes=changes)
    return membership


def note_seen(actor: Actor) -> None:
    """Remember that somebody was here, at most once an hour; never in the way of reading."""
    if actor.membership_id is None:
        return
    if not cache.add(f"polku:seen:{actor.membership_id}", True, SEEN_SECONDS):
        return
    with contextlib.suppress(DatabaseError), transaction.atomic():
        Membership.objects.filter(pk=actor.membership_id).update(last_seen_at=timezone.now())
