"""Daily jobs: each runs once a day and workspace-independent, also after downtime.

The row in ``scheduled_run`` is unique per job and day, so two tickers cannot run one job twice.
A job that failed is tried again at the next tick.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from polku.kernel.models import ScheduledRun

log = logging.getLogger(__name__)

STALE_AFTER = dt.timedelta(hours=2)


@dataclass(frozen=True)
class Job:
    """A named piece of work; returns a sentence for the log."""

    name: str
    run: Callable[[], str]


_jobs: dict[str, Job] = {}
_ticks: dict[str, Job] = {}


def daily(name: str, run: Callable[[], str]) -> None:
    """Add a job, once."""
    _jobs[name] = Job(name, run)


def at_each_tick(name: str, run: Callable[[], str]) -> None:
    """Add a small job that runs at every tick: midnight comes at another hour in each zone."""
    _ticks[name] = Job(name, run)


def tick(today: dt.date | None = None) -> list[str]:
    """One round of the ticker; what fails is logged and does not stop the others."""
    for job in _ticks.values():
        try:
            job.run()
        except Exception:
            log.exception("The job %s failed; it is tried again.", job.name)
    return run_due(today)


def run_due(today: dt.date | None = None) -> list[str]:
    """Run what has not run today; returns the names of what ran."""
    day = today or timezone.now().date()
    return [job.name for job in _jobs.values() if claim(job.name, day) and _run(job, day)]


def claim(name: str, day: dt.date) -> bool:
    """Whether the caller is the one who does this for this day; then :func:`finish` it.

    What was begun and neither finished nor released is given to another after two hours.
    """
    # Reading first: most rounds find it done, and need no turn to write
    if ScheduledRun.objects.filter(job=name, day=day, finished_at__isnull=False).exists():
        return False
    with transaction.atomic():
        row, made = ScheduledRun.objects.get_or_create(job=name, day=day)
        if made:
            return True
        if row.finished_at is not None or row.started_at > timezone.now() - STALE_AFTER:
            return False
        row.started_at = timezone.now()
        row.save(update_fields=["started_at"])
        return True


def _run(job: Job, day: dt.date) -> bool:
    try:
        outcome = job.run()
    except Exception:
        log.exception("The daily job %s failed; it is tried again.", job.name)
        release(job.name, day)
        return False
    finish(job.name, day, outcome)
    return True


def finish(name: str, day: dt.date, outcome: str = "") -> None:
    """What was claimed is done."""
    rows = ScheduledRun.objects.filter(job=name, day=day)
    rows.update(finished_at=timezone.now(), outcome=outcome)


def release(name: str, day: dt.date) -> None:
    """What was claimed could not be done; the next round may try again."""
    ScheduledRun.objects.filter(job=name, day=day).delete()


def forget_runs(prefix: str, before: dt.date) -> None:
    """Jobs of this name that ran long ago need no row any more."""
    ScheduledRun.objects.filter(job__startswith=prefix, day__lt=before).delete()
