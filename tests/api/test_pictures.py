"""Pictures by program: sent once, told of, fetched, hung in a journey and beside a persona."""

import errno
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from polku.kernel.models import Attachment
from polku.kernel.tokens import make_token
from tests import drawn
from tests.api.callers import ROOM, Caller
from tests.cast import Cast, Person, make
from tests.journeys.ways import visit_of

BASE = f"{ROOM}/pictures"


def key(person: Person) -> dict[str, str]:
    assert person.membership is not None
    _token, secret = make_token(person.membership, "test", by=person.actor)
    return {"Authorization": f"Bearer {secret}"}


def form(words: Any = "A door", content: bytes | None = None, seed: int = 0) -> dict[str, Any]:
    file = drawn.file(drawn.picture((900, 600), seed=seed)) if content is None else content
    return {"file": SimpleUploadedFile("me.png", file), "words": words}


def test_a_picture_is_sent_told_of_and_fetched(cast: Cast, client: Client) -> None:
    mine = key(cast.heikki)
    words = json.dumps({"en": "A door", "fi": "Ovi"})
    made = client.post(BASE, form(words), headers=mine)
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["number"], told["words"]) == (1, {"en": "A door", "fi": "Ovi"})
    assert (told["width"], told["height"], told["content_type"]) == (900, 600, "image/webp")
    assert made["Location"] == f"{BASE}/1"
    assert client.get(f"{BASE}/1", headers=mine).json() == told
    for size, width in (("", 900), ("?size=large", 900), ("?size=small", 480)):
        file = client.get(f"{BASE}/1/file{size}", headers=mine)
        assert file["Content-Type"] == "image/webp"
        assert Image.open(io.BytesIO(file.content)).width == width
    assert client.get(f"{BASE}/1/file?size=huge", headers=mine).status_code == 422
    assert client.get(f"{BASE}/1/file?colour=red", headers=mine).status_code == 422
    for number in ("2", "0", "x", "99999999999"):
        assert client.get(f"{BASE}/{number}", headers=mine).status_code == 404


def test_what_does_not_fit_is_told_at_its_field(cast: Cast, client: Client) -> None:
    mine = key(cast.aino)
    for sent, field in (
        ({}, "file"), (form(content=b"hello"), "file"), (form(""), "words"),
        (form("{"), "words"), (form('{"en": 7}'), "words"), (form("x" * 201), "words"),
        (form('{"not a language": "x"}'), "words"),
    ):  # fmt: skip
        told = client.post(BASE, sent, headers=mine)
        assert told.status_code == 422, told.content
        assert field in told.json()["errors"]
    assert not Attachment.objects.exists()


def test_the_same_request_twice_keeps_one(cast: Cast, client: Client) -> None:
    mine = key(cast.aino) | {"Idempotency-Key": "one"}
    first, again = (client.post(BASE, form("A door"), headers=mine) for _n in range(2))
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert first["Location"] == again["Location"]
    assert client.post(BASE, form("A gate"), headers=mine).status_code == 422
    assert Attachment.objects.count() == 1


def test_a_full_disk_is_said_and_keeps_nothing(
    cast: Cast, client: Client, monkeypatch: Any
) -> None:
    def full(*_about: Any) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    mine = key(cast.aino)
    monkeypatch.setattr("polku.storage.keeping.os.fsync", full)
    client.raise_request_exception = False
    told = client.post(BASE, form(seed=33), headers=mine)
    assert told.status_code == 507
    assert told["Content-Type"] == "application/problem+json"
    assert not Attachment.objects.exists()
    monkeypatch.undo()
    assert client.post(BASE, form(seed=33), headers=mine).status_code == 201


def test_readers_others_and_strangers(cast: Cast, client: Client) -> None:
    client.post(BASE, form(), headers=key(cast.aino))
    assert client.get(f"{BASE}/1", headers=key(cast.liisa)).status_code == 200
    for person, reads, writes in (
        (cast.liisa, 200, 403), (cast.tuomas, 404, 403), (cast.olga, 404, 404),
    ):  # fmt: skip
        mine = key(person)
        assert client.get(f"{BASE}/1", headers=mine).status_code == reads
        assert client.get(f"{BASE}/1/file", headers=mine).status_code == reads
        assert client.post(BASE, form(), headers=mine).status_code == writes


@pytest.mark.parametrize("row", ["customer_action", "frontstage"])
def test_it_is_hung_in_a_journey(cast: Cast, client: Client, piotr: Caller, row: str) -> None:
    visit = visit_of(cast.aino)
    mine = key(cast.piotr)
    for n in range(2):
        client.post(BASE, form(f"Picture {n}", seed=90 * n), headers=mine)

    def edit(**more: Any) -> Any:
        sent = {"step": 3, "row": row, **more}
        return piotr.send("POST", f"{ROOM}/journeys/{visit.code}/edits", {"edits": [sent]})

    assert edit(do="set_picture", picture=1, base=0).status_code == 200
    told = edit(do="set_picture", picture=2, base=0)
    assert told.status_code == 409
    both = told.json()["fields"]["picture"]
    assert (both["theirs"], both["mine"]) == (1, 2)
    assert edit(do="set_picture", picture=1, words={"fi": "Kuva"}, base=1).status_code == 200
    doc = piotr.get(f"journeys/{visit.code}/document").json()
    step = doc["stages"][0]["steps"][0]
    kept = step["picture"] if row == "customer_action" else step["cells"][row][0]["picture"]
    assert (kept["number"], kept["words"]["fi"], kept["width"]) == (3, "Kuva", 900)
    assert edit(do="remove_picture", base=3).status_code == 200
    assert edit(do="remove_picture").status_code == 409
    for more in ({"picture": 77}, {"picture": 0}, {"picture": "x"}, {}):
        assert edit(do="set_picture", **more).status_code == 422


def test_it_hangs_beside_a_persona(cast: Cast, client: Client, piotr: Caller) -> None:
    make("persona", cast.aino.actor, label="Comes with a pram")
    client.post(BASE, form(), headers=key(cast.piotr))
    told = piotr.send("PATCH", f"{ROOM}/personas/PER-1", {"picture": 1})
    assert told.json()["picture"] == 1
    assert piotr.send("PATCH", f"{ROOM}/personas/PER-1", {"picture": 4}).status_code == 422
    assert (
        piotr.send("PATCH", f"{ROOM}/personas/PER-1", {"picture": None}).json()["picture"] is None
    )
