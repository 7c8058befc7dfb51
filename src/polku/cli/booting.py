"""Starting Django when a command needs it, and not before: ``--help`` stays fast."""

import contextlib
import logging
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import typer

# On Linux a child is a fork: it has Django loaded already, and shares its memory with us.
if sys.platform == "linux":
    PROCESSES = multiprocessing.get_context("fork")
else:
    PROCESSES = multiprocessing.get_context("spawn")


def start() -> None:
    """Set Django up once, in the language of the shell where we know it."""
    import django
    from django.apps import apps
    from django.utils import translation

    from polku.loading import lasting

    if not apps.ready:
        with lasting():
            django.setup()
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG", "en")
    language = spoken.split("_")[0].split(".")[0].lower()
    translation.activate(language if language in {"en", "fi", "pl", "ru"} else "en")


def told_errors() -> tuple[type[Exception], ...]:
    """Errors that carry a sentence for people."""
    from django.core.exceptions import ImproperlyConfigured

    from polku.storage.errors import StorageError

    known: list[type[Exception]] = [StorageError, ImproperlyConfigured]
    try:
        from polku.kernel.answers import PolkuError

        known.append(PolkuError)
    except Exception:  # without settings there is no kernel; its errors cannot happen then
        return tuple(known)
    return tuple(known)


def say(text: Any) -> None:
    """One line for the person."""
    typer.echo(str(text))


def pending_migrations() -> list[str]:
    """Migrations that are not applied yet."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def bring_up_to_date() -> None:
    """Make the home folder and apply what is pending."""
    from polku.storage.locations import ensure_home

    # Static files come from the package; without this folder their server warns at each start.
    (ensure_home() / "static").mkdir(exist_ok=True)
    if pending_migrations():
        say("Bringing the database up to date")
        part_from_database()
        # In a process that ends: laying the tables takes 70 MB, and we stay.
        with ProcessPoolExecutor(1, PROCESSES) as apart:
            apart.submit(lay_tables).result()
    from polku.kernel.reprinting import carry_prints_over

    with nobody_waits():
        carry_prints_over()


def lay_tables() -> None:
    """Apply what is pending, in a process of its own."""
    start()
    from django.core.management import call_command

    with nobody_waits():
        call_command("migrate", verbosity=0, interactive=False)


def part_from_database() -> None:
    """Close what is open, since a child must not share it."""
    from django.db import connections

    connections.close_all()


@contextlib.contextmanager
def nobody_waits() -> Iterator[None]:
    """Long writes before anybody is served are not worth a warning."""
    queue = logging.getLogger("polku.storage.writer_queue")
    before = queue.level
    queue.setLevel(logging.ERROR)
    try:
        yield
    finally:
        queue.setLevel(before)
