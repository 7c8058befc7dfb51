"""Evidence: adding it under whatever rests on it, and keeping count of it for typical customers."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from polku.kernel.actor import Actor, party_of
from polku.kernel.answers import NotFound, require
from polku.kernel.audit import one_operation
from polku.kernel.changes import create_object
from polku.kernel.links import tie
from polku.kernel.models import Link, Transition
from polku.kernel.policy import may_change, may_create
from polku.kernel.registry import entity
from polku.people.models import Insight, Persona
from polku.people.models.personas import STRONG_FROM
from polku.tenancy.models import CoreEntity, PieceRow, Workspace

BASED_ON = "L34"


def add_evidence(
    about: CoreEntity | PieceRow, values: Mapping[str, Any], *, by: Actor, why: str = ""
) -> Insight:
    """Write down one thing we learnt and tie it to what it tells us about; all or nothing.

    *values* are outside values of an insight; whoever writes it down answers for it. Raises
    BadInput, NotAllowed or Refused; NotFound for what lies in another workspace.
    """
    if about.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_change(by, about))
    row = entity("insight")
    require(may_create(by, row))
    with transaction.atomic(), one_operation():
        made: Insight = create_object(row, {"owner_party": party_of(by), **values}, by=by)
        tie(BASED_ON, about, made, by=by, why=why)
    return made


def count_evidence(workspace: Workspace, numbers: Collection[int]) -> None:
    """Write anew what the evidence of these typical customers says: how much, how new, how sure.

    Confirmed ties to what was not put away count; a guess does not. The copies are no change that
    somebody made: they leave no history and no revision.
    """
    found = _evidence(workspace, numbers)
    rows = Persona.objects.filter(workspace=workspace, pk__in=numbers)
    changed = [row for row in rows.select_for_update(no_key=True) if _differs(row, found)]
    Persona.objects.bulk_update(changed, COPIES, batch_size=200)


COPIES = ["evidence_count", "newest_evidence_on", "confidence"]


def confidence_of(count: int) -> str:
    """How sure so many pieces of evidence make us (entities.md 3.1)."""
    if count == 0:
        return Persona.Confidence.GUESS
    return Persona.Confidence.STRONG if count >= STRONG_FROM else Persona.Confidence.SOME


def _differs(row: Persona, found: Mapping[int, list[dt.date | None]]) -> bool:
    days = found.get(row.pk, [])
    before = [getattr(row, name) for name in COPIES]
    row.evidence_count = len(days)
    row.newest_evidence_on = max((day for day in days if day), default=None)
    row.confidence = confidence_of(len(days))
    return before != [getattr(row, name) for name in COPIES]


def _evidence(workspace: Workspace, numbers: Collection[int]) -> dict[int, list[dt.date | None]]:
    """The days on which the evidence of each was learnt."""
    links = Link.objects.filter(
        workspace=workspace, kind=BASED_ON, state=Link.State.LIVE, pending_run__isnull=True,
        confidence=Link.Confidence.CONFIRMED, valid_to__isnull=True, from_kind="persona",
        from_id__in=numbers, to_kind="insight",
    )  # fmt: skip
    pairs = list(links.values_list("from_id", "to_id"))
    there = Insight.objects.filter(workspace=workspace, archived=False, pending_run__isnull=True)
    days = dict(there.filter(pk__in={to for _of, to in pairs}).values_list("pk", "learnt_on"))
    found: dict[int, list[dt.date | None]] = {}
    for number, insight in pairs:
        if insight in days:
            found.setdefault(number, []).append(days[insight])
    return found


def resting_on(workspace: Workspace, insights: Collection[int]) -> list[int]:
    """The typical customers that are tied to any of these insights."""
    links = Link.objects.filter(
        workspace=workspace, kind=BASED_ON, from_kind="persona", to_kind="insight",
        to_id__in=insights,
    )  # fmt: skip
    return list(links.values_list("from_id", flat=True).distinct())


def note_checked(persona: Persona) -> None:
    """After a step: the day on which people said so, and none while it is a guess again."""
    steps = Transition.objects.filter(
        workspace_id=persona.workspace_id, object_kind="persona", object_id=persona.pk,
        to_state=Persona.State.CHECKED, applied_at__isnull=False, cancelled_at__isnull=True,
    )  # fmt: skip
    newest = steps.order_by("effective_on", "id").last()
    checked = persona.state == Persona.State.CHECKED and newest is not None
    persona.validated_on = newest.effective_on if checked and newest is not None else None
    persona.save(update_fields=["validated_on"])
