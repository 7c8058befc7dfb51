"""Several wishes become one: it keeps all who asked, and what the others hang on."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.audit import one_operation, record
from polku.kernel.changes import change_object
from polku.kernel.models import Link, LooseEnd
from polku.kernel.policy import may_change
from polku.kernel.transitions import Step, move
from polku.portfolio.entities import REQUIREMENT
from polku.portfolio.merging import ALL, ENDS, FACTS, Plan, plan_merge, says
from polku.portfolio.models import Requirement
from polku.portfolio.operations.carrying import Wanted, carry_ties, drop_ties
from polku.portfolio.operations.splitting import end_as, hold_open, hold_wish
from polku.portfolio.telling import givers_of
from polku.tenancy.translated import Translated

MOST = 20


class Unanswered(BadInput):
    """The wishes differ, and nobody said which holds; ``plan`` has the questions."""

    def __init__(self, plan: Plan, fields: Mapping[str, str]) -> None:
        super().__init__(fields, _("The wishes differ. Say which holds; nothing was merged yet."))
        self.plan = plan


def merge_wishes(
    kept: Requirement, others: Sequence[Requirement], *, by: Actor,
    answers: Mapping[str, str] | None = None, revisions: Mapping[str, int] | None = None,
    why: str = "",
) -> Requirement:  # fmt: skip
    """Let *kept* stand for the *others* too; returns it as it stands then.

    It keeps all who asked, and gets the ties of the others without doubles; they end, say where
    they go on, and their givers hear how that stands. *answers* say, for what the wishes differ
    in, the code of the wish whose word holds (``{"priority": "REQ-4", "services": "all"}``).
    *revisions* are those that were read, by code. All or nothing. Raises BadInput, Unanswered,
    Refused for a closed one, Stale, NotAllowed.
    """
    require(may_change(by, kept))
    _hold_several(kept, others)
    for wish in others:
        require(may_change(by, wish))
    with transaction.atomic(), one_operation():
        plan = plan_merge(*_held(kept, others, revisions or {}), by=by)
        chosen = _answered(plan, answers or {})
        _take_over(plan, chosen, by, why)
        found: Requirement = Requirement.objects.get(pk=kept.pk)
    return found


def _hold_several(kept: Requirement, others: Sequence[Requirement]) -> None:
    if not others:
        raise BadInput({"others": _("Choose at least one other wish. Nothing was merged.")})
    if len(others) > MOST:
        words = _("Up to %(n)d wishes are merged at once. Nothing was merged.")
        raise BadInput({"others": words % {"n": MOST}})
    codes = [kept.code, *(wish.code for wish in others)]
    if kept.code in codes[1:]:
        words = _("%(code)s cannot be merged with itself. Nothing was merged: choose another.")
        raise BadInput({"others": words % {"code": kept.code}})
    if len(set(codes)) < len(codes):
        raise BadInput({"others": _("One of them is named twice. Nothing was merged.")})


def _held(
    kept: Requirement, others: Sequence[Requirement], revisions: Mapping[str, int]
) -> tuple[Requirement, list[Requirement]]:
    """All of them as they stand now; in one order, so that two who merge wait for each other."""
    rows = sorted((kept, *others), key=lambda wish: wish.pk)
    held = {wish.pk: hold_wish(wish, revisions.get(wish.code)) for wish in rows}
    for wish in held.values():
        hold_open(wish)
    return held[kept.pk], [held[wish.pk] for wish in others]


def _answered(plan: Plan, answers: Mapping[str, str]) -> dict[str, str]:
    problems: dict[str, str] = {}
    asked = {question.name: question for question in plan.questions}
    for name in answers:
        if name not in {*FACTS, *ENDS, "state"}:
            problems[f"answers.{name}"] = _("Nothing of that name is asked.")
    for name, question in asked.items():
        if answers.get(name) not in question.values:
            told = ", ".join(option.value for option in question.options)
            words = _("They differ here. Say which holds: %(options)s.")
            problems[f"answers.{name}"] = words % {"options": told}
    if problems:
        raise Unanswered(plan, problems)
    return {name: answers[name] for name in asked}


def _take_over(plan: Plan, chosen: Mapping[str, str], by: Actor, why: str) -> None:
    kept = plan.kept
    by_code = {wish.code: wish for wish in plan.all}
    values = _values(plan, {name: by_code.get(code) for name, code in chosen.items()})
    reason = _("Merged into %(code)s.") % {"code": kept.code}
    note = f"{reason} {why.strip()[:300]}".strip()
    wanted = _wanted(plan, chosen, by_code)
    codes = ", ".join(wish.code for wish in plan.others)
    taken = _("%(codes)s merged into this.") % {"codes": codes}
    change_object(REQUIREMENT, kept, values, by=by, note=taken)
    drop_ties(kept, taken, by=by, unless=wanted)
    for wish in plan.others:
        carry_ties(wish, [kept], reason, by=by, wanted=wanted)
        end_as(wish, "other", note, by=by, merged_into=kept)
    state = by_code[chosen["state"]].state if "state" in chosen else kept.state
    if state != kept.state:
        move(kept, Step(state, reason=taken), by=by)
    # What was turned into one of the others waits for the one that stands for it now
    ends = LooseEnd.objects.filter(workspace=by.workspace)
    ends.filter(turned_into_code__in=[wish.code for wish in plan.others]).update(
        turned_into_code=kept.code
    )
    record("requirement.took_in", by=by, obj=Requirement.objects.get(pk=kept.pk),
           changes={"merged": [None, [wish.code for wish in plan.others]]},
           note=f"{taken} {why.strip()[:300]}".strip())  # fmt: skip


def _values(plan: Plan, chosen: Mapping[str, Requirement | None]) -> dict[str, Any]:
    """Facts of the merged wish: what was chosen, else what the only one who says it says."""
    values: dict[str, Any] = {}
    for name in FACTS:
        source = chosen.get(name) or next(
            (wish for wish in plan.all if says(wish, name) is not None), None
        )
        if source is not None and source is not plan.kept:
            value = getattr(source, name)
            values[name] = _instead(plan.kept, value) if name == "acceptance_criterion" else value
    if values.get("audience", plan.kept.audience) == "relationship" and not (
        values.get("relationship", plan.kept.relationship)
    ):
        values.pop("audience", None)
    if plan.kept.raised_on is None:
        days = [wish.raised_on for wish in plan.others if wish.raised_on]
        values |= {"raised_on": min(days)} if days else {}
    givers = list(dict.fromkeys(party for wish in plan.all for party in givers_of(wish)))
    first = plan.kept.raised_by_party or (givers[0] if givers else None)
    values["raised_by_party"] = first
    values["also_asked_by"] = [party for party in givers if party != first]
    return values


def _instead(kept: Requirement, text: Translated) -> dict[str, str]:
    """The whole text in place of the former one, in whatever languages that was."""
    return {**dict.fromkeys(kept.acceptance_criterion.texts, ""), **text.texts}


def _wanted(plan: Plan, chosen: Mapping[str, str], by_code: Mapping[str, Requirement]) -> Wanted:
    """Which ties the merged wish has: all, but for services and versions that were not chosen."""
    allowed = {
        kind: plan.ends[name][by_code[chosen[name]].pk]
        for name, kind in ENDS.items()
        if chosen.get(name, ALL) != ALL
    }

    def is_wanted(link: Link) -> bool:
        return link.kind != "L02" or link.to_id in allowed.get(link.to_kind, {link.to_id})

    return is_wanted
