"""The engine: runs checks, over everything or over what was touched, and notes each whole run.

Rows that came from a file and were not touched since are counted once per import (DECISIONS 30).
What a check finds is kept in step by :mod:`polku.insight.operations.finding`.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from polku.insight.checks.check import Check, Look, Period
from polku.insight.checks.rows import BY_CODE, CHECKS
from polku.insight.operations.finding import Found, Seen, keep_found, keep_found_everywhere
from polku.insight.operations.limits import Chosen, choices
from polku.kernel.clock import today_in
from polku.kernel.models import DetectorRun, ImportRow, ImportRun, LooseEnd
from polku.kernel.registry import entity
from polku.tenancy.models import Workspace

IMPORT = "import_run"
FEW = 2000  # looked at one by one; more than that, and the whole kind is looked at


@dataclass
class Round:
    """One round of looking: the day, the limits in force, and what an import brought untouched."""

    workspace: Workspace
    day: dt.date
    chosen: Mapping[str, Chosen]
    brought: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace, day: dt.date | None = None) -> "Round":
        """A round of today, with the workspace's own limits."""
        return cls(workspace, day or today_in(workspace), choices(workspace))

    def look(self, check: Check, only: Iterable[int] | None = None) -> Look:
        """What the functions of a check are given."""
        few = None if only is None else frozenset(only)
        return Look(self.workspace, self.day, self.chosen[check.code].limits, few)

    def is_on(self, check: Check) -> bool:
        """Whether the check speaks here at all."""
        shown = not check.feature or self.workspace.has(check.feature)
        return shown and self.chosen[check.code].is_on


def refresh(workspace: Workspace, today: dt.date | None = None) -> int:
    """Run every check over the whole workspace; returns how many ends are open.

    Each check keeps what it found in a transaction of its own, so that others can write between.
    """
    here = Round.of(workspace, today)
    runs = [_everywhere(check, here) for check in CHECKS]
    _note(runs)
    return LooseEnd.objects.filter(workspace=workspace, state=LooseEnd.State.OPEN).count()


def refresh_check(workspace: Workspace, code: str, today: dt.date | None = None) -> None:
    """Run one check over the whole workspace."""
    _note([_everywhere(BY_CODE[code], Round.of(workspace, today))])


def refresh_objects(
    workspace: Workspace, kind: str, numbers: Collection[int], *,
    fields: Collection[str] | None = None, today: dt.date | None = None,
) -> None:  # fmt: skip
    """Look again at what was touched: checks of this kind over these objects, and checks of other
    kinds over what hears of them. Over all when they are many. *fields* are those that changed,
    where that is known."""
    concerned = [
        check for check in CHECKS
        if (check.kind == kind and _rests_on(check, fields)) or _hears(check, kind, fields)
    ]  # fmt: skip
    if not concerned or not numbers:
        return
    here = Round.of(workspace, today)
    jobs: dict[str, list[tuple[Check, set[int]]]] = {}
    for check in concerned:
        # What is about a stretch of time is looked at as a whole, each night and on request.
        mine = _touched(check, here, kind, set(numbers), fields) if not check.period else set()
        if mine:
            jobs.setdefault(check.kind, []).append((check, mine))
    for own_kind, found in jobs.items():
        _at_objects(own_kind, found, here)


def _rests_on(check: Check, fields: Collection[str] | None) -> bool:
    """Whether a change of these fields of its own kind can tie or untie it."""
    return not check.rests_on or not fields or not check.rests_on.isdisjoint(fields)


def _hears(check: Check, kind: str, fields: Collection[str] | None) -> bool:
    if kind not in check.hears:
        return False
    of = check.hears_of.get(kind)
    return of is None or fields is None or not of.isdisjoint(fields)


def _touched(
    check: Check, here: Round, kind: str, numbers: set[int], fields: Collection[str] | None
) -> set[int]:
    mine = set(numbers) if check.kind == kind and _rests_on(check, fields) else set()
    if here.is_on(check) and _hears(check, kind, fields):
        mine.update(n for n in check.hears[kind](here.workspace, numbers) if n is not None)
    return mine


def _at_objects(kind: str, jobs: list[tuple[Check, set[int]]], here: Round) -> None:
    found = [
        (check, numbers, _found_among(check, here, numbers))
        for check, numbers in jobs
        if len(numbers) <= FEW
    ]
    keep_found(here.workspace, kind, found, here.day)
    _note([_everywhere(check, here) for check, numbers in jobs if len(numbers) > FEW])


def _found_among(check: Check, here: Round, numbers: set[int]) -> Found:
    found = _found(check, here, here.look(check, numbers))
    return _set_apart(check, here, found, numbers)[0] if found else {}


