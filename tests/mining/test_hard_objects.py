"""OCEL 2.0 that could do harm or does not look like it: each has a clear answer."""

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest

import polku_mining as pm
from polku_mining.reading import read_events

OBJECTS = [{"id": "o", "type": "T"}]
EVENT = {"id": "e", "type": "Ask", "time": "2026-03-01T10:00:00Z",
         "relationships": [{"objectId": "o"}]}  # fmt: skip


def put_objects(folder: Path, objects: object, *events: object) -> Path:
    path = folder / "log.json"
    path.write_text(json.dumps({"objects": objects, "events": events}), "utf-8")
    return path


@pytest.mark.parametrize("odd", [5, True, "x", {"a": 1}, [5], [{"objectId": None}], None])
def test_objects_of_odd_shapes_are_told(tmp_path: Path, odd: object) -> None:
    untied = EVENT | {"relationships": odd}
    log = pm.read_log(put_objects(tmp_path, OBJECTS, EVENT, untied, EVENT | {"attributes": odd}))
    assert (log.n_events, log.problems.counts["no_case"]) == (2, 1)


def test_values_of_any_kind_and_halves_of_letters_are_kept_as_texts(tmp_path: Path) -> None:
    values = [10**30, "\ud800", {"deep": ["\udfff"]}, None]
    events = [
        EVENT | {"type": f"\ud800{n}", "attributes": [{"name": "\ud801", "value": value}]}
        for n, value in enumerate(values)
    ]
    table, problems = read_events(put_objects(tmp_path, OBJECTS, *events))
    assert table["\\ud801"].to_pylist() == [str(10**30), "\\ud800", '{"deep": ["\\udfff"]}', None]
    assert table["activity"].to_pylist()[0] == "\\ud8000"
    assert problems.left_out == 0
    path = tmp_path / "long.json"
    path.write_text('{"objects": [{"id": ' + "1" * 5_000 + "}]}", "utf-8")
    with pytest.raises(pm.BadLog, match="no whole JSON"):
        pm.read_log(path)


TABLES = """
create table object(ocel_id, ocel_type);
create table event(ocel_id, ocel_type);
create table event_object(ocel_event_id, ocel_object_id);
create table event_map_type(ocel_type, ocel_type_map);
insert into object values('o', 'T');
insert into event values('e', 'Ask');
insert into event_object values('e', 'o');
insert into event_map_type values('Ask', 'a');
"""
NO_KEY = "create table event_a(x, ocel_time); insert into event_a values('e', 'now');"
ENDLESS = """
create view event_a as with recursive n(i) as (select 1 union all select i + 1 from n)
select i as ocel_id, i as ocel_time from n;
"""


@pytest.mark.parametrize(("more", "words"), [(NO_KEY, "no OCEL"), (ENDLESS, "event_a is a view")])
def test_databases_of_another_kind_are_refused(tmp_path: Path, more: str, words: str) -> None:
    path = tmp_path / "log.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript(TABLES + more)
    with pytest.raises(pm.BadLog, match=words):
        pm.read_log(path)


def test_a_database_may_hold_bytes(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    time = "2026-03-01T10:00:00Z"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript(
            f"{TABLES}create table event_a(ocel_id, ocel_time, picture);"
            f"insert into event_a values('e', '{time}', x'41ff');"
        )
    assert read_events(path)[0]["picture"].to_pylist() == ["A\\xff"]


def test_a_database_whose_own_names_are_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript(f"{TABLES}create view torn as select 1;")
    path.write_bytes(path.read_bytes().replace(b"torn", b"t\xffrn"))
    with pytest.raises(pm.BadLog, match="no OCEL"):
        pm.read_log(path)
