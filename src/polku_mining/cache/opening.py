"""Opening a log through its cache: fresh ones are mapped, parts that came later are added, and
anything else is built anew from the log, which stays the truth."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from polku_mining.cache import fingerprints, packing, sections
from polku_mining.log import Log
from polku_mining.problems import BadLog
from polku_mining.sentences import Sentence

ENDINGS = (".csv", ".csv.gz", ".tsv", ".txt", ".xes", ".xes.gz", ".parquet", ".pq")


def open_log(source: str | Path, *, cache: str | Path | None = None, **options: Any) -> Log:
    """The log of a file, or of a folder whose files arrived one after another (by name).

    Beside it lies a cache, ``.NAME.journeys`` unless *cache* names another place: opened in
    milliseconds, shared by all processes that read it. It is used only when every byte of it is
    right and it was built from just these files, read with these *options* (those of
    :func:`read_log`) by this code. Files that came later are read and added. A cache that cannot
    be written is said in ``log.problems.remarks`` and costs nothing else. Raises :class:`BadLog`.
    """
    source = Path(source)
    parts = parts_of(source)
    where = Path(cache) if cache is not None else cache_of(source)
    reading = fingerprints.of_reading(options)
    prints = [fingerprints.of_part(part) for part in parts]
    log, known = _known(where, reading, prints)
    if log is not None and known == len(parts):
        return log
    from polku_mining.merging import merged  # a fresh cache does without
    from polku_mining.reading import read_log

    for part in parts[known:]:
        more = read_log(part, **options)
        if source.is_dir():
            told = more.problems
            told.examples = [replace(one, part=part.name) for one in told.examples]
        log = more if log is None else merged(log, more)
    assert log is not None  # noqa: S101  parts_of answers one part at the least
    return _kept(log, where, reading, prints, parts)


def parts_of(source: Path) -> list[Path]:
    """The files of a log, in the order of their names. Raises BadLog."""
    if not source.is_dir():
        if not source.is_file():
            raise BadLog(Sentence("There is no file {path}.", path=source))
        return [source]
    found = sorted(
        path for path in source.iterdir()
        if path.name.lower().endswith(ENDINGS) and not path.name.startswith(".")
    )  # fmt: skip
    if not found:
        raise BadLog(Sentence("The folder {path} holds no log.", path=source))
    return found


def cache_of(source: Path) -> Path:
    """Where the cache of a log lies: beside it."""
    whole = source.absolute()
    return whole.parent / f".{whole.name}.journeys"


def _known(where: Path, reading: str, prints: list[dict[str, Any]]) -> tuple[Log | None, int]:
    """What a cache holds, and how many of the parts that is."""
    opened = sections.read(where)
    if opened is None or opened.facts.get("reading") != reading:
        return None, 0
    built = opened.facts["parts"]
    if built != prints[: len(built)]:
        return None, 0
    return packing.unpacked(opened), len(built)


def _kept(
    log: Log, where: Path, reading: str, prints: list[dict[str, Any]], parts: list[Path]
) -> Log:
    """The log, mapped from the cache that was just written where that was possible."""
    if [fingerprints.of_part(part) for part in parts] != prints:
        log.problems.remarks.append(Sentence(
            "The log was written to while it was read. Open it again to see all of it."
        ))  # fmt: skip
        return log
    facts, arrays = packing.packed(log)
    try:
        sections.write(where, facts | {"reading": reading, "parts": prints}, arrays)
    except OSError as error:
        log.problems.remarks.append(Sentence(
            "No cache could be kept at {path}: {reason}.", path=str(where),
            reason=error.strerror or type(error).__name__,
        ))  # fmt: skip
        return log
    opened = sections.read(where)
    return log if opened is None else packing.unpacked(opened)


def forget(source: str | Path) -> None:
    """Remove the cache beside a log, as one does before the log itself is removed."""
    with suppress(FileNotFoundError):
        cache_of(Path(source)).unlink()
