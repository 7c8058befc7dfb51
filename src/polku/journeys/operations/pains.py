"""Pain points: noting, changing, deciding what becomes of them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from polku.journeys.models import Journey, PainPoint, Step, Touchpoint
from polku.journeys.operations.differing import hold_bases
from polku.journeys.operations.editing import Edit, editing, own_row
from polku.journeys.operations.places import GAP
from polku.journeys.operations.texts import standing_step
from polku.journeys.operations.values import PAIN_FIELDS, read_values
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput
from polku.kernel.queries import visible

MOST_REASON = 400


def add_pain(
    journey: Journey, *, step_id: int | None = None, values: Mapping[str, Any], by: Actor
) -> PainPoint:
    """Note where it hurts, at a step or in the whole journey.

    *values*: ``text``, ``severity`` (1 to 5), ``touchpoint`` (code), ``evidence``, ``evidence_n``,
    ``evidence_on``.
    """
    with editing(journey, "pain_added", by=by) as edit:
        mine = values.get("text")
        step = standing_step(edit, step_id, "pains", base=None, mine=mine) if step_id else None
        read = _read(edit, PainPoint(), values)
        if not read.get("text"):
            raise BadInput({"text": _("Write something here; it cannot stay empty.")})
        last = PainPoint.objects.filter(journey=edit.journey).order_by("-position").first()
        place = (last.position if last else 0) + GAP
        pain: PainPoint = edit.new(PainPoint, step=step, position=place, **read)
        edit.label = _label(pain)
    return pain


def write_pain(
    journey: Journey, pain_id: int, values: Mapping[str, Any], *, by: Actor,
    base: Mapping[str, Any] | None = None,
) -> PainPoint:  # fmt: skip
    """Change a pain point; ``step`` (inner number or nothing) moves it. *base* as in
    :func:`write_step`."""
    with editing(journey, "pain_written", by=by) as edit:
        pain = own_row(edit, PainPoint, pain_id)
        read = _read(edit, pain, {k: v for k, v in values.items() if k != "step"})
        if "step" in values:
            read["step"] = own_row(edit, Step, int(values["step"])) if values["step"] else None
        hold_bases(edit, pain, read, base, by)
        if not read.get("text", pain.text):
            raise BadInput({"text": _("Write something here; it cannot stay empty.")})
        edit.write(pain, **read)
        edit.label = _label(pain)
    return pain


def remove_pain(journey: Journey, pain_id: int, *, by: Actor) -> PainPoint:
    """Take a pain point out; an undo brings it back."""
    with editing(journey, "pain_removed", by=by) as edit:
        pain = own_row(edit, PainPoint, pain_id)
        edit.take_out([pain])
        edit.label = _label(pain)
    return pain


def decide_pain(
    journey: Journey, pain_id: int, decision: str, *, reason: str = "", by: Actor
) -> PainPoint:
    """Say what becomes of it: ``open``, ``mend``, ``accepted`` or ``mended``. Accepting one asks
    for a reason."""
    with editing(journey, "pain_decided", by=by) as edit:
        pain = own_row(edit, PainPoint, pain_id)
        if decision not in PainPoint.Decision.values:
            raise BadInput({"decision": _("Choose one of the values of this list.")})
        why = str(reason or "").replace("\x00", "").strip()[:MOST_REASON]
        if decision == PainPoint.Decision.ACCEPTED and not why:
            raise BadInput({"reason": _("Say why we accept it as it is; it is kept with it.")})
        edit.write(pain, decision=decision, decision_reason=why)
        edit.label = _label(pain)
    return pain


def _read(edit: Edit, pain: PainPoint, given: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: raw for name, raw in given.items() if name != "touchpoint"}
    found = read_values(PAIN_FIELDS, own, pain, edit.by)
    if "touchpoint" in given:
        found["touchpoint"] = _touchpoint(given["touchpoint"], edit.by)
    return found


def _touchpoint(raw: Any, by: Actor) -> Touchpoint | None:
    if raw in (None, ""):
        return None
    code = raw.code if isinstance(raw, Touchpoint) else str(raw).strip().upper()[:20]
    found = visible(by, Touchpoint).filter(code=code).first()
    if found is None:
        raise BadInput({"touchpoint": _("There is no “%(code)s” here.") % {"code": code}})
    return found


def _label(pain: PainPoint) -> dict[str, Any]:
    place = {"step": pain.step.number} if pain.step is not None else {}
    return place | {"row": "pains", "text": str(pain.text)[:80]}
