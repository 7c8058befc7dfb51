"""The parts that a party plays."""

import pytest
from django.urls import reverse

from polku.tenancy.models import PartyRole
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


def url(cast: Cast, workspace: str = "museum") -> str:
    code = cast.school.consumer_party.code
    return reverse("party_roles", kwargs={"workspace": workspace, "code": code})


def test_a_part_is_added_and_ends(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="School visit")
    client = cast.piotr.client()
    given = {"role": "user", "context": service.code.lower(), "valid_from": "2026-01-01"}
    assert client.post(url(cast), given).status_code == 302
    assert "School visit" in client.get(url(cast)).content.decode()
    role = PartyRole.objects.get()
    code = cast.school.consumer_party.code
    end = reverse("party_role_end", kwargs={"workspace": "museum", "code": code, "number": role.pk})
    assert cast.liisa.client().post(end).status_code == 403
    assert client.post(end).status_code == 302
    role.refresh_from_db()
    assert role.valid_to is not None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"role": "user", "context": "SRV-999"}, "nothing here by that code"),
        ({"role": "user", "context": "nonsense"}, "nothing here by that code"),
        (
            {"role": "user", "valid_from": "2026-06-01", "valid_to": "2026-05-01"},
            "cannot end before",
        ),
        ({"role": "emperor"}, "emperor"),
    ],
)
def test_bad_input_says_what_and_keeps_the_rest(
    cast: Cast, given: dict[str, str], words: str
) -> None:
    answer = cast.aino.client().post(url(cast), {**given, "note": "kept note"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "kept note" in answer.content.decode()
    assert not PartyRole.objects.exists()


def test_who_may_not(cast: Cast) -> None:
    assert cast.liisa.client().get(url(cast)).status_code == 200
    for person in (cast.liisa, cast.tuomas):
        assert person.client().post(url(cast), {"role": "user"}).status_code == 403
    for stranger in (cast.olga, cast.mallory):
        assert stranger.client().get(url(cast)).status_code == 404
    same_code = cast.olga.client().get(url(cast, "norrvik"))
    assert "Rantakylä" not in same_code.content.decode()
    assert not PartyRole.objects.exists()
