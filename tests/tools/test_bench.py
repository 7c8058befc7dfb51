"""`make bench` says what was seen and what was promised, and nothing else."""

import os
import random
import time
from pathlib import Path

import pytest

from tools.bench.data import COMMON, RARE, service
from tools.bench.figures import CPU, Figure, as_data, machine, table
from tools.bench.imports import HEAD, OURS, ROWS, _file
from tools.bench.measures import MEASURES
from tools.bench.server import Ask, Broken, Server, memory
from tools.processes import family


def test_a_figure_over_its_limit_says_so() -> None:
    over = Figure("list page", CPU, 61.0, limit=60)
    assert over.is_over
    assert "OVER the limit" in table([over])


def test_a_figure_at_its_limit_is_kept() -> None:
    assert Figure("list page", CPU, 60.0, limit=60).verdict == "ok"


def test_what_was_not_measured_is_never_ok() -> None:
    figure = Figure("real file", "s", None, limit=8, note="left out")
    assert figure.verdict == "-"
    assert not figure.is_over
    assert as_data([figure])[0]["value"] is None


def test_the_machine_is_named() -> None:
    told = machine()
    assert told["date"].startswith("20")
    assert {"processor", "cores", "Python", "SQLite"} <= set(told)


def test_every_line_has_a_name_of_its_own() -> None:
    names = [measure.name for measure in MEASURES]
    assert len(names) == len(set(names))


def test_the_family_of_a_process_holds_itself_and_its_memory_is_seen() -> None:
    assert family(os.getpid())[0] == os.getpid()
    assert memory(os.getpid()) > 1


def test_data_is_the_same_each_time_and_holds_the_words_to_find() -> None:
    first, again = (service(7, ["PTY-1"], random.Random(1)) for _ in range(2))
    assert first == again
    assert RARE in first["purpose"]["en"]
    assert COMMON in service(8, ["PTY-1"], random.Random(1))["purpose"]["en"]


def test_the_file_to_import_has_all_its_rows(tmp_path: Path) -> None:
    lines = _file(tmp_path).read_text().splitlines()
    assert len(lines) == ROWS + 1
    assert lines[0] == ",".join(HEAD)
    assert len(set(OURS)) == 3


def test_a_server_that_ends_at_once_is_told_and_not_waited_for() -> None:
    began = time.monotonic()
    broken = pytest.raises(Broken, match="not answer")
    with Server(lambda _port: ["true"], os.environ) as server, broken:
        server.wait(Ask("/"))
    assert time.monotonic() - began < 30
