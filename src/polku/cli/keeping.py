"""Looking after what is stored: check, backup, restore."""

from pathlib import Path
from typing import Annotated

import typer

from polku.cli import booting

SIGNS = {"good": "  good ", "warning": "  look ", "error": "  WRONG"}


def check() -> None:
    """Look at database, folder, keys and backups; changes nothing. Exit code 1 when something
    is wrong."""
    booting.start()
    from polku.kernel.pictures import expected_files
    from polku.storage.check import check as look

    findings = look(pending_migrations=booting.pending_migrations, pictures=expected_files)
    for finding in findings:
        booting.say(f"{SIGNS.get(finding.level, finding.level)} {finding.text}")
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(1)


def backup(
    target: Annotated[
        Path | None, typer.Argument(help="A new file or a folder; else POLKU_HOME/backups.")
    ] = None,
) -> None:
    """Write a verified backup while everything goes on. Keys are not in it."""
    booting.start()
    from polku.storage.backup.taking import back_up

    report = back_up(target)
    booting.say(f"{report.path}  {report.size:,} bytes, {report.rows:,} rows, verified")


def restore(
    source: Annotated[Path, typer.Argument(help="A file that `polku backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in place of what is there now.")
    ] = False,
) -> None:
    """Put a backup in place, after checking every part of it."""
    booting.start()
    from polku.storage.backup.restoring import restore as put

    report = put(source, replace=replace)
    booting.say(f"Restored the backup of {report.made_at}: {sum(report.tables.values()):,} rows")
    for note in report.notes:
        booting.say(note)


def migrate() -> None:
    """Bring the database up to date with this version of Polku."""
    booting.start()
    booting.bring_up_to_date()
    booting.say("The database is up to date")
