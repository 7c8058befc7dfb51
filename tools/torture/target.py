"""The server under torture: how it is started and killed, and how its API is called.

The calls follow Polku's API: a personal token, `POST /api/v1/w/<ws>/services`, the object, its
history, the search. The stand-in of this folder answers them too, with three small tables.
"""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tools.processes import family

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
REQUEST_SECONDS = 40


class Away(Exception):
    """The server did not answer: killed, or not up yet. Whether it did the work is unknown."""


@dataclass(frozen=True)
class Target:
    """What to start and whom to be. `{port}` and `{workers}` in the command are filled in."""

    command: list[str]
    workspace: str
    token: str
    home: Path
    environment: dict[str, str] = field(default_factory=dict)
    uploads: str | None = None

    def all_environment(self) -> dict[str, str]:
        ours = {**os.environ, "POLKU_HOME": str(self.home), **self.environment}
        ours.pop("PYTHONDONTWRITEBYTECODE", None)  # two hundred starts need not compile each time
        return ours

    def python(self, code: str, *arguments: str) -> subprocess.Popen[str]:
        """A process with the target's settings."""
        return subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            cwd=ROOT, env=self.all_environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip


def stand_in(home: Path, **environment: str) -> Target:
    """The small server of this folder, with its tables made."""
    from polku.storage.locations import ensure_home

    granian = str(Path(sys.executable).with_name("granian"))
    command = [
        granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}",
        "--workers", "{workers}", "--blocking-threads", "2", "--no-ws", "--log-level", "error",
        "tools.torture.stand_in.server:application",
    ]  # fmt: skip
    settings = {
        "DJANGO_SETTINGS_MODULE": "tools.torture.stand_in.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        **environment,
    }
    token = secrets.token_urlsafe(16)
    settings["TORTURE_TOKEN"] = token
    target = Target(command, "torture", token, ensure_home(home), settings, uploads="/uploads")
    made = target.python(MAKE_TABLES)
    if made.wait(START_SECONDS):
        raise SystemExit("The tables of the stand-in could not be made.")
    return target


def polku(home: Path) -> Target:
    """Polku itself, as `polku serve` starts it, with a workspace and a token of its own."""
    from polku.storage.locations import ensure_home

    command = [
        sys.executable, "-m", "polku.cli.main", "serve", "--port", "{port}",
        "--workers", "{workers}",
    ]  # fmt: skip
    settings = {
        "DJANGO_SETTINGS_MODULE": "polku.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    target = Target(command, "torture", "", ensure_home(home), settings)
    made = target.python(OPEN_WORKSPACE)
    token = made.communicate(timeout=START_SECONDS)[0].strip()
    if made.returncode:
        raise SystemExit("The workspace could not be made.")
    return replace(target, token=token)


OPEN_WORKSPACE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from polku.kernel.actor import actor_of
from polku.kernel.tokens import make_token
from polku.people.operations import NewPerson, open_workspace
person = NewPerson("Olga Lind", "olga@example.org", "eight lanterns on the pier", "en")
olga = open_workspace("Torture", language="en", size="provider", person=person, slug="torture")
print(make_token(olga, "torture", by=actor_of(olga, "cli"))[1])
"""

MAKE_TABLES = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
"""


class Server:
    """A running target; all its processes die at once."""

    def __init__(self, target: Target, workers: int = 2) -> None:
        self.target, self.port = target, free_port()
        self._workers = workers

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start, and wait until it answers."""
        filled = {"port": self.port, "workers": self._workers}
        command = [part.format(**filled) for part in self.target.command]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self.target.all_environment(), start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        end = time.monotonic() + START_SECONDS
        while self.status_or_none() != 200:
            if self._process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise SystemExit(f"The server did not come up: {' '.join(command)}")
            time.sleep(0.02)

    def status_or_none(self) -> int | None:
        try:
            return self.api().list()[0]
        except Away:
            return None

    def kill(self) -> None:
        """SIGKILL to every process of the server at once: `polku serve` has groups of its own."""
        for pid in family(self._process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def api(self) -> "Api":
        """A connection of its own: one for each thread."""
        return Api(self.port, self.target)


class Api:
    """Calls with a token over one kept connection; answers are (status, decoded body)."""

    def __init__(self, port: int, target: Target) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=REQUEST_SECONDS)
        self._target = target
        self._base = f"/api/v1/w/{target.workspace}"

    def create(self, name: str) -> tuple[int, Any]:
        return self.call("POST", f"{self._base}/services", {"name": {"en": name}})

    def list(self) -> tuple[int, Any]:
        return self.call("GET", f"{self._base}/services")

    def service(self, code: str) -> tuple[int, Any]:
        return self.call("GET", f"{self._base}/services/{code}")

    def history(self, code: str) -> tuple[int, Any]:
        return self.call("GET", f"{self._base}/services/{code}/history")

    def search(self, words: str) -> tuple[int, Any]:
        return self.call("GET", f"{self._base}/search?q={quote(words)}")

    def upload(self, content: bytes) -> tuple[int, Any]:
        """One file as a form would send it."""
        edge = secrets.token_hex(8)
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="x.bin"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        kind = f"multipart/form-data; boundary={edge}"
        answer = self._send("POST", self._target.uploads or "", body, kind)
        self._line.close()  # what the server did not read of a refused body is still on the line
        return answer

    def call(self, method: str, path: str, content: object = None) -> tuple[int, Any]:
        body = None if content is None else json.dumps(content).encode()
        return self._send(method, path, body, "application/json")

    def _send(self, method: str, path: str, body: bytes | None, kind: str) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self._target.token}", "Content-Type": kind}
        if method == "POST":
            headers["Idempotency-Key"] = secrets.token_hex(16)
        try:
            # A server that refuses a large body answers before it has read all of it.
            with suppress(BrokenPipeError, ConnectionResetError):
                self._line.request(method, path, body, headers)
            answer = self._line.getresponse()
            return answer.status, _decoded(answer.read())
        except (OSError, http.client.HTTPException) as error:
            self._line.close()
            raise Away from error


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
