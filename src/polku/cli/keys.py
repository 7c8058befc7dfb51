"""``polku keys``: the keys apart from the data."""

import os
import secrets
from pathlib import Path
from typing import Annotated

import typer

from polku.cli import booting

keys_app = typer.Typer(help="Write the keys out, or put them back, under a passphrase.")

Passphrase = Annotated[
    str,
    typer.Option(prompt=True, hide_input=True, envvar="POLKU_KEYS_PASSPHRASE",
                 help="At least 12 characters."),
]  # fmt: skip


@keys_app.command("export")
def keys_export(
    target: Annotated[Path, typer.Argument(help="A new file.")], passphrase: Passphrase
) -> None:
    """Write all keys into a file that only the passphrase opens. Keep it away from the backups."""
    booting.start()
    from polku.storage.keys import export_keys

    report = export_keys(target, passphrase)
    booting.say(f"{report.path}  {len(report.names)} keys")


@keys_app.command("import")
def keys_import(
    source: Annotated[Path, typer.Argument(help="A file that `polku keys export` wrote.")],
    passphrase: Passphrase,
) -> None:
    """Put keys back where there are none; keys that differ are refused."""
    # Else the start itself would make a key in a new folder, and the one brought would be refused.
    os.environ.setdefault("POLKU_SECRET_KEY", secrets.token_urlsafe(48))
    booting.start()
    from polku.storage.keys import import_keys

    report = import_keys(source, passphrase)
    booting.say(f"{len(report.names)} keys stand in place: {', '.join(report.names)}")
