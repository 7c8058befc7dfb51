"""Where news leads, and the address that stops its mails."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import NoReverseMatch, reverse

from polku.kernel.actor import Actor, party_of
from polku.kernel.notices import News, items_of
from polku.kernel.registry import entity, entity_of, has_entity
from polku.tenancy.models import Membership, Workspace

STOP = "polku.news.stop"


def path_of(news: News, actor: Actor) -> str:
    """The page that a notice is about: its object's, a list of mine, the one its kind names."""
    workspace = actor.workspace
    if news.obj is not None:
        return path_of_thing(news.obj, workspace)
    found = _path(news.kind.page, workspace) if news.kind.page else _list_of_mine(news, actor)
    return found + news.kind.query if found else _path("home", workspace)


def _list_of_mine(news: News, actor: Actor) -> str:
    """The list of what the reader answers for, where all things are of one kind."""
    kinds = {item[0] for item in items_of(news.notice)}
    party = party_of(actor)
    if len(kinds) != 1 or party is None or not has_entity(kind := kinds.pop()):
        return ""
    found = _path(f"{entity(kind).page_name}_list", actor.workspace)
    return f"{found}?owner_party={party.code}" if found else ""


def path_of_thing(obj: Any, workspace: Workspace) -> str:
    """The page of an object; nothing for a kind without pages."""
    return _path(f"{entity_of(obj).page_name}_detail", workspace, code=obj.code)


def _path(name: str, workspace: Workspace, **more: Any) -> str:
    try:
        return reverse(name, kwargs={"workspace": workspace.slug, **more})
    except NoReverseMatch:
        return ""


def whole(path: str) -> str:
    """A path as an address for a mail."""
    return f"{settings.BASE_URL}{path}" if path else ""


def stop_address(membership: Membership) -> str:
    """The address in a mail that stops further ones, without signing in.

    It is signed and not stored: it opens nothing, is good as long as the key of this server, and
    may be used again and again, since it always does the same.
    """
    token = signing.Signer(salt=STOP).sign_object(membership.pk)
    return whole(reverse("mails_stop", kwargs={"token": token}))


def membership_of_token(token: str) -> Membership | None:
    """Whose mails an address stops; None for one that this server did not sign."""
    try:
        number = signing.Signer(salt=STOP).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    rows = Membership.objects.select_related("user", "workspace")
    return rows.filter(pk=number).first() if isinstance(number, int) else None