def _everywhere(check: Check, here: Round) -> DetectorRun:
    """Run a check over everything and keep what it found; returns the run, not saved."""
    look = here.look(check)
    run = DetectorRun(workspace=here.workspace, check_code=check.code, at=timezone.now())
    period = _measure(check, here, look, run)
    enough = run.have is None or run.need is None or run.have >= run.need
    found: Found = {}
    if here.is_on(check) and (enough or check.after_import):
        found = _found(check, here, look, enough=True)
    own, counted = _set_apart(check, here, found, None) if found else ({}, Counter())
    own = own if enough else {}
    run.found = len(own) + sum(counted.values())
    summary = {number: Seen(None, {"n": n}) for number, n in counted.items()}
    stays = not enough and period is not None  # what a former period found is not unsaid
    with transaction.atomic():
        if not stays:
            name = period.name if period else ""
            keep_found_everywhere(check, here.workspace, check.kind, own, here.day, name)
        if check.after_import:
            keep_found_everywhere(check, here.workspace, IMPORT, summary, here.day)
    return run


def _measure(check: Check, here: Round, look: Look, run: DetectorRun) -> Period | None:
    """On how much it looks, over which days, with which coverage, and what it needs."""
    period = check.period(look) if check.period else None
    if period is not None:
        run.period_from, run.period_to = period.first, period.last
    elif check.window:
        run.period_from, run.period_to = look.before(check.window), here.day
    if not here.is_on(check):
        return period
    run.n = check.among(look).count()
    if check.least is not None:
        run.have, run.need = check.least.have(here.workspace), check.least.need
    if period is not None and check.coverage is not None:
        run.covered_days = check.coverage.covered(look, period)
        run.period_days = period.days
        if not check.coverage.is_met(run.covered_days, period):
            run.have, run.need = run.covered_days, _days_needed(check, period)
    return period


def _days_needed(check: Check, period: Period) -> int:
    """The fewest whole days that make up the needed share."""
    need = check.coverage.need if check.coverage else 0
    share = need * period.days
    return int(share) + (share != int(share))


def _found(check: Check, here: Round, look: Look, *, enough: bool = False) -> Found:
    """What hangs loose, with who answers and what is told; nothing while there is too little."""
    if not here.is_on(check):
        return {}
    rows = check.among(look)
    if look.only is not None:
        rows = rows.filter(pk__in=look.only)
    owner = Coalesce(*check.owners) if len(check.owners) > 1 else check.owners[0]
    pairs = list(check.loose(look, rows).order_by().values_list("pk", owner))
    if not pairs or not (enough or _speaks(check, here)):
        return {}
    told = check.tells(look, [pk for pk, _owner in pairs]) if check.tells else {}
    return {pk: Seen(owner, {**look.limits, **told.get(pk, {})}) for pk, owner in pairs}


def _speaks(check: Check, here: Round) -> bool:
    """Whether there is enough data, for a look at a few objects."""
    return check.least is None or check.least.is_met(here.workspace)


def _set_apart(
    check: Check, here: Round, found: Found, few: set[int] | None
) -> tuple[Found, Counter[int]]:
    """What is said for itself, and how many untouched rows of each import there are besides."""
    brought = _untouched(check.kind, here, few)
    own = {pk: seen for pk, seen in found.items() if pk not in brought}
    counted = Counter(brought[pk] for pk in found if pk in brought)
    return own, counted if check.after_import else Counter()


def _untouched(kind: str, here: Round, few: set[int] | None) -> dict[int, int]:
    """Objects that stand as their import left them, with the import's number."""
    if kind in here.brought:
        return here.brought[kind]
    rows: Any = ImportRow.objects.filter(
        workspace=here.workspace, object_kind=kind, outcome=ImportRow.Outcome.NEW,
        run__state=ImportRun.State.COMPLETE,
    )  # fmt: skip
    if few is not None:
        rows = rows.filter(object_id__in=few)
    brought: dict[int, tuple[int, int]] = {
        number: (run, revision)
        for number, run, revision in rows.values_list("object_id", "run_id", "revision")
    }
    found = _still_as_brought(kind, here, brought, few) if brought else {}
    if few is None:
        here.brought[kind] = found
    return found


def _still_as_brought(
    kind: str, here: Round, brought: Mapping[int, tuple[int, int]], few: set[int] | None
) -> dict[int, int]:
    now: Any = entity(kind).model.objects.filter(workspace=here.workspace)
    if few is not None:
        now = now.filter(pk__in=few)
    pairs: list[tuple[int, int]] = list(now.values_list("pk", "revision"))
    return {
        pk: brought[pk][0] for pk, revision in pairs if pk in brought and brought[pk][1] == revision
    }


def _note(runs: list[DetectorRun]) -> None:
    """Keep the newest run of each check."""
    DetectorRun.objects.bulk_create(
        runs, update_conflicts=True, unique_fields=["workspace", "check_code"],
        update_fields=["at", "n", "found", "period_from", "period_to", "covered_days",
                       "period_days", "have", "need"],
    )  # fmt: skip
