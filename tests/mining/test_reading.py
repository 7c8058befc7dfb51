"""Opening a log tells what is odd, keeps what is sound, and refuses what could do harm."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import polku_mining as pm
from polku_mining.sentences import told

XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/"><trace>
<string key="concept:name" value="one"/>
<event><string key="concept:name" value="Ask"><string key="concept:name" value="nested"/></string>
<date key="time:timestamp" value="2026-03-01T10:00:00+02:00"/></event>
<event><string key="concept:name" value="Answer"/></event>
</trace></log>
"""


def csv_file(folder: Path, text: str | bytes, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_bad_rows_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    log = pm.read_log(csv_file(tmp_path, (
        "case,activity,time\n"
        "1,Ask,2026-03-01T10:00:00Z\n"
        ",Ask,2026-03-01T10:01:00Z\n"
        "1,,2026-03-01T10:02:00Z\n"
        "1,Answer,\n"
        "1,Answer,yesterday\n"
        "1,Answer,2026-03-01T10:05:00Z,too,much\n"
        "1,Answer,2026-03-01T10:06:00Z\n"
        "1,Answer,2026-03-01T10:06:00Z\n"
    )))  # fmt: skip
    assert (log.n_events, log.n_cases) == (3, 1)
    told = [(problem.line, problem.reason) for problem in log.problems.examples]
    assert sorted(told) == [
        (3, "no_case"), (4, "no_activity"), (5, "no_time"), (6, "unreadable_time"),
        (7, "broken_row"), (9, "duplicate"),
    ]  # fmt: skip
    assert log.problems.rows == 8
    assert log.problems.left_out == 5
    assert log.problems.guessed == {"case": "case", "activity": "activity", "time": "time"}


def test_a_local_time_that_never_was_is_told(tmp_path: Path) -> None:
    text = "case,activity,time\n1,Ask,2026-03-29 03:30:00\n1,Answer,2026-03-29 04:30:00\n"
    log = pm.read_log(csv_file(tmp_path, text), zone="Europe/Helsinki")
    assert [p.reason for p in log.problems.examples] == ["impossible_time"]
    assert log.period.start == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_times_without_zone_are_utc_and_that_is_said(tmp_path: Path) -> None:
    log = pm.read_log(csv_file(tmp_path, "case,activity,time\n1,Ask,31.12.2026 23:59\n"))
    assert log.period.start == datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    assert any("UTC" in remark for remark in log.problems.remarks)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("sprawa;czynność;czas\n1;Zażalenie;2026-03-01T10:00Z\n", "utf-8"),
     ("sprawa;czynność;czas\n1;Zażalenie;2026-03-01T10:00Z\n", "utf-16"),
     ("case;activity;time\n1;Käynti;2026-03-01T10:00Z\n", "cp1252")],
)  # fmt: skip
def test_encodings_and_delimiters(tmp_path: Path, text: str, encoding: str) -> None:
    path = csv_file(tmp_path, text.encode(encoding))
    case = "sprawa" if "sprawa" in text else None
    log = pm.read_log(path, case=case)
    assert log.activities == [text.split("\n")[1].split(";")[1]]


def test_what_looks_personal_is_named_and_keys_can_be_veiled(tmp_path: Path) -> None:
    text = "case,activity,time,who\nAino,Ask,2026-03-01T10:00Z,aino@museum.example\n"
    path = csv_file(tmp_path, text)
    log = pm.read_log(path)
    assert log.problems.personal == ["who"]
    veiled, again = (pm.read_log(path, salt="salt") for _ in range(2))
    keys = veiled.events.cases.to_pylist()
    assert keys == again.events.cases.to_pylist()
    assert keys != pm.read_log(path, salt="other").events.cases.to_pylist()
    assert "Aino" not in keys


def test_xes_reads_its_own_level_only(tmp_path: Path) -> None:
    log = pm.read_log(csv_file(tmp_path, XES, "log.xes"))
    assert log.variants()["path"] == [["Ask"]]
    assert [(p.line, p.reason) for p in log.problems.examples] == [(6, "no_time")]


@pytest.mark.parametrize(
    "hostile",
    ['<!DOCTYPE log [<!ENTITY a "aaaa">]><log>&a;</log>',
     '<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>'],
)  # fmt: skip
def test_document_types_are_refused(tmp_path: Path, hostile: str) -> None:
    with pytest.raises(pm.BadLog, match="document type"):
        pm.read_log(csv_file(tmp_path, hostile, "log.xes"))


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.xes.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"<log>" + b" " * 90_000_000)
    with pytest.raises(pm.BadLog, match="unpacks to more"):
        pm.read_log(path)


def test_a_torn_file_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, gzip.compress(XES.encode())[:-20], "log.xes.gz")
    with pytest.raises(pm.BadLog, match="breaks off"):
        pm.read_log(path)
    with pytest.raises(pm.BadLog, match="no whole XML, line"):
        pm.read_log(csv_file(tmp_path, XES[:-20], "log.xes"))
    with pytest.raises(pm.BadLog, match="no whole Parquet"):
        pm.read_log(csv_file(tmp_path, b"PAR1nothing", "log.parquet"))


