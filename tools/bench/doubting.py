"""A goal with 1,000 ties, changed again and again: how long a change takes that marks them all.

python -m tools.bench.doubting    fills POLKU_HOME and prints milliseconds, as JSON
"""

import json
import sys
import time
from statistics import median
from typing import Any

import django

from tools.bench.data import PASSWORD

TIES = 1000
ROUNDS = 7


def main() -> None:
    """Fill the home, measure, and print."""
    django.setup()
    from django.core.management import call_command

    from polku.storage.locations import ensure_home

    ensure_home()
    call_command("migrate", verbosity=0)
    json.dump(measured(), sys.stdout)


def measured() -> dict[str, float]:
    """Milliseconds of one change, in which nobody needs a look, all do, and all are cleared."""
    from polku.kernel.actor import system_actor
    from polku.kernel.changes import change_object, create_objects
    from polku.kernel.operations_bulk import NewTie, tie_many
    from polku.kernel.registry import entity
    from polku.people.operations import NewPerson, open_workspace

    person = NewPerson("Olga Lind", "olga@example.org", PASSWORD, "en")
    room = open_workspace("Bench", language="en", size="provider", person=person).workspace
    by = system_actor(room, "import")
    names = [{"name": f"Service {n}"} for n in range(TIES)]
    services = create_objects(entity("service_product"), names, by=by)
    goal, alone = create_objects(entity("strategy_goal"), [{"statement": "One"}] * 2, by=by)
    tie_many([NewTie("L01", service, goal) for service in services], by=by)

    def change(obj: Any, **values: str) -> float:
        began = time.perf_counter()
        change_object(entity("strategy_goal"), obj, values, by=by)
        return 1000 * (time.perf_counter() - began)

    found: dict[str, list[float]] = {"untied": [], "same": [], "marked": [], "cleared": []}
    for n in range(ROUNDS):
        found["untied"].append(change(alone, statement=f"Another {n}"))
        found["same"].append(change(goal, why=f"No meaning {n}"))
        found["marked"].append(change(goal, statement=f"Another {n}"))
        _hold(room, TIES)
        found["cleared"].append(change(goal, statement="One"))
        _hold(room, 0)
    return {name: median(times) for name, times in found.items()}


def _hold(room: Any, n: int) -> None:
    """What is measured must have happened."""
    from polku.kernel.models import Link

    marked = Link.objects.filter(workspace=room, suspect_since__isnull=False).count()
    if marked != n:
        raise SystemExit(f"{marked} ties need a look, not {n}")


if __name__ == "__main__":
    main()
