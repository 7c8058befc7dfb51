"""OCEL 2.0, JSON and SQLite: events that touch many objects; one type of object makes the cases."""

import contextlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from polku_mining.problems import BadLog, Problems
from polku_mining.reading.columns import Columns, Source
from polku_mining.reading.packed import Progress, opened
from polku_mining.sentences import Sentence

FIELDS = Columns("case", "activity", "time", by_format=True)
SQLITE = b"SQLite format 3\x00"
OLD = "ocel:events"
NO_CASE: tuple[None] = (None,)

type Event = tuple[str, str, Any, list[str], dict[str, Any]]  # key, type, time, objects, attributes


def read_objects(
    path: Path, object_type: str | None, *, progress: Progress | None = None
) -> Source:
    """A row for each event and each object of *object_type* that it touches. Raises BadLog.

    Without *object_type* the file must know one type only. An event that touches no such object
    has a row without a case, so that it is told.
    """
    with path.open("rb") as probe:
        is_database = probe.read(len(SQLITE)) == SQLITE
    types, events = _from_database(path) if is_database else _from_json(path, progress)
    chosen = _type(types, object_type, path.name)
    return _source(events, {key for key, kind in types.items() if kind == chosen}, path.name)


def _type(types: Mapping[str, str], wanted: str | None, name: str) -> str:
    counts = Counter(types.values())
    if wanted in counts:
        return str(wanted)
    if wanted is None and len(counts) == 1:
        return next(iter(counts))
    told = ", ".join(f"{kind} ({n})" for kind, n in counts.most_common())
    if not counts:
        raise BadLog(Sentence("{name} holds no objects, so nothing makes cases.", name=name))
    raise BadLog(Sentence(
        "Say which type of object makes the cases of {name}. It holds: {types}.", name=name,
        types=told,
    ))  # fmt: skip


def _source(events: Iterable[Event], cases: set[str], name: str) -> Source:
    rows: list[dict[str, Any]] = []
    n = 0
    for key, activity, time, objects, attributes in events:
        n += 1
        own = list(dict.fromkeys(thing for thing in objects if thing in cases))
        plain = {f"event {k}" if k in {"case", "activity", "time", "event"} else _text(k): v
                 for k, v in attributes.items()}  # fmt: skip
        same = {"activity": activity, "time": time, "event": key, **plain}
        rows += [{"case": case, **same} for case in own or NO_CASE]
    problems = Problems()
    if not n:
        problems.remarks.append(Sentence("{name} holds no events.", name=name))
    names = list(
        dict.fromkeys(["case", "activity", "time", "event", *(k for r in rows for k in r)])
    )
    table = pa.table({column: _column([row.get(column) for row in rows]) for column in names})
    return Source(table, problems=problems)


def _column(values: list[Any]) -> pa.Array:
    """Values in their own type, or as texts where types are mixed."""
    try:
        found = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, UnicodeEncodeError):
        return _texts(values)
    if pa.types.is_nested(found.type) or pa.types.is_binary(found.type):
        return _texts(values)
    return found.cast(pa.large_string()) if pa.types.is_null(found.type) else found


def _texts(values: list[Any]) -> pa.Array:
    return pa.array([None if v is None else _text(v) for v in values], pa.large_string())


def _text(value: Any) -> str:
    """A value as a text that can be written: halves of letters and stray bytes as numbers."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    told = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
    return told.encode("utf-8", "backslashreplace").decode()


def _from_json(path: Path, progress: Progress | None) -> tuple[dict[str, str], Iterable[Event]]:
    try:
        with opened(path, progress) as file:
            data = json.load(file)
    except BadLog:
        raise
    except (ValueError, RecursionError) as error:
        raise BadLog(
            Sentence("{name} is no whole JSON: {error}", name=path.name, error=error)
        ) from error
    if not isinstance(data, dict) or OLD in data or not _lists(data):
        raise BadLog(Sentence(
            "{name} is JSON, but no OCEL 2.0: it needs lists of events and of objects. Older "
            "versions of OCEL can be turned into 2.0 by the tool that wrote them.",
            name=path.name,
        ))  # fmt: skip
    types = {str(o.get("id")): str(o.get("type")) for o in data["objects"] if isinstance(o, dict)}
    return types, [_event(e) for e in data["events"] if isinstance(e, dict)]


def _lists(data: dict[str, Any]) -> bool:
    return all(isinstance(data.get(key), list) for key in ("events", "objects"))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _event(data: dict[str, Any]) -> Event:
    ties, attributes = (_list(data.get(name)) for name in ("relationships", "attributes"))
    return (
        str(data.get("id")), str(data.get("type") or ""), data.get("time"),
        [str(tie.get("objectId")) for tie in ties if isinstance(tie, dict)],
        {str(a.get("name")): a.get("value") for a in attributes if isinstance(a, dict)},
    )  # fmt: skip


def _from_database(path: Path) -> tuple[dict[str, str], Iterable[Event]]:
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        ) as db:
            db.execute("PRAGMA trusted_schema = OFF")
            db.row_factory = sqlite3.Row
            _refuse_views(db)
            types = {
                str(row[0]): str(row[1])
                for row in db.execute("SELECT ocel_id, ocel_type FROM object")
            }
            return types, list(_events(db))
    except (sqlite3.Error, IndexError, UnicodeDecodeError) as error:  # IndexError: no such column
        raise BadLog(Sentence(
            "{name} is a database, but no OCEL 2.0: {error}", name=path.name, error=error
        )) from error  # fmt: skip


def _refuse_views(db: sqlite3.Connection) -> None:
    """OCEL has tables alone; a view may count to infinity."""
    view = db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchone()
    if view is not None:
        raise sqlite3.DatabaseError(f"{view[0]} is a view")


def _events(db: sqlite3.Connection) -> Iterator[Event]:
    """In the order of the table ``event``; times and attributes stand in one table a type."""
    touched: dict[str, list[str]] = {}
    for event, thing in db.execute("SELECT ocel_event_id, ocel_object_id FROM event_object"):
        touched.setdefault(str(event), []).append(str(thing))
    details: dict[str, dict[str, Any]] = {}
    for (table,) in db.execute("SELECT ocel_type_map FROM event_map_type").fetchall():
        quoted = '"event_' + str(table).replace('"', '""') + '"'
        # Quoted as SQL has it
        for row in db.execute(f"SELECT * FROM {quoted}"):  # noqa: S608  # nosec B608
            details[str(row["ocel_id"])] = dict(row)
    for key, kind in db.execute("SELECT ocel_id, ocel_type FROM event ORDER BY rowid"):
        known = details.get(str(key), {})
        more = {k: v for k, v in known.items() if k not in {"ocel_id", "ocel_time"}}
        yield str(key), str(kind), known.get("ocel_time"), touched.get(str(key), []), more
