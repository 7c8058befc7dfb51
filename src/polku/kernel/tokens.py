"""Personal keys to the API. The secret is told once; only its hash is kept."""

import contextlib
import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor, Channel, actor_of
from polku.kernel.answers import BadInput, NotAllowed, NotFound
from polku.kernel.audit import Changes, record
from polku.kernel.magic_links import hash_of
from polku.kernel.models import ApiToken
from polku.tenancy.models import Membership, Workspace

MARK = "polku_"
SHOWN = 12
SEEN_EVERY = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Bearer:
    """Who comes with a token, and whether they may only read."""

    actor: Actor
    token: ApiToken

    @property
    def read_only(self) -> bool:
        """Writes must be refused."""
        return self.token.read_only


def make_token(
    membership: Membership, name: str, *, by: Actor, read_only: bool = False,
    days: int | None = None,
) -> tuple[ApiToken, str]:  # fmt: skip
    """Make a token for one's own membership (an operator's shell may for anybody)."""
    if not by.is_system and membership.pk != by.membership_id:
        raise NotAllowed(_("A token belongs to a person: each makes their own."))
    if not name.strip():
        raise BadInput({"name": _("Say what it is for, so that you know it again later.")})
    if days is not None and not 1 <= days <= 3650:
        raise BadInput({"days": _("Choose from 1 to 3650 days.")})
    secret = MARK + secrets.token_urlsafe(32)
    token = ApiToken(
        workspace=membership.workspace, membership=membership, name=name.strip()[:80],
        token_hash=hash_of(secret), prefix=secret[:SHOWN], read_only=read_only,
        expires_at=timezone.now() + dt.timedelta(days=days) if days else None,
    )  # fmt: skip
    with transaction.atomic():
        token.save()
        changes: Changes = {"name": [None, token.name], "read_only": [None, read_only]}
        record("api_token.made", by=by, obj=token, changes=changes)
    return token, secret


def open_token(secret: str, channel: Channel = "api") -> Bearer | None:
    """Who a secret stands for; None for an unknown, ended or taken-back one, all alike."""
    token = (
        ApiToken.objects.select_related("membership__user", "membership__workspace")
        .filter(
            token_hash=hash_of(secret), revoked_at__isnull=True,
            membership__state=Membership.State.ACTIVE,
            workspace__state=Workspace.State.ACTIVE,
        )
        .first()
    )  # fmt: skip
    if token is None or not token.membership.user.is_active:
        return None
    now = timezone.now()
    if token.expires_at is not None and token.expires_at <= now:
        return None
    if token.last_used_at is None or now - token.last_used_at > SEEN_EVERY:
        # A full disk must not keep anybody from reading.
        with contextlib.suppress(DatabaseError), transaction.atomic():
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return Bearer(actor_of(token.membership, channel), token)


def tokens_of(membership_id: int) -> list[ApiToken]:
    """The tokens of one membership that still open, newest first."""
    rows = ApiToken.objects.filter(membership_id=membership_id, revoked_at__isnull=True)
    return list(rows.order_by("-made_at", "-pk"))


def find_token(actor: Actor, number: int) -> ApiToken:
    """One's own token, or any of the workspace for an admin; NotFound for all others alike."""
    rows = ApiToken.objects.filter(workspace_id=actor.workspace.pk, revoked_at__isnull=True)
    if actor.role not in {"admin", "system"}:
        rows = rows.filter(membership_id=actor.membership_id or 0)
    found = rows.filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def revoke_token(token: ApiToken, *, by: Actor) -> ApiToken:
    """Take a token back at once; its owner may, and admins."""
    token = find_token(by, token.pk)
    with transaction.atomic():
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record("api_token.revoked", by=by, obj=token, changes={"name": [token.name, None]})
    return token


def revoke_tokens(membership: Membership) -> int:
    """Take back all tokens of a membership, inside the verb that ends it; returns how many."""
    rows = ApiToken.objects.filter(membership=membership, revoked_at__isnull=True)
    return int(rows.update(revoked_at=timezone.now()))
