"""The data of the bench, made in POLKU_HOME through the same door as everything else.

    python -m tools.bench.data    prints what the bench has to know of it, as one JSON object

10,000 services and 23,400 wishes give 100,000 search texts; ten services have twelve ties each. A
second workspace holds ten services, to see that a list asks as often for few rows as for many; a
third one a wall of 300 cards.
"""

import json
import random
import sys
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

import django

from tools.bench.wall import fill_wall

SERVICES = 10_000
WISHES = 23_400
FEW = 10
HUBS = 10
OWNERS = 30
WORDS = ("museum", "archive", "ticket", "guide", "loan", "heritage", "audio", "kiosk", "event")
FINNISH = ("museo", "arkisto", "lippu", "opas", "laina", "perintö", "ääni", "kioski", "juhla")
COMMON, RARE = "lighthouse", "quetzal"
STATES = ("idea", "being_made", "live", "live", "live", "ending")
PASSWORD = "eight lanterns on the pier"  # noqa: S105  of a folder that lives for minutes


@dataclass(frozen=True)
class Known:
    """What the measures need: addresses, who one is, words to find."""

    session: str
    token: str
    hubs: list[str]
    many: str = "bench"
    few: str = "bench-few"
    wall: str = "bench-wall"
    common: str = COMMON
    rare: str = RARE


def main() -> None:
    """Migrate an empty home and fill it."""
    django.setup()
    from django.core.management import call_command

    from polku.storage.locations import ensure_home

    ensure_home()
    call_command("migrate", verbosity=0)
    json.dump(asdict(fill()), sys.stdout)


def fill() -> Known:
    """Three workspaces of one person."""
    from polku.kernel.tokens import make_token
    from polku.people.operations import NewPerson, open_workspace

    person = NewPerson("Olga Lind", "olga@example.org", PASSWORD, "en")
    many = _opened(open_workspace("Bench", language="en", size="provider", person=person,
                                  slug=Known.many))  # fmt: skip
    few = _opened(open_workspace("Bench of few", language="en", size="provider",
                                 person=many.user, slug=Known.few))  # fmt: skip
    hubs = _fill_workspace(many.workspace, SERVICES, WISHES)
    _fill_workspace(few.workspace, FEW, 0)
    wall = _opened(open_workspace("Bench of a wall", language="en", size="provider",
                                  person=many.user, slug=Known.wall))  # fmt: skip
    fill_wall(wall.workspace)
    from polku.kernel.actor import actor_of

    _row, token = make_token(many, "bench", by=actor_of(many, "cli"))
    return Known(session=_session(many.user), token=token, hubs=hubs)


def _opened(membership: Any) -> Any:
    membership.workspace.languages = ["en", "fi"]
    membership.workspace.save()
    return membership


def _fill_workspace(workspace: Any, services: int, wishes: int) -> list[str]:
    from polku.insight.operations import refresh
    from polku.kernel.actor import system_actor
    from polku.kernel.changes import create_objects
    from polku.kernel.registry import entity

    chance = random.Random(1)  # noqa: S311  the same data each time
    by = system_actor(workspace, "import")
    owners = [o.code for o in create_objects(
        entity("party"), [{"name": f"Person {n}", "kind": "person"} for n in range(OWNERS)], by=by
    )]  # fmt: skip
    made = create_objects(
        entity("service_product"), [service(n, owners, chance) for n in range(services)], by=by
    )
    create_objects(entity("requirement"), [_wish(n, owners, chance) for n in range(wishes)], by=by)
    for hub in made[:HUBS]:
        _tie_hub(hub, owners, system_actor(workspace))
    refresh(workspace)
    return [str(hub.code) for hub in made[:HUBS]]


def service(n: int, owners: list[str], chance: random.Random) -> dict[str, Any]:
    """One service as a program would send it."""
    return {
        "name": {"en": f"Site {n:05d} {chance.choice(WORDS)}",
                 "fi": f"Paikka {n:05d} {chance.choice(FINNISH)}"},
        "purpose": {"en": _sentence(n, WORDS, chance), "fi": _sentence(n, FINNISH, chance)},
        "managed_state": STATES[n % len(STATES)],
        "owner_party": chance.choice(owners),
        "review_due": f"20{26 + n % 3}-{1 + n % 12:02d}-15",
    }  # fmt: skip


def _wish(n: int, owners: list[str], chance: random.Random) -> dict[str, Any]:
    return {
        "statement": {"en": f"Wish {n:05d} {_sentence(n, WORDS, chance)}",
                      "fi": f"Toive {n:05d} {_sentence(n, FINNISH, chance)}"},
        "raised_by_party": chance.choice(owners),
    }  # fmt: skip


def _sentence(n: int, words: tuple[str, ...], chance: random.Random) -> str:
    found = chance.choices(words, k=8)
    if n % 2 == 0:
        found[3] = COMMON
    if n == 7:
        found[4] = RARE
    return " ".join(found)


def _tie_hub(hub: Any, owners: list[str], by: Any) -> None:
    """Twelve ties, six to the service and six from it, an offering and a few changes."""
    from polku.kernel.changes import change_object, create_object
    from polku.kernel.links import tie
    from polku.kernel.registry import entity

    def make(kind: str, **values: Any) -> Any:
        return create_object(entity(kind), values, by=by)

    for n in range(6):
        tie("L02", make("requirement", statement=f"Wish {n} of the hub"), hub, by=by)
    for n in range(3):
        tie("L01", hub, make("strategy_goal", statement=f"Goal {n}"), by=by)
        tie("L06", hub, make("segment", name=f"Group {n}"), by=by)
    make("offering", title="What one gets", summary="In one line", product=hub.code)
    for owner in owners[:4]:
        change_object(entity("service_product"), hub, {"owner_party": owner}, by=by)


def _session(user: Any) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


if __name__ == "__main__":
    main()
