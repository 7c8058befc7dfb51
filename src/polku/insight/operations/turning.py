"""Making something of a finding: a wish or a decision that it remembers and links to."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from polku.insight.telling import sentence_of
from polku.kernel.actor import Actor
from polku.kernel.answers import Answer, BadInput, Refused, require
from polku.kernel.audit import kind_of, one_operation, record
from polku.kernel.changes import create_object
from polku.kernel.decisions import take_decision
from polku.kernel.fingerprints import fingerprint
from polku.kernel.link_kinds import legal_kinds
from polku.kernel.links import tie
from polku.kernel.loose_ends import held_now, may_dismiss, require_open
from polku.kernel.models import Decision, LooseEnd
from polku.kernel.policy import may_create
from polku.kernel.queries import find
from polku.portfolio.entities import REQUIREMENT
from polku.portfolio.models import Requirement

WISH, DECISION = "requirement", "decision"
TURNS = (WISH, DECISION)


def may_turn(actor: Actor, end: LooseEnd, into: str) -> Answer:
    """Who may leave it open may also decide about it; for a wish one must be let add wishes."""
    answer = may_dismiss(actor, end)
    return may_create(actor, REQUIREMENT) if answer and into == WISH else answer


def turn_into_wish(end: LooseEnd, *, by: Actor, statement: str) -> Requirement:
    """A wish that asks to mend it; the end is quiet until the wish is done.

    Where it came from stands on the wish, in a tie to the object where such a tie is legal.
    """
    require(may_turn(by, end, WISH))
    obj = _object(end, by)
    if not statement.strip():
        raise BadInput({"statement": _("Write what is asked for.")})
    with transaction.atomic(), one_operation():
        held = _held(end)
        origin = _origin(held, obj, by)
        values = {
            "statement": statement.strip(), "origin_kind": Requirement.OriginKind.EVALUATION,
            "owner_party": obj.owner_party, "attributes": {"origin": origin},
        }  # fmt: skip
        wish: Requirement = create_object(REQUIREMENT, values, by=by)
        for kind in legal_kinds(kind_of(wish), kind_of(obj))[:1]:
            tie(kind.code, wish, obj, by=by, why=origin, origin="rule")
        _turned(held, obj, wish.code, by, origin)
    return wish


def turn_into_decision(
    end: LooseEnd, *, by: Actor, question: str, reason: str, outcome: str = "yes",
    look_again_on: dt.date | None = None,
) -> Decision:  # fmt: skip
    """A decision about the object; the end is quiet until its day, or until the object changes."""
    require(may_turn(by, end, DECISION))
    obj = _object(end, by)
    with transaction.atomic(), one_operation():
        held = _held(end)
        row = take_decision(obj, by=by, question=question, reason=reason, outcome=outcome,
                            look_again_on=look_again_on)  # fmt: skip
        held.dismissed_until, held.dismissed_fingerprint = look_again_on, fingerprint(obj)
        _turned(held, obj, row.code, by, reason)
    return row


def _object(end: LooseEnd, by: Actor) -> Any:
    obj = find(by, end.object_kind, end.object_id)
    if obj is None:
        raise Refused(_("This is about many things at once; take one of them."))
    return obj


def _held(end: LooseEnd) -> LooseEnd:
    """The end as it stands now, held until the transaction ends."""
    now = held_now(end)
    require_open(now)
    now.dismissed_until, now.dismissed_fingerprint = None, ""
    return now


def _origin(end: LooseEnd, obj: Any, by: Actor) -> str:
    with override(by.lang_for_writing):
        return f"{obj.code}: {sentence_of(end)}"[:400]


def _turned(end: LooseEnd, obj: Any, code: str, by: Actor, why: str) -> None:
    end.state, end.turned_into_code = LooseEnd.State.DISMISSED, code
    end.dismissed_reason, end.dismissed_by_id = why.strip()[:400], by.user_id
    end.changed_at = timezone.now()
    end.save()
    changes = {end.check_code: ["open", code]}
    record("loose_end.turned", by=by, obj=obj, changes=changes, note=why)
