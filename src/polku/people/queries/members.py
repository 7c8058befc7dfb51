"""Who may do what here, who was invited, whose access ended: for those who look after people."""

import datetime as dt
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils import timezone

from polku.kernel.actor import Actor
from polku.kernel.answers import Answer, NotFound, require
from polku.kernel.models import AuditEvent, MagicLink
from polku.kernel.policy import may_administer, may_read_inside
from polku.kernel.queries import visible
from polku.people.policy import may_change_role, may_mark_left
from polku.tenancy.models import Membership, Party
from polku.tenancy.models.accounts import INTERNAL_ROLES


@dataclass(frozen=True)
class Member:
    """Somebody who may come in, and what may be done about them."""

    membership: Membership
    second_step: bool
    role_answer: Answer
    left_answer: Answer | None

    @property
    def name(self) -> str:
        """As people know them."""
        return self.membership.party.name if self.membership.party else str(self.membership.user)

    @property
    def email(self) -> str:
        """Where mail reaches them."""
        return self.membership.user.email


@dataclass(frozen=True)
class Invited:
    """An invitation that nobody came by yet. Only the address is known, whoever has it."""

    membership: Membership
    sent_at: dt.datetime | None
    expires_at: dt.datetime | None
    asked_anew: bool

    @property
    def is_over(self) -> bool:
        """Whether its link works no more."""
        return self.expires_at is None or self.expires_at <= timezone.now()


def members(actor: Actor) -> list[Member]:
    """Everybody with access now, admins first, then by name. Raises NotAllowed."""
    require(may_administer(actor))
    rows = list(_rows(actor).filter(state=Membership.State.ACTIVE))
    secured = _secured(rows)
    found = [_member(row, actor, secured) for row in rows]
    return sorted(found, key=lambda m: (m.membership.access_role != "admin", m.name.casefold()))


def _rows(actor: Actor) -> QuerySet[Membership]:
    rows = Membership.objects.filter(workspace_id=actor.workspace.pk)
    return rows.select_related("user", "party", "workspace").prefetch_related(
        "relationships__consumer_party", "relationships__provider_party"
    )


def _secured(rows: list[Membership]) -> set[int]:
    users = [row.user_id for row in rows]
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    found = Authenticator.objects.filter(user_id__in=users, type__in=kinds)
    return set(found.values_list("user_id", flat=True))


def _member(row: Membership, actor: Actor, secured: set[int]) -> Member:
    left = may_mark_left(actor, row.party) if row.party else None
    return Member(row, row.user_id in secured, may_change_role(actor, row), left)


def find_membership(actor: Actor, number: int) -> Membership:
    """A membership of the actor's workspace; NotFound alike for missing and for elsewhere."""
    require(may_administer(actor))
    found = _rows(actor).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def find_member_of(actor: Actor, code: str) -> Member:
    """The access of the person with this code; NotFound alike for missing and for without."""
    require(may_administer(actor))
    member = member_of_party(actor, visible(actor, Party, archived=True).get_or_404(code))
    if member is None:
        raise NotFound
    return member


def own_membership(actor: Actor) -> Membership:
    """The actor's own place here; NotFound for somebody without one."""
    found = _rows(actor).filter(pk=actor.membership_id or 0).first()
    if found is None:
        raise NotFound
    return found


def member_of_party(actor: Actor, party: Party) -> Member | None:
    """The access of a person, open or ended; None for somebody who never had any."""
    require(may_administer(actor))
    rows = [*_rows(actor).filter(party=party)]
    rows.sort(key=lambda row: row.state != Membership.State.ACTIVE)
    return _member(rows[0], actor, _secured(rows)) if rows else None


def invitations(actor: Actor) -> list[Invited]:
    """Who was invited and has not come, the newest first."""
    require(may_administer(actor))
    rows = list(_rows(actor).filter(state=Membership.State.INVITED).order_by("-pk"))
    links = {
        link.membership_id: link
        for link in MagicLink.objects.filter(
            membership__in=rows, purpose="invite", revoked_at__isnull=True
        ).order_by("pk")
    }
    asked = set(
        AuditEvent.objects.filter(
            workspace_id=actor.workspace.pk, name="magic_link.asked_anew",
            object_id__in=[link.pk for link in links.values()],
        ).values_list("object_id", flat=True)
    )  # fmt: skip
    return [_invited(row, links.get(row.pk), asked) for row in rows]


def _invited(row: Membership, link: MagicLink | None, asked: set[int]) -> Invited:
    if link is None:
        return Invited(row, None, None, False)
    return Invited(row, link.made_at, link.expires_at, link.pk in asked)


def switched_off(actor: Actor) -> list[Membership]:
    """Whose access ended although they have not left."""
    require(may_administer(actor))
    rows = _rows(actor).filter(state=Membership.State.ENDED, party__state=Party.State.ACTIVE)
    return sorted(rows, key=lambda row: str(row.party).casefold())


def people_to_choose(actor: Actor) -> list[Party]:
    """Who may own something: our people and teams who are here, by name."""
    rows = visible(actor, Party).filter(is_internal=True, state=Party.State.ACTIVE)
    return list(rows.order_by("sort_title", "pk"))


def colleagues(actor: Actor) -> list[Membership]:
    """The team: everybody inside with access now, by name. Raises NotAllowed."""
    require(may_read_inside(actor))
    rows = _rows(actor).filter(
        state=Membership.State.ACTIVE, access_role__in=sorted(INTERNAL_ROLES)
    )
    return sorted(rows, key=lambda row: str(row.user).casefold())
