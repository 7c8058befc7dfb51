"""The engine: runs checks, keeps each finding's identity, and forgets nothing.

A finding that is gone becomes *fixed*; found again it opens anew. A dismissed one stays dismissed
until its day passes or its object changes. Rows that came from a file and were not touched since
are counted once per import (DECISIONS 30).
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from polku.insight.checks.rows import BY_CODE, CHECKS, Check
from polku.kernel.clock import today_in
from polku.kernel.fingerprints import fingerprint
from polku.kernel.models import ImportRow, ImportRun, LooseEnd
from polku.kernel.registry import entity
from polku.tenancy.models import Workspace

IMPORT = "import_run"
FEW = 2000  # looked at one by one; more than that, and the whole kind is looked at


def refresh(workspace: Workspace, today: dt.date | None = None) -> int:
    """Run every check over the whole workspace; returns how many ends are open."""
    day = today or today_in(workspace)
    with transaction.atomic():
        for check in CHECKS:
            _run(check, workspace, day, None)
    return LooseEnd.objects.filter(workspace=workspace, state=LooseEnd.State.OPEN).count()


def refresh_objects(workspace: Workspace, kind: str, numbers: Collection[int]) -> None:
    """Run the checks of one kind over a few objects; over all when they are many."""
    day = today_in(workspace)
    only = set(numbers) if len(numbers) <= FEW else None
    for check in CHECKS:
        if check.kind == kind:
            _run(check, workspace, day, only)


def refresh_check(workspace: Workspace, code: str) -> None:
    """Run one check over the whole workspace."""
    _run(BY_CODE[code], workspace, today_in(workspace), None)


def _run(check: Check, workspace: Workspace, day: dt.date, only: set[int] | None) -> None:
    found = _found(check, workspace, day, only)
    counted: Counter[int] = Counter()
    if only is None and found:
        found, counted = _set_apart(check, workspace, found)
    elif found:
        found = _without_untouched(check, workspace, found)
    _store(check, workspace, check.kind, found, only, day)
    if only is None:
        summary: Found = {run: (None, {"n": n}) for run, n in counted.items()}
        _store(check, workspace, IMPORT, summary, None, day)


type Found = dict[int, tuple[int | None, dict[str, Any]]]


def _found(check: Check, workspace: Workspace, day: dt.date, only: set[int] | None) -> Found:
    if check.feature and not workspace.has(check.feature):
        return {}
    rows = check.find(workspace, day)
    if only is not None:
        rows = rows.filter(pk__in=only)
    pairs = list(rows.values_list("pk", "owner_party_id"))
    speaks = bool(pairs) and (check.after_import or check.awake(workspace))
    return {pk: (owner, {}) for pk, owner in pairs} if speaks else {}


def _untouched(check: Check, workspace: Workspace, numbers: Collection[int]) -> dict[int, int]:
    """Objects that stand as their import left them, with the import's number."""
    rows = ImportRow.objects.filter(
        workspace=workspace, object_kind=check.kind, outcome=ImportRow.Outcome.NEW,
        run__state=ImportRun.State.COMPLETE,
    )  # fmt: skip
    if len(numbers) <= FEW:
        rows = rows.filter(object_id__in=numbers)
    brought = {number: (run, revision) for number, run, revision in rows.values_list(
        "object_id", "run_id", "revision")}  # fmt: skip
    if not brought:
        return {}
    model = entity(check.kind).model
    now = model.objects.filter(workspace=workspace).values_list("pk", "revision")
    if len(numbers) <= FEW:
        now = now.filter(pk__in=numbers)
    return {pk: brought[pk][0] for pk, rev in now if pk in brought and brought[pk][1] == rev}


def _set_apart(check: Check, workspace: Workspace, found: Found) -> tuple[Found, Counter[int]]:
    untouched = _untouched(check, workspace, found)
    own = {pk: value for pk, value in found.items() if pk not in untouched}
    counted = Counter(untouched[pk] for pk in found if pk in untouched)
    if own and not check.awake(workspace):
        own = {}
    return own, counted if check.after_import else Counter()


