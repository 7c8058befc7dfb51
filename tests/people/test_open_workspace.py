"""A workspace begins with its home party and one person who looks after it."""

import pytest

from polku.kernel.answers import BadInput, Refused
from polku.kernel.models import AuditEvent
from polku.kernel.profiles import features_of
from polku.people.operations import NewPerson, open_workspace
from polku.people.operations.workspaces import free_slug
from polku.tenancy.models import Membership, UserAccount, Workspace

pytestmark = pytest.mark.django_db
AINO = NewPerson("Aino Salmi", "Aino@Museum.example", "a long walk to the harbour", "fi")


def opened(name: str = "Harbour Museum", **more: object) -> Membership:
    given: dict[str, object] = {"language": "en", "size": "solo", "person": AINO, **more}
    return open_workspace(name, **given)  # type: ignore[arg-type]


def test_it_begins_with_a_home_an_admin_and_the_switches_of_its_size() -> None:
    membership = opened()
    room = membership.workspace
    assert (room.slug, str(room.name), room.languages) == (
        "harbour-museum",
        "Harbour Museum",
        ["en"],
    )
    assert room.features == features_of("solo")
    assert room.home_party is not None
    assert room.home_party.is_internal
    assert (membership.access_role, membership.is_portfolio_owner) == ("admin", True)
    assert membership.party is not None
    assert membership.party.parent == room.home_party
    assert membership.user.check_password(AINO.password)
    assert membership.user.email == "aino@museum.example"
    assert AuditEvent.objects.filter(workspace=room, name="workspace.opened").count() == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Łódź – Muzeum Żeglugi", "lodz-muzeum-zeglugi"),
        ("Морской музей", "morskoi-muzei"),
        ("Ääkköset & Öljy", "aakkoset-oljy"),
        ("博物馆", "workspace"),
        ("!!!", "workspace"),
    ],
)
def test_an_address_is_made_from_a_name_in_any_script(name: str, slug: str) -> None:
    assert free_slug(name, taken=lambda _slug: False) == slug


def test_a_taken_address_gets_a_number() -> None:
    first = opened()
    second = opened(person=first.user)
    assert second.workspace.slug == "harbour-museum-2"
    assert UserAccount.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "n" * 121}, "name"),
        ({"language": "xx"}, "language"),
        ({"size": "huge"}, "size"),
        ({"slug": "Not so"}, "slug"),
        ({"vocabulary": "none"}, "vocabulary"),
        ({"person": NewPerson("Aino", "no address", "a long walk to the harbour")}, "email"),
        ({"person": NewPerson("Aino", "a@b.example", "short")}, "password"),
        ({"person": NewPerson("Aino", "a@b.example", "aino@b.example")}, "password"),
    ],
)
def test_bad_input_names_its_field_and_leaves_nothing(wrong: dict[str, object], field: str) -> None:
    if field == "password" and "aino@b" in str(wrong):
        wrong = {"person": NewPerson("aino salmi", "ainosalmi@b.example", "ainosalmi1")}
    with pytest.raises(BadInput) as told:
        opened(**{"name": "Harbour Museum", **wrong})
    assert field in told.value.fields
    assert not Workspace.objects.exists()
    assert not UserAccount.objects.exists()


def test_the_first_run_opens_the_first_workspace_only() -> None:
    opened(only_if_first=True)
    with pytest.raises(Refused):
        opened("Another", only_if_first=True, person=NewPerson("B", "b@b.example", AINO.password))
    assert Workspace.objects.count() == 1
    assert not UserAccount.objects.filter(email="b@b.example").exists()


def test_a_known_address_cannot_be_taken_over() -> None:
    opened()
    with pytest.raises(BadInput) as told:
        opened("Another", person=NewPerson("Mallory", "aino@museum.example", "my own password now"))
    assert "email" in told.value.fields
    assert UserAccount.objects.get().check_password(AINO.password)
