"""Parquet as logs are kept: zstd, dictionaries, arrival order."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def write_parquet(table: pa.Table, path: Path) -> None:
    """One row an event."""
    pq.write_table(table, path, compression="zstd", use_dictionary=True)
