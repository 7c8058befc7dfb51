"""A server under measure: started as `polku serve` starts its web part, asked over loopback.

The figure is the processor time of its processes for one request, since the time on the wall
depends on what else the machine does. It is read from /proc, so this needs Linux.
"""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tools.processes import family

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 30
WARM, ROUNDS = 8, 3
ENOUGH_SECONDS = 0.5  # of processor time in a round: /proc counts in hundredths
MOST_REQUESTS = 300


class Broken(Exception):
    """The server did not start, or gave another answer than the one to measure."""


@dataclass(frozen=True)
class Ask:
    """One request that is measured, with the status that it must have."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: bytes | None = None
    status: int = 200


class Server:
    """A command that serves on a port, in a process group of its own."""

    def __init__(self, command: Callable[[int], list[str]], environment: Mapping[str, str]) -> None:
        self.port = free_port()
        self._command, self._environment = command(self.port), environment

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            self._command, cwd=ROOT, env=dict(self._environment),
            start_new_session=True,
        )  # fmt: skip
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def wait(self, ask: Ask) -> float:
        """Seconds until *ask* is answered as it should be."""
        began = time.monotonic()
        while True:
            with suppress(OSError, http.client.HTTPException, Broken):
                self.line().send(ask)
                return time.monotonic() - began
            if self.process.poll() is not None or time.monotonic() - began > START_SECONDS:
                raise Broken(f"{' '.join(self._command)} does not answer {ask.path}")
            time.sleep(0.01)

    def line(self) -> "Line":
        """A kept connection to it."""
        return Line(self.port)

    def cpu_seconds(self) -> float:
        """Processor time of all its processes so far, those that ended included."""
        return sum(_cpu(pid) for pid in family(self.process.pid))

    def memory_mb(self) -> float:
        """Memory of its largest process that is not shared with a file."""
        return max(memory(pid) for pid in family(self.process.pid))

    def cpu_ms(self, asks: Sequence[Ask]) -> float:
        """Median over rounds of the milliseconds of processor time for one request."""
        line = self.line()
        for n in range(WARM):
            line.send(asks[n % len(asks)])
        return statistics.median(self._round(line, asks) for _ in range(ROUNDS))

    def _round(self, line: "Line", asks: Sequence[Ask]) -> float:
        before, sent = self.cpu_seconds(), 0
        while sent < MOST_REQUESTS:
            for ask in asks:
                line.send(ask)
            sent += len(asks)
            if self.cpu_seconds() - before > ENOUGH_SECONDS:
                break
        return 1000 * (self.cpu_seconds() - before) / sent


class Line:
    """One kept connection, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def send(self, ask: Ask) -> bytes:
        """The body of the answer. Raises Broken when it is not the one that is measured."""
        self._http.request(ask.method, ask.path, ask.body, dict(ask.headers))
        answer = self._http.getresponse()
        body = answer.read()
        if answer.status != ask.status:
            raise Broken(f"{ask.method} {ask.path}: {answer.status} {body[:200]!r}")
        return body


def _cpu(pid: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(int(ticks) for ticks in fields[11:15]) / TICKS
    return 0.0


def memory(pid: int | str) -> float:
    """Resident memory of a process in MB; ``self`` is this one."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 0.0


def free_port() -> int:
    """A port of loopback that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
