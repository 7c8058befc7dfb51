"""kill -9: every service that was answered with 201 is there after a restart, with its history
row and its search row; one whose answer never came is there whole or not at all."""

import random
import threading
import time
from dataclasses import dataclass, field

from tools.torture.figures import Figure, exactly
from tools.torture.target import Api, Away, Server, Target

PART = "kill -9"
CLIENTS = 4
MOST_IN_A_ROUND = 24


@dataclass
class Round:
    """What the clients were told before the kill: (code, word) with 201, words without answer."""

    number: int
    saved: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)


@dataclass
class Count:
    """The sums over all rounds."""

    kills: int = 0
    saved: int = 0
    lost: int = 0
    torn: int = 0
    refused: int = 0


def run(target: Target, kills: int, seconds: float) -> list[Figure]:
    """Kill `kills` times; the round before is checked on each new start."""
    count, end = Count(), time.monotonic() + seconds
    last, server = Round(0), Server(target)
    while count.kills < kills and time.monotonic() < end:
        server.start()
        check(server.api(), last, count)
        last = Round(count.kills + 1)
        load_and_kill(server, last)
        count.kills += 1
    with server:
        check(server.api(), last, count)
    return [
        Figure(PART, "kills", str(count.kills), f">= {kills}", count.kills >= kills),
        Figure(PART, "services answered with 201", str(count.saved), "> 0", count.saved > 0),
        exactly(PART, "of these lost (service, history or search)", count.lost),
        exactly(PART, "half-written services", count.torn),
        exactly(PART, "other answers than 201", count.refused),
    ]


def load_and_kill(server: Server, round_: Round) -> None:
    """Clients create services; after a random number of answers, all workers die at once."""
    enough, stop = threading.Event(), random.randint(1, MOST_IN_A_ROUND)  # noqa: S311
    threads = [
        threading.Thread(target=_create, args=[server.api(), round_, who, enough, stop])
        for who in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    enough.wait(30)
    time.sleep(random.random() * 0.02)  # noqa: S311  anywhere within a write
    server.kill()
    for thread in threads:
        thread.join()


def _create(api: Api, round_: Round, who: int, enough: threading.Event, stop: int) -> None:
    # They go on after `enough` until the kill cuts them off: some die within a write.
    for n in range(1000):
        word = f"k{round_.number}w{who}n{n}"
        try:
            status, body = api.create(f"Torture {word}")
        except Away:
            round_.unknown.append(word)
            return
        if status == 201:
            round_.saved.append((body["code"], word))
        else:
            round_.refused.append(status)
        if len(round_.saved) >= stop:
            enough.set()


def check(api: Api, round_: Round, count: Count) -> None:
    """Look for everything of a round."""
    count.saved += len(round_.saved)
    count.refused += len(round_.refused)
    count.lost += sum(not is_whole(api, code, word) for code, word in round_.saved)
    for word in round_.unknown:
        codes = found(api, word)
        count.torn += sum(not is_whole(api, code, word) for code in codes)


def is_whole(api: Api, code: str, word: str) -> bool:
    """The service answers, has a history, and is found by its word."""
    status, body = api.history(code)
    has_history = status == 200 and bool(body["items"])
    return api.service(code)[0] == 200 and has_history and code in found(api, word)


def found(api: Api, word: str) -> list[str]:
    status, body = api.search(word)
    return [item["code"] for item in body["items"]] if status == 200 else []
