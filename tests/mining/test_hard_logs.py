"""Logs that could do harm or do not look like logs: each has a clear answer."""

import csv
import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import polku_mining as pm
from polku_mining.reading import read_events
from polku_mining.report import Reader, page
from tests.mining.conftest import of_rows

HEAD = "case,activity,time\n"
ROW = "1,Ask,2026-03-01T10:00:00Z\n"


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_letters_of_two_encodings_are_told_and_kept(tmp_path: Path) -> None:
    many = ROW * 4_000  # so that the other encoding stands behind what is looked at
    content = (HEAD + many).encode() + "1,Käynti,2026-03-01T11:00:00Z\n".encode("latin-1")
    log = pm.read_log(put(tmp_path, "log.csv", content))
    found = [p for p in log.problems.examples if p.reason == "unreadable_letters"]
    assert [(p.line, p.value) for p in found] == [(4_002, "1,K\ufffdynti,2026-03-01T11:00:00Z")]
    assert log.n_events == 4_001
    assert log.problems.left_out == 0


def test_a_comma_in_quotes_a_line_in_a_cell_and_a_lone_quote(tmp_path: Path) -> None:
    rows = '1,"Ask, again",2026-03-01T10:00:00Z\n1,"two\nlines",2026-03-01T10:01:00Z\n'
    log = pm.read_log(put(tmp_path, "log.csv", HEAD + rows + '1,"open,2026-03-01T10:02:00Z\n'))
    assert log.activities == ["Ask, again", "two\nlines"]
    assert [p.reason for p in log.problems.examples] == ["broken_row"]


def test_a_cell_of_megabytes_is_a_broken_row_or_a_heading_that_is_none(tmp_path: Path) -> None:
    wide = "x" * (2**20 + 1)
    log = pm.read_log(put(tmp_path, "log.csv", f"{HEAD}1,{wide},2026-03-01\n{ROW}"))
    assert [p.reason for p in log.problems.examples] == ["broken_row"]
    assert log.n_events == 1
    with pytest.raises(pm.BadLog, match="no heading"):
        pm.read_log(put(tmp_path, "wide.csv", f"{wide},b\n{ROW}"))


def test_a_heading_alone_and_rows_alone(tmp_path: Path) -> None:
    assert pm.read_log(put(tmp_path, "log.csv", HEAD)).n_events == 0
    with pytest.raises(pm.BadLog, match="No column looks like the case"):
        pm.read_log(put(tmp_path, "rows.csv", ROW))