def test_what_it_cannot_do_is_said(tmp_path: Path) -> None:
    with pytest.raises(pm.BadLog, match="no file"):
        pm.read_log(tmp_path / "gone.csv")
    with pytest.raises(pm.BadLog, match="none of CSV"):
        pm.read_log(csv_file(tmp_path, "x", "log.docx"))
    with pytest.raises(pm.BadLog, match="empty"):
        pm.read_log(csv_file(tmp_path, " \n"))
    with pytest.raises(pm.BadLog, match="No column looks like the case"):
        pm.read_log(csv_file(tmp_path, "what,when\nAsk,2026-01-01\n"))
    with pytest.raises(pm.BadLog, match="no column 'key'"):
        pm.read_log(csv_file(tmp_path, "case,activity,time\n"), case="key")


def test_parquet_of_all_types(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    stamps = pa.array([datetime(2026, 1, 1, 12, tzinfo=UTC), None], pa.timestamp("ns", "UTC"))
    pq.write_table(pa.table({"case": [7, 8], "activity": ["Ask", "Ask"], "time": stamps}), path)
    log = pm.read_log(path)
    assert log.n_events == 1
    assert [(p.line, p.reason) for p in log.problems.examples] == [(2, "no_time")]


def test_an_empty_log_answers(tmp_path: Path) -> None:
    log = pm.read_log(csv_file(tmp_path, "case,activity,time\n"))
    assert (log.n_events, log.n_cases, log.n_activities, log.n_ties) == (0, 0, 0, 0)
    assert str(log.period) == "no events"
    for answer in (
        log.variants(), log.directly_follows(), log.durations(), log.starts(), log.ends(),
        log.rework(), log.conformance("Ask"),
    ):  # fmt: skip
        assert len(answer) == 0
    assert log.funnel(["Ask", "Answer"])["reached"] == [0, 0]
    assert log.conformance("Ask").fit is None


def test_what_is_known_of_cases_is_kept_for_grouping(tmp_path: Path) -> None:
    text = (
        "case,activity,time,channel\n1,Ask,2026-03-01T10:00Z,\n2,Ask,2026-03-01T10:00Z,web\n"
        "1,Answer,2026-03-02T10:00Z,phone\n1,Close,2026-03-03T10:00Z,web\n3,,2026-03-01,fax\n"
        "4,Ask,2026-03-01T10:00Z,\n"
    )
    log = pm.read_log(csv_file(tmp_path, text), attributes=["channel"])
    found = log.by("channel", lambda part: part.starts())
    assert dict(zip(found["group"], found["group_cases"], strict=True)) == {
        "phone": 1, "web": 1, None: 1,
    }  # fmt: skip
    assert any("1 cases have several values" in remark for remark in log.problems.remarks)
    with pytest.raises(pm.BadLog, match="no column 'nothing'"):
        pm.read_log(csv_file(tmp_path, text), attributes=["nothing"])


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint16(), pa.int64(), pa.uint64()])
def test_cases_that_are_numbers_of_any_width(kind: pa.DataType) -> None:
    top = {1: 127, 2: 65_535}.get(kind.bit_width // 8, 2**63 - 1)
    cases = pa.chunked_array([pa.array([5, top, 0], kind), pa.array([5, 0], kind)])
    stamps = pa.array([datetime(2026, 1, 1, tzinfo=UTC)] * 5)
    table = pa.table({"case": cases, "activity": list("abcde"), "time": stamps})
    log = pm.read_log(table)
    assert log.events.cases.to_pylist() == ["5", str(top), "0"]
    assert log.events.lengths.tolist() == [2, 1, 2]


def test_values_stand_by_their_first_row() -> None:
    words = pa.DictionaryArray.from_arrays(pa.array([2, 0, 2], pa.uint8()), ["x", "unused", "y"])
    stamps = pa.array([datetime(2026, 1, 1, tzinfo=UTC)] * 3)
    log = pm.read_log(pa.table({"case": words, "activity": words, "time": stamps}))
    assert log.events.names == ("y", "x")
    assert log.events.cases.to_pylist() == ["y", "x"]
    assert log.problems.counts == {"duplicate": 1}


def test_sentences_can_be_told_in_another_language() -> None:
    def words(pattern: str) -> str:
        known = {
            "There is no column '{name}'. The columns are: {columns}.": "{columns}: ei ole {name}.",
            "{where} is a step without a name.": "{where} on nimetön.", "the whole": "koko matka",
        }  # fmt: skip
        return known.get(pattern, pattern)

    table = pa.table({"case": ["1"], "{odd}": ["x"]})
    with pytest.raises(pm.BadLog) as refused:
        pm.read_log(table, case="key")
    assert told(refused.value, words) == "case, {odd}: ei ole key."
    with pytest.raises(pm.DesignError) as wrong:
        pm.Design.read(" ")
    assert str(wrong.value) == "the whole is a step without a name."
    assert told(wrong.value, words) == "koko matka on nimetön."


def test_phases_are_those_of_the_rows_that_take_part() -> None:
    rows = [
        {
            "case": "1",
            "activity": "Ask",
            "time": "2026-03-01T10:00Z",
            "lifecycle:transition": "end",
        },
        {"case": "1", "activity": "Ask", "time": "no day", "lifecycle:transition": "start"},
    ]
    assert pm.read_log(rows).activities == ["Ask"]
    whole = [row | {"time": "2026-03-01T10:00Z"} for row in rows]
    assert pm.read_log(whole).activities == ["Ask+end", "Ask+start"]
    blank = [*whole, whole[0] | {"activity": " "}]
    assert pm.read_log(blank).problems.counts["no_activity"] == 1
