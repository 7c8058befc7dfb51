"""Verbs about wishes."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.changes import change_object, create_object
from polku.kernel.fields import plain
from polku.kernel.links import tie
from polku.kernel.models import Transition
from polku.kernel.policy import may_change
from polku.kernel.transitions import Step, move
from polku.portfolio.entities import REQUIREMENT
from polku.portfolio.models import Requirement, ServiceProduct
from polku.portfolio.telling import givers_of
from polku.tenancy.translated import Translated


def decline(wish: Requirement, step: Step, *, by: Actor) -> Transition:
    """Saying no to a wish keeps the reason on the wish too: its giver is told that sentence."""
    with transaction.atomic(), one_operation():
        row = move(wish, step, by=by)
        if reason := step.reason.strip():
            # The whole text: what another "no" said, in any language, is not the reason of this one
            said = Translated.of(reason, by.lang_for_writing)
            change_object(REQUIREMENT, wish, {"reason_rejected": said}, by=by)
        _stands_alone(wish, by)
    return row


def ask_again(wish: Requirement, step: Step, *, by: Actor) -> Transition:
    """Opening a wish again: what was split or merged stands for itself from now on."""
    with transaction.atomic(), one_operation():
        row = move(wish, step, by=by)
        if not row.is_planned:
            _stands_alone(wish, by)
    return row


def _stands_alone(wish: Requirement, by: Actor) -> None:
    """It goes on in no other wish; history tells that it did."""
    values = {"goes_on": "", "merged_into": None}
    change_object(REQUIREMENT, wish, values, by=by, by_verb=True)


def tell_giver(wish: Requirement, *, by: Actor, words: str = "") -> Requirement:
    """Note that whoever asked has been told how their wish stands; *words* are what was said."""
    require(may_change(by, wish))
    if not givers_of(wish):
        raise Refused(_("Nobody is written down as the one who asked. Say first who it was."))
    before = wish.giver_told_at
    with transaction.atomic(), one_operation():
        wish.giver_told_at = timezone.now()
        wish.save(update_fields=["giver_told_at"])
        changes = {"giver_told_at": [plain(before), plain(wish.giver_told_at)]}
        record("requirement.giver_told", by=by, obj=wish, changes=changes, note=words.strip()[:600])
    return wish


def add_wish(service: ServiceProduct, *, by: Actor, **values: Any) -> Requirement:
    """A new wish that asks something of this service: made and tied in one go."""
    with transaction.atomic(), one_operation():
        wish: Requirement = create_object(REQUIREMENT, values, by=by)
        tie("L02", wish, service, by=by)
    return wish
