"""Links that open one door for somebody without an account (DECISIONS 14, acceptance AC29).

Only the hash of the secret is kept. Finding a link changes nothing; only :func:`use_link`, called
by the verb that does what the link is for, counts a use. Rooms say with :func:`on_open` what
happens at a purpose.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor, system_actor
from polku.kernel.answers import BadInput, NotFound, Refused
from polku.kernel.audit import kind_of, record
from polku.kernel.models import AuditEvent, MagicLink
from polku.tenancy.models import Membership, Relationship, Workspace

type Standing = Literal["open", "used", "expired"]
type Handler = Callable[..., Any]

DAYS = 14
LONGEST_DAYS = 365

_handlers: dict[str, Handler] = {}


@dataclass(frozen=True)
class Found:
    """A link that exists for its holder, and whether it may still be used."""

    link: MagicLink
    standing: Standing


def make_link(
    purpose: str, obj: Any, *, by: Actor, membership: Membership | None = None,
    relationship: Relationship | None = None, lang: str = "", days: int = DAYS, max_uses: int = 1,
) -> tuple[MagicLink, str]:  # fmt: skip
    """Make a link for one purpose on one object; returns it with its secret, told only now.

    The verb that calls this has asked the policy. Raises BadInput for an unknown purpose.
    """
    if purpose not in MagicLink.Purpose.values or not 1 <= days <= LONGEST_DAYS:
        raise BadInput({"purpose": _("A link needs one of the known purposes and 1 to 365 days.")})
    secret = secrets.token_urlsafe(32)
    link = MagicLink(
        workspace=by.workspace, token_hash=hash_of(secret), purpose=purpose,
        object_kind=kind_of(obj), object_id=obj.pk, membership=membership,
        relationship=relationship, lang=lang or by.workspace.default_lang, max_uses=max_uses,
        expires_at=timezone.now() + dt.timedelta(days=days), made_by_id=by.user_id,
    )  # fmt: skip
    with transaction.atomic():
        link.save()
        changes = {"purpose": [None, purpose], "expires_at": [None, link.expires_at.isoformat()]}
        record("magic_link.made", by=by, obj=link, changes=changes)
    return link, secret


def hash_of(secret: str) -> str:
    """What is stored of a secret: 64 hex digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def address(secret: str) -> str:
    """The address that goes into a mail."""
    return f"{settings.BASE_URL}/m/{secret}"


def open_link(secret: str) -> Found:
    """The link of a secret. Unknown, taken back and closed workspace answer alike: NotFound.

    Changes nothing: mail programs open links before people do.
    """
    link = (
        MagicLink.objects.select_related("workspace", "membership__user", "made_by", "relationship")
        .filter(
            token_hash=hash_of(secret), revoked_at__isnull=True,
            workspace__state=Workspace.State.ACTIVE,
        )
        .first()
    )  # fmt: skip
    if link is None:
        raise NotFound
    return Found(link, standing_of(link))


def standing_of(link: MagicLink) -> Standing:
    """A used link stays used also when its time is over: it shows its receipt."""
    if link.uses >= link.max_uses:
        return "used"
    return "expired" if link.expires_at <= timezone.now() else "open"


def use_link(link: MagicLink) -> MagicLink:
    """Count one use, inside the transaction of the verb; Refused when used up or over."""
    row = MagicLink.objects.select_for_update().get(pk=link.pk)
    if row.revoked_at is not None:
        raise NotFound
    if standing_of(row) != "open":
        raise Refused(_("This link was used already or its time is over. Nothing was changed."))
    row.uses += 1
    row.used_at = timezone.now()
    row.save(update_fields=["uses", "used_at"])
    return row


def revoke_links(*, by: Actor, membership: Membership) -> int:
    """Take back every link of a membership, receipts too; returns how many."""
    rows = MagicLink.objects.filter(
        workspace_id=by.workspace.pk, membership=membership, revoked_at__isnull=True
    )
    return int(rows.update(revoked_at=timezone.now()))


def note_asked_anew(link: MagicLink) -> bool:
    """Remember that the holder of an expired link asks for another; False when they did today."""
    since = timezone.now() - dt.timedelta(days=1)
    asked = AuditEvent.objects.filter(
        workspace_id=link.workspace_id, name="magic_link.asked_anew", object_id=link.pk,
        at__gte=since,
    )  # fmt: skip
    with transaction.atomic():
        if asked.exists():
            return False
        record("magic_link.asked_anew", by=system_actor(link.workspace, "page"), obj=link)
    return True


def on_open(purpose: str, handler: Handler) -> None:
    """Say what happens when a link of this purpose is opened: ``handler(request, found)``."""
    _handlers[purpose] = handler


def handler_of(purpose: str) -> Handler | None:
    """The handler of a purpose, None while no room offers one."""
    return _handlers.get(purpose)
