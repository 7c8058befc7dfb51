"""AC16: a typical customer without evidence is a loose end until somebody writes down how we know;
what a stakeholder expects stands on the map, for the team alone."""

from typing import Any

import pytest

from polku.kernel.models import LooseEnd
from polku.people.models import Persona, Stakeholder
from tests.api.callers import token_of
from tests.cast import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.scenario("AC16", part="persona-stakeholder"),
]
ROOM = "/w/museum"
LOOSE = "rests on nothing that we learnt"


def add(cast: Cast, kind: str, **values: str) -> Any:
    response = cast.piotr.client().post(f"{ROOM}/{kind}/new/", {"seen": "1", **values})
    assert response.status_code == 302, response.content.decode()[-3000:]
    return response["Location"]


def look_again(cast: Cast) -> str:
    """Ask all checks to look now, and read the page of loose ends."""
    client = cast.piotr.client()
    assert client.post(f"{ROOM}/loose-ends/again/").status_code in {200, 302}
    return client.get(f"{ROOM}/loose-ends/").content.decode()


def test_a_picture_without_evidence_is_a_loose_end_until_somebody_says_how_we_know(
    cast: Cast,
) -> None:
    teacher = add(cast, "personas", label="The teacher of a fourth grade")
    family = add(cast, "personas", label="The rainy Sunday family")
    client = cast.piotr.client()
    known = {"statement": "Teachers ask about the lunch first", "method": "interview", "n": "5",
             "learnt_on": "2026-05-01"}  # fmt: skip
    assert client.post(f"{teacher}evidence/", known).status_code == 302

    page = look_again(cast)
    assert LOOSE in page
    assert family in page
    assert LooseEnd.objects.filter(check_code="L34", state="open").count() == 1
    shown = client.get(family).content.decode()
    assert "Nothing says how we know any of this." in shown
    assert "nothing it rests on yet" in shown

    heard = {"statement": "They count the price at the door", "method": "observation",
             "learnt_on": "2026-05-02"}  # fmt: skip
    assert client.post(f"{family}evidence/", heard).status_code == 302
    assert family not in look_again(cast)
    assert not LooseEnd.objects.filter(check_code="L34", state="open").exists()
    persona = Persona.objects.get(label__en__startswith="The rainy")
    assert (persona.confidence, persona.evidence_count) == ("some", 1)


def test_what_a_stakeholder_expects_is_on_the_map_and_nowhere_else(cast: Cast) -> None:
    page = add(cast, "stakeholders", group_name="Neighbours of the quay", attitude="against",
               expects_from_us="Quiet after nine")  # fmt: skip
    who = Stakeholder.objects.get()
    assert page == f"{ROOM}/stakeholders/{who.code}/"
    place = {"interest": "5", "influence": "4", "revision": str(who.revision)}
    assert cast.piotr.client().post(f"{page}place/", place).status_code == 302

    seen = cast.liisa.client().get(f"{ROOM}/stakeholders/map/").content.decode()
    for words in ("Neighbours of the quay", "against it", "Quiet after nine", "interest 5"):
        assert words in seen

    outside = cast.tuomas.client()
    assert outside.get(f"{ROOM}/stakeholders/map/").status_code == 403
    for path in (page, f"{page}place/", f"{page}lines/"):
        assert outside.get(path).status_code == 404
    for path in ("stakeholders/", "search/?q=neighbours", "personas/cards/"):
        answer = outside.get(f"{ROOM}/{path}")
        assert "Quiet after nine" not in answer.content.decode()
        assert "Neighbours of the quay" not in answer.content.decode()
    api = token_of(cast.tuomas)
    assert api.get("stakeholders").json()["items"] == []
    assert api.get(f"stakeholders/{who.code}").status_code == 404
