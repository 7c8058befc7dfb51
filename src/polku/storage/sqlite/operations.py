"""SQL that differs from Django's for SQLite."""

from typing import Any

from django.db.backends.sqlite3 import operations

# SQLite's own default; Django asks the connection, and `pysqlite3` has no `getlimit`.
MOST_COLUMNS = 2000


class DatabaseOperations(operations.DatabaseOperations):
    """Statements can be shown with their parameters, as tests and the debug log do."""

    def _quote_params_for_last_executed_query(self, params: Any) -> Any:
        if len(params) > MOST_COLUMNS:
            first, rest = params[:MOST_COLUMNS], params[MOST_COLUMNS:]
            quoted = self._quote_params_for_last_executed_query
            return (*quoted(first), *quoted(rest))
        columns = ", ".join(["QUOTE(?)"] * len(params))
        # The driver's own cursor: Django's would log this statement as well, without end
        cursor = self.connection.connection.cursor()
        try:
            return cursor.execute(f"SELECT {columns}", params).fetchone()
        finally:
            cursor.close()
