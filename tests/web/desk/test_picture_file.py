"""The file of a picture: whole, kept for ever, and for those alone who see what it hangs on."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from polku.journeys.entities import JOURNEY
from polku.journeys.operations import add_stage, add_step, set_picture
from polku.journeys.operations.sharing import Wanted, share_journey
from polku.kernel.changes import change_object
from polku.kernel.models import Attachment
from polku.kernel.pictures import keep_picture, path_of
from tests import drawn
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db
LARGE, SMALL = "/w/museum/pictures/1/large.webp", "/w/museum/pictures/1/small.webp"


@pytest.fixture
def door(cast: Cast) -> Attachment:
    """A picture in a cell of a journey that customers may see."""
    by = cast.aino.actor
    journey = make("journey", by, name="A visit", audience="customers")
    stage = add_stage(journey, values={"name": "There"}, by=by)
    step = add_step(journey, stage.pk, values={"name": "Door"}, by=by)
    found = keep_picture(io.BytesIO(drawn.file(drawn.picture((900, 600)))), "A door", by=by)
    set_picture(journey, step.pk, "frontstage", found, by=by)
    return found


def journey_of(cast: Cast) -> Any:
    return JOURNEY.model.objects.get(workspace=cast.museum)


def test_both_sizes_come_whole_and_stay(cast: Cast, door: Attachment) -> None:
    client = cast.liisa.client()
    for address, size in ((LARGE, (900, 600)), (SMALL, (480, 320))):
        answer = client.get(address)
        assert answer.status_code == 200
        with Image.open(io.BytesIO(answer.content)) as image:
            assert (image.format, image.size) == ("WEBP", size)
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'"
        assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
        assert door.sha256 in answer["ETag"]
        head = client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == answer["Cache-Control"]
    assert client.post(LARGE).status_code == 405


def test_who_sees_the_cell_sees_it_and_nobody_else(cast: Cast, door: Attachment) -> None:
    assert cast.tuomas.client().get(SMALL).status_code == 200
    change_object(JOURNEY, journey_of(cast), {"audience": "internal"}, by=cast.aino.actor)
    for address in (SMALL, "/w/museum/pictures/99/small.webp"):
        assert cast.tuomas.client().get(address).status_code == 404
    for person in (cast.olga, cast.mallory):
        assert person.client().get(SMALL).status_code == 404
    assert cast.olga.client().get("/w/norrvik/pictures/1/small.webp").status_code == 404


def test_it_asks_few_questions(cast: Cast, door: Attachment) -> None:
    for person in (cast.liisa, cast.tuomas):
        client = person.client()
        client.get(SMALL)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(SMALL).status_code == 200
        assert len(asked) <= 8


def test_a_file_that_is_gone_is_missing(cast: Cast, door: Attachment, monkeypatch: Any) -> None:
    monkeypatch.setattr(
        "polku.kernel.picture_files.path_of",
        lambda *about, **told: path_of(*about, **told).with_name("gone"),
    )
    assert cast.liisa.client().get(LARGE).status_code == 404


def test_a_guest_gets_the_pictures_of_the_link(cast: Cast, door: Attachment, client: Any) -> None:
    address = "/m/open/pictures/1/small.webp"
    assert client.get(address).status_code == 404
    journey, by = journey_of(cast), cast.aino.actor
    shared = share_journey(journey, Wanted(["frontstage"]), by=by)
    client.get(f"/m/{shared.secret}/")
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    other = keep_picture(io.BytesIO(drawn.file()), "Another", by=by)
    assert client.get(f"/m/open/pictures/{other.number}/small.webp").status_code == 404
    narrow = share_journey(journey, Wanted(["customer_action"]), by=by)
    client.get(f"/m/{narrow.secret}/")
    assert client.get(address).status_code == 404
    assert client.get("/m/open/pictures/77/small.webp").status_code == 404
