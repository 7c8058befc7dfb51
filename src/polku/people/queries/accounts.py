"""Accounts and workspaces of the server: for the door, the sign-in and the operator's shell.

Nothing here needs an actor, and nothing here is about the contents of a workspace.
"""

from polku.tenancy.models import Membership, UserAccount, Workspace


def any_workspace() -> bool:
    """Whether this server has a workspace at all."""
    return Workspace.objects.exists()


def any_demo_account() -> bool:
    """Whether example people live on this server, whose passwords are no secret."""
    return UserAccount.objects.filter(is_demo=True).exists()


def workspace_by_slug(slug: str) -> Workspace | None:
    """The workspace at this address; for the operator's shell, not for pages."""
    return Workspace.objects.filter(slug=slug).first()


def living_workspace(slug: str) -> Workspace | None:
    """The workspace at this address unless it was put away; for pages that anybody may open."""
    return Workspace.objects.filter(slug=slug, state=Workspace.State.ACTIVE).first()


def account_by_email(email: str) -> UserAccount | None:
    """The account of an address; for the operator's shell, not for pages."""
    return UserAccount.objects.filter(email=email.strip().lower()).first()


def all_accounts() -> list[UserAccount]:
    """Every account of the server with its memberships, by address."""
    rows = UserAccount.objects.order_by("email")
    return list(rows.prefetch_related("memberships__workspace"))


def workspaces_of(user: UserAccount) -> list[Membership]:
    """Where somebody works now, by name."""
    rows = Membership.objects.select_related("workspace", "user").filter(
        user=user, state=Membership.State.ACTIVE, workspace__state=Workspace.State.ACTIVE
    )
    return sorted(rows, key=lambda row: str(row.workspace).casefold())


def membership_in(workspace: Workspace, email: str) -> Membership | None:
    """The membership of an address in a workspace; for the operator's shell."""
    rows = Membership.objects.select_related("user", "workspace", "party")
    return rows.filter(workspace=workspace, user__email=email.strip().lower()).first()
