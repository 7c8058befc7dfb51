"""The SQLite driver in use, for what is done to database files outside of Django.

Importing it runs the swap in this package's first lines before Django's backend binds a driver.
"""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]

# The module that Django bound: `pysqlite3.dbapi2`, or `sqlite3.dbapi2` where there is no wheel.
Database: Any = base.DatabaseWrapper.Database
BUSY_SECONDS = 30


def open_file(path: Path) -> Any:
    """A connection to a file that exists; a missing file is an error, not a new database."""
    address = f"file:{quote(str(path))}?mode=rw"
    connection = Database.connect(address, uri=True, timeout=BUSY_SECONDS)
    register(connection)  # checks and indexes may call Django's functions
    return connection
