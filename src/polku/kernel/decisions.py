"""Decisions: who decided what, why, and what they signed for. Rows are only ever added."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel import search
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.codes import give_codes
from polku.kernel.machines import Move
from polku.kernel.models import Decision
from polku.kernel.policy import may_change
from polku.tenancy.models import Party
from polku.tenancy.translated import Translated


def decide_gate(
    obj: Any, found: Move, step: Any, answers: Mapping[str, str], day: dt.date, *, by: Actor,
    skipped: Sequence[str] = (),
) -> Decision:  # fmt: skip
    """The decision that a step through a gate leaves behind, with its count of unknowns.

    *skipped* are the states that the step jumps over, whose questions nobody was asked.
    """
    lang = by.lang_for_writing
    question = _("%(verb)s: %(name)s") % {"verb": found.verb, "name": obj.title}
    reason = step.reason.strip() or _("No reason was written.")
    return _add(
        by, obj, kind=Decision.Kind.GATE, question=Translated.of(question[:300], lang),
        reason=Translated.of(reason, lang), decided_on=min(day, _today(by)),
        unknowns=sum(answer == "unknown" for answer in answers.values()),
        look_again_on=step.look_again_on, skipped_gates=list(skipped),
    )  # fmt: skip


def take_decision(
    obj: Any, *, by: Actor, question: str, reason: str, outcome: str = "yes",
    conditions: str = "", kind: str = "judgement", decided_on: dt.date | None = None,
    look_again_on: dt.date | None = None, revises: Decision | None = None,
    dissent: list[Any] | None = None,
) -> Decision:  # fmt: skip
    """Write a decision about *obj*; the actor decides and signs with their own party.

    Revising keeps the former row. Raises BadInput without question or reason.
    """
    require(may_change(by, obj))
    problems = {}
    if not question.strip():
        problems["question"] = _("Write what was decided, as a question.")
    if not reason.strip():
        problems["reason"] = _("Say why in a few words.")
    if outcome not in Decision.Outcome.values:
        problems["outcome"] = _("Choose one of the outcomes.")
    if problems:
        raise BadInput(problems)
    lang = by.lang_for_writing
    return _add(
        by, obj, kind=kind, question=Translated.of(question, lang),
        reason=Translated.of(reason, lang), conditions=Translated.of(conditions, lang),
        outcome=outcome, decided_on=decided_on or _today(by), look_again_on=look_again_on,
        revises=revises, dissent=dissent or [],
    )  # fmt: skip


def _add(by: Actor, obj: Any, **values: Any) -> Decision:
    party_id = by.party_id or by.workspace.home_party_id
    if party_id is None or not Party.objects.filter(pk=party_id, workspace=by.workspace).exists():
        raise Refused(_("A decision needs a person. Tie your account to a person first."))
    with transaction.atomic(), one_operation():
        row = Decision(
            workspace=by.workspace, subject_kind=obj._meta.db_table, subject_id=obj.pk,
            subject_code=obj.code, code=give_codes(by.workspace, "DEC", 1)[0],
            decider_party_id=party_id, owner_party_id=party_id,
            created_by_id=by.user_id, updated_by_id=by.user_id,
            same_person=obj.created_by_id == by.user_id and by.user_id is not None, **values,
        )  # fmt: skip
        row.refresh_sort_title()
        row.save()
        search.index([row], fresh=True)
        record("decision.taken", by=by, obj=row, changes={"outcome": [None, row.outcome]})
        if row.kind != Decision.Kind.GATE:  # a step tells its own story
            record(
                f"{row.subject_kind}.decided", by=by, obj=obj,
                changes={"decision": [None, row.code]}, note=str(row.question),
            )  # fmt: skip
    return row


def _today(by: Actor) -> dt.date:
    from polku.kernel.clock import today_in

    return today_in(by.workspace)
