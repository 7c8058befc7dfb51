"""``polku demo`` as a person starts it: in a process of its own, with a home of its own."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import typer

from polku.cli import demo, serving
from polku.examples.loading import Person

pytestmark = pytest.mark.slow
POLKU = [sys.executable, "-m", "polku.cli.main"]


def environment(home: Path) -> dict[str, str]:
    source = str(Path(__file__).resolve().parents[2] / "src")
    return {**os.environ, "POLKU_HOME": str(home), "PYTHONPATH": source, "LANG": "en_US.UTF-8"}


def begin(home: Path, *words: str, **told: Any) -> subprocess.Popen[str]:
    """A process with a group of its own, so that its children can be ended with it."""
    return subprocess.Popen(
        [*POLKU, *words], env=environment(home), text=True, start_new_session=True, **told
    )


def end(process: subprocess.Popen[str]) -> None:
    """Nothing of it goes on serving, however the test went."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(60)


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    process = begin(home, *words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, err = process.communicate(timeout=300)
    finally:
        end(process)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "home"


@pytest.fixture(scope="module")
def first(home: Path) -> subprocess.CompletedProcess[str]:
    """The first `polku demo` in a fresh home."""
    return run(home, "demo", "--only-make")


def password(output: str) -> str:
    found = re.search(r"^Password of all of them: (\S+)$", output, re.MULTILINE)
    assert found, output
    return found[1]


def test_it_says_where_and_who_and_nothing_else(first: subprocess.CompletedProcess[str]) -> None:
    assert (first.returncode, first.stderr) == (0, "")
    assert "http://127.0.0.1:8000" in first.stdout
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", password(first.stdout))
    lines = [line for line in first.stdout.splitlines() if ".example " in line]
    assert len(lines) == 10
    assert any("Aino Salmi – Harbour Museum: looks after settings" in line for line in lines)


def test_again_it_makes_nothing_and_keeps_the_password(
    home: Path, first: subprocess.CompletedProcess[str]
) -> None:
    again = run(home, "demo", "--only-make")
    assert again.stdout == first.stdout.removeprefix("Bringing the database up to date\n")


def test_another_home_has_another_password(
    first: subprocess.CompletedProcess[str], tmp_path: Path
) -> None:
    from polku.storage.locations import key

    assert demo.easy_to_type(key("demo_password", tmp_path)) != password(first.stdout)


def test_example_people_are_never_served_to_others(
    home: Path, first: subprocess.CompletedProcess[str]
) -> None:
    refused = run(home, "serve", "--host", "0.0.0.0", "--port", str(free_port()))
    assert refused.returncode == 1
    assert "127.0.0.1 only" in refused.stdout


def test_it_serves_and_ends_with_all_its_children(
    home: Path, first: subprocess.CompletedProcess[str]
) -> None:
    port = free_port()
    process = begin(
        home, "demo", "--port", str(port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert answer(f"http://127.0.0.1:{port}/accounts/login/") == 200
        children = children_of(process.pid)
        assert len(children) == 2
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert not any(Path(f"/proc/{child}").exists() for child in children)
    finally:
        end(process)


def test_a_part_that_ends_by_itself_is_started_again(
    home: Path, first: subprocess.CompletedProcess[str]
) -> None:
    port = free_port()
    process = begin(
        home, "serve", "--port", str(port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert answer(f"http://127.0.0.1:{port}/accounts/login/") == 200
        ended = children_of(process.pid)
        for child in ended:
            os.kill(child, signal.SIGTERM)
        limit = time.monotonic() + 120
        while set(children_of(process.pid)) & set(ended) or len(children_of(process.pid)) < 2:
            assert time.monotonic() < limit
            time.sleep(0.1)
        assert answer(f"http://127.0.0.1:{port}/accounts/login/") == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    finally:
        end(process)


def answer(address: str) -> int:
    """The first answer of a server that is still starting."""
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
        try:
            with urllib.request.urlopen(address, timeout=30) as response:
                status: int = response.status
                return status
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


def children_of(number: int) -> list[int]:
    listing = Path(f"/proc/{number}/task/{number}/children")
    if not listing.exists():
        pytest.skip("this system does not list the children of a process under /proc")
    return [int(child) for child in listing.read_text().split()]


def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        refused = run(tmp_path / "home", "demo", "--port", str(port))
    assert refused.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in refused.stdout
    assert not refused.stderr
    assert not (tmp_path / "home").exists()


def test_a_free_port_is_left_free() -> None:
    port = free_port()
    serving.hold_port("127.0.0.1", port)
    with socket.create_server(("127.0.0.1", port)), pytest.raises(typer.Exit):
        serving.hold_port("127.0.0.1", port)


def test_one_line_a_person() -> None:
    here = [
        Person("a@b.example", "Ann", "Here", "reads"),
        Person("a@b.example", "Ann", "There", "adds"),
    ]
    assert demo.lines_of(here) == ["a@b.example  Ann – Here: reads; There: adds"]


def test_a_password_holds_no_letters_easily_mistaken() -> None:
    assert demo.easy_to_type("0O1lI-_ab2cdefghijkmnopqrstuvwxyz") == "ab2c-defg-hijk-mnop"
