"""The fixed cast: the same people in every test.

Aino runs a museum (admin), Piotr designs services (editor), Heikki helps (member), Liisa reads,
Olga runs another organisation on the same server, Tuomas is the museum's customer, Mallory has
an account and no part anywhere.
"""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from polku.kernel.actor import Actor, actor_of, system_actor
from polku.kernel.changes import create_object
from polku.kernel.profiles import features_of
from polku.kernel.registry import entity
from polku.kernel.transitions import Step, move
from polku.tenancy.models import Membership, Party, Relationship, UserAccount, Workspace
from polku.tenancy.translated import Translated
from tests.copies import Copied

PASSWORD = "a long walk to the harbour"


@dataclass
class Person:
    """Somebody who can sign in: account, place in the workspace, and what they are there."""

    user: UserAccount
    membership: Membership | None = None

    @property
    def actor(self) -> Actor:
        """Their actor, built afresh."""
        assert self.membership is not None
        membership = Membership.objects.select_related("workspace", "user").get(
            pk=self.membership.pk
        )
        return actor_of(membership)

    @property
    def party(self) -> Party:
        """Their party row."""
        assert self.membership is not None
        return Party.objects.get(pk=self.membership.party_id)

    def client(self) -> Client:
        """A browser in which they are signed in."""
        client = Client()
        client.force_login(self.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


@dataclass
class Cast:
    """One museum, one provider beside it, and the people of both."""

    museum: Workspace
    norrvik: Workspace
    aino: Person
    piotr: Person
    heikki: Person
    liisa: Person
    tuomas: Person
    olga: Person
    mallory: Person
    school: Relationship

    @property
    def insiders(self) -> list[Person]:
        """Everybody of the museum's own people."""
        return [self.aino, self.piotr, self.heikki, self.liisa]


def workspace(slug: str, name: str, size: str = "small", languages: str = "en fi") -> Workspace:
    """A workspace with its home party."""
    room = Workspace.objects.create(
        name=Translated.of(name, "en"), slug=slug, size_profile=size,
        languages=languages.split(), features=features_of(size),
    )  # fmt: skip
    room.home_party = make("party", system_actor(room), name=name, is_internal=True)
    room.save()
    return room


def person(room: Workspace | None, name: str, role: str = "", **more: Any) -> Person:
    """An account, and a place in the workspace when there is one."""
    email = f"{name.split()[0].lower()}@example.org"
    user = UserAccount.objects.filter(email=email).first() or UserAccount.objects.create_user(
        email, PASSWORD, name=name
    )
    if room is None:
        return Person(user)
    internal = role not in {"co_creator", "guest"}
    party = make("party", system_actor(room), name=name, kind="person", is_internal=internal)
    membership = Membership.objects.create(
        workspace=room, user=user, party=party, access_role=role, **more
    )
    return Person(user, membership)


def make(kind: str, by: Actor, /, **values: Any) -> Any:
    """An object of a kind, through the one door; a state given is entered by a step."""
    row = entity(kind)
    state = values.pop("state", None)
    obj = create_object(row, values, by=by)
    if state and state != getattr(obj, row.state_field):
        move(obj, Step(state, reason="as told"), by=system_actor(by.workspace))
        obj.refresh_from_db()
    return obj


def _gather() -> Cast:
    museum, norrvik = workspace("museum", "Harbour Museum"), workspace("norrvik", "Norrvik IT")
    system = system_actor(museum)
    school = make("party", system, name="Rantakylä School")
    tie = make("relationship", system, consumer_party=school, provider_party=museum.home_party,
               state="active")  # fmt: skip
    tuomas = person(museum, "Tuomas Rinne", "co_creator")
    assert tuomas.membership is not None
    tuomas.membership.relationships.add(tie)
    return Cast(
        museum=museum, norrvik=norrvik, school=tie, tuomas=tuomas,
        aino=person(museum, "Aino Salmi", "admin"),
        piotr=person(museum, "Piotr Zieliński", "editor"),
        heikki=person(museum, "Heikki Laine", "member"),
        liisa=person(museum, "Liisa Korpi", "reader"),
        olga=person(norrvik, "Olga Lind", "admin"),
        mallory=person(None, "Mallory Moss"),
    )  # fmt: skip


# The whole cast in a fresh database: half the tests ask for it
gather = Copied(_gather)
