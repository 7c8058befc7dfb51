"""Two workspaces, two customers of one of them, rows of every kind on each side of each wall."""

import contextlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from polku.kernel.actor import Actor, system_actor
from polku.kernel.changes import change_object, create_objects
from polku.kernel.magic_links import make_link
from polku.kernel.models import CodeSequence, ImportRun
from polku.kernel.profiles import FEATURES
from polku.kernel.registry import Entity, entities
from polku.people.operations import invite
from polku.tenancy.models import Party, Relationship, UserAccount, Workspace
from tests.access import trails
from tests.access.canaries import FIRST_NUMBER, Side, words
from tests.access.filling import NEVER_OUTSIDE, values_for
from tests.cast import Cast, Person, gather, make, person
from tests.copies import Copied

SIDES_OF_MUSEUM = (Side.INSIDE, Side.OTHER, Side.SHARED, Side.PENDING)
AUDIENCES = {
    Side.SHARED: "relationship", Side.OTHER: "relationship", Side.INSIDE: "internal",
    Side.FOREIGN: "public", Side.PENDING: "public",
}  # fmt: skip


@dataclass
class World:
    """The cast, with Dora of another customer and a guest; codes and numbers of what stands where.

    ``objects[side][kind]`` is an object; ``numbers[side][what]`` the number of a row that has no
    code: a tie, a token, a membership, a file brought in.
    """

    cast: Cast
    dora: Person
    guest: Person
    others: Relationship
    link_secret: str = ""
    people: dict[Side, str] = field(default_factory=dict)
    objects: dict[Side, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    numbers: dict[Side, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def code(self, side: Side, kind: str) -> str:
        """The code of the object of a kind on a side."""
        return str(self.objects[side][kind].code)

    def codes(self, side: Side) -> dict[str, str]:
        """Codes by kind."""
        return {kind: obj.code for kind, obj in self.objects[side].items()}


@contextlib.contextmanager
def standing() -> Iterator[World]:
    """A world that is gone afterwards."""
    with transaction.atomic():
        yield _copied()
        transaction.set_rollback(True)


def build() -> World:
    """Write everything down, through the doors that people use."""
    cast = gather()
    for room in (cast.museum, cast.norrvik):
        room.features = {feature.code: True for feature in FEATURES}
        room.save()
    world = World(cast, *_others(cast))
    _settle_cast(world)
    for side in SIDES_OF_MUSEUM:
        _populate(world, side, cast.museum)
    _populate(world, Side.FOREIGN, cast.norrvik)
    for row in entities():
        _begin_codes(cast.museum, row, None)
    trails.leave(world)
    _hand_out_link(world)
    return world


def _others(cast: Cast) -> tuple[Person, Person, Relationship]:
    system = system_actor(cast.museum)
    firm = make("party", system, name=words(Side.OTHER, "firm"))
    tie = make("relationship", system, consumer_party=firm, provider_party=cast.museum.home_party,
               state="active", audience="customers")  # fmt: skip
    dora = person(cast.museum, "Zqxotherdora Brandt", "co_creator")
    guest = person(cast.museum, "Gunnar Guest", "guest")
    for one, relationship in ((dora, tie), (guest, cast.school)):
        assert one.membership is not None
        one.membership.relationships.add(relationship)
    return dora, guest, tie


def _settle_cast(world: World) -> None:
    cast = world.cast
    for side, someone in (
        (Side.SHARED, cast.tuomas), (Side.INSIDE, cast.heikki), (Side.OTHER, world.dora),
        (Side.FOREIGN, cast.olga),
    ):  # fmt: skip
        world.people[side] = f"PTY-{FIRST_NUMBER[side] + 900}"
        Party.objects.filter(pk=someone.party.pk).update(code=world.people[side])
    _rename_team(cast)
    for side, by in ((Side.INSIDE, cast.aino.actor), (Side.FOREIGN, cast.olga.actor)):
        invited = invite(f"{side}.invited@example.org", "reader", by=by)
        world.numbers[side]["invitation"] = invited.membership.pk


def _rename_team(cast: Cast) -> None:
    """Who works here is the team's own as well."""
    for someone in cast.insiders:
        name = f"{someone.user.name} {Side.INSIDE}"
        UserAccount.objects.filter(pk=someone.user.pk).update(name=name)
        Party.objects.filter(pk=someone.party.pk).update(name=name, sort_title=name.lower())


def _populate(world: World, side: Side, room: Workspace) -> None:
    """One object of every kind that can be written, in the order of the registry."""
    by = system_actor(room)
    pending = _unfinished(room).pk if side is Side.PENDING else None
    for row in entities():
        _begin_codes(room, row, side)
    for row in entities():
        if row.changeable:
            world.objects[side][row.kind] = _object(world, side, row, by, pending)


def _begin_codes(room: Workspace, row: Entity, side: Side | None) -> None:
    """What a customer's person never sees keeps the team's numbers, wherever it stands.

    What is written by the tests themselves (no *side*) has numbers of its own.
    """
    hidden = side is Side.SHARED and row.kind in NEVER_OUTSIDE
    number = FIRST_NUMBER[Side.INSIDE] + 500 if hidden else FIRST_NUMBER[side] if side else 20000
    CodeSequence.objects.update_or_create(
        workspace=room, prefix=row.prefix, defaults={"last": number}
    )


def _object(world: World, side: Side, row: Entity, by: Actor, pending: int | None) -> Any:
    own = {**world.codes(side), **_relationship_code(world, side)}
    pointed = own if side is Side.FOREIGN else world.codes(Side.INSIDE)
    if side is Side.PENDING:
        own = {**pointed, "component": world.code(Side.SHARED, "component")}
    values = values_for(row, side, own, pointed)
    values["audience"] = AUDIENCES[side]
    if row.kind == "relationship" and side is Side.SHARED:
        fixed = {"relationship", "consumer_party", "provider_party", "state"}
        kept = {name: value for name, value in values.items() if name not in fixed}
        return change_object(row, world.cast.school, {**kept, "audience": "customers"}, by=by)
    if row.kind == "relationship":
        values |= _two_sides(world, side, by)
    return create_objects(row, [values], by=by, pending_run=pending)[0]


def _relationship_code(world: World, side: Side) -> dict[str, str]:
    code = {Side.SHARED: world.cast.school.code, Side.OTHER: world.others.code}.get(side)
    return {"relationship": code} if code else {}


def _two_sides(world: World, side: Side, by: Actor) -> dict[str, Any]:
    """A relationship of this side's own party, open to customers: only its rule hides it."""
    home = by.workspace.home_party
    pair = (home, world.objects[Side.INSIDE]["party"]) if side is Side.PENDING else (
        world.objects[side]["party"], home
    )  # fmt: skip
    return {"consumer_party": pair[0], "provider_party": pair[1], "relationship": None,
            "audience": "customers"}  # fmt: skip


def _unfinished(room: Workspace) -> ImportRun:
    return ImportRun.objects.create(
        workspace=room, file_name="half-way.csv", file_hash="0" * 64, state="interrupted"
    )


def _hand_out_link(world: World) -> None:
    """A link to one shared object: its holder may see that and nothing else."""
    by = world.cast.aino.actor
    service = world.objects[Side.SHARED]["service_product"]
    link, world.link_secret = make_link("view", service, by=by, max_uses=5)
    world.numbers[Side.INSIDE]["magic_link"] = link.pk


_copied = Copied(build)
