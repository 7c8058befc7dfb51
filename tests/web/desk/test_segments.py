"""The page of a group: why them, how many, who stands for it, what is meant for it."""

import pytest

from polku.kernel.links import tie
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


def read(cast: Cast, code: str) -> str:
    response = cast.liisa.client().get(f"/w/museum/segments/{code}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_chosen_group_says_what_it_lacks(cast: Cast) -> None:
    group = make("segment", cast.aino.actor, name="Families", state="targeted")
    html = read(cast, group.code)
    for gap in ("It is chosen, and nothing says why them.",
                "It is chosen, and nothing that is published is meant for it.",
                "Nobody knows how many they are.", "Nobody wrote what they would do otherwise.",
                "It has no face: nobody drew a typical customer of it."):  # fmt: skip
        assert gap in html, gap


def test_a_group_that_is_known_lacks_nothing(cast: Cast) -> None:
    by = cast.aino.actor
    group = make(
        "segment", by, name="Families", state="targeted", why_targeted="They live here",
        alternatives="The swimming hall", size=2900, size_as_of="2026-10-01",
        size_quality="estimated",
    )  # fmt: skip
    persona = make("persona", by, label="The rainy Sunday family", segment=group)
    service = make("service_product", by, name="Family visit", managed_state="idea")
    offer = make("offering", by, title="A ticket for all", summary="Comes with cocoa",
                 product=service, state="published")  # fmt: skip
    tie("L06", offer, group, by=by)
    html = read(cast, group.code)
    assert "What is missing" not in html
    for words in ("They live here", "The swimming hall", "2,900", "estimated", "A ticket for all",
                  "published", persona.code, "nothing it rests on yet"):  # fmt: skip
        assert words in html, words


def test_a_dropped_group_lacks_nothing(cast: Cast) -> None:
    group = make("segment", cast.aino.actor, name="Parties", state="dropped")
    assert "What is missing" not in read(cast, group.code)


def test_the_other_side_reads_no_judgement(cast: Cast) -> None:
    group = make(
        "segment", cast.aino.actor, name="Schools", state="targeted", audience="customers",
        why_targeted="They pay well", attractiveness=5,
    )  # fmt: skip
    html = cast.tuomas.client().get(f"/w/museum/segments/{group.code}/").content.decode()
    assert "Schools" in html
    assert "They pay well" not in html
    assert "What is missing" not in html
