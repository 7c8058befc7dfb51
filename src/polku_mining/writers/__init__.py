"""Writing logs: CSV, XES, Parquet, OCEL 2.0; and results as JSON."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from polku_mining.log import Log
from polku_mining.problems import BadLog
from polku_mining.sentences import Sentence
from polku_mining.writers.delimited import write_csv
from polku_mining.writers.objects import write_objects
from polku_mining.writers.parquet import write_parquet
from polku_mining.writers.results import results
from polku_mining.writers.table import event_table
from polku_mining.writers.xes import write_xes

__all__ = ["event_table", "results", "write_log"]

type Write = Callable[[pa.Table, Path], None]

WRITERS: dict[str, Write] = {
    ".csv": write_csv, ".csv.gz": write_csv, ".xes": write_xes, ".xes.gz": write_xes,
    ".parquet": write_parquet, ".pq": write_parquet, ".json": write_objects,
    ".jsonocel": write_objects,
}  # fmt: skip


def write_log(log: Log | pa.Table, path: str | Path) -> int:
    """Write the events of a log, in the format that the ending of *path* names.

    A table has the columns of :func:`polku_mining.read_events`; its other columns become
    attributes. The file appears whole or not at all. Returns the number of events. Raises
    :class:`BadLog` for an ending that is not known.
    """
    target = Path(path)
    write = writer_for(target)
    table = event_table(log)
    _whole(target, lambda place: write(table, place))
    return int(table.num_rows)


def writer_for(path: Path) -> Write:
    """What writes to a file of this name. Raises BadLog."""
    name = path.name.lower()
    endings = sorted(WRITERS, key=len, reverse=True)
    found = next((ending for ending in endings if name.endswith(ending)), None)
    if found is None:
        raise BadLog(Sentence(
            "{name} is none of CSV, XES, XES.gz, Parquet, JSON (OCEL 2.0). Nothing was written.",
            name=path.name,
        ))  # fmt: skip
    return WRITERS[found]


def _whole(target: Path, write: Callable[[Path], Any]) -> None:
    """Write beside the target and put it in its place at the end."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".polku-", suffix=target.name)
    os.close(handle)
    place = Path(name)
    try:
        write(place)
        place.chmod(0o666 & ~_umask())
        place.replace(target)
    finally:
        place.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
