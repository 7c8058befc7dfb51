"""Who may decide about people, access, sharing and settings."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from polku.kernel.actor import Actor
from polku.kernel.answers import Allowed, Answer, Denied
from polku.kernel.policy import WRITERS, may_administer, may_change
from polku.people.models import SharingRequest
from polku.tenancy.models import Membership, Party, UserAccount
from polku.tenancy.models.accounts import INTERNAL_ROLES

LAST_ADMIN = _(
    "Nobody else looks after settings and people. Give somebody else that task first."
)  # fmt: skip


def is_last_admin(membership: Membership) -> bool:
    """Whether nobody could change settings any more without this person."""
    if membership.access_role != "admin" or membership.state != Membership.State.ACTIVE:
        return False
    others = Membership.objects.filter(
        workspace_id=membership.workspace_id, access_role="admin",
        state=Membership.State.ACTIVE, user__state=UserAccount.State.ACTIVE,
    )  # fmt: skip
    return not others.exclude(pk=membership.pk).exists()


def may_invite(actor: Actor) -> Answer:
    """People come in by those who look after people."""
    return may_administer(actor)


def may_change_role(actor: Actor, membership: Membership) -> Answer:
    """A role may change as long as an admin stays."""
    answer = _administers(actor, membership)
    if answer and is_last_admin(membership):
        return Denied(LAST_ADMIN)
    return answer


def may_switch_off(actor: Actor, membership: Membership) -> Answer:
    """As changing a role."""
    return may_change_role(actor, membership)


def may_mark_left(actor: Actor, party: Party) -> Answer:
    """A person who works with us or a customer leaves once, and an admin stays."""
    answer = _administers(actor, party)
    if not answer:
        return answer
    if party.kind != Party.Kind.PERSON:
        return Denied(_("Only a person can leave. End the relationship or archive this instead."))
    if party.state != Party.State.ACTIVE:
        return Denied(_("This was written down before."))
    memberships = Membership.objects.filter(party=party, workspace_id=party.workspace_id)
    if any(is_last_admin(membership) for membership in memberships):
        return Denied(LAST_ADMIN)
    return Allowed()


def may_merge(actor: Actor, kept: Party, gone: Party | None = None) -> Answer:
    """Whatever points at the other is written anew, whoever owns it; an account asks for more."""
    if kept.workspace_id != actor.workspace.pk:
        return Denied(_("There is nothing here by that name."))
    if actor.role not in WRITERS:
        if not actor.is_internal:
            return Denied(_("Only the team that runs this may change it."))
        return Denied(_("Only those who may change everything inside can merge two into one."))
    if gone is not None and Membership.objects.filter(party=gone).exists():
        return may_administer(actor)
    return Allowed()


def may_ask_to_share(actor: Actor, relationship: Any) -> Answer:
    """Our side decides what it shares; the other side says yes where it becomes more."""
    if not actor.is_internal:
        return Denied(_("Only the team that runs this may change it."))
    return may_change(actor, relationship)


def may_answer_sharing(actor: Actor, request: SharingRequest) -> Answer:
    """The customer's own people answer; our side may write down what it was told."""
    if actor.workspace.pk != request.workspace_id:
        return Denied(_("There is nothing here by that name."))
    if actor.role == "co_creator" and request.relationship_id in actor.relationship_ids:
        return Allowed()
    return may_ask_to_share(actor, request.relationship)


def may_hold_relationships(role: str) -> bool:
    """Roles that see one customer only, and must say which."""
    return role not in INTERNAL_ROLES


def _administers(actor: Actor, row: Any) -> Answer:
    if row.workspace_id != actor.workspace.pk:
        return Denied(_("There is nothing here by that name."))
    return may_administer(actor)
