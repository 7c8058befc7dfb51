"""Many writers: no errors, nobody waits long, all get their share, and enough are served."""

import json
import threading
import time

from tools.torture.figures import Figure, at_least, at_most, exactly
from tools.torture.target import Api, Server, Target

PART = "writers"
WRITERS = 8
WORKERS = 4

CODE = """
import json, sys, time
import django; django.setup()
from django.db import DatabaseError
from tools.torture.stand_in.models import create_service
me, seconds = sys.argv[1], float(sys.argv[2])
create_service(f"warm {me}")
print("ready", flush=True)
sys.stdin.readline()
waits, errors, end = [], 0, time.monotonic() + seconds
while time.monotonic() < end:
    began = time.perf_counter()
    try:
        create_service(f"{me} {len(waits)}")
        waits.append(time.perf_counter() - began)
    except DatabaseError:
        errors += 1
print(json.dumps([waits, errors]))
"""


def run(target: Target, seconds: float) -> list[Figure]:
    """Eight processes at once, then four web workers."""
    writers = [target.python(CODE, str(n), str(seconds)) for n in range(WRITERS)]
    for writer in writers:
        writer.stdout.readline()  # type: ignore[union-attr]
    for writer in writers:
        writer.stdin.write("go\n")  # type: ignore[union-attr]
        writer.stdin.flush()  # type: ignore[union-attr]
    told = [json.loads(writer.communicate()[0]) for writer in writers]
    commits = [len(waits) for waits, _ in told]
    worst = max(max(waits, default=seconds) for waits, _ in told)
    return [
        exactly(PART, f"errors of {WRITERS} writers", sum(errors for _, errors in told)),
        at_most(PART, "worst wait for a durable commit", worst * 1000, 250, " ms"),
        at_most(PART, "most commits / fewest", max(commits) / max(1, min(commits)), 2),
        at_least(PART, "durable commits, all writers", sum(commits) / seconds, 150, "/s"),
        *over_http(target, seconds),
    ]


def over_http(target: Target, seconds: float) -> list[Figure]:
    """Clients post as fast as they can to four web workers."""
    statuses: list[int] = []
    with Server(target, WORKERS) as server:
        end = time.monotonic() + seconds
        threads = [
            threading.Thread(target=_post, args=[server.api(), end, who, statuses])
            for who in range(WRITERS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    served = statuses.count(201)
    return [
        exactly(PART, "web answers other than 201", len(statuses) - served),
        at_least(PART, f"durable commits of {WORKERS} web workers", served / seconds, 150, "/s"),
    ]


def _post(api: Api, end: float, who: int, statuses: list[int]) -> None:
    n = 0
    while time.monotonic() < end:
        n += 1
        statuses.append(api.create(f"web {who} {n}")[0])
