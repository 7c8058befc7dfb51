"""What is measured, each beside the floor in turn on the same machine."""

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from polku.cli.serving import web_options
from tools.bench.data import COMMON, RARE, Known, service
from tools.bench.figures import CPU, SECONDS, STATEMENTS, Figure
from tools.bench.graph import SLUG
from tools.bench.journey import SLUG as JOURNEY_SLUG
from tools.bench.server import ROOT, Ask, Server

WAYS = {"DJANGO_SETTINGS_MODULE": "polku.settings"}
BATCH = 1000
BATCHES = 3


@dataclass
class Stage:
    """The two servers, Polku and the floor, with their data; both stay up for all measures."""

    home: Path
    known: Known
    polku: Server
    floor: Server
    extra: dict[str, Any] = field(default_factory=dict)

    def page(self, path: str, workspace: str = "") -> Ask:
        """A page as a signed-in person asks for it."""
        cookie = f"polku_session={self.known.session}"
        return Ask(f"/w/{workspace or self.known.many}/{path}", {"Cookie": cookie})

    def api(self, path: str, **more: Any) -> Ask:
        """An address of the API as a program asks for it."""
        headers = {"Authorization": f"Bearer {self.known.token}", **more.pop("headers", {})}
        return Ask(f"/api/v1/w/{self.known.many}/{path}", headers, **more)

    @cached_property
    def graph(self) -> dict[str, Any]:
        """A workspace of 100,000 things and 500,000 ties, added when a line first needs it."""
        told = subprocess.run(
            [sys.executable, "-m", "tools.bench.graph"], cwd=ROOT, env=environment(self.home),
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        found: dict[str, Any] = json.loads(told.stdout)
        return found

    @cached_property
    def journey(self) -> dict[str, Any]:
        """A journey of 40 steps and 12 lanes, added when a line first needs it."""
        told = subprocess.run(
            [sys.executable, "-m", "tools.bench.journey"], cwd=ROOT, env=environment(self.home),
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        found: dict[str, Any] = json.loads(told.stdout)
        return found

    @cached_property
    def statements(self) -> dict[str, int]:
        """SQL statements for each page, counted in a process of its own."""
        told = subprocess.run(
            [sys.executable, "-m", "tools.bench.statements", self.known.hubs[0]], cwd=ROOT,
            env=environment(self.home), check=True, capture_output=True, text=True,
        )  # fmt: skip
        found: dict[str, int] = json.loads(told.stdout)
        return found


@dataclass(frozen=True)
class Measure:
    """One line of the table or several, by name."""

    name: str
    run: Callable[[Stage], Sequence[Figure]]


def environment(home: Path) -> dict[str, str]:
    """What a process of Polku needs to find its folder.

    Python keeps what it compiled, as it does for everybody who has not forbidden it.
    """
    ours = {**os.environ, **WAYS, "POLKU_HOME": str(home)}
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    return ours


def polku(home: Path) -> Server:
    """The web part as `polku serve` starts it, without the task worker beside it."""
    return Server(_web_command, environment(home))


def _web_command(port: int) -> list[str]:
    options = web_options("127.0.0.1", port, workers=1, threads=4)
    return [sys.executable, "-m", "granian", *options]


def floor(database: Path) -> Server:
    """The bare application behind the same server."""

    def command(port: int) -> list[str]:
        return [*_web_command(port)[:-1], "tools.bench.floor:application"]

    return Server(command, {**os.environ, "FLOOR_DB": str(database)})


def _of_request(
    name: str,
    limit: float,
    aim: float,
    ours: Callable[[Stage], Ask | list[Ask]],
    theirs: str = "",
) -> Measure:
    def run(stage: Stage) -> list[Figure]:
        bare = stage.floor.cpu_ms([Ask(theirs)]) if theirs else None
        asks = ours(stage)
        mine = stage.polku.cpu_ms(asks if isinstance(asks, list) else [asks])
        return [Figure(name, CPU, mine, limit, aim, bare)]

    return Measure(name, run)


def _statements(name: str, limit: float | None, page: str, few: str = "") -> Measure:
    def run(stage: Stage) -> list[Figure]:
        counts = stage.statements
        note = f"{counts[few]} for ten rows" if few else ""
        return [Figure(name, STATEMENTS, counts[page], limit, None, None, note)]

    return Measure(name, run)


def _create(stage: Stage) -> list[Figure]:
    """Seconds on the wall of the fastest call; processor time beside it."""
    chance, seconds = Random(2), []  # noqa: S311  the same data each time
    owners = [f"PTY-{n}" for n in range(3, 30)]
    line, before = stage.polku.line(), stage.polku.cpu_seconds()
    for batch in range(BATCHES):
        rows = [service(50_000 + batch * BATCH + n, owners, chance) for n in range(BATCH)]
        ask = stage.api("services", method="POST", body=json.dumps(rows).encode(), status=201,
                        headers={"Content-Type": "application/json"})  # fmt: skip
        began = time.perf_counter()
        line.send(ask)
        seconds.append(time.perf_counter() - began)
    cpu = (stage.polku.cpu_seconds() - before) / BATCHES
    note = f"of {BATCHES} calls {min(seconds):.2f} to {max(seconds):.2f} s on the wall"
    return [Figure("create 1000 in one call", "s CPU", cpu, 1.5, 0.7, None, note)]


def _object_pages(stage: Stage) -> list[Ask]:
    """Ten different ones, so that nothing kept of one object helps the next."""
    return [stage.page(f"services/{hub}/") for hub in stage.known.hubs]


def _impact(which: str, address: str = "impact/I1/{}/") -> Callable[[Stage], list[Ask]]:
    """Ten different starts on which as much hangs."""

    def asks(stage: Stage) -> list[Ask]:
        return [stage.page(address.format(code), SLUG) for code in stage.graph[which]]

    return asks


def _map(stage: Stage, more: str = "") -> Ask:
    return stage.page(f"journeys/{stage.journey['code']}/{more}", JOURNEY_SLUG)


def _map_statements(stage: Stage) -> list[Figure]:
    """As many for 40 steps as for five."""
    many, few = stage.journey["statements"], stage.journey["statements of few"]
    name = "statements of a journey map, 40 x 12"
    return [Figure(name, STATEMENTS, many, few + 1, None, None, f"{few} for five steps")]


def _map_size(stage: Stage) -> list[Figure]:
    size = len(gzip.compress(stage.polku.line().send(_map(stage)), 6)) / 1000
    return [Figure("journey map, 40 x 12, compressed", "kB", size, 60, 40)]


def _cell_edits(stage: Stage) -> list[Ask]:
    """Each changes another cell, and each comes back with other words."""
    code, token = stage.journey["code"], stage.journey["token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(step: int, text: str) -> Ask:
        edit = {"do": "write_text", "step": step, "row": "backstage", "text": text}
        body = json.dumps({"edits": [edit]}).encode()
        path = f"/api/v1/w/{JOURNEY_SLUG}/journeys/{code}/edits"
        return Ask(path, headers, "POST", body)

    return [ask(step, f"{word} {step}") for word in ("warm", "cold")
            for step in stage.journey["steps"]]  # fmt: skip


def first_page(home: Path, known: Known) -> Figure:
    """Seconds on the wall from `polku serve` to the first page of a signed-in person."""
    command = [sys.executable, "-m", "polku.cli.main", "serve", "--port"]
    ask = Ask(f"/w/{known.few}/", {"Cookie": f"polku_session={known.session}"})
    seconds, cpu = [], []
    for _round in range(3):
        with Server(lambda port: [*command, str(port)], environment(home)) as server:
            seconds.append(server.wait(ask))
            cpu.append(server.cpu_seconds())
    note = f"{sorted(cpu)[1]:.1f} s CPU of all processes until then"
    return Figure("first page after `polku serve`", SECONDS, sorted(seconds)[1], 2, 1, None, note)


MEASURES: tuple[Measure, ...] = (
    _of_request("list page, 100 of 10,000 rows", 60, 30,
                lambda stage: stage.page("services/"), "/list"),
    _of_request("list page, page 50", 60, 30, lambda stage: stage.page("services/?page=50")),
    _of_request("object page, 12 ties both ways", 30, 15,
                _object_pages, "/one?id=1"),
    _of_request("small picture of a thing", 30, 15,
                lambda stage: [stage.page(f"services/{hub}/near/") for hub in stage.known.hubs]),
    _of_request("wall of 300 cards", 300, 150,
                lambda stage: stage.page("services/wall/", stage.known.wall)),
    _of_request("wall of 33,400 things, page 1", 300, 150,
                lambda stage: stage.page("services/wall/")),
    _of_request("API list of 100", 12, 6,
                lambda stage: stage.api("services?limit=100"), "/api?limit=100"),
    _of_request("API list of 1000", 60, 25,
                lambda stage: stage.api("services?limit=1000"), "/api?limit=1000"),
    _of_request("search page, common word", 120, 60,
                lambda stage: stage.page(f"search/?q={COMMON}"), f"/search?q={COMMON}"),
    _of_request("search page, rare word", 40, 25,
                lambda stage: stage.page(f"search/?q={RARE}"), f"/search?q={RARE}"),
    _of_request("API search, common word", 120, 60,
                lambda stage: stage.api(f"search?q={COMMON}")),
    _of_request("API search, rare word", 40, 25, lambda stage: stage.api(f"search?q={RARE}")),
    _statements("statements of a list page", 8, "list", "list of few"),
    _statements("statements of an object page", None, "object"),
    Measure("create 1000 in one call", _create),
    _of_request("journey map, 40 steps x 12 lanes", 120, 60, _map),
    Measure("journey map, 40 x 12, compressed", _map_size),
    Measure("statements of a journey map, 40 x 12", _map_statements),
    _of_request("one cell of a journey is edited", 25, 15, _cell_edits),
    # Last: their data is added when the first of them is measured
    _of_request("impact of 100,000 things, 300 hang on it", 40, 20, _impact("usual")),
    _of_request("impact of 100,000 things, 900 hang on it", 40, 20, _impact("large")),
)  # fmt: skip
