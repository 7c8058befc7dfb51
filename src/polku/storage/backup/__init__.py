"""Backups: taken while people work, checked before they count, put back in one step.

A backup is one zip file:

    manifest.json        format, time, versions, rows of each table, migrations, SHA-256 of each
                         member, and the fingerprints (not the secrets) of the keys
    database.sqlite3     or database.pgdump
    files/...            what people uploaded

The keys are never in it (`polku keys export` writes them apart), so sealed answers can't be read
from a stolen backup, nor from a restored one without the keys.
"""

from polku.storage.backup.archive import FORMAT, Manifest
from polku.storage.backup.restoring import Replay, RestoreReport, restore
from polku.storage.backup.taking import BackupReport, back_up, verify

__all__ = [
    "FORMAT",
    "BackupReport",
    "Manifest",
    "Replay",
    "RestoreReport",
    "back_up",
    "restore",
    "verify",
]
