"""Loose ends, checks and the line of progress as plain values, for programs and the shell."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from polku.insight.checks.check import Check
from polku.insight.checks.rows import BY_CODE, CHECKS
from polku.insight.ends import runs_of
from polku.insight.home import objects_of
from polku.insight.operations.limits import choices
from polku.insight.telling import filled, sentence_of
from polku.insight.trend import Reading
from polku.kernel.actor import Actor
from polku.kernel.models import DetectorRun, LooseEnd


def plain_ends(actor: Actor, ends: Iterable[LooseEnd]) -> list[dict[str, Any]]:
    """Loose ends with the code of what they hang at and of what they name."""
    ends = list(ends)
    objects = objects_of(actor, ends)
    return [_end(end, objects) for end in ends]


def _end(end: LooseEnd, objects: dict[tuple[str, int], Any]) -> dict[str, Any]:
    obj = objects.get((end.object_kind, end.object_id))
    check = BY_CODE.get(end.check_code)
    facts = {name: value for name, value in end.parameters.items() if name != "things"}
    named = {
        name: [objects[kind, number].code for kind, number in them if (kind, number) in objects]
        for name, them in end.parameters.get("things", {}).items()
    }
    return {
        "id": end.pk, "check": end.check_code, "kind": end.object_kind,
        "code": obj.code if obj is not None else None,
        "title": obj.title if obj is not None else "", "sentence": sentence_of(end),
        "why": str(check.why) if check else "", "severity": end.severity,
        "owner": end.owner_party.code if end.owner_party else None, "since": end.since,
        "state": end.state, "period": end.period, "facts": facts, "things": named,
        "reason": end.dismissed_reason, "until": end.dismissed_until,
        "turned_into": end.turned_into_code or None,
    }  # fmt: skip


def plain_checks(actor: Actor) -> list[dict[str, Any]]:
    """Every check with its rule, its limits as this workspace has them, and its newest run."""
    chosen, runs = choices(actor.workspace), runs_of(actor)
    return [
        {
            "check": check.code, "kind": check.kind, "severity": check.severity,
            "title": str(check.title), "looks_at": str(check.looks_at),
            "rule": filled(check, check.rule, chosen[check.code].limits),
            "is_on": chosen[check.code].is_on,
            "limits": _limits(check, chosen[check.code].limits),
            "run": _run(runs.get(check.code)),
        }
        for check in CHECKS
    ]  # fmt: skip


def _limits(check: Check, own: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"name": limit.name, "label": str(limit.label), "value": own[limit.name],
         "usual": limit.usual, "unit": limit.unit, "least": limit.least, "most": limit.most}
        for limit in check.limits
    ]  # fmt: skip


def _run(run: DetectorRun | None) -> dict[str, Any] | None:
    """The newest run; coverage is the exact fraction covered_days / period_days."""
    if run is None:
        return None
    return {
        name: getattr(run, name)
        for name in ("at", "n", "found", "period_from", "period_to", "covered_days",
                     "period_days", "have", "need")
    }  # fmt: skip


def plain_reading(reading: Reading) -> dict[str, Any]:
    """One day of the line of progress."""
    day: dt.date = reading.day
    return {
        "day": day, "open": reading.open, "urgent": reading.urgent,
        "attention": reading.attention, "note": reading.note, "unknown_dials": reading.unknown,
        "dials": reading.dials,
    }  # fmt: skip
