"""Dated moves between states. The state column is a copy of the newest effective transition."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotAllowed, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.clock import today_in
from polku.kernel.decisions import decide_gate
from polku.kernel.events import ask
from polku.kernel.machines import ANSWERS, Move, Question, StateMachine
from polku.kernel.models import Transition
from polku.kernel.policy import may_change, may_move
from polku.kernel.registry import Entity, entity_of


@dataclass(frozen=True)
class Step:
    """What a person fills in to take a step."""

    to: str
    effective_on: dt.date | None = None
    reason: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    look_again_on: dt.date | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)


def begin(
    entity: Entity, objects: Sequence[Any], *, by: Actor, pending_run: int | None = None,
    effective_on: dt.date | None = None, reason: str = "",
) -> None:  # fmt: skip
    """Write the first transition (from nothing) of fresh objects that already have a state."""
    if entity.machine is None:
        return
    day = effective_on or today_in(by.workspace)
    rows = [
        _row(entity, obj, "", state, day, by, reason=reason, pending_run=pending_run, applied=True)
        for obj in objects
        if (state := getattr(obj, entity.state_field))
    ]
    Transition.objects.bulk_create(rows, batch_size=1000)


def _row(
    entity: Entity, obj: Any, before: str, after: str, day: dt.date, by: Actor, *,
    reason: str = "", pending_run: int | None = None, applied: bool = False, **more: Any,
) -> Transition:  # fmt: skip
    return Transition(
        workspace_id=by.workspace.pk, object_kind=entity.kind, object_id=obj.pk,
        machine=machine_of(entity).code, from_state=before, to_state=after, effective_on=day,
        by_id=by.user_id, by_party_id=by.party_id, reason=reason, pending_run=pending_run,
        applied_at=timezone.now() if applied else None, **more,
    )  # fmt: skip


def move(obj: Any, step: Step, *, by: Actor) -> Transition:
    """Take a step now, in the past or in the future (then it is planned).

    Unknown answers never block: the Decision counts them and the actor signs. Raises Refused for
    a step that the machine does not have, NotAllowed, or BadInput for a missing reason.
    """
    entity = entity_of(obj)
    machine = machine_of(entity)
    with transaction.atomic(), one_operation():
        obj = entity.model.objects.select_for_update().get(pk=obj.pk)
        if obj.archived:
            raise Refused(_("This was put away. Take it out again first."))
        day = step.effective_on or today_in(by.workspace)
        before = _state_before(entity, obj, day)
        found = _legal(machine, before, obj, step.to)
        _hold_what_follows(entity, obj, step.to, day)
        require(may_move(by, obj, found))
        _hold_shape(found, step, obj, by)
        row = _write(entity, obj, found, step, before, day, by)
        _settle(entity, obj, by)
        name = "planned" if row.is_planned else "moved"
        record(
            f"{entity.kind}.{name}", by=by, obj=obj, note=step.reason,
            changes={entity.state_field: [before, step.to], "effective_on": [None, str(day)]},
        )  # fmt: skip
    return row


def machine_of(entity: Entity) -> StateMachine:
    """The machine of an entity that has one."""
    if entity.machine is None:
        raise Refused(_("This has no states to move between."))
    return entity.machine


def _legal(machine: StateMachine, before: str, obj: Any, to: str) -> Move:
    found = machine.find(before, to, getattr(obj, "held_from_state", ""))
    if found is not None:
        return found
    if to not in machine.codes:
        raise BadInput({"to": _("There is no such state.")})
    refusal = machine.refusals.get((before, to))
    raise Refused(refusal or _("There is no step from here to there. Choose one of those offered."))


def _hold_what_follows(entity: Entity, obj: Any, to: str, day: dt.date) -> None:
    """A step of the past must fit the step that was taken after it."""
    later = _applied(entity, obj).filter(effective_on__gt=day).first()
    if later is None or "corrects" in later.properties:
        return
    if machine_of(entity).find(to, later.to_state) is None:
        raise Refused(
            _("A later step, of %(day)s, does not follow from this one. Choose another day.")
            % {"day": later.effective_on.isoformat()}
        )


def _hold_shape(found: Move, step: Step, obj: Any, by: Actor) -> None:
    known = {q.code for q in found.questions(by.workspace.size_profile, obj)}
    problems: dict[str, Any] = {}
    if found.needs_reason and not step.reason.strip():
        problems["reason"] = _("Say why in a few words; it is kept with the step.")
    for code, answer in step.answers.items():
        if code not in known or answer not in ANSWERS:
            problems[f"answers.{code}"] = _("Answer yes, no, not applicable or unknown.")
    if problems:
        raise BadInput(problems)


def _write(
    entity: Entity, obj: Any, found: Move, step: Step, before: str, day: dt.date, by: Actor
) -> Transition:
    asked = found.questions(by.workspace.size_profile, obj)
    answers = {q.code: step.answers.get(q.code, "unknown") for q in asked}
    kept = {code: {"answer": a, "words": step.words.get(code, "")} for code, a in answers.items()}
    skipped = list(gates_skipped(entity, obj, before, step.to, by))
    decision = (
        decide_gate(obj, found, step, answers, day, by=by, skipped=skipped)
        if found.decides
        else None
    )
    row = _row(
        entity, obj, before, step.to, day, by, reason=step.reason, gate_answers=kept,
        properties=dict(step.properties), decision=decision,
        applied=day <= today_in(by.workspace),
    )  # fmt: skip
    row.save()
    return row


def gates_skipped(
    entity: Entity, obj: Any, before: str, to: str, by: Actor
) -> dict[str, list[Question]]:
    """States that a step jumps over without their questions ever being asked of this object."""
    between = machine_of(entity).gates_between(before, to)
    if not between:
        return {}
    passed = set(_applied(entity, obj).values_list("to_state", flat=True))
    size = by.workspace.size_profile
    left = {code: [q for q in gate if size in q.sizes] for code, gate in between.items()}
    return {code: asked for code, asked in left.items() if asked and code not in passed}


def _effective(entity: Entity, obj: Any) -> Any:
    rows = Transition.objects.filter(
        workspace_id=obj.workspace_id, object_kind=entity.kind, object_id=obj.pk,
        cancelled_at__isnull=True,
    )  # fmt: skip
    return rows.order_by("effective_on", "id")


def _applied(entity: Entity, obj: Any) -> Any:
    return _effective(entity, obj).filter(applied_at__isnull=False)


def _state_before(entity: Entity, obj: Any, day: dt.date) -> str:
    """Where the object stands on *day*: plans count for days to come only."""
    ahead = day > today_in(obj.workspace)
    rows = _effective(entity, obj) if ahead else _applied(entity, obj)
    row = rows.filter(effective_on__lte=day).last()
    return row.to_state if row else ""


def _settle(entity: Entity, obj: Any, by: Actor) -> None:
    """Rebuild the copy on the object from its transitions."""
    rows = list(_applied(entity, obj).filter(effective_on__lte=today_in(by.workspace)))
    state = rows[-1].to_state if rows else ""
    values: dict[str, Any] = {entity.state_field: state}
    if hasattr(obj, "held_from_state"):
        held = machine_of(entity).held
        before = [row.from_state for row in rows if row.to_state == held and row.from_state != held]
        values["held_from_state"] = before[-1] if state == held and before else ""
    before = getattr(obj, entity.state_field)
    for name, value in values.items():
        setattr(obj, name, value)
    if state != before:
        # Before it is stored, so that what cannot stand beside it gives way first
        ask("make_way", obj=obj, state=state, day=rows[-1].effective_on if rows else None, by=by)
    obj.revision += 1
    obj.updated_at, obj.updated_by_id = timezone.now(), by.user_id
    obj.save(update_fields=[*values, "revision", "updated_at", "updated_by"])


def rebuild_state(obj: Any) -> str:
    """The state that the transition rows give today; equals the stored copy."""
    return _state_before(entity_of(obj), obj, today_in(obj.workspace))


def cancel_planned(row: Transition, *, by: Actor, obj: Any, reason: str = "") -> Transition:
    """Take a planned step back; it stays in the history as cancelled."""
    require(may_change(by, obj))
    if not row.is_planned or row.object_id != obj.pk or row.workspace_id != by.workspace.pk:
        raise Refused(_("Only a step that still lies ahead can be taken back."))
    with transaction.atomic(), one_operation():
        row.cancelled_at, row.cancelled_by_id = timezone.now(), by.user_id
        if not _still_planned(row).update(cancelled_at=row.cancelled_at, cancelled_by=by.user_id):
            raise Refused(_("Only a step that still lies ahead can be taken back."))
        changes = {"planned": [f"{row.to_state} {row.effective_on}", None]}
        record(f"{row.object_kind}.plan_cancelled", by=by, obj=obj, changes=changes, note=reason)
    return row


def correct(row: Transition, *, by: Actor, obj: Any, reason: str) -> Transition:
    """Undo a wrong step by a new one back to where it came from; both stay visible."""
    require(may_change(by, obj))
    entity = entity_of(obj)
    latest = _applied(entity, obj).last()
    if latest is None or latest.pk != row.pk:
        raise Refused(_("Only the newest step can be corrected."))
    if not reason.strip():
        raise BadInput({"reason": _("Say what was wrong with it; it is kept with the step.")})
    with transaction.atomic(), one_operation():
        obj = entity.model.objects.select_for_update().get(pk=obj.pk)
        words = _("correction: %(reason)s") % {"reason": reason}
        former = _applied(entity, obj).exclude(pk=row.pk).last()
        state = former.to_state if former else row.from_state
        new = _row(entity, obj, row.to_state, state, today_in(by.workspace), by,
                   reason=words, properties={"corrects": row.pk}, applied=True)  # fmt: skip
        new.save()
        _settle(entity, obj, by)
        changes = {entity.state_field: [row.to_state, state]}
        record(f"{entity.kind}.corrected", by=by, obj=obj, changes=changes, note=reason)
    return new


def apply_due(by: Actor) -> int:
    """Apply planned steps whose day has come; returns how many. Safe to run again."""
    due = Transition.objects.filter(
        workspace_id=by.workspace.pk, applied_at__isnull=True, cancelled_at__isnull=True,
        pending_run__isnull=True, effective_on__lte=today_in(by.workspace),
    )  # fmt: skip
    return sum(_apply(row, by) for row in due.order_by("effective_on", "id"))


def _apply(row: Transition, by: Actor) -> int:
    from polku.kernel.registry import entity as entity_row

    entity = entity_row(row.object_kind)
    with transaction.atomic(), one_operation():
        obj = entity.model.objects.select_for_update().get(pk=row.object_id)
        before = getattr(obj, entity.state_field)
        held = getattr(obj, "held_from_state", "")
        if obj.archived or machine_of(entity).find(before, row.to_state, held) is None:
            return _lapse(row, obj, by)
        if not _still_planned(row).update(applied_at=timezone.now()):
            return 0
        _settle(entity, obj, by)
        changes = {entity.state_field: [before, row.to_state]}
        record(f"{entity.kind}.moved", by=by, obj=obj, changes=changes, note=row.reason)
    return 1


def _still_planned(row: Transition) -> Any:
    rows = Transition.objects.filter(pk=row.pk)
    return rows.filter(applied_at__isnull=True, cancelled_at__isnull=True)


def _lapse(row: Transition, obj: Any, by: Actor) -> int:
    """A plan that does not fit any more, since other steps came first, is taken back."""
    if _still_planned(row).update(cancelled_at=timezone.now()):
        changes = {"planned": [f"{row.to_state} {row.effective_on}", None]}
        record(f"{row.object_kind}.plan_lapsed", by=by, obj=obj, changes=changes)
    return 0


def offered_moves(obj: Any, actor: Actor) -> Iterable[tuple[Move, Any]]:
    """Legal steps from the object's state, each with the policy's answer."""
    entity = entity_of(obj)
    if entity.machine is None or obj.archived:
        return []
    state = getattr(obj, entity.state_field)
    moves = entity.machine.moves_from(state, getattr(obj, "held_from_state", ""))
    return [(found, may_move(actor, obj, found)) for found in moves if found.who != "sys"]


__all__ = [
    "NotAllowed", "Step", "apply_due", "begin", "cancel_planned", "correct", "move",
    "offered_moves", "rebuild_state",
]  # fmt: skip
