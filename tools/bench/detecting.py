"""Every check over one large inventory, in a process of its own.

    POLKU_HOME=empty python -m tools.bench.detecting [file.csv]

The services of a real file, or as many made-up ones, with 10,000 ties and needs, hundreds of parts,
offerings and versions. Prints seconds of a whole look (the first, which writes what it finds down,
and a second, which finds the same), of a look at one changed service, and the memory.
"""

import json
import os
import random
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

from tools.bench.data import service
from tools.bench.imports import MAPPING
from tools.bench.opening import opened
from tools.bench.server import memory

SERVICES, LINKS, PARTS, GOALS, GROUPS = 1_716, 10_000, 600, 60, 40
BATCH = 1_000


def main(file: Path | None) -> None:
    """Fill a fresh workspace, put its imported rows in use, and look."""
    room = opened()
    from polku.kernel.actor import system_actor

    by = system_actor(room, "import")
    services = _services(file, by)
    links = _tie(services, by)
    json.dump({**_timed(room, services), "services": len(services), "links": links}, sys.stdout)


def _services(file: Path | None, by: Any) -> list[Any]:
    from polku.kernel.changes import create_objects
    from polku.kernel.registry import entity
    from polku.portfolio.models import ServiceProduct

    if file is not None:
        from tools.bench.importing import timed

        timed(file, MAPPING, by)
        return list(ServiceProduct.objects.filter(workspace=by.workspace).order_by("pk"))
    chance = random.Random(4)  # noqa: S311  the same data each time
    owners = [o.code for o in create_objects(
        entity("party"), [{"name": f"Person {n}", "kind": "person"} for n in range(30)], by=by
    )]  # fmt: skip
    rows = [service(n, owners, chance) for n in range(SERVICES)]
    return list(create_objects(entity("service_product"), rows, by=by))


def _tie(services: list[Any], by: Any) -> int:
    """Ties of four kinds and needs, 10,000 in all; written straight into the tables."""
    from polku.kernel.changes import create_objects
    from polku.kernel.models import Link
    from polku.kernel.registry import entity

    def made(kind: str, rows: list[dict[str, Any]]) -> list[Any]:
        return list(create_objects(entity(kind), rows, by=by))

    goals = made("strategy_goal", [{"statement": f"Goal {n}"} for n in range(GOALS)])
    groups = made("segment", [{"name": f"Group {n}"} for n in range(GROUPS)])
    wishes = made("requirement", [{"statement": f"Wish {n}"} for n in range(2_000)])
    parts = made("component", [
        {"name": f"Part {n}", "criticality": "stops" if n % 3 else "degrades"}
        for n in range(PARTS)
    ])  # fmt: skip
    offers = made("offering", [
        {"title": f"Offer {n}", "product": row.code} for n, row in enumerate(services[:800])
    ])  # fmt: skip
    needs = LINKS * 3 // 10
    _need(services, parts, needs, by)
    pairs = [("L01", services, goals), ("L06", services, groups), ("L02", wishes, services),
             ("L32", groups, offers)]  # fmt: skip
    chance = random.Random(5)  # noqa: S311
    ends = (
        (code, chance.choice(starts), chance.choice(stops))
        for n in range(LINKS) for code, starts, stops in [pairs[n % len(pairs)]]
    )  # fmt: skip
    Link.objects.bulk_create(
        [Link(workspace=by.workspace, kind=code, from_kind=a._meta.db_table, from_id=a.pk,
              to_kind=b._meta.db_table, to_id=b.pk)
         for code, a, b in islice(ends, LINKS - needs)], batch_size=BATCH,
    )  # fmt: skip
    return LINKS


def _need(services: list[Any], parts: list[Any], n: int, by: Any) -> None:
    """Services need parts, and parts need later parts: no circle, up to many steps deep."""
    from polku.portfolio.models import Dependency

    chance = random.Random(6)  # noqa: S311
    rows = []
    for number in range(n):
        low = chance.randrange(len(parts) - 1)
        start = chance.choice(services) if number % 3 else parts[low]
        end = parts[chance.randrange(low + 1, len(parts))]
        rows.append(Dependency(
            workspace=by.workspace, code=f"DEP-{number + 1}", from_kind=start._meta.db_table,
            from_id=start.pk, from_code=start.code, to_kind="component", to_id=end.pk,
            to_code=end.code,
        ))  # fmt: skip
    Dependency.objects.bulk_create(rows, batch_size=BATCH)


def _timed(room: Any, services: list[Any]) -> dict[str, float]:
    from polku.insight.operations import refresh, refresh_objects
    from polku.kernel.models import LooseEnd
    from polku.portfolio.models import ServiceProduct

    # As after a year of work: nothing stands any more as its import left it
    mine = ServiceProduct.objects.filter(workspace=room)
    for number, state in enumerate(("live", "live", "idea", "ending", "live")):
        few = [row.pk for row in services[number::5]]
        mine.filter(pk__in=few).update(managed_state=state, revision=2)
    began = time.perf_counter()
    refresh(room)
    first = time.perf_counter()
    refresh(room)
    second = time.perf_counter()
    refresh_objects(room, "service_product", [services[0].pk], fields={"owner_party"})
    done = time.perf_counter()
    return {"first": first - began, "again": second - first, "one": done - second,
            "found": LooseEnd.objects.filter(workspace=room).count(),
            "memory": memory("self")}  # fmt: skip


if __name__ == "__main__":
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("POLKU_REAL_FILE", "")
    main(Path(named) if named else None)
