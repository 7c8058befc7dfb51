"""Who acts: a person (or the system) in one workspace, with their rights."""

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal, Self, cast

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from polku.kernel.models import Notification
from polku.tenancy.models import Membership, Party, UserAccount, Workspace
from polku.tenancy.models.accounts import INTERNAL_ROLES
from polku.tenancy.models.parties import RelationshipType

type Channel = Literal["page", "api", "import", "cli", "task"]
type Side = Literal["provider", "consumer"]

SYSTEM = "system"
VISITOR = "visitor"


@dataclass(frozen=True)
class Actor:
    """Everything that a policy may ask about the one who acts; built once per request."""

    workspace: Workspace
    role: str
    user_id: int | None = None
    party_id: int | None = None
    name: str = ""
    side: Side = "provider"
    relationship_ids: frozenset[int] = frozenset()
    partnership: bool = False
    portfolio_owner: bool = False
    lang: str = "en"
    vocabulary: str = "plain"
    channel: Channel = "page"
    membership_id: int | None = field(default=None, compare=False)

    @property
    def is_internal(self) -> bool:
        """One of the provider's people, or the system itself."""
        return self.role in INTERNAL_ROLES or self.role == SYSTEM

    @property
    def is_system(self) -> bool:
        """A job, not a person."""
        return self.role == SYSTEM

    @property
    def lang_for_writing(self) -> str:
        """The language in which a text without one is taken to be written."""
        known = self.workspace.languages
        return self.lang if self.lang in known else self.workspace.default_lang

    def through(self, channel: Channel) -> Self:
        """The same actor by another way in."""
        return replace(self, channel=channel)


def actor_for(user: UserAccount, workspace: Workspace, channel: Channel = "page") -> Actor | None:
    """The actor that *user* is in *workspace*, or None when they have no part in it."""
    membership = (
        Membership.objects.select_related("workspace", "user")
        .filter(user=user, workspace=workspace, state=Membership.State.ACTIVE)
        .first()
    )
    return actor_of(membership, channel) if membership else None


def memberships_of(user: UserAccount) -> list[Membership]:
    """All places where this person may work now, with their workspaces; one statement.

    Each carries ``unread``, how much news waits there: every page tells it.
    """
    found = list(_places().filter(user_id=user.pk))
    for membership in found:
        membership.user = user
    return found


@cache
def _places() -> QuerySet[Membership]:
    """Made once: every page asks this question for its reader."""
    rows = Membership.objects.select_related("workspace").filter(
        state=Membership.State.ACTIVE, workspace__state=Workspace.State.ACTIVE
    )
    return rows.annotate(unread=Coalesce(Subquery(_unread()), 0))


def _unread() -> QuerySet[Notification]:
    rows = Notification.objects.filter(
        workspace_id=OuterRef("workspace_id"), user_id=OuterRef("user_id"), read_at__isnull=True
    )
    counted = rows.order_by().values("user_id").annotate(n=Count("pk")).values("n")
    return cast("QuerySet[Notification]", counted)


def actor_of(membership: Membership, channel: Channel = "page") -> Actor:
    """The actor of an active membership."""
    user, workspace = membership.user, membership.workspace
    relationships = _relationships(membership)
    internal = membership.access_role in INTERNAL_ROLES
    vocabulary = user.vocabulary or workspace.vocabulary
    return Actor(
        workspace=workspace,
        role=membership.access_role,
        user_id=user.pk,
        party_id=membership.party_id,
        name=str(user),
        side="provider" if internal else "consumer",
        relationship_ids=frozenset(relationships),
        partnership=RelationshipType.PARTNERSHIP in relationships.values(),
        portfolio_owner=membership.is_portfolio_owner,
        lang=user.lang,
        vocabulary=vocabulary if internal else "plain",
        channel=channel,
        membership_id=membership.pk,
    )


def _relationships(membership: Membership) -> dict[int, str]:
    if membership.access_role in INTERNAL_ROLES:
        return {}
    rows = membership.relationships.exclude(state="ended").values_list("id", "type")
    return dict(rows)


def system_actor(workspace: Workspace, channel: Channel = "task") -> Actor:
    """The system acting by itself: jobs, examples, imports from the shell."""
    return Actor(
        workspace=workspace,
        role=SYSTEM,
        party_id=workspace.home_party_id,
        name="Polku",
        lang=workspace.default_lang,
        vocabulary=workspace.vocabulary,
        channel=channel,
    )


def visitor_actor(workspace: Workspace, lang: str) -> Actor:
    """Anybody who comes by without signing in: sees what everyone may see, and changes nothing."""
    return Actor(workspace=workspace, role=VISITOR, side="consumer", lang=lang)


def reader_actor(
    workspace: Workspace, lang: str, audience: str, relationship_id: int | None = None
) -> Actor:
    """Somebody of an audience, in general: for showing what such a reader would see.

    For what only the team sees it is a customer: whom it would be shown to next.
    """
    if audience == "public":
        return visitor_actor(workspace, lang)
    return Actor(
        workspace=workspace, role="co_creator", side="consumer", lang=lang,
        relationship_ids=frozenset({relationship_id or 0}), partnership=audience == "partners",
    )  # fmt: skip


def party_of(actor: Actor) -> Party | None:
    """The actor's own party row."""
    return Party.objects.filter(pk=actor.party_id).first() if actor.party_id else None


def actor_at(user: UserAccount, slug: str, channel: Channel = "page") -> Actor | None:
    """The actor that a signed-in person is in the living workspace of this address, or None."""
    membership = (
        Membership.objects.select_related("workspace", "user")
        .filter(
            user_id=user.pk, workspace__slug=slug, state=Membership.State.ACTIVE,
            workspace__state=Workspace.State.ACTIVE,
        )
        .first()
    )  # fmt: skip
    return actor_of(membership, channel) if membership and membership.user.is_active else None


def actors_of(user: UserAccount, channel: Channel = "page") -> list[Actor]:
    """The person's actors in all living workspaces, by address."""
    rows = Membership.objects.select_related("workspace", "user").filter(
        user_id=user.pk, state=Membership.State.ACTIVE, workspace__state=Workspace.State.ACTIVE
    )
    return [actor_of(row, channel) for row in rows.order_by("workspace__slug")]
