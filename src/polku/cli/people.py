"""``polku user`` and ``polku token``: people and keys from the operator's shell."""

import getpass
import sys
from typing import Annotated, Any

import typer

from polku.cli import booting

user_app = typer.Typer(help="People who can sign in.", no_args_is_help=True)
token_app = typer.Typer(help="Keys for programs.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="The mail address of the person.")]
Slug = Annotated[str, typer.Option("--workspace", "-w", help="The workspace, as in /w/museum/.")]
OneSlug = Annotated[
    str, typer.Option("--workspace", "-w", help="Only this workspace; all when left out.")
]
Role = Annotated[
    str, typer.Option(help="admin, editor, member, reader or co_creator.")
]  # fmt: skip
Password = Annotated[
    str,
    typer.Option(envvar="POLKU_NEW_PASSWORD", help="Asked for when left out.", show_default=False),
]


@user_app.command("add")
def user_add(
    email: Email, workspace: Slug, role: Role = "editor",
    name: Annotated[str, typer.Option(help="Their name; the address when left out.")] = "",
    lang: Annotated[str, typer.Option(help="en, fi, pl or ru.")] = "en",
    customer: Annotated[
        list[str] | None, typer.Option(help="For co_creator: the customer, such as REL-1.")
    ] = None,
    password: Password = "",
) -> None:  # fmt: skip
    """Let a person in; a known account gets one more workspace and keeps its password."""
    booting.start()
    from polku.people.operations import NewPerson, add_person
    from polku.people.queries import account_by_email

    by = _system(workspace)
    person: Any = account_by_email(email)
    if person is None:
        person = NewPerson(name or email, email, password or _ask_password(), lang)
    membership = add_person(person, role, by=by, relationships=_customers(by, customer or []))
    booting.say(f"{membership.user.email}: {membership.get_access_role_display()}")


@user_app.command("list")
def user_list(workspace: OneSlug = "") -> None:
    """Every account with its workspaces and roles."""
    booting.start()
    from polku.people.queries import all_accounts

    if workspace:
        _workspace(workspace)
    for account in all_accounts():
        places = [
            f"{row.workspace.slug} ({row.access_role}, {row.state})"
            for row in account.memberships.all()
            if workspace in ("", row.workspace.slug)
        ]
        if places or not workspace:
            line = f"{account.email}  {account.name or '-'}  {account.state}"
            booting.say("  ".join([line, ", ".join(places) or "-"]))


@user_app.command("password")
def user_password(email: Email, password: Password = "") -> None:
    """Give an account a new password; it is signed out everywhere."""
    booting.start()
    from polku.people.operations import set_password

    set_password(_account(email), password or _ask_password())
    booting.say(f"{email}: new password set, signed out everywhere")


@user_app.command("disable")
def user_disable(
    email: Email,
    undo: Annotated[bool, typer.Option("--undo", help="Let the account sign in again.")] = False,
) -> None:
    """Switch an account off on the whole server, or on again with --undo."""
    booting.start()
    from polku.people.operations import disable_account, enable_account

    account = (enable_account if undo else disable_account)(_account(email))
    booting.say(f"{account.email}: {account.state}")


@user_app.command("role")
def user_role(
    email: Email, role: Annotated[str, typer.Argument(help="The new role.")], workspace: Slug,
    customer: Annotated[
        list[str] | None, typer.Option(help="For co_creator: the customer, such as REL-1.")
    ] = None,
) -> None:  # fmt: skip
    """Change what a person may do in a workspace; never the last admin's."""
    booting.start()
    from polku.people.operations import change_role

    by = _system(workspace)
    chosen = _customers(by, customer) if customer else None
    membership = change_role(_membership(by, email), role, by=by, relationships=chosen)
    booting.say(f"{email}: {membership.get_access_role_display()}")


@token_app.command("make")
def token_make(
    email: Email, workspace: Slug,
    name: Annotated[str, typer.Option(help="What the key is for.")] = "",
    read_only: Annotated[bool, typer.Option("--read-only", help="It may only read.")] = False,
    days: Annotated[int, typer.Option(help="How long it works; 0 is until taken back.")] = 365,
) -> None:  # fmt: skip
    """Make a key that may do what the person may do; it is printed this once."""
    booting.start()
    from polku.kernel.tokens import make_token

    by = _system(workspace)
    _token, secret = make_token(
        _membership(by, email), name, by=by, read_only=read_only, days=days or None
    )
    booting.say(secret)


@token_app.command("list")
def token_list(email: Email, workspace: Slug) -> None:
    """The keys of a person that still open."""
    booting.start()
    from polku.kernel.tokens import tokens_of

    for token in tokens_of(_membership(_system(workspace), email).pk):
        ends = token.expires_at.date().isoformat() if token.expires_at else "-"
        may = "read" if token.read_only else "read and change"
        booting.say(f"{token.prefix}…  {token.name}  {may}  {ends}")


@token_app.command("revoke")
def token_revoke(
    email: Email, begins: Annotated[str, typer.Argument(help="How the key begins.")],
    workspace: Slug,
) -> None:  # fmt: skip
    """Take a key back at once, known by its first characters."""
    booting.start()
    from django.utils.translation import gettext as _

    from polku.kernel.answers import BadInput
    from polku.kernel.tokens import revoke_token, tokens_of

    by = _system(workspace)
    found = [t for t in tokens_of(_membership(by, email).pk) if begins.startswith(t.prefix)]
    if not found:
        raise BadInput({"begins": _("No key of this person begins so. See: polku token list")})
    for token in found:
        revoke_token(token, by=by)
        booting.say(f"{token.prefix}…  {token.name}: taken back")


def _ask_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass("Password: ")


def _workspace(slug: str) -> Any:
    from django.utils.translation import gettext as _

    from polku.kernel.answers import NotFound
    from polku.people.queries import workspace_by_slug

    found = workspace_by_slug(slug)
    if found is None:
        raise NotFound(_("No workspace has the address %(slug)s.") % {"slug": slug})
    return found


def _system(slug: str) -> Any:
    from polku.kernel.actor import system_actor

    return system_actor(_workspace(slug), "cli")


def _account(email: str) -> Any:
    from django.utils.translation import gettext as _

    from polku.kernel.answers import NotFound
    from polku.people.queries import account_by_email

    found = account_by_email(email)
    if found is None:
        raise NotFound(_("No account has the address %(email)s.") % {"email": email})
    return found


def _membership(by: Any, email: str) -> Any:
    from django.utils.translation import gettext as _

    from polku.kernel.answers import NotFound
    from polku.people.queries import membership_in

    found = membership_in(by.workspace, email)
    if found is None:
        raise NotFound(_("%(email)s has no part in this workspace.") % {"email": email})
    return found


def _customers(by: Any, codes: list[str]) -> list[Any]:
    from polku.kernel.queries import visible
    from polku.tenancy.models import Relationship

    return [visible(by, Relationship).get_or_404(code) for code in codes]
