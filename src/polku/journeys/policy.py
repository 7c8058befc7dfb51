"""Rights over journeys, beyond what holds for every object."""

from django.utils.translation import gettext_lazy as _

from polku.journeys.models import Journey
from polku.kernel.actor import Actor
from polku.kernel.answers import Allowed, Answer, Denied
from polku.kernel.policy import may_change

SPEAKING = frozenset({"admin", "editor", "member", "system"})


def may_edit(actor: Actor, journey: Journey) -> Answer:
    """Whoever may change a journey writes in it, unless it was put away or events tell it."""
    if journey.archived:
        return Denied(_("This journey was put away. Take it out again first."))
    if journey.kind == Journey.Kind.MINED:
        return Denied(_("Events tell this journey. Make your own of it and change that."))
    return may_change(actor, journey)


def may_comment(actor: Actor) -> Answer:
    """Whoever works here says something about any journey, also about one of others."""
    if actor.role in SPEAKING:
        return Allowed()
    if actor.is_internal:
        return Denied(_("You may read here, not write. Tell somebody who may write."))
    return Denied(_("Only the team writes here. By a link of your own you may say something."))
