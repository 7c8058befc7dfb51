"""Parquet: only the columns that matter are read, as codes where the file has them so."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from polku_mining.problems import BadLog
from polku_mining.reading.columns import Columns, Source
from polku_mining.sentences import Sentence


def read_parquet(path: Path, wanted: Columns) -> Source:
    """The table of a Parquet file. Raises BadLog."""
    try:
        file = pq.ParquetFile(path)
        texts = [
            field.name for field in file.schema_arrow
            if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        ]  # fmt: skip
        named = [wanted.case, wanted.activity, wanted.time]
        columns = [name for name in named if name] if all(named) else None
        return Source(pq.read_table(path, columns=columns, read_dictionary=texts))
    except (pa.ArrowInvalid, OSError) as error:
        raise BadLog(Sentence(
            "{name} is no whole Parquet file: {error}", name=path.name, error=error,
        )) from error  # fmt: skip
