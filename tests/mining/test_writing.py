"""What is written is read again as it was: every format, odd texts, ties, early and late times."""

import gzip
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import polku_mining as pm
from polku_mining.reading import read_events
from polku_mining.times import iso, microseconds
from polku_mining.writers import results, write_log
from polku_mining.writers.xes import FORBIDDEN
from tests.mining.conftest import DATA, log_of, of_rows

ENDINGS = (".csv", ".csv.gz", ".xes", ".xes.gz", ".parquet", ".json", ".jsonocel")
EARLY, LATE = (
    microseconds(datetime(year, 1, 1, tzinfo=UTC)) for year in (1700, 2250)
)  # fmt: skip


def sayable(text: str) -> bool:
    return bool(text.strip()) and not FORBIDDEN.search(text) and "\ufffd" not in text


TEXT = st.text(max_size=8).filter(sayable)
ROWS = st.lists(st.tuples(TEXT, TEXT, st.integers(EARLY, LATE)), max_size=20)


def told(log: pm.Log) -> dict[str, list[tuple[str, int]]]:
    """Each case as its events in their order."""
    events = log.events
    cases = [str(key) for key in events.cases.to_pylist()]
    bounds = zip(events.offsets[:-1], events.offsets[1:], strict=True)
    return {
        case: [(events.names[events.activity[i]], int(events.time[i])) for i in range(a, b)]
        for case, (a, b) in zip(cases, bounds, strict=True)
    }


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(ROWS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_round_trip(tmp_path: Path, ending: str, rows: list[tuple[str, str, int]]) -> None:
    log = of_rows(rows)
    path = tmp_path / f"log{ending}"
    assert write_log(log, path) == log.n_events
    if ending.startswith(".json") and not rows:
        with pytest.raises(pm.BadLog, match="holds no objects"):
            pm.read_log(path)
        return
    again = pm.read_log(path)
    assert told(again) == told(log)
    assert again.problems.left_out == 0


ATTRIBUTES = pa.table({
    "case": ["1", "2", "1"], "activity": ["Ask", "Ask", "Answer"],
    "time": pa.array([0, 1_500_000, 86_400_000_000], pa.timestamp("us", "UTC")),
    "cost": [1.5, None, 2.0], "tries": [1, 2, None], "urgent": [True, None, False],
    "who": ["<Aino & co>", None, 'say "hei"'],
    "due": pa.array([None, 5_000_001, 7], pa.timestamp("us", "UTC")),
    "case:region": ["north", "south", "north"],
})  # fmt: skip


@pytest.mark.parametrize("ending", [".xes", ".parquet", ".json", ".csv"])
def test_attributes_come_along(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"log{ending}"
    write_log(ATTRIBUTES, path)
    table, problems = read_events(path)
    rows = {(r["case"], r["activity"]): r for r in table.to_pylist()}
    assert problems.left_out == 0
    for row in ATTRIBUTES.to_pylist():
        found = rows[row["case"], row["activity"]]
        assert found["time"] == row["time"]
        for name in ("cost", "tries", "urgent", "who", "due", "case:region"):
            assert same(found.get(name), row[name]), (name, found.get(name), row[name])


def same(found: Any, wanted: Any) -> bool:
    """Equal, or the same thing as text where a format has no types."""
    if wanted is None:
        return found in (None, "")
    if isinstance(found, str) and isinstance(wanted, datetime):
        return datetime.fromisoformat(found) == wanted
    if isinstance(found, str) and not isinstance(wanted, str):
        return json.loads(found) == wanted
    return bool(found == wanted)


def test_case_attributes_stand_at_the_trace(tmp_path: Path) -> None:
    write_log(ATTRIBUTES, tmp_path / "log.xes")
    text = (tmp_path / "log.xes").read_text("utf-8")
    assert text.count('key="region"') == 2
    assert 'key="case:region"' not in text
    mixed = ATTRIBUTES.set_column(8, "case:region", pa.array(["north", "south", "west"]))
    write_log(mixed, tmp_path / "mixed.xes")
    assert (tmp_path / "mixed.xes").read_text("utf-8").count('key="case:region"') == 3


def test_a_real_log_goes_through_every_format(tmp_path: Path, expected: Any) -> None:
    log = pm.read_log(DATA / "helpdesk.xes.gz")
    table, _problems = read_events(DATA / "helpdesk.xes.gz")
    for ending in (".parquet", ".csv.gz", ".xes.gz", ".json"):
        write_log(table, tmp_path / f"log{ending}")
        again = pm.read_log(tmp_path / f"log{ending}")
        assert again.variants()["cases"] == log.variants()["cases"]
        assert again.durations()["seconds"] == log.durations()["seconds"]


@pytest.mark.parametrize("ending", [".xes", ".csv", ".parquet", ".json"])
def test_phases_stay_apart(tmp_path: Path, ending: str) -> None:
    rows = [("1", "Repair", "start", 0), ("1", "Repair", "complete", 0), ("1", "Pay", None, 5)]
    case, activity, phase, time = zip(*rows, strict=True)
    table = pa.table({
        "case": case, "activity": activity, "lifecycle:transition": phase,
        "time": pa.array(time, pa.timestamp("us", "UTC")),
    })  # fmt: skip
    write_log(table, tmp_path / f"one{ending}")
    again, problems = read_events(tmp_path / f"one{ending}")
    assert again.column("activity").to_pylist() == list(activity)
    assert (problems.remarks, dict(problems.counts)) == ([], {})
    write_log(again, tmp_path / f"two{ending}")
    log = pm.read_log(tmp_path / f"two{ending}")
    assert log.activities == ["Repair+start", "Repair+complete", "Pay"]


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text("what stood here before", "utf-8")
    with pytest.raises(pm.BadLog, match=r"U\+0001"):
        write_log(of_rows([("c", "a\x01", 0)]), path)
    assert path.read_text("utf-8") == "what stood here before"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(pm.BadLog, match="none of CSV"):
        write_log(log_of("ab"), tmp_path / "log.docx")


def test_packed_files_do_not_tell_when_they_were_made(tmp_path: Path) -> None:
    for name in ("one.csv.gz", "two.csv.gz"):
        write_log(log_of("ab"), tmp_path / name)
    one, two = (gzip.decompress((tmp_path / n).read_bytes()) for n in ("one.csv.gz", "two.csv.gz"))
    assert one == two


def test_results_are_plain_json() -> None:
    log = log_of("ab", "b")
    log.problems.add(3, "no_time")
    told = json.loads(json.dumps(results(log, {"rework": log.rework(), "starts": log.starts()})))
    assert told["cases"] == 2
    assert told["rework"] == {"cases_with_rework": 0}
    assert told["starts_rows"] == [{"activity": "a", "cases": 1}, {"activity": "b", "cases": 1}]
    assert told["examples"] == ["line 3: no time"]


def test_times_are_written_as_short_as_they_are_exact() -> None:
    assert iso(0) == "1970-01-01T00:00:00Z"
    assert iso(1) == "1970-01-01T00:00:00.000001Z"
    assert iso(-1_000_000, "") == "1969-12-31T23:59:59"


OCEL = {
    "objectTypes": [{"name": "order", "attributes": []}, {"name": "item", "attributes": []}],
    "eventTypes": [{"name": "Pay", "attributes": []}],
    "objects": [{"id": "o1", "type": "order"}, {"id": "i1", "type": "item"},
                {"id": "i2", "type": "item"}],
    "events": [
        {"id": "e1", "type": "Order", "time": "2026-03-01T10:00:00Z",
         "attributes": [{"name": "price", "value": 5}],
         "relationships": [{"objectId": "o1", "qualifier": ""},
                           {"objectId": "i1", "qualifier": ""},
                           {"objectId": "i2", "qualifier": ""}]},
        {"id": "e2", "type": "Send", "time": "2026-03-02T10:00:00Z",
         "relationships": [{"objectId": "i2", "qualifier": ""}]},
    ],
}  # fmt: skip


def database(path: Path) -> None:
    """The same as OCEL, as a database."""
    with sqlite3.connect(path) as db:
        db.executescript("""
            CREATE TABLE event (ocel_id TEXT, ocel_type TEXT);
            CREATE TABLE object (ocel_id TEXT, ocel_type TEXT);
            CREATE TABLE event_object
                (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
            CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);
            CREATE TABLE event_Order (ocel_id TEXT, ocel_time TEXT, price REAL);
            CREATE TABLE "event_S""end" (ocel_id TEXT, ocel_time TEXT);
            INSERT INTO event VALUES ('e1', 'Order'), ('e2', 'Send');
            INSERT INTO object VALUES ('o1', 'order'), ('i1', 'item'), ('i2', 'item');
            INSERT INTO event_object VALUES ('e1', 'o1', ''), ('e1', 'i1', ''), ('e1', 'i2', ''),
                                            ('e2', 'i2', '');
            INSERT INTO event_map_type VALUES ('Order', 'Order'), ('Send', 'S"end');
            INSERT INTO event_Order VALUES ('e1', '2026-03-01 10:00:00+00:00', 5);
            INSERT INTO "event_S""end" VALUES ('e2', '2026-03-02 10:00:00+00:00');
        """)
    db.close()


@pytest.fixture(params=["log.json", "log.sqlite"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / request.param
    if path.suffix == ".json":
        path.write_text(json.dumps(OCEL), "utf-8")
    else:
        database(path)
    return path


def test_one_type_of_object_makes_the_cases(objects: Path) -> None:
    items = pm.read_log(objects, object_type="item")
    assert [len(e) for e in told(items).values()] == [1, 2]
    assert items.variants()["path"] == [["Order"], ["Order", "Send"]]
    orders = pm.read_log(objects, object_type="order")
    assert (orders.n_events, orders.problems.counts["no_case"]) == (1, 1)
    table, _problems = read_events(objects, object_type="item")
    assert table.column("price").to_pylist() == [5, 5, None]


def test_which_type_is_asked(objects: Path) -> None:
    for wanted in (None, "parcel"):
        with pytest.raises(pm.BadLog, match=r"item \(2\), order \(1\)"):
            pm.read_log(objects, object_type=wanted)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"ocel:events": {}, "ocel:objects": {}}', "no OCEL 2.0"),
        ("[1, 2]", "no OCEL 2.0"),
        ("{", "no whole JSON"),
        ("[" * 200_000, "no whole JSON"),
        ('{"events": [], "objects": []}', "holds no objects"),
    ],
)
def test_what_is_no_ocel_is_said(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "log.json"
    path.write_text(content, "utf-8")
    with pytest.raises(pm.BadLog, match=said):
        pm.read_log(path)


def test_a_strange_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE pets (name TEXT)")
    db.close()
    with pytest.raises(pm.BadLog, match=r"no OCEL 2\.0: no such table"):
        pm.read_log(path)
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(pm.BadLog, match=r"no OCEL 2\.0"):
        pm.read_log(path)
