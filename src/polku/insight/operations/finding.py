"""What checks found, kept: each finding has one identity and forgets nothing.

A finding is check, object and period. One that is gone becomes *fixed*; found again it opens anew.
A dismissed one stays dismissed until its day passes or its object changes; one that became a wish
is quiet until the wish is done. A newer period takes the place of the one before it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from polku.insight.checks.check import Check
from polku.kernel.fingerprints import fingerprint
from polku.kernel.models import LooseEnd
from polku.kernel.registry import entity
from polku.portfolio.models import Requirement
from polku.portfolio.telling import outcome_of
from polku.tenancy.models import Workspace

OPEN, DISMISSED, FIXED = LooseEnd.State.OPEN, LooseEnd.State.DISMISSED, LooseEnd.State.FIXED
CHANGED = ["state", "since", "owner_party", "parameters", "severity", "turned_into_code",
           "changed_at"]  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """Who answers for an object that was found, and what is told about it."""

    owner: int | None
    parameters: dict[str, Any] = field(default_factory=dict)


type Found = dict[int, Seen]
type Key = tuple[str, int]
_COLUMNS = ("check_code", "object_id", "pk", "state", "owner_party_id", "parameters", "severity",
            "period")  # fmt: skip


def keep_found(
    workspace: Workspace, kind: str, found: list[tuple[Check, set[int], Found]], day: dt.date
) -> None:
    """Keep what a look at a few objects of one kind found; one statement asks for what is known."""
    if not found:
        return
    numbers = {n for _check, looked, _seen in found for n in looked}
    known = LooseEnd.objects.filter(
        workspace=workspace, object_kind=kind, object_id__in=numbers,
        check_code__in=[check.code for check, _looked, _seen in found],
    )  # fmt: skip
    rows = list(known.values_list(*_COLUMNS))
    for check, looked, seen in found:
        mine = [row for row in rows if row[0] == check.code and row[1] in looked]
        _bring_in_step(check, workspace, kind, seen, mine, day, "")


def keep_found_everywhere(
    check: Check, workspace: Workspace, kind: str, found: Found, day: dt.date, period: str = ""
) -> None:
    """Keep what a look at everything found."""
    known = LooseEnd.objects.filter(
        workspace=workspace, check_code=check.code, object_kind=kind
    )  # fmt: skip
    rows = list(known.values_list(*_COLUMNS))
    _bring_in_step(check, workspace, kind, found, rows, day, period)


def _bring_in_step(
    check: Check, workspace: Workspace, kind: str, found: Found,
    rows: Iterable[tuple[Any, ...]], day: dt.date, period: str,
) -> None:  # fmt: skip
    """New ones are made, gone ones closed; only those that may change become objects."""
    now = {row[1]: row for row in rows if row[7] == period}
    fresh = [
        LooseEnd(
            workspace=workspace, check_code=check.code, object_kind=kind, object_id=pk,
            severity=check.severity, owner_party_id=seen.owner, parameters=seen.parameters,
            period=period,
        )
        for pk, seen in found.items()
        if pk not in now
    ]  # fmt: skip
    if fresh:
        # Two looks at once may find the same; the one that came first stands.
        LooseEnd.objects.bulk_create(fresh, batch_size=1000, ignore_conflicts=True)
    before = [row[2] for row in rows if row[7] != period and row[3] != FIXED]
    _close(before + [row[2] for pk, row in now.items() if pk not in found and row[3] != FIXED])
    stirred = [row[2] for pk, row in now.items() if pk in found and _differs(check, row, found[pk])]
    if stirred:
        _update(check, stirred, found, day)


def _differs(check: Check, row: tuple[Any, ...], seen: Seen) -> bool:
    return tuple(row[3:7]) != (OPEN, seen.owner, seen.parameters, check.severity)


def _close(numbers: list[int]) -> None:
    if numbers:
        # One that is fixed by now keeps the moment at which it was
        rows = LooseEnd.objects.filter(pk__in=numbers).exclude(state=FIXED)
        rows.update(state=FIXED, changed_at=timezone.now())


def _update(check: Check, numbers: list[int], found: Mapping[int, Seen], day: dt.date) -> None:
    with transaction.atomic():
        # Held while they are written: a dismissal that comes in between must not be undone
        rows = LooseEnd.objects.select_for_update(of=("self",)).filter(pk__in=numbers)
        ends = list(rows.order_by("pk"))
        wishes = _wishes(ends)
        changed = [end for end in ends if _changes(check, end, found[end.object_id], day, wishes)]
        LooseEnd.objects.bulk_update(changed, CHANGED, batch_size=500)


def _wishes(ends: list[LooseEnd]) -> dict[str, tuple[str, bool]]:
    """State and whether put away, of the wishes that these became, by code."""
    codes = [end.turned_into_code for end in ends if end.turned_into_code]
    if not codes:
        return {}
    rows = Requirement.objects.filter(workspace=ends[0].workspace_id, code__in=codes)
    return {wish.code: (outcome_of(wish), wish.archived) for wish in rows}


def _changes(
    check: Check, end: LooseEnd, seen: Seen, day: dt.date, wishes: Mapping[str, tuple[str, bool]]
) -> bool:
    """Bring a stored end in step with what was found; whether anything changed."""
    before = (end.state, end.owner_party_id, end.parameters, end.severity)
    end.owner_party_id, end.parameters = seen.owner, seen.parameters
    end.severity = check.severity
    if end.state == FIXED:
        end.state, end.since, end.turned_into_code = OPEN, timezone.now(), ""
    elif end.state == DISMISSED and _is_over(end, day, wishes):
        end.state, end.turned_into_code = OPEN, ""
    if before == (end.state, end.owner_party_id, end.parameters, end.severity):
        return False
    end.changed_at = timezone.now()
    return True


def _is_over(end: LooseEnd, day: dt.date, wishes: Mapping[str, tuple[str, bool]]) -> bool:
    """Whether a dismissal no longer holds."""
    if end.turned_into_code in wishes:
        state, away = wishes[end.turned_into_code]
        return away or state == Requirement.State.DONE
    if end.dismissed_until is not None and end.dismissed_until <= day:
        return True
    if not end.dismissed_fingerprint:
        return False
    obj = entity(end.object_kind).model.objects.filter(pk=end.object_id).first()
    return obj is not None and fingerprint(obj) != end.dismissed_fingerprint
