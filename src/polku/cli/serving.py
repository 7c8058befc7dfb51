"""``polku serve``: one command that starts the web workers, the task worker and the ticker, keeps
them running, and stops them together (DECISIONS 4)."""

import errno
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.process import BaseProcess
from typing import Annotated

import typer

from polku.cli import booting

log = logging.getLogger(__name__)

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
TICK_SECONDS = 60
RESTART_AFTER = 1.0
PATIENCE_SECONDS = 10


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Web processes.")] = 1,
    threads: Annotated[int, typer.Option(min=1, help="Requests at once in each.")] = 4,
) -> None:
    """Start Polku: pages and API, background work, daily jobs. Ctrl+C stops all of it."""
    booting.start()
    booting.bring_up_to_date()
    _hold_demo_inside(host)
    hold_port(host, port)
    _run_together(host, port, workers, threads)


def _hold_demo_inside(host: str) -> None:
    from polku.people.queries.accounts import any_demo_account

    if host not in LOOPBACK and any_demo_account():
        booting.say(
            "This Polku holds example people whose passwords are no secret, so it listens on "
            "127.0.0.1 only. Start with a fresh POLKU_HOME to serve others."
        )
        raise typer.Exit(1)


def hold_port(host: str, port: int) -> None:
    """Stop with one sentence when nobody can listen there."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            why = "Another program listens there already; it may be a Polku that still runs."
        else:
            why = f"The system says: {error.strerror}."
        booting.say(f"Polku cannot listen on {host}:{port}. {why} Choose another with --port.")
        raise typer.Exit(1) from error


def _run_together(host: str, port: int, workers: int, threads: int) -> None:
    booting.part_from_database()
    family = Family([
        Child("web", partial(_web, web_options(host, port, workers, threads))),
        Child("work", work),
    ])  # fmt: skip
    family.run()


def web_options(host: str, port: int, workers: int, threads: int) -> list[str]:
    """What Granian is told, the server of pages and API, as it is started and measured."""
    return [
        "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads), "--log-level", "warning",
        "--no-ws", "--respawn-failed-workers", "polku.wsgi:application",
    ]  # fmt: skip


def _web(options: list[str]) -> None:
    from granian.cli import cli

    cli(options)


@dataclass
class Child:
    """One process of the family."""

    name: str
    run: Callable[[], None]
    process: BaseProcess | None = None
    started: float = 0.0

    def start(self) -> None:
        """Start it, in a group of its own so that Ctrl+C reaches it through us alone."""
        self.started = time.monotonic()
        self.process = booting.PROCESSES.Process(target=_apart, args=(self.run,), name=self.name)
        self.process.start()

    def is_gone(self) -> bool:
        """Whether it stopped by itself."""
        return self.process is None or not self.process.is_alive()


@dataclass
class Family:
    """Processes that live and end together; one that dies is started again."""

    children: list[Child]
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Until a signal says stop."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.stopping.set())
        for child in self.children:
            child.start()
        quick_deaths = 0
        while not self.stopping.wait(RESTART_AFTER):
            for child in self.children:
                if child.is_gone():
                    quick_deaths += time.monotonic() - child.started < PATIENCE_SECONDS
                    if quick_deaths > len(self.children):
                        booting.say(f"The part “{child.name}” does not stay up; see above for why.")
                        self.end()
                        raise typer.Exit(1)
                    child.start()
        self.end()

    def end(self) -> None:
        """Ask all to stop, wait, then insist."""
        alive = [c.process for c in self.children if c.process and c.process.is_alive()]
        for process in alive:
            process.terminate()
        limit = time.monotonic() + PATIENCE_SECONDS
        for process in alive:
            process.join(max(0.1, limit - time.monotonic()))
            if process.is_alive() and process.pid:
                os.killpg(process.pid, signal.SIGKILL)


def _apart(run: Callable[[], None]) -> None:
    """In the child: nothing of what we do at a signal."""
    if hasattr(os, "setsid"):  # not on Windows
        os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    run()


def work() -> None:
    """Background work and daily jobs, started by `polku serve`."""
    booting.start()
    from django.core.management import call_command

    threading.Thread(target=_tick, daemon=True).start()
    call_command("db_worker", interval=0.5, startup_delay=False, verbosity=0)


def _tick() -> None:
    from django.db import close_old_connections

    from polku.kernel.schedule import tick

    while True:
        try:
            tick()
            close_old_connections()
        except Exception:
            # A full disk or a database away: the next round tries again
            log.exception("The ticker could not run; it tries again in a minute.")
        time.sleep(TICK_SECONDS)
