"""Rights that hold for every kind of object. Rooms add their own on top."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from polku.kernel.actor import Actor
from polku.kernel.answers import Allowed, Answer, Denied
from polku.kernel.machines import Move
from polku.kernel.registry import Entity

WRITERS = frozenset({"admin", "editor", "system"})


def may_create(actor: Actor, entity: Entity) -> Answer:
    """Admins and editors add anything; others what the registry row lets them."""
    if actor.role in WRITERS or actor.role in entity.creators:
        return Allowed()
    if actor.is_internal:
        return Denied(_("You may read here. Somebody who may change things can add this for you."))
    return Denied(_("Only the team that runs this may add here."))


def may_change(actor: Actor, obj: Any) -> Answer:
    """Admins and editors change all inside; members what they own."""
    if actor.role in WRITERS:
        return Allowed()
    if actor.role == "member":
        if actor.party_id and obj.owner_party_id == actor.party_id:
            return Allowed()
        return Denied(_("You change what is yours. This belongs to somebody else; ask its owner."))
    if actor.role == "reader":
        return Denied(_("You may read here, not change. Ask somebody who looks after people here."))
    return Denied(_("Only the team that runs this may change it."))


def may_archive(actor: Actor, obj: Any) -> Answer:
    """As changing."""
    return may_change(actor, obj)


def may_administer(actor: Actor) -> Answer:
    """Settings and people."""
    if actor.role in {"admin", "system"}:
        return Allowed()
    return Denied(_("Only those who look after settings and people may do this."))


def may_read_inside(actor: Actor) -> Answer:
    """What only the provider's people see: history, loose ends, decisions."""
    if actor.is_internal:
        return Allowed()
    return Denied(_("Only the team that runs this may see it."))


def may_import(actor: Actor) -> Answer:
    """Bringing in whole files changes many objects at once."""
    if actor.role in WRITERS:
        return Allowed()
    return Denied(_("Only those who may change everything inside can bring in a file."))


def may_keep_pictures(actor: Actor) -> Answer:
    """Whoever may write something here may hang a picture on it; what it hangs on asks more."""
    if actor.role in WRITERS or actor.role == "member":
        return Allowed()
    if actor.is_internal:
        return Denied(_("You may read here, not change. Ask somebody who looks after people here."))
    return Denied(_("Only the team that runs this may add here."))


def may_move(actor: Actor, obj: Any, move: Move) -> Answer:
    """Who may take this step: own, portfolio owner, any member and up (lifecycles.md, rule 6)."""
    if actor.is_system:
        return Allowed()
    if move.who == "sys":
        return Denied(_("This step happens by itself when its conditions are met."))
    if move.who == "port":
        return _portfolio(actor)
    if move.who == "any" and actor.role in {"admin", "editor", "member"}:
        return Allowed()
    return may_change(actor, obj)


def may_begin(actor: Actor, move: Move) -> Answer:
    """Who may let a new thing begin in a state: whoever could take the step there."""
    if actor.is_system:
        return Allowed()
    return _portfolio(actor) if move.who == "port" else Allowed()


def _portfolio(actor: Actor) -> Answer:
    if actor.portfolio_owner or actor.role == "admin":
        return Allowed()
    if actor.is_internal:
        return Denied(_("Only the one who decides on our services may take this step. Ask them."))
    return Denied(_("Only the team that runs this may change it."))
