"""Test databases: in memory by default, or a file with everything that lies beside it."""

from contextlib import closing
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import creation

from polku.storage.sqlite.driver import Database
from polku.storage.writer_queue import SIDE_FILES

BESIDE = ("-wal", "-shm", "-journal", *SIDE_FILES)


class DatabaseCreation(creation.DatabaseCreation):
    """Django's, but a file database takes its journal and its queue with it."""

    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name: str = super()._create_test_db(verbosity, autoclobber, keepdb)  # type: ignore[misc]
        if not keepdb:
            self._remove_beside(name)
        return name

    def _clone_test_db(self, suffix: str, verbosity: int, keepdb: bool = False) -> None:
        source = self.connection.settings_dict["NAME"]
        if self.is_in_memory_db(source):
            super()._clone_test_db(suffix, verbosity, keepdb)  # type: ignore[misc]
            return
        target = self.get_test_db_clone_settings(suffix)["NAME"]
        if keepdb and Path(target).exists():
            return
        self._destroy_test_db(target, verbosity)
        # Django copies the file, which leaves out what still stands in the WAL.
        self.connection.ensure_connection()
        with closing(Database.connect(target)) as clone:
            self.connection.connection.backup(clone)

    def _destroy_test_db(self, test_database_name: Any, verbosity: int) -> None:  # noqa: ARG002
        if test_database_name and not self.is_in_memory_db(test_database_name):
            Path(test_database_name).unlink(missing_ok=True)
            self._remove_beside(test_database_name)

    def _remove_beside(self, name: Any) -> None:
        if not self.is_in_memory_db(name):
            for ending in BESIDE:
                Path(f"{name}{ending}").unlink(missing_ok=True)
