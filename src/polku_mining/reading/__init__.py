"""Opening logs: Parquet, CSV, XES, OCEL 2.0. Nothing is dropped without a word.

What reads is loaded with the first log, and of each format when one is met.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from polku_mining.problems import BadLog, Problems
from polku_mining.sentences import Sentence

if TYPE_CHECKING:
    from polku_mining.log import Log
    from polku_mining.reading.columns import Columns, Source
    from polku_mining.reading.packed import Progress

__all__ = ["read_events", "read_log"]

XES = (".xes", ".xes.gz")
TEXT = (".csv", ".csv.gz", ".tsv", ".txt")
PARQUET = (".parquet", ".pq")
OBJECTS = (".json", ".json.gz", ".jsonocel", ".sqlite", ".sqlite3", ".db")


def read_log(
    source: Any, *, case: str | None = None, activity: str | None = None, time: str | None = None,
    zone: str | None = None, salt: str | None = None, object_type: str | None = None,
    attributes: Sequence[str] = (), progress: "Progress | None" = None,
) -> "Log":  # fmt: skip
    """Open a log, by the ending of its name; or an Arrow table, or what makes one.

    *case*, *activity*, *time* name columns; those that are not named are guessed and the guess is
    told in ``log.problems.guessed``. *zone* is that of times that name none (IANA name). With
    *salt* case keys are replaced by salted hashes. *object_type* says which objects make the
    cases of an OCEL file. *attributes* are columns that say something of a case as a whole (of
    the traces of XES, ``case:`` and the name): kept for grouping. *progress* hears how much of
    the file was read, from 0 to 1. Raises :class:`BadLog`.
    """
    from polku_mining.reading.columns import Columns, log_of
    from polku_mining.reading.sparing import sparing

    wanted = Columns(case, activity, time)
    with sparing() if _is_xes(source) else nullcontext():
        found, wanted = _opened(
            source, wanted, object_type, progress, everything=False, attributes=attributes
        )
        return log_of(found, wanted, zone=zone, salt=salt, attributes=attributes)


def _is_xes(source: Any) -> bool:
    return isinstance(source, str | Path) and str(source).lower().endswith(XES)


def read_events(
    source: Any, *, case: str | None = None, activity: str | None = None, time: str | None = None,
    zone: str | None = None, salt: str | None = None, object_type: str | None = None,
    progress: "Progress | None" = None,
) -> tuple[pa.Table, Problems]:  # fmt: skip
    """The events of a log as a table in arrival order, with every attribute, and its problems.

    Columns ``case``, ``activity``, ``time`` (microseconds, UTC), then the others. Takes what
    :func:`read_log` takes.
    """
    from polku_mining.reading.columns import Columns, events_of

    wanted = Columns(case, activity, time)
    found, wanted = _opened(source, wanted, object_type, progress, everything=True)
    return events_of(found, wanted, zone=zone, salt=salt), found.problems


def _opened(
    source: Any, wanted: "Columns", object_type: str | None, progress: "Progress | None", *,
    everything: bool, attributes: Sequence[str] = (),
) -> "tuple[Source, Columns]":  # fmt: skip
    """What stands in a file or a frame, and which columns are which."""
    if not isinstance(source, str | Path):
        return _table(source), wanted
    path = Path(source)
    if not path.is_file():
        raise BadLog(Sentence("There is no file {path}.", path=path))
    name = path.name.lower()
    if name.endswith(XES):
        from polku_mining.reading.xes import read_xes

        return read_xes(path, everything=everything or bool(attributes), progress=progress), wanted
    if name.endswith(TEXT):
        from polku_mining.reading.delimited import read_csv

        return read_csv(path, progress=progress), wanted
    if name.endswith(PARQUET):
        from polku_mining.reading.parquet import read_parquet

        return read_parquet(path, wanted, everything=everything, attributes=attributes), wanted
    if name.endswith(OBJECTS):
        from polku_mining.reading.objects import FIELDS, read_objects

        return read_objects(path, object_type, progress=progress), FIELDS
    raise BadLog(Sentence(
        "{name} is none of CSV, XES, XES.gz, Parquet, OCEL 2.0 (JSON or SQLite). Save it as one "
        "of these, or say what it is by its ending.", name=path.name,
    ))  # fmt: skip


def _table(source: Any) -> "Source":
    from polku_mining.reading.columns import Source

    if isinstance(source, pa.Table):
        return Source(source)
    if hasattr(source, "to_arrow"):
        return Source(source.to_arrow())
    if isinstance(source, list):
        return Source(pa.Table.from_pylist(source))
    return Source(pa.Table.from_pandas(source, preserve_index=False))