@pytest.mark.parametrize("name", ["log.csv.gz", "log.xes.gz", "log.json.gz"])
def test_packed_files_that_break_off_or_are_damaged(tmp_path: Path, name: str) -> None:
    random = np.random.default_rng(7)
    noise = random.integers(0, 256, 50_000, np.uint8).tobytes()
    packed = gzip.compress(HEAD.encode() + noise)
    with pytest.raises(pm.BadLog, match=r"breaks off or is damaged|no whole"):
        pm.read_log(put(tmp_path, name, packed[: len(packed) // 2]))
    torn = bytearray(packed)
    torn[200:240] = b"\xff" * 40
    with pytest.raises(pm.BadLog):
        pm.read_log(put(tmp_path, name, bytes(torn)))
    whole = gzip.compress(b"<log>" + noise)
    for at in range(10, 60):  # the tables by which it is unpacked
        torn = bytearray(whole)
        torn[at] ^= 0xFF
        with pytest.raises(pm.BadLog):
            pm.read_log(put(tmp_path, name, bytes(torn)))


@pytest.mark.parametrize("name", ["log.csv.gz", "log.xes.gz", "log.json.gz"])
def test_bombs_of_every_format(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    begin = {"csv": HEAD.encode(), "xes": b"<log>", "json": b'{"events": ['}[name.split(".")[1]]
    with gzip.open(path, "wb", compresslevel=9) as file:
        file.write(begin)
        for _megabyte in range(90):
            file.write(b"x" * (2**20 - 1) + b"\n")
    assert path.stat().st_size < 200_000
    with pytest.raises(pm.BadLog, match="unpacks to more than"):
        pm.read_log(path)


def test_a_parquet_file_of_billions_of_equal_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("polku_mining.reading.parquet.FREE_ROWS", 1_000)
    n = 200_000
    table = pa.table({
        "case": pa.array(np.zeros(n, np.int8)), "activity": pa.DictionaryArray.from_arrays(
            pa.array(np.zeros(n, np.int8)), ["Ask"]),
        "time": pa.array(np.zeros(n, np.int64), pa.timestamp("us", "UTC")),
    })  # fmt: skip
    path = tmp_path / "log.parquet"
    pq.write_table(table, path, compression="zstd")
    with pytest.raises(pm.BadLog, match="so repetitive"):
        pm.read_log(path)


@pytest.mark.parametrize(
    "hostile",
    [
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><log>&b;</log>',
        '<!DOCTYPE log [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><log/>',
        '<!DOCTYPE log SYSTEM "log.dtd"><log/>',
    ],
)
def test_document_types_are_refused_packed_too(tmp_path: Path, hostile: str) -> None:
    for name, content in (
        ("log.xes", hostile.encode()),
        ("p.xes.gz", gzip.compress(hostile.encode())),
    ):
        with pytest.raises(pm.BadLog, match="document type"):
            pm.read_log(put(tmp_path, name, content))


@pytest.mark.parametrize(
    "content",
    [
        "<log>&undefined;</log>",
        '<?xml version="1.0" encoding="no-such"?><log/>',
        '<?xml version="1.0" encoding="euc-jp"?><log/>',
        b"<log>\xff\xfe\xfa</log>",
        "",
        "not xml at all",
    ],
)
def test_what_is_no_xml_is_said_with_its_line(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(pm.BadLog, match=r"no whole XML, line \d"):
        pm.read_log(put(tmp_path, "log.xes", content))


def test_xml_nested_deeply_is_read_without_harm(tmp_path: Path) -> None:
    deep = "<a>" * 50_000 + "</a>" * 50_000
    log = pm.read_log(put(tmp_path, "log.xes", f"<log>{deep}<trace></trace></log>"))
    assert log.n_events == 0


def test_a_trace_without_a_name_and_an_event_without_a_trace(tmp_path: Path) -> None:
    event = (
        '<event><string key="concept:name" value="Ask"/>'
        '<date key="time:timestamp" value="2026-03-01T10:00:00Z"/></event>'
    )
    log = pm.read_log(put(tmp_path, "log.xes", f"<log>{event}<trace>{event}</trace></log>"))
    assert log.n_events == 0
    assert log.problems.counts == {"no_case": 2}


def test_events_between_traces_and_a_name_behind_its_events(tmp_path: Path) -> None:
    def event(minute: int) -> str:
        return (
            '<event><string key="concept:name" value="Ask"/>'
            f'<date key="time:timestamp" value="2026-03-01T10:{minute:02}:00Z"/></event>'
        )

    named = '<string key="concept:name" value="1"/><string key="region" value="north"/>'
    text = f"{event(0)}<trace>{event(1)}{named}</trace>{event(2)}{event(3)}<trace/>{event(4)}"
    path = put(tmp_path, "log.xes", f"<log>{text}</log>")
    table, problems = read_events(path)
    assert problems.counts == {"no_case": 4}
    assert (table["case"].to_pylist(), table["case:region"].to_pylist()) == (["1"], ["north"])
    assert [when.minute for when in table["time"].to_pylist()] == [1]


def test_one_odd_time_among_thousands_changes_no_other(tmp_path: Path) -> None:
    times = [f"2026-03-01T{n // 60:02}:{n % 60:02}:00.5+02:00" for n in range(1_400)]
    odd = {1_100: "yesterday", 1_200: "2026-03-01 20:00:00", 1_300: "", 5: "0000-01-01T00:00:00Z"}
    rows = [odd.get(n, time) for n, time in enumerate(times)]
    events = "".join(
        '<event><string key="concept:name" value="Ask"/>'
        f'<date key="time:timestamp" value="{time}"/></event>\n'
        for time in rows
    )
    name = '<string key="concept:name" value="1"/>'
    xes = put(tmp_path, "log.xes", f"<log>\n<trace>{name}{events}</trace></log>")
    text = HEAD + "".join(f"1,Ask,{time}\n" for time in rows)
    from_xes, from_csv = pm.read_log(xes), pm.read_log(put(tmp_path, "log.csv", text))
    assert from_xes.events.time.tolist() == from_csv.events.time.tolist()
    assert from_xes.n_events == 1_397
    told = [(p.line, p.reason) for p in from_xes.problems.examples]
    assert told == [(p.line, p.reason) for p in from_csv.problems.examples]
    wrong = [(7, "unreadable_time"), (1_102, "unreadable_time"), (1_302, "no_time")]
    assert [row for row in told if row[1] != "duplicate"] == wrong


def test_a_log_of_one_event(tmp_path: Path) -> None:
    log = pm.read_log(put(tmp_path, "log.csv", HEAD + ROW))
    assert (log.n_events, log.n_cases, len(log.directly_follows())) == (1, 1, 0)
    assert log.durations((0.5,))["seconds"] == [0.0]
    assert log.funnel(["Ask", "Answer"])["reached"] == [1, 0]
    assert log.conformance({"seq": ["Ask", "Answer"]})["cost"] == [1]
    assert "Ask" in page(log, name="log.csv")


def test_a_case_of_ten_thousand_events() -> None:
    rows = [("long", "ab"[n % 2], n) for n in range(10_000)] + [("short", "a", 5)]
    log = of_rows(rows)
    assert sorted(len(path) for path in log.variants()["path"]) == [1, 10_000]
    assert log.directly_follows()["n"] == [5_000, 4_999]
    told = log.conformance({"loop": {"seq": ["a", "b"]}}).to_pylist()
    assert sorted(row["cost"] for row in told) == [0, 1]
    text = page(log, name="long", design={"seq": ["a", "b"]})
    assert "10,000" in text
    assert len(text) < 2_000_000


def test_sixty_thousand_activities(tmp_path: Path) -> None:
    n = 60_000
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["case", "activity", "time"])
    writer.writerows((i // 3, f"step {i}", f"2026-03-01T10:00:{i % 3:02d}Z") for i in range(n))
    log = pm.read_log(put(tmp_path, "log.csv", buffer.getvalue()))
    assert (log.n_activities, log.n_cases, len(log.variants())) == (n, n // 3, n // 3)
    assert len(log.directly_follows()) == n * 2 // 3
    assert len(page(log, name="wide", funnel_steps=["step 0", "step 1"])) < 300_000


def test_times_at_the_ends_of_the_calendar(tmp_path: Path) -> None:
    rows = "1,Born,0001-01-01T00:00:00Z\n1,Gone,9999-12-31T23:59:59.999999Z\n"
    log = pm.read_log(put(tmp_path, "log.csv", HEAD + rows))
    assert log.period.start == datetime(1, 1, 1, tzinfo=UTC)
    assert log.period.end == datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert page(log, name="log.csv", reader=Reader(zone="Europe/Helsinki"))


def test_parquet_whose_letters_are_none_is_refused(tmp_path: Path) -> None:
    stray = pa.array([b"\xff\xfe"], pa.binary()).view(pa.string())
    table = {"case": ["1"], "activity": ["Ask"], "time": ["2026-03-01T10:00:00Z"]}
    for name in (*table, "other"):
        path = tmp_path / "log.parquet"
        pq.write_table(pa.table(table | {name: stray}), path)
        with pytest.raises(pm.BadLog, match="no whole Parquet file"):
            pm.read_log(path)
    pq.write_table(pa.table(table | {"other": ["x"]}), path, store_schema=False)
    path.write_bytes(path.read_bytes().replace(b"other", b"oth\xf8r"))
    with pytest.raises(pm.BadLog, match="no whole Parquet file"):
        pm.read_log(path)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_stamps_beyond_the_calendar_are_told(unit: str) -> None:
    far = [1, 2**62, -(2**62), None] if unit != "ns" else [1, 2, 3, None]
    table = pa.table({
        "case": ["1"] * 4, "activity": ["Ask"] * 4,
        "time": pa.array(far, pa.int64()).cast(pa.timestamp(unit, "UTC")),
    })  # fmt: skip
    log = pm.read_log(table)
    wrong = {"unreadable_time": 2} if unit != "ns" else {"duplicate": 2}
    assert log.problems.counts == {"no_time": 1, **wrong}
    assert log.durations((1.0,))["seconds"] == [0.0]


def test_the_last_day_of_the_calendar_has_no_day_behind_it(tmp_path: Path) -> None:
    log = pm.read_log(put(tmp_path, "log.csv", HEAD + "1,Gone,9999-12-31T23:59:59Z\n"))
    for unit in ("day", "week", "month", "quarter", "year"):
        assert log.over_time(unit)["cases"] == [1]
    rows = "1,Gone,9999-12-31T23:59:59-14:00\n1,Gone,9999-12-31 23:59:59\n"
    late = pm.read_log(put(tmp_path, "late.csv", HEAD + rows), zone="America/New_York")
    assert late.problems.counts == {"unreadable_time": 1, "impossible_time": 1}


def test_columns_that_are_no_texts_are_refused() -> None:
    time = ["2026-03-01T10:00:00Z"] * 2
    with pytest.raises(pm.BadLog, match="column 'case' cannot be read as text: list"):
        pm.read_log(pa.table({"case": [[1], [2]], "activity": ["a", "b"], "time": time}))
    with pytest.raises(pm.BadLog, match="column 'activity' cannot be read as text: binary"):
        pm.read_log(pa.table({"case": ["1", "2"], "activity": [b"\xff", b"a"], "time": time}))
    with pytest.raises(pm.BadLog, match="no time zone 'No/Where'"):
        pm.read_log(pa.table({"case": ["1"], "activity": ["a"], "time": ["2026-03-01 10:00"]}),
                    zone="No/Where")  # fmt: skip


def test_a_dictionary_that_names_a_value_twice_is_one_value() -> None:
    twice = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, None]), ["x", "x", "y"])
    time = pa.array([1, 2, 3, 4], pa.timestamp("us", "UTC"))
    log = pm.read_log(pa.table({"case": ["1"] * 4, "activity": twice, "time": time}))
    assert log.activities == ["x", "y"]
    assert log.problems.counts == {"no_activity": 1}
    assert pm.read_log(pa.table({"case": twice, "activity": ["a"] * 4, "time": time})).n_cases == 2


def test_one_column_may_be_two_of_the_three() -> None:
    rows = [{"activity": "Ask", "time": "2026-03-01T10:00:00Z"}]
    log = pm.read_log(rows, case="time", activity="activity", time="time")
    assert log.variants()["path"] == [["Ask"]]


def test_an_hour_that_comes_twice_is_the_earlier(tmp_path: Path) -> None:
    log = pm.read_log(
        put(tmp_path, "log.csv", HEAD + "1,Ask,2026-10-25 03:30:00\n"), zone="Europe/Helsinki"
    )
    assert log.period.start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_attributes_of_people_are_named_in_xes_too(tmp_path: Path) -> None:
    event = (
        '<event><string key="concept:name" value="Ask"/><string key="org:resource" value="x"/>'
        '<string key="contact" value="aino@museum.example"/><string key="colour" value="red"/>'
        '<date key="time:timestamp" value="2026-03-01T10:00:00Z"/></event>'
    )
    trace = f'<trace><string key="concept:name" value="1"/>{event}</trace>'
    log = pm.read_log(put(tmp_path, "log.xes", f"<log>{trace}</log>"))
    assert log.problems.personal == ["org:resource", "contact"]


def test_cases_that_are_addresses_are_told(tmp_path: Path) -> None:
    rows = "aino@museum.example,Ask,2026-03-01T10:00:00Z\n"
    log = pm.read_log(put(tmp_path, "log.csv", HEAD + rows))
    assert log.problems.personal == ["case"]
    assert pm.read_log(put(tmp_path, "log.csv", HEAD + ROW)).problems.personal == []


def test_reading_tells_how_far_it_is(tmp_path: Path) -> None:
    heard: list[float] = []
    pm.read_log(put(tmp_path, "log.csv", HEAD + ROW * 50_000), progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    packed: list[float] = []
    pm.read_log(
        put(tmp_path, "log.csv.gz", gzip.compress((HEAD + ROW).encode())), progress=packed.append
    )
    assert packed[-1] == 1.0