def _without_untouched(check: Check, workspace: Workspace, found: Found) -> Found:
    untouched = _untouched(check, workspace, found)
    own = {pk: value for pk, value in found.items() if pk not in untouched}
    return own if own and check.awake(workspace) else {}


def _store(
    check: Check, workspace: Workspace, kind: str, found: Found, only: set[int] | None,
    day: dt.date,
) -> None:  # fmt: skip
    known = LooseEnd.objects.filter(
        workspace=workspace, check_code=check.code, object_kind=kind
    )  # fmt: skip
    if only is not None:
        known = known.filter(object_id__in=only)
    stored = {number: (pk, *facts) for number, pk, *facts in known.values_list(
        "object_id", "pk", "state", "owner_party_id", "parameters")}  # fmt: skip
    fresh = [_new(check, workspace, kind, pk, found[pk]) for pk in found if pk not in stored]
    # Two looks at once may find the same; the one that came first stands.
    LooseEnd.objects.bulk_create(fresh, batch_size=1000, ignore_conflicts=True)
    gone = [end[0] for pk, end in stored.items() if pk not in found and end[1] != "fixed"]
    _close(gone)
    # Thousands may stay as they are: only those that may change become objects.
    stirred = [end[0] for pk, end in stored.items() if pk in found and end[1:] != _open(found[pk])]
    if stirred:
        _bring_in_step(stirred, found, day)


def _open(value: tuple[int | None, dict[str, Any]]) -> tuple[str, int | None, dict[str, Any]]:
    """What a stored end says when nothing about it changed."""
    owner, parameters = value
    return LooseEnd.State.OPEN, owner, parameters


def _close(numbers: list[int]) -> None:
    if numbers:
        rows = LooseEnd.objects.filter(pk__in=numbers)
        rows.update(state=LooseEnd.State.FIXED, changed_at=timezone.now())


def _bring_in_step(numbers: list[int], found: Found, day: dt.date) -> None:
    ends = LooseEnd.objects.filter(pk__in=numbers)
    changed = [end for end in ends if _reopens(end, found[end.object_id], day)]
    LooseEnd.objects.bulk_update(
        changed, ["state", "since", "owner_party", "parameters", "severity", "changed_at"]
    )


def _new(
    check: Check, workspace: Workspace, kind: str, pk: int, value: tuple[int | None, dict[str, Any]]
) -> LooseEnd:
    owner, parameters = value
    return LooseEnd(
        workspace=workspace, check_code=check.code, object_kind=kind, object_id=pk,
        severity=check.severity, owner_party_id=owner, parameters=parameters,
    )  # fmt: skip


def _reopens(end: LooseEnd, value: tuple[int | None, dict[str, Any]], day: dt.date) -> bool:
    """Bring a stored end in step with what was found; whether anything changed."""
    owner, parameters = value
    before = (end.state, end.owner_party_id, end.parameters)
    end.owner_party_id, end.parameters = owner, parameters
    if end.state == LooseEnd.State.FIXED:
        end.state, end.since = LooseEnd.State.OPEN, timezone.now()
    elif end.state == LooseEnd.State.DISMISSED and _dismissal_is_over(end, day):
        end.state = LooseEnd.State.OPEN
    if before == (end.state, end.owner_party_id, end.parameters):
        return False
    end.changed_at = timezone.now()
    return True


def _dismissal_is_over(end: LooseEnd, day: dt.date) -> bool:
    if end.dismissed_until is not None and end.dismissed_until <= day:
        return True
    if not end.dismissed_fingerprint:
        return False
    obj = entity(end.object_kind).model.objects.filter(pk=end.object_id).first()
    return obj is not None and fingerprint(obj) != end.dismissed_fingerprint
