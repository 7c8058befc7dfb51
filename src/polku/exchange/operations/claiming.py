"""Who holds a run: one at a time saves it, and one run at a time is saved in a workspace.

A run carries in its report the sign of whoever saves it (``claim``), when it was last heard of
(``beat``), whether it waits for the worker (``queued``) and whether it is being withdrawn.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.answers import Refused
from polku.kernel.models import ImportRun
from polku.tenancy.models import Workspace

STALE_AFTER = dt.timedelta(seconds=60)
# What a report says only while its run goes on.
PASSING = ("beat", "claim", "queued", "alike", "withdrawing")


class Taken(Refused):
    """The run is not ours to save: another holds it, it was withdrawn, or it is finished."""

    def __init__(self) -> None:
        super().__init__(_("This import goes on already, or is finished."))


def now_said() -> str:
    """This moment as a report keeps it."""
    return timezone.now().isoformat()


def without(report: dict[str, Any], *names: str) -> dict[str, Any]:
    """A report less these entries."""
    return {key: value for key, value in report.items() if key not in names}


def locked(run: ImportRun) -> ImportRun:
    """The run as it stands now, held to the end of the transaction."""
    return ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)


def is_queued(run: ImportRun) -> bool:
    """Whether the run waits for the worker, and nobody has taken it yet."""
    return run.state == ImportRun.State.RUNNING and bool(run.report.get("queued"))


def note_queued(run: ImportRun) -> None:
    """The run waits for the worker from now on."""
    now = locked(run)
    now.report = {**now.report, "queued": True}
    now.save(update_fields=["report"])


def is_interrupted(run: ImportRun, now: dt.datetime | None = None) -> bool:
    """Whether a run that should go on has not been heard of for a minute."""
    if run.state == ImportRun.State.INTERRUPTED:
        return True
    beat = run.report.get("beat")
    if run.state != ImportRun.State.RUNNING or not beat or is_queued(run):
        return False
    return (now or timezone.now()) - dt.datetime.fromisoformat(beat) > STALE_AFTER


def refuse_beside_another(run: ImportRun) -> None:
    """Hold the workspace, and raise Refused while another of its runs is being saved.

    Two runs of one file would each find nothing here, and bring in each row twice.
    """
    Workspace.objects.select_for_update(of=("self",)).get(pk=run.workspace_id)
    others = ImportRun.objects.filter(workspace=run.workspace_id, state=ImportRun.State.RUNNING)
    for other in others.exclude(pk=run.pk):
        if not is_interrupted(other):
            words = _("Another import is being saved: %(name)s. Wait until it is finished.")
            raise Refused(words % {"name": other.file_name})


def claim(run: ImportRun) -> None:
    """Take a run that is to be saved; raises Taken when it is not, or somebody is at it."""
    with transaction.atomic():
        now = locked(run)
        is_held = bool(now.report.get("claim")) and not is_interrupted(now)
        if now.state != ImportRun.State.RUNNING or is_held:
            raise Taken
        signs = {"beat": now_said(), "claim": uuid.uuid4().hex}
        now.report = {**without(now.report, "queued"), **signs}
        now.save(update_fields=["report"])
    run.refresh_from_db()


def stop(run: ImportRun, message: str) -> None:
    """Say why a run that was being saved stopped; one that ended otherwise stays as it is."""
    _held(run).update(state=ImportRun.State.INTERRUPTED, message=message)


def beat(run: ImportRun) -> None:
    """Say that the run is alive, and how far it is; raises Taken when it is not ours any more.

    Called in the transaction of each step, so that a step of a withdrawn run leaves nothing.
    """
    report = {**run.report, "beat": now_said()}
    if not _held(run).update(done=run.done, report=report):
        raise Taken
    run.report = report


def hold(run: ImportRun) -> None:
    """Hold the run for its last step; raises Taken when it is not ours any more."""
    if not _held(run).update(done=run.done):
        raise Taken


def _held(run: ImportRun) -> Any:
    rows = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.RUNNING)
    return rows.filter(report__claim=run.report.get("claim", ""))
