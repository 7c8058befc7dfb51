"""What people's verbs add to the pages of parties and customers."""

import pytest

from polku.people.operations import add_role, change_sharing
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_customer_shows_what_is_shared_and_asked(cast: Cast) -> None:
    change_sharing(cast.school, "partnership", by=cast.aino.actor, reason="They plan with us")
    page = cast.liisa.client().get(f"/w/museum/relationships/{cast.school.code}/").content.decode()
    assert "asked for more: partnership" in page
    assert f"/w/museum/relationships/{cast.school.code}/sharing/" in page


def test_a_person_shows_their_parts_and_admins_the_way_to_access(cast: Cast) -> None:
    add_role(cast.piotr.party, "sponsor", by=cast.aino.actor)
    address = f"/w/museum/parties/{cast.piotr.party.code}/"
    access = f"/w/museum/settings/people/{cast.piotr.party.code}/"
    seen = {p.user.name: p.client().get(address).content.decode() for p in cast.insiders}
    assert all("Sponsor" in page for page in seen.values())
    assert [name for name, page in seen.items() if access in page] == ["Aino Salmi"]
