"""CSV as every reader understands it: UTF-8, commas, times in UTC."""

import csv
import gzip
import io
from pathlib import Path

import pyarrow as pa

from polku_mining.writers.table import as_text, pieces


def write_csv(table: pa.Table, path: Path) -> None:
    """One row an event, packed where the name ends in ``.gz``."""
    raw = gzip.GzipFile(path, "wb", mtime=0) if path.name.endswith(".gz") else path.open("wb")
    with raw, io.TextIOWrapper(raw, "utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.column_names)
        for piece in pieces(table):
            columns = [as_text(column) for column in piece.columns]
            writer.writerows(zip(*columns, strict=True))
