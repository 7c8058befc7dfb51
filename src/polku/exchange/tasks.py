"""Imports in the background; the worker of ``polku serve`` does them."""

import contextlib

from django.db import transaction
from django.tasks import task

from polku.exchange.operations.claiming import Taken, note_queued
from polku.exchange.operations.runs import AT_ONCE, run_import
from polku.kernel.models import ImportRun


@task()
def run_import_later(number: int) -> None:
    """Save the import with this number; one that was withdrawn or is saved already stays."""
    with contextlib.suppress(Taken):
        run_import(ImportRun.objects.select_related("workspace").get(pk=number))


def run_or_enqueue(run: ImportRun) -> bool:
    """Save a small import at once, leave a large one to the worker; whether it was left."""
    if run.total <= AT_ONCE:
        run_import(run)
        return False
    with transaction.atomic():
        note_queued(run)
        run_import_later.enqueue(run.pk)
    run.refresh_from_db()
    return True
