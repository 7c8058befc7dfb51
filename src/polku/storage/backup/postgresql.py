"""PostgreSQL: copied by pg_dump within one snapshot, put in place by pg_restore."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from polku.storage.backup.inside import Inside
from polku.storage.errors import BackupDamaged, BackupRefused, ProgramMissing, StorageError

FORMER = "former.pgdump"
TABLES = (
    "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') "
    "AND c.relnamespace = current_schema()::regnamespace ORDER BY 1"
)


class PostgreSQL:
    """The database on a server, reached by Django's settings for it."""

    name = "postgresql"
    member = "database.pgdump"

    def __init__(self, database: dict[str, Any]) -> None:
        self._parameters = {
            "dbname": database["NAME"],
            "user": database.get("USER"),
            "password": database.get("PASSWORD"),
            "host": database.get("HOST"),
            "port": database.get("PORT"),
            **{k: v for k, v in database.get("OPTIONS", {}).items() if isinstance(v, str)},
        }

    def version(self) -> str:
        """The version of the server."""
        with self._connect() as connection:
            return str(connection.execute("SHOW server_version").fetchone()[0])

    def copy(self, target: Path) -> Inside:
        """Rows are counted and dumped within the same snapshot, so they can be compared."""
        with self._connect() as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
            inside = _count(connection)
            self._run(
                "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}",
                *self._address(),
            )  # fmt: skip
            connection.execute("COMMIT")
        return inside

    def examine(self, copy: Path) -> None:
        """Every block is read and unpacked; rows can only be counted after a restore."""
        try:
            self._run("pg_restore", f"--file={os.devnull}", str(copy))
        except StorageError as error:
            if not isinstance(error, ProgramMissing):
                raise BackupDamaged(error.message) from error
            raise

    def occupied(self) -> bool:
        """True when the schema has a table."""
        with self._connect() as connection:
            return connection.execute(TABLES).fetchone() is not None

    def replace(self, copy: Path, aside: Path) -> None:
        """What was there is dumped first, so that `put_back` can undo a load that fails."""
        if self.occupied():
            self.copy(aside / FORMER)
        try:
            self._load(copy)
        except StorageError:
            self.put_back(aside)
            raise

    def put_back(self, aside: Path) -> None:
        """Load what was dumped before `replace`; an empty database becomes empty again."""
        if (aside / FORMER).exists():
            self._load(aside / FORMER)
            (aside / FORMER).unlink()
        else:
            self._empty()

    def _load(self, copy: Path) -> None:
        self._empty()
        self._run(
            "pg_restore", "--no-owner", "--no-privileges", "--single-transaction",
            "--exit-on-error", *self._address(), str(copy),
        )  # fmt: skip

    def _empty(self) -> None:
        from psycopg import sql

        with self._connect() as connection, connection.transaction():
            for (name,) in connection.execute(TABLES).fetchall():
                connection.execute(
                    sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(sql.Identifier(name))
                )

    def _connect(self) -> Any:
        import psycopg
        from psycopg.conninfo import make_conninfo

        try:
            return psycopg.connect(make_conninfo("", **self._given()), autocommit=True)
        except psycopg.OperationalError as error:
            raise StorageError(
                _("PostgreSQL can't be reached: %(reason)s. Nothing was changed.")
                % {"reason": str(error).strip()}
            ) from error

    def _given(self) -> dict[str, Any]:
        return {name: str(value) for name, value in self._parameters.items() if value}

    def _address(self) -> list[str]:
        from psycopg.conninfo import make_conninfo

        # The password goes through the environment: arguments are visible to all on the machine.
        given = {name: value for name, value in self._given().items() if name != "password"}
        return [f"--dbname={make_conninfo('', **given)}"]

    def _run(self, program: str, *arguments: str) -> None:
        if not (path := shutil.which(program)):
            raise ProgramMissing(
                _(
                    "%(program)s is not installed here, and a backup of PostgreSQL needs it. "
                    "Nothing was changed. Install PostgreSQL's client programs and try again."
                )
                % {"program": program}
            )
        environment = {**os.environ, "PGPASSWORD": self._given().get("password", "")}
        done = subprocess.run(  # noqa: S603  a fixed program with arguments of ours
            [path, *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BackupRefused(
                _("%(program)s stopped: %(reason)s")
                % {"program": program, "reason": done.stderr.strip()[-500:]}
            )


def _count(connection: Any) -> Inside:
    from psycopg import sql

    tables = {
        name: connection.execute(
            sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
        ).fetchone()[0]
        for (name,) in connection.execute(TABLES).fetchall()
    }
    migrations = []
    if "django_migrations" in tables:
        migrations = connection.execute(
            "SELECT app, name FROM django_migrations ORDER BY 1, 2"
        ).fetchall()
    return Inside(tables, migrations)
