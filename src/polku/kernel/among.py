"""``pk__among``: rows by many numbers, sent to the database as one value.

``pk__in`` makes a parameter of each number and looks at each on its way there: two milliseconds
for a thousand.
"""

import json
from collections.abc import Collection
from typing import Any

from django.db.models import BigAutoField, Lookup


def sent(numbers: Collection[int], vendor: str) -> Any:
    """Whole numbers as the one value that the database takes: a list, for SQLite written as
    JSON."""
    return list(numbers) if vendor == "postgresql" else json.dumps(list(numbers))


@BigAutoField.register_lookup
class Among(Lookup[Any]):
    """The number is one of a list of whole numbers; the planner cannot see how many there are."""

    lookup_name = "among"

    def get_prep_lookup(self) -> list[int]:
        """The numbers as a list."""
        return [int(number) for number in self.rhs]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """For PostgreSQL, which takes a list as it is."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*parameters, sent(self.rhs, connection.vendor)]

    def as_sqlite(self, compiler: Any, connection: Any, **_more: Any) -> tuple[str, list[Any]]:
        """For SQLite, which reads the list from JSON."""
        column, parameters = self.process_lhs(compiler, connection)
        given = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608  # nosec
        return given, [*parameters, sent(self.rhs, connection.vendor)]
