"""Opening logs: Parquet, CSV, XES and XES.gz. Nothing is dropped without a word."""

from pathlib import Path
from typing import Any

from polku_mining.log import Log
from polku_mining.problems import BadLog
from polku_mining.reading.columns import Columns, log_of
from polku_mining.reading.delimited import read_csv
from polku_mining.reading.parquet import read_parquet
from polku_mining.reading.xes import read_xes
from polku_mining.sentences import Sentence

__all__ = ["read_log"]


def read_log(
    source: Any, *, case: str | None = None, activity: str | None = None, time: str | None = None,
    zone: str | None = None, salt: str | None = None,
) -> Log:  # fmt: skip
    """Open a log, by the ending of its name; or an Arrow table, or what makes one.

    *case*, *activity*, *time* name columns; those that are not named are guessed and the guess is
    told in ``log.problems.guessed``. *zone* is that of times that name none (IANA name). With
    *salt* case keys are replaced by salted hashes. Raises :class:`BadLog`.
    """
    wanted = Columns(case, activity, time)
    if not isinstance(source, str | Path):
        return log_of(_table(source), wanted, zone=zone, salt=salt)
    path = Path(source)
    if not path.is_file():
        raise BadLog(Sentence("There is no file {path}.", path=path))
    name = path.name.lower()
    if name.endswith((".xes", ".xes.gz")):
        return log_of(read_xes(path), wanted, zone=zone, salt=salt)
    if name.endswith((".csv", ".csv.gz", ".tsv", ".txt")):
        return log_of(read_csv(path), wanted, zone=zone, salt=salt)
    if name.endswith((".parquet", ".pq")):
        return log_of(read_parquet(path, wanted), wanted, zone=zone, salt=salt)
    raise BadLog(Sentence(
        "{name} is none of CSV, XES, XES.gz, Parquet. Save it as one of these, or say what it is "
        "by its ending.", name=path.name,
    ))  # fmt: skip


def _table(source: Any) -> Any:
    import pyarrow as pa

    from polku_mining.reading.columns import Source

    if isinstance(source, pa.Table):
        return Source(source)
    if hasattr(source, "to_arrow"):
        return Source(source.to_arrow())
    if isinstance(source, list):
        return Source(pa.Table.from_pylist(source))
    return Source(pa.Table.from_pandas(source, preserve_index=False))
