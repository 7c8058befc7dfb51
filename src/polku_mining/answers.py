"""An answer is an Arrow table that says on how much it stands."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(microseconds: int) -> datetime:
    """A UTC time from microseconds since 1970; beyond the years 1 to 9999 the nearest of them."""
    try:
        return EPOCH + timedelta(microseconds=int(microseconds))
    except OverflowError:
        year = MAXYEAR if microseconds > 0 else MINYEAR
        return datetime(year, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last event, both in UTC; ``None`` for an empty log."""

    start: datetime | None
    end: datetime | None

    def __str__(self) -> str:
        if self.start is None or self.end is None:
            return "no events"
        return f"{self.start:%Y-%m-%d} to {self.end:%Y-%m-%d}"


class Answer:
    """A table of results with ``n`` (cases looked at), ``period`` and single ``facts``.

    ``facts`` are numbers over the whole log that belong to the answer and to no row of it; they
    are read as attributes too (``answer.fit``).
    """

    __slots__ = ("facts", "n", "period", "table")

    def __init__(self, table: pa.Table, n: int, period: Period, **facts: Any) -> None:
        self.table, self.n, self.period, self.facts = table, n, period, facts

    def __getattr__(self, name: str) -> Any:
        if name in Answer.__slots__ or name not in self.facts:
            raise AttributeError(name)
        return self.facts[name]

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __getitem__(self, column: str) -> list[Any]:
        return list(self.table.column(column).to_pylist())

    def to_pylist(self) -> list[dict[str, Any]]:
        """Rows as plain objects."""
        return list(self.table.to_pylist())

    def to_arrow(self) -> pa.Table:
        """The table; its schema's metadata say ``n`` and the period."""
        said = {"n": str(self.n), "period": str(self.period)}
        return self.table.replace_schema_metadata(said)

    def to_pandas(self) -> Any:
        """A pandas frame, where pandas is installed."""
        return self.table.to_pandas()

    def to_polars(self) -> Any:
        """A polars frame, where polars is installed."""
        import polars

        return polars.from_arrow(self.table)

    def __repr__(self) -> str:
        facts = "".join(f", {name}={value}" for name, value in self.facts.items())
        rows = self.table.num_rows
        return f"<Answer {rows} rows of {self.n} cases, {self.period}{facts}>"
