"""Letting people in: an invitation by mail, its acceptance, its end."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel import magic_links
from polku.kernel.actor import Actor, actor_of, system_actor
from polku.kernel.answers import BadInput, NotAllowed, NotFound, Refused, Sentence, require
from polku.kernel.audit import Changes, one_operation, record
from polku.kernel.models import MagicLink
from polku.people.operations.accounts import clean_email, person_problems
from polku.people.operations.mails import tell_invited, tell_link_maker
from polku.people.operations.workspaces import person_party
from polku.people.policy import may_hold_relationships, may_invite
from polku.tenancy.models import Membership, Party, Relationship, UserAccount, Workspace
from polku.tenancy.models.accounts import AccessRole


@dataclass(frozen=True)
class Invitation:
    """What became of an invitation; ``mailed`` is False when no mail server took the mail.

    Nothing in here tells whether the address had an account before.
    """

    membership: Membership
    link: MagicLink
    mailed: bool


def invite(
    email: str, role: str, *, by: Actor, lang: str = "",
    relationships: Iterable[Relationship] = (), party: Party | None = None,
) -> Invitation:  # fmt: skip
    """Invite an address into the actor's workspace, by a mail in *lang*.

    Whether the address has an account on this server makes no difference to the inviter.
    Inviting again takes the former link back. Raises NotAllowed or BadInput.
    """
    require(may_invite(by))
    address, chosen = clean_email(email), list(relationships)
    lang = lang or by.workspace.default_lang
    if problems := _problems(role, lang, chosen, by):
        raise BadInput(problems)
    with transaction.atomic(), one_operation():
        user = _account(address, lang)
        membership = _place(user, role, party, by)
        membership.relationships.set(chosen)
        changes = {"access_role": [None, role]}
        record("membership.invited", by=by, obj=membership, changes=changes)
        link, secret = _link(membership, lang, by)
    return Invitation(membership, link, tell_invited(link, secret, by.name))


def _problems(
    role: str, lang: str, relationships: list[Relationship], by: Actor
) -> dict[str, Sentence]:
    problems: dict[str, Sentence] = {}
    if role not in AccessRole.values or role == AccessRole.GUEST:
        problems["role"] = _("Choose what they may do. Guests come by a link of their own.")
    elif may_hold_relationships(role) and not relationships:
        problems["relationships"] = _("Say which customer they belong to.")
    if any(row.workspace_id != by.workspace.pk for row in relationships):
        problems["relationships"] = _("There is nothing here by that name.")
    if lang not in dict(settings.LANGUAGES):
        problems["lang"] = _("Choose one of the four languages.")
    return problems


def _account(email: str, lang: str) -> UserAccount:
    user = UserAccount.objects.filter(email=email).first()
    if user is not None:
        return user
    invited = UserAccount.State.INVITED
    return UserAccount.objects.create_user(email, None, lang=lang, state=invited)


def _place(user: UserAccount, role: str, party: Party | None, by: Actor) -> Membership:
    membership = (
        Membership.objects.select_for_update().filter(workspace=by.workspace, user=user).first()
    )
    if membership is None:
        membership = Membership(workspace=by.workspace, user=user)
    elif membership.state == Membership.State.ACTIVE:
        raise BadInput({"email": _("This person is here already. Change what they may do above.")})
    else:
        magic_links.revoke_links(by=by, membership=membership)
    membership.access_role, membership.state = role, Membership.State.INVITED
    membership.party = party or membership.party
    membership.save()
    return membership


def _link(membership: Membership, lang: str, by: Actor) -> tuple[MagicLink, str]:
    return magic_links.make_link("invite", membership, by=by, membership=membership, lang=lang)


def send_invitation_again(membership: Membership, *, by: Actor) -> Invitation:
    """Send a fresh link; the former one stops working."""
    require(may_invite(by))
    _hold_invited(membership, by)
    with transaction.atomic(), one_operation():
        last = MagicLink.objects.filter(membership=membership, purpose="invite")
        lang = last.order_by("-pk").values_list("lang", flat=True).first() or ""
        magic_links.revoke_links(by=by, membership=membership)
        record("membership.invited_again", by=by, obj=membership)
        link, secret = _link(membership, lang, by)
    return Invitation(membership, link, tell_invited(link, secret, by.name))


def take_back_invitation(membership: Membership, *, by: Actor) -> Membership:
    """End an invitation that nobody came by yet; its link is as if it never was."""
    require(may_invite(by))
    _hold_invited(membership, by)
    with transaction.atomic(), one_operation():
        magic_links.revoke_links(by=by, membership=membership)
        membership.state = Membership.State.ENDED
        membership.save(update_fields=["state"])
        changes = {"state": ["invited", "ended"]}
        record("membership.invitation_taken_back", by=by, obj=membership, changes=changes)
    return membership


def _hold_invited(membership: Membership, by: Actor) -> None:
    if membership.workspace_id != by.workspace.pk:
        raise NotFound
    if membership.state != Membership.State.INVITED:
        raise Refused(_("This invitation was answered or taken back meanwhile."))


def must_choose_password(user: UserAccount) -> bool:
    """Whether an invited account begins (again) with a name and a password of its own."""
    return user.state != UserAccount.State.ACTIVE or not user.has_usable_password()


def stays_out(user: UserAccount) -> bool:
    """Whether the operator of the server switched this account off: no invitation undoes that."""
    if user.state != UserAccount.State.DISABLED:
        return False
    return Membership.objects.filter(user=user, state=Membership.State.ACTIVE).exists()


def accept_invitation(
    link: MagicLink, *, user: UserAccount | None = None, name: str = "", password: str = ""
) -> Membership:
    """Come in by a link: a new account with name and password, a known one signed in as *user*.

    Raises BadInput, NotAllowed for somebody else's account, Refused for a used or late link.
    """
    with transaction.atomic(), one_operation():
        used = magic_links.use_link(link)
        membership = _invited(used)
        account = UserAccount.objects.select_for_update().get(pk=membership.user_id)
        if stays_out(account):
            raise NotFound
        if must_choose_password(account):
            _begin_account(account, name, password, used.lang)
        elif user is None or user.pk != account.pk:
            raise NotAllowed(_("Sign in with the address that this invitation was sent to."))
        return _come_in(membership, account)


def _invited(link: MagicLink) -> Membership:
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("workspace")
        .filter(pk=link.membership_id or 0, state=Membership.State.INVITED)
        .first()
    )
    if membership is None or link.purpose != MagicLink.Purpose.INVITE:
        raise NotFound
    return membership


def _begin_account(account: UserAccount, name: str, password: str, lang: str) -> None:
    account.name = name.strip()[:200]
    if problems := person_problems(name, password, account):
        raise BadInput(problems)
    account.set_password(password)
    account.state, account.lang = UserAccount.State.ACTIVE, lang
    account.save()


def _come_in(membership: Membership, account: UserAccount) -> Membership:
    membership.state, membership.user = Membership.State.ACTIVE, account
    membership.party = _party_of(membership, account)
    membership.save()
    changes = {"state": ["invited", "active"]}
    record("membership.accepted", by=actor_of(membership), obj=membership, changes=changes)
    return membership


def _party_of(membership: Membership, account: UserAccount) -> Party:
    by = system_actor(membership.workspace, "page")
    party = membership.party
    if party is None:
        internal = not may_hold_relationships(membership.access_role)
        return person_party(account, _house_of(membership, internal), by=by, internal=internal)
    if party.state == Party.State.LEFT:
        before = str(party.left_on)
        party.state, party.left_on = Party.State.ACTIVE, None
        party.revision += 1
        party.save(update_fields=["state", "left_on", "revision"])
        changes: Changes = {"state": ["left", "active"], "left_on": [before, None]}
        record("party.returned", by=by, obj=party, changes=changes)
    return party


def _house_of(membership: Membership, internal: bool) -> Party | None:
    if internal:
        workspace: Workspace = membership.workspace
        return workspace.home_party
    relationship = membership.relationships.select_related("consumer_party").first()
    return relationship.consumer_party if relationship else None


def ask_for_new_link(link: MagicLink) -> bool:
    """The holder of a late link asks for another: who made it is told, once a day."""
    if not magic_links.note_asked_anew(link):
        return False
    maker = link.made_by
    if maker is not None and maker.is_active:
        tell_link_maker(link, maker)
    return True
