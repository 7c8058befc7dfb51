"""Typical customers: cards, side by side, on paper, their page, and evidence under them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from polku.kernel.links import tie
from polku.people.models import Insight, Persona
from polku.people.operations import add_evidence
from tests import drawn
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db
ROOM = "/w/museum/personas"


@pytest.fixture
def family(cast: Cast) -> Persona:
    by = cast.aino.actor
    group = make("segment", by, name="Families with children")
    found: Persona = make(
        "persona", by, label="The rainy Sunday family", segment=group,
        goals="To be somewhere dry\nThat nobody is bored", pains="The price at the door",
        quotes="We came because it rains. — a mother of two\nIs it four tickets?",
    )  # fmt: skip
    return found


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.usefixtures("family")
def test_cards_show_each_with_how_sure_we_are(cast: Cast) -> None:
    html = read(cast.liisa.client(), f"{ROOM}/cards/")
    assert "1 typical customer" in html
    for words in ("The rainy Sunday family", "To be somewhere dry", "The price at the door",
                  "We came because it rains.", "nothing it rests on yet",
                  "1 without any evidence"):  # fmt: skip
        assert words in html
    assert "Compare the chosen" not in html, "there is nobody to compare with"


def test_without_any_the_first_step_is_said(cast: Cast) -> None:
    html = read(cast.aino.client(), f"{ROOM}/cards/")
    assert "Draw one, and say how you know." in html
    assert f"{ROOM}/new/" in html
    assert f"{ROOM}/new/" not in read(cast.liisa.client(), f"{ROOM}/cards/")


def test_the_other_side_sees_what_is_shared_without_how_we_know(
    cast: Cast, family: Persona
) -> None:
    add_evidence(family, {"statement": "They count coins"}, by=cast.aino.actor)
    client = cast.tuomas.client()
    assert "rainy" not in read(client, f"{ROOM}/cards/")
    assert client.get(f"{ROOM}/{family.code}/").status_code == 404
    Persona.objects.filter(pk=family.pk).update(audience="customers")
    for path in ("cards/", f"{family.code}/", "print/", f"compare/?who={family.code}"):
        html = read(client, f"{ROOM}/{path}")
        assert "The rainy Sunday family" in html
        for inside in ("They count coins", "some evidence", "pieces", "1 piece", "Families with"):
            assert inside not in html, (path, inside)


def test_a_stranger_finds_nothing(cast: Cast, family: Persona) -> None:
    for path in ("cards/", "compare/", "print/", f"{family.code}/", f"{family.code}/evidence/"):
        assert cast.mallory.client().get(f"{ROOM}/{path}").status_code == 404
        assert cast.olga.client().get(f"{ROOM}/{path}").status_code == 404


def test_the_page_shows_card_gaps_and_evidence(cast: Cast, family: Persona) -> None:
    service = make("service_product", cast.aino.actor, name="Family visit")
    tie("L06", service, family, by=cast.aino.actor)
    known = {"statement": "They stay two hours", "method": "observation", "n": 41,
             "learnt_on": "2020-05-01", "kept_at": "Folder 3"}  # fmt: skip
    add_evidence(family, known, by=cast.aino.actor)
    html = read(cast.aino.client(), f"{ROOM}/{family.code}/")
    for words in ("They stay two hours", "41 people", "we watched", "kept: Folder 3",
                  "older than a year", "a mother of two", "Family visit",
                  "The newest evidence is more than a year old.",
                  "Nobody of this kind has said yet whether it is true."):  # fmt: skip
        assert words in html, words
    assert "No service is meant for them yet." not in html
    assert 'class="figure"' in html


def test_evidence_is_added_from_the_page(cast: Cast, family: Persona) -> None:
    given = {"statement": "They ask the price", "method": "interview", "n": "9",
             "learnt_on": "2026-05-01", "source": "nine families"}  # fmt: skip
    client = cast.piotr.client()
    response = client.post(f"{ROOM}/{family.code}/evidence/", given)
    assert response["Location"] == f"{ROOM}/{family.code}/#evidence"
    made = Insight.objects.get()
    assert (str(made.statement), made.n, made.source) == ("They ask the price", 9, "nine families")
    assert made.owner_party == cast.piotr.party
    assert "Written down as INS-1" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"statement": ""}, "Write what you learnt"),
        ({"statement": "x", "learnt_on": "2999-01-01"}, "That day has not come yet"),
        ({"statement": "x", "learnt_on": "yesterday"}, "This is not a day"),
        ({"statement": "x", "n": "-1"}, "greater than or equal to 0"),
        ({"statement": "x", "method": "magic"}, "Select a valid choice"),
    ],
)
def test_bad_evidence_is_told_and_kept_in_the_form(
    cast: Cast, family: Persona, given: dict[str, str], words: str
) -> None:
    response = cast.aino.client().post(
        f"{ROOM}/{family.code}/evidence/", {"source": "nine families", **given}
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert "nine families" in html
    assert not Insight.objects.exists()


def test_who_may_not_change_it_is_told_why(cast: Cast, family: Persona) -> None:
    path = f"{ROOM}/{family.code}/evidence/"
    for person in (cast.liisa, cast.heikki):
        for answer in (person.client().get(path), person.client().post(path, {"statement": "x"})):
            assert answer.status_code == 403
        assert "Add evidence" not in read(person.client(), f"{ROOM}/{family.code}/")


def test_side_by_side_line_by_line(cast: Cast, family: Persona) -> None:
    others: list[Any] = [
        make("persona", cast.aino.actor, label=f"Guest {n}", goals=f"Goal {n}") for n in range(4)
    ]
    codes = "&".join(f"who={row.code}" for row in [others[0], family])
    html = read(cast.liisa.client(), f"{ROOM}/compare/?{codes}")
    assert html.index('scope="col"') < html.index("Goal 0") < html.index("To be somewhere dry")
    assert "Goal 1" not in html
    too_many = "&".join(f"who={row.code}" for row in [family, *others])
    html = read(cast.liisa.client(), f"{ROOM}/compare/?{too_many}")
    assert "The first 4 are shown" in html
    assert "Goal 3" not in html
    assert "Choose at least two." in read(cast.liisa.client(), f"{ROOM}/compare/?who=PER-999")


def test_paper_has_a_card_each_or_the_one_asked_for(cast: Cast, family: Persona) -> None:
    make("persona", cast.aino.actor, label="Somebody on wheels")
    assert read(cast.liisa.client(), f"{ROOM}/print/").count("persona-sheet") == 2
    one = read(cast.liisa.client(), f"{ROOM}/print/?who={family.code}")
    assert one.count("persona-sheet") == 1
    assert "Somebody on wheels" not in one


def test_a_solo_maker_finds_them_among_the_services(cast: Cast, family: Persona) -> None:
    cast.museum.features |= {"people": False, "relationships": False}
    cast.museum.size_profile = "solo"
    cast.museum.save()
    html = read(cast.aino.client(), "/w/museum/services/")
    assert f"{ROOM}/cards/" in html
    assert "Typical customers" in html
    assert "/stakeholders/" not in html
    cards = read(cast.aino.client(), f"{ROOM}/cards/")
    rail = cards.split('id="rail"')[1].split("</nav>")[0]
    assert "Customers" not in rail
    current = rail.split("aria-current")[1].split("</a>")[0]
    assert "Services" in current


def test_with_customers_they_stand_among_the_customers(cast: Cast, family: Persona) -> None:
    html = read(cast.aino.client(), "/w/museum/relationships/")
    assert f"{ROOM}/cards/" in html
    assert "/w/museum/stakeholders/map/" in html
    assert f"{ROOM}/cards/" not in read(cast.aino.client(), "/w/museum/services/")


# The picture


def boots() -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG_7.png", drawn.file())


def test_a_picture_takes_the_place_of_the_figure_and_goes_again(
    cast: Cast, family: Persona
) -> None:
    aino, room = cast.aino.client(), f"{ROOM}/{family.code}/"
    assert f'href="{room}picture/"' in read(aino, room)
    assert "Draw or use an object: no photograph of a real person." in read(aino, f"{room}picture/")
    sent = {"file": boots(), "words-en": "Rubber boots", "words-fi": "Saappaat"}
    answer = aino.post(f"{room}picture/", sent)
    assert answer.status_code == 302
    assert answer["Location"] == f"{room}#card"
    family.refresh_from_db()
    picture = family.picture
    assert picture is not None
    html = read(aino, room)
    assert f'href="/w/museum/pictures/{picture.number}/large.webp"' in html
    assert "Change the picture" in html
    for page in (room, f"{ROOM}/cards/", f"{ROOM}/print/", f"{ROOM}/compare/?who={family.code}",
                 f"/w/museum/segments/{family.segment.code}/"):  # type: ignore[union-attr]  # fmt: skip
        html = read(aino, page)
        assert f'src="/w/museum/pictures/{picture.number}/small.webp"' in html, page
        assert 'alt="Rubber boots"' in html, page
        assert 'class="figure" viewBox' not in html, page
    words = {"words-en": "Four boots", "was-words-en": "Rubber boots"}
    aino.post(f"{room}picture/", words)
    family.refresh_from_db()
    assert family.picture is not None
    assert family.picture.words.texts == {"en": "Four boots", "fi": "Saappaat"}
    html = aino.post(f"{room}picture/", {"verb": "remove"}, follow=True).content.decode()
    assert "Taken down. The drawn figure stands there again." in html
    assert 'class="figure" viewBox' in html
    history = read(aino, f"{room}history/")
    assert "Rubber boots" in history
    assert "Four boots" in history


@pytest.mark.parametrize(("sent", "words"), [
    ({"words-en": "Rubber boots"}, "Choose a picture first."),
    ({"file": SimpleUploadedFile("x.png", b"<html>"), "words-en": "Rubber boots"}, "Save it as"),
    ({"words-en": ""}, "Choose a picture first."),
])  # fmt: skip
def test_a_picture_that_cannot_be_kept_says_why_and_keeps_the_words(
    cast: Cast, family: Persona, sent: dict[str, Any], words: str
) -> None:
    answer = cast.aino.client().post(f"{ROOM}/{family.code}/picture/", sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert 'aria-invalid="true"' in html
    assert f">\n{sent['words-en']}</textarea>" in html


def test_the_others_see_the_picture_of_those_they_see_and_change_none(
    cast: Cast, family: Persona
) -> None:
    room = f"{ROOM}/{family.code}/"
    cast.aino.client().post(f"{room}picture/", {"file": boots(), "words-en": "Rubber boots"})
    family.refresh_from_db()
    file = f"/w/museum/pictures/{family.picture.number}/small.webp"  # type: ignore[union-attr]
    assert "Change the picture" not in read(cast.liisa.client(), room)
    assert cast.liisa.client().get(f"{room}picture/").status_code == 403
    tuomas = cast.tuomas.client()
    assert tuomas.get(file).status_code == 404
    Persona.objects.filter(pk=family.pk).update(audience="customers")
    assert 'alt="Rubber boots"' in read(tuomas, room)
    assert tuomas.get(file).status_code == 200
    assert tuomas.get(f"{room}picture/").status_code == 403
    assert cast.mallory.client().get(file).status_code == 404


def test_two_who_give_a_picture_hear_of_each_other(cast: Cast, family: Persona) -> None:
    room, began = f"{ROOM}/{family.code}/picture/", family.revision
    assert f'name="revision" value="{began}"' in read(cast.aino.client(), room)
    theirs = {"file": boots(), "words-en": "Piotr's boots", "revision": began}
    assert cast.piotr.client().post(room, theirs).status_code == 302
    mine = {"file": boots(), "words-en": "Aino's boots", "revision": began}
    answer = cast.aino.client().post(room, mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert 'alt="Piotr&#x27;s boots"' in html
    assert ">\nAino&#x27;s boots</textarea>" in html
    family.refresh_from_db()
    assert f'name="revision" value="{family.revision}"' in html, "saving again is a choice"
    assert str(family.picture) == "Piotr's boots"
