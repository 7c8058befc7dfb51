"""Parquet: only the columns that matter are read, as codes where the file has them so."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from polku_mining.problems import BadLog
from polku_mining.reading.columns import Columns, Source
from polku_mining.sentences import Sentence

FREE_ROWS, MOST_ROWS_A_BYTE = 10_000_000, 20


def read_parquet(
    path: Path, wanted: Columns, *, everything: bool = False, attributes: Sequence[str] = ()
) -> Source:
    """The table of a Parquet file. Raises BadLog."""
    try:
        file = pq.ParquetFile(path)
        _refuse_bombs(file, path)
        texts = [
            field.name for field in file.schema_arrow
            if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        ]  # fmt: skip
        named = [wanted.case, wanted.activity, wanted.time]
        columns = [name for name in named if name] if all(named) and not everything else None
        columns = columns and list(dict.fromkeys([*columns, *attributes]))
        table = pq.read_table(path, columns=columns, read_dictionary=texts, pre_buffer=False)
        table.validate(full=True)  # texts whose letters are none would end in a riddle later
        return Source(table)
    except BadLog:
        raise
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise BadLog(Sentence(
            "{name} is no whole Parquet file: {error}", name=path.name, error=error,
        )) from error  # fmt: skip


def _refuse_bombs(file: pq.ParquetFile, path: Path) -> None:
    """A few bytes may stand for billions of equal rows, which no event log holds."""
    rows, size = file.metadata.num_rows, path.stat().st_size
    if rows > max(FREE_ROWS, size * MOST_ROWS_A_BYTE):
        raise BadLog(Sentence(
            "{name} says that it holds {rows} rows in {size} bytes; no event log is so "
            "repetitive. It was not read.", name=path.name, rows=rows, size=size,
        ))  # fmt: skip
