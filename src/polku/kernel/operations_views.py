"""Lists kept under a name: each person's own, per kind of thing."""

from typing import Protocol

from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotAllowed, NotFound
from polku.kernel.models import SavedView

MOST = 30


class OfKind(Protocol):
    """A kind of thing that has lists, or a page that can be looked at in more than one way."""

    @property
    def kind(self) -> str:
        """Its name."""
        ...


def views_of(actor: Actor, entity: OfKind) -> list[SavedView]:
    """The actor's own saved lists of a kind, by name."""
    if actor.user_id is None:
        return []
    rows = SavedView.objects.filter(
        workspace=actor.workspace, user_id=actor.user_id, kind=entity.kind
    )
    return sorted(rows, key=lambda view: view.name.casefold())


def save_view(entity: OfKind, name: str, query: str, *, by: Actor) -> SavedView:
    """Keep a list under a name; the same name takes the place of the former one."""
    if by.user_id is None:
        raise NotAllowed(_("Only a person can keep lists of their own."))
    clean = " ".join(name.split())
    if not clean or len(clean) > 80 or len(query) > 1000:
        raise BadInput({"name": _("Give the list a name of one to eighty letters.")})
    own = SavedView.objects.filter(workspace=by.workspace, user_id=by.user_id, kind=entity.kind)
    if own.exclude(name=clean).count() >= MOST:
        raise BadInput({"name": _("You keep thirty lists of this kind already. Delete one first.")})
    view, _new = own.update_or_create(
        name=clean,
        defaults={"query": query},
        create_defaults={
            "workspace": by.workspace, "user_id": by.user_id, "kind": entity.kind,
            "query": query,
        },
    )  # fmt: skip
    return view


def delete_view(number: int, *, by: Actor) -> None:
    """Forget one of the actor's own saved lists."""
    gone, _rows = SavedView.objects.filter(
        workspace=by.workspace, user_id=by.user_id, pk=number
    ).delete()
    if not gone:
        raise NotFound
