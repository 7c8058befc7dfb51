"""As much of a frame of Spark as the engine uses, in memory: rows are dealt by their key, sorted,
and handed over in batches that cut cases anywhere. So the passes are tested without Java."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

TYPES = {"string": pa.string(), "long": pa.int64(), "binary": pa.binary(), "double": pa.float64()}


def schema_of(ddl: str) -> pa.Schema:
    """A schema from ``name type, name type``."""
    return pa.schema([(name, TYPES[kind]) for name, kind in map(str.split, ddl.split(","))])


@dataclass
class Frame:
    """Parts of rows, and how many rows a batch holds."""

    parts: list[pa.Table]
    cut: int = 3

    def mapInArrow(self, work: Callable[..., Any], ddl: str) -> "Frame":  # noqa: N802
        """As Spark has it."""
        schema = schema_of(ddl)
        made = []
        for part in self.parts:
            batches = list(work(iter(part.to_batches(max_chunksize=self.cut))))
            tables = [pa.Table.from_batches([b]).select(schema.names).cast(schema) for b in batches]
            made.append(pa.concat_tables(tables) if tables else schema.empty_table())
        return Frame(made, self.cut)

    def repartition(self, *keys: Any) -> "Frame":
        """Deal rows by the hash of a key."""
        n = keys[0] if isinstance(keys[0], int) else len(self.parts)
        whole = pa.concat_tables(self.parts)
        place = [hash(key) % n for key in whole.column(keys[-1]).to_pylist()]
        masks = [pa.array([p == part for p in place], pa.bool_()) for part in range(n)]
        return Frame([whole.filter(mask) for mask in masks], self.cut)

    def sortWithinPartitions(self, *keys: str) -> "Frame":  # noqa: N802
        """As Spark has it."""
        order = [(key, "ascending") for key in keys]
        return Frame([part.sort_by(order) for part in self.parts], self.cut)

    def groupBy(self, *keys: str) -> "Grouped":  # noqa: N802
        """As Spark has it."""
        return Grouped(self, keys)

    def collect(self) -> list[dict[str, Any]]:
        """All rows; each is read by name."""
        return [row for part in self.parts for row in part.to_pylist()]

    def unpersist(self) -> None:
        """Nothing is kept."""


@dataclass
class Grouped:
    """Rows of equal keys."""

    frame: Frame
    keys: tuple[str, ...]

    def sum(self, column: str) -> "Grouped":
        """What is asked for is always ``n``."""
        assert column == "n"
        return self

    def collect(self) -> Iterator[tuple[Any, ...]]:
        """The keys of each group and the sum."""
        found: Counter[tuple[Any, ...]] = Counter()
        for row in self.frame.collect():
            found[tuple(row[key] for key in self.keys)] += row["n"]
        return iter([(*key, n) for key, n in found.items()])
