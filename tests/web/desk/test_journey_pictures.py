"""Pictures on the pages of journeys: hung up, changed and taken down in the drawer, and shown."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from polku.journeys.documents import PictureDoc, StepDoc, read_document
from polku.journeys.models import Journey
from polku.journeys.operations import (
    add_stage,
    add_step,
    agree,
    remove_picture,
    set_picture,
    undo,
    write_cell,
    write_text,
)
from polku.kernel.models import Attachment
from polku.kernel.operations_pictures import keep_picture
from tests import drawn
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
ROW = "frontstage"
NOT_CHOSEN = "Choose a picture first."


@pytest.fixture
def journey(cast: Cast) -> Journey:
    """One step, Books, with a text of ours."""
    by = cast.aino.actor
    found: Journey = make("journey", by, name={"en": "I visit"})
    stage = add_stage(found, values={"name": "Before"}, by=by)
    step = add_step(found, stage.pk, values={"name": "Books"}, by=by)
    write_text(found, step.pk, ROW, "takes the money", by=by)
    return found


@pytest.fixture
def aino(cast: Cast) -> Client:
    return cast.aino.client()


def step(cast: Cast, journey: Journey) -> StepDoc:
    return read_document(cast.aino.actor, Journey.objects.get(pk=journey.pk)).steps[0]


def hung(cast: Cast, journey: Journey, row: str = ROW) -> PictureDoc | None:
    found = step(cast, journey).pictures_of(row)
    return found[0] if found else None


def place(cast: Cast, journey: Journey, row: str = ROW) -> str:
    return f"/w/museum/journeys/{journey.code}/edit/{step(cast, journey).id}/{row}/"


def page(client: Client, journey: Journey, at: str = "") -> str:
    answer = client.get(f"/w/museum/journeys/{journey.code}/{at}")
    assert answer.status_code == 200, at
    return answer.content.decode()


def file(seed: int = 0, size: tuple[int, int] = (640, 480)) -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG_1.PNG", drawn.file(drawn.picture(size, seed=seed)))


def attachment(cast: Cast, words: Any = "A ticket", seed: int = 0) -> Attachment:
    return keep_picture(file(seed), words, by=cast.piotr.actor)


def form(key: str = "picture", **more: Any) -> dict[str, Any]:
    return {"form": key, "words-en": "A paper ticket", **more}


# Hanging up


def test_a_form_without_script_hangs_a_picture_and_says_so(
    aino: Client, cast: Cast, journey: Journey
) -> None:
    at = place(cast, journey)
    html = aino.get(at).content.decode()
    assert "Add a picture" in html
    assert 'enctype="multipart/form-data"' in html
    assert "no photograph of a real person" in html
    sent = form(file=file(), **{"words-fi": "Paperilippu"})
    html = aino.post(at, sent, follow=True).content.decode()
    picture = hung(cast, journey)
    assert picture is not None
    assert picture.words.texts == {"en": "A paper ticket", "fi": "Paperilippu"}
    assert f'src="/w/museum/pictures/{picture.number}/small.webp"' in html
    assert 'width="133" height="100" alt="A paper ticket"' in html
    assert 'loading="lazy"' in html
    assert "takes the money" in html


def test_the_drawer_answers_with_the_cell_painted_anew(
    aino: Client, cast: Cast, journey: Journey
) -> None:
    sent = form(file=file(), seen=Journey.objects.get(pk=journey.pk).edits)
    answer = aino.post(place(cast, journey), sent, headers=JSON)
    news = answer.json()
    (painted,) = [html for at, html in news["cells"] if at.startswith(ROW)]
    assert 'alt="A paper ticket"' in painted
    assert "takes the money" in painted
    assert painted.index("<img") < painted.index("<a ")
    assert "Change the picture" in news["parts"]["journey-drawer"]
    assert "Undo: picture “A paper ticket” at Books" in news["parts"]["journey-turns"]


@pytest.mark.parametrize(("sent", "where", "words"), [
    ({}, "picture-error", NOT_CHOSEN),
    ({"file": SimpleUploadedFile("door.png", b"")}, "picture-error", "The file is empty"),
    ({"file": SimpleUploadedFile("door.png", b"<svg onload='x'/>")}, "picture-error", "Save it"),
    ({"file": file(), "words-en": " ", "words-fi": ""}, "picture-words-en-error", "Say in a few"),
])  # fmt: skip
def test_what_is_wrong_stands_at_its_field_and_the_words_are_kept(
    aino: Client, cast: Cast, journey: Journey, sent: dict[str, Any], where: str, words: str
) -> None:
    answer = aino.post(place(cast, journey), {**form(**{"words-fi": "Paperilippu"}), **sent})
    html = answer.content.decode()
    assert answer.status_code == 422
    error = html[html.index(f'id="{where}"') :]
    assert words in error[: error.index("</p>")]
    assert "<details open><summary>Add a picture" in html
    assert ("Paperilippu" in html) is ("words-fi" not in sent)
    assert (">\nA paper ticket</textarea>" in html) is ("words-en" not in sent)
    assert hung(cast, journey) is None
    assert not Attachment.objects.exists()


def test_what_the_customer_does_has_a_picture_and_what_they_expect_has_none(
    aino: Client, cast: Cast, journey: Journey
) -> None:
    at = place(cast, journey, "customer_action")
    aino.post(at, form(file=file()))
    assert hung(cast, journey, "customer_action") is not None
    assert 'alt="A paper ticket"' in page(aino, journey)
    for row in ("expectation", "touchpoint", "wait", "pains", "experience"):
        html = aino.get(place(cast, journey, row)).content.decode()
        assert "Add a picture" not in html, row


def test_an_empty_row_gets_a_cell_that_is_only_a_picture(
    aino: Client, cast: Cast, journey: Journey
) -> None:
    aino.post(place(cast, journey, "backstage"), form(file=file()))
    (cell,) = step(cast, journey).cells["backstage"]
    assert cell.picture is not None
    assert not cell.text
    html = page(aino, journey, "blueprint/")
    assert html.count('alt="A paper ticket"') == 1
    grid = page(aino, journey, "edit/")
    assert 'alt="A paper ticket"' in grid
    assert 'aria-label="Write"' in grid


# Changing and taking down


def test_other_words_another_file_and_nothing(aino: Client, cast: Cast, journey: Journey) -> None:
    picture = attachment(cast)
    set_picture(journey, step(cast, journey).id, ROW, picture, by=cast.aino.actor)
    at, key = place(cast, journey), f"picture:{step(cast, journey).cells[ROW][0].id}"
    html = aino.get(at).content.decode()
    assert "Change the picture" in html
    assert ">\nA ticket</textarea>" in html
    assert f'name="was" value="{picture.number}"' in html
    aino.post(at, form(key, was=picture.number, **{"was-words-en": "A ticket"}))
    other = hung(cast, journey)
    assert other is not None
    assert str(other.words) == "A paper ticket"
    assert other.sha256 == picture.sha256
    words = {"was-words-en": "A paper ticket", "words-en": "A door"}
    aino.post(at, form(key, was=other.number, file=file(7), **words))
    third = hung(cast, journey)
    assert third is not None
    assert third.sha256 != picture.sha256
    assert str(third.words) == "A door"
    answer = aino.post(at, form(key, was=third.number, verb="remove"), follow=True)
    assert "Taken down. Undo brings it back." in answer.content.decode()
    assert hung(cast, journey) is None
    undo(Journey.objects.get(pk=journey.pk), by=cast.aino.actor)
    back = hung(cast, journey)
    assert back is not None
    assert back.number == third.number


def test_two_who_hang_a_picture_see_both_and_choose(
    aino: Client, cast: Cast, journey: Journey
) -> None:
    piotrs = attachment(cast, "A boat")
    set_picture(journey, step(cast, journey).id, ROW, piotrs, by=cast.piotr.actor)
    at = place(cast, journey)
    answer = aino.post(at, form(file=file(9)))
    html = answer.content.decode()
    assert answer.status_code == 409
    mine = Attachment.objects.get(created_by=cast.aino.user)
    assert 'alt="A boat"' in html
    assert 'alt="A paper ticket"' in html
    assert "Piotr" in html
    assert f'name="mine" value="{mine.number}"' in html
    assert hung(cast, journey).number == piotrs.number  # type: ignore[union-attr]
    sent = {"form": "picture", "verb": "mine", "mine": mine.number, "was": piotrs.number}
    assert aino.post(at, sent).status_code == 302
    assert hung(cast, journey).number == mine.number  # type: ignore[union-attr]


def test_an_undo_that_would_take_anothers_picture_away_shows_both(
    aino: Client, cast: Cast, journey: Journey
) -> None:
    at = step(cast, journey).id
    set_picture(journey, at, ROW, attachment(cast, "My ticket"), by=cast.aino.actor)
    set_picture(journey, at, ROW, attachment(cast, "A boat", 5), by=cast.piotr.actor)
    seen = Journey.objects.get(pk=journey.pk).edits
    url = f"/w/museum/journeys/{journey.code}/edit/act/"
    answer = aino.post(url, {"verb": "undo", "seen": seen}, headers=JSON)
    assert answer.status_code == 409
    both = answer.json()["parts"]["journey-both"]
    assert "A boat" in both
    assert "My ticket" in both


def test_who_may_only_read_sees_the_picture_and_no_form(cast: Cast, journey: Journey) -> None:
    set_picture(journey, step(cast, journey).id, ROW, attachment(cast), by=cast.aino.actor)
    html = cast.liisa.client().get(place(cast, journey)).content.decode()
    assert 'alt="A ticket"' in html
    assert "Change the picture" not in html
    answer = cast.liisa.client().post(place(cast, journey), form(file=file()))
    assert answer.status_code == 403
    assert Attachment.objects.count() == 1
    assert cast.mallory.client().get(place(cast, journey)).status_code == 404


# Looking


def test_every_way_to_look_shows_it_with_its_words(
    aino: Client, cast: Cast, journey: Journey
) -> None:
    picture = attachment(cast, {"en": "A ticket", "fi": "Lippu"})
    set_picture(journey, step(cast, journey).id, ROW, picture, by=cast.aino.actor)
    large = f'href="/w/museum/pictures/{picture.number}/large.webp"'
    for at in ("", "blueprint/", "list/"):
        html = page(aino, journey, at)
        for words in (large, 'alt="A ticket"', 'loading="lazy"'):
            assert words in html, at
    paper = page(aino, journey, "?paper=a4")
    assert 'alt="A ticket"' in paper
    assert 'loading="lazy"' not in paper, "paper cannot wait"
    assert large not in page(aino, journey, "edit/"), "a cell of the editor has one link"


def test_a_customers_eyes_see_no_picture_below_our_line(
    aino: Client, cast: Cast, journey: Journey
) -> None:
    picture = attachment(cast, "A safe")
    set_picture(journey, step(cast, journey).id, "backstage", picture, by=cast.aino.actor)
    assert 'alt="A safe"' in page(aino, journey, "blueprint/")
    assert "A safe" not in page(aino, journey, "blueprint/?as=customer")


def test_compare_sets_the_pictures_side_by_side(aino: Client, cast: Cast, journey: Journey) -> None:
    by, at = cast.aino.actor, step(cast, journey).id
    set_picture(journey, at, ROW, attachment(cast), by=by)
    agree(Journey.objects.get(pk=journey.pk), by=by)
    now = Journey.objects.get(pk=journey.pk)
    set_picture(now, at, ROW, attachment(cast, "A ticket", 8), by=by)  # other file, same words
    numbers = list(Attachment.objects.order_by("number").values_list("number", flat=True))
    html = page(aino, journey, "compare/")
    assert "Picture: We do" in html
    for number in numbers:
        assert f"/pictures/{number}/small.webp" in html
    remove_picture(Journey.objects.get(pk=journey.pk), at, ROW, by=by)
    html = page(aino, journey, "compare/")
    assert f"/pictures/{numbers[0]}/small.webp" in html
    assert f"/{numbers[1]}/" not in html


def test_history_says_what_is_to_be_seen(aino: Client, cast: Cast, journey: Journey) -> None:
    by, at = cast.aino.actor, step(cast, journey).id
    set_picture(journey, at, ROW, attachment(cast), by=by)
    set_picture(journey, at, ROW, attachment(cast, "A boat", 3), by=by)
    remove_picture(journey, at, ROW, by=by)
    html = page(aino, journey, "history/")
    assert "Aino Salmi hung a picture." in html
    assert "Aino Salmi took a picture down." in html
    assert "Picture: A ticket → A boat" in html


def test_two_texts_in_a_row_keep_their_own_pictures(
    aino: Client, cast: Cast, journey: Journey
) -> None:
    by, at = cast.aino.actor, step(cast, journey).id
    second = write_cell(journey, None, at, ROW, {"text": "smiles"}, by=by)
    set_picture(journey, at, ROW, attachment(cast), by=by)
    set_picture(journey, at, ROW, attachment(cast, "A boat", 3), by=by, cell_id=second.pk)
    html = aino.get(place(cast, journey)).content.decode()
    assert html.count("Change the picture") == 2
    boat = hung_all(cast, journey)[1]
    sent = form(f"picture:{second.pk}", was=boat.number, verb="remove")
    aino.post(place(cast, journey), sent)
    assert [str(one.words) for one in hung_all(cast, journey)] == ["A ticket"]


def hung_all(cast: Cast, journey: Journey) -> tuple[PictureDoc, ...]:
    return step(cast, journey).pictures_of(ROW)
