"""Comments, links, talks and people of a journey by API: the same verbs, the same refusals."""

import pytest
from django.core.cache import cache
from django.test import Client

from polku.journeys.models import CellComment, InterviewAnswer, Journey
from polku.journeys.operations import meet_at
from polku.kernel.models import IdempotencyKey
from tests.api.callers import Caller, token_of
from tests.cast import Cast, make
from tests.journeys.ways import visit_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(cast: Cast) -> Journey:
    cache.clear()
    found = visit_of(cast.aino)
    door = make("touchpoint", cast.aino.actor, name="Front door")
    first = found.steps.order_by("stage__position", "position").first()
    assert first is not None
    meet_at(found, first.pk, [door], by=cast.aino.actor)
    return found


@pytest.fixture
def aino(cast: Cast) -> Caller:
    return token_of(cast.aino)


def test_comments_are_said_answered_and_opened_again(
    cast: Cast, journey: Journey, aino: Caller
) -> None:
    path = f"journeys/{journey.code}/comments"
    said = aino.post(path, {"step": 3, "row": "frontstage", "text": "Who opens?"})
    assert said.status_code == 201
    number = said.json()["id"]
    assert aino.patch(f"{path}/{number}", {"answer": "Heikki."}).json()["answer"] == "Heikki."
    assert aino.patch(f"{path}/{number}", {}).status_code == 409
    assert aino.patch(f"{path}/{number}", {"done": False}).json()["done_at"] is None
    [row] = token_of(cast.liisa).get(path).json()["items"]
    assert (row["text"], row["who"], row["by_link"]) == ("Who opens?", "Aino Salmi", None)
    assert aino.post(path, {"step": 99, "row": "frontstage", "text": "x"}).status_code == 422
    assert aino.post(path, {"step": 3, "row": "frontstage", "text": " "}).status_code == 422
    assert aino.patch(f"{path}/9999", {}).status_code == 404
    assert CellComment.objects.count() == 1


def test_a_link_is_given_once_and_taken_back(journey: Journey, aino: Caller) -> None:
    path = f"journeys/{journey.code}/shares"
    made = aino.post(path, {"lanes": ["customer_action", "backstage"], "label": "Tuomas"})
    assert made.status_code == 201
    told = made.json()
    assert told["lanes"] == ["customer_action"]
    secret = told["address"].rsplit("/", 1)[1]
    assert secret not in aino.get(path).content.decode()
    guest = Client()
    guest.get(f"/m/{secret}")
    assert guest.get("/m/open/").status_code == 200
    [left] = aino.delete(f"{path}/{told['id']}").json()["items"]
    assert left["state"] == "taken_back"
    assert guest.get("/m/open/").status_code == 404
    assert aino.post(path, {"lanes": ["supplier"]}).status_code == 422


def test_talks_need_a_yes_and_are_forgotten(journey: Journey, aino: Caller) -> None:
    path = f"journeys/{journey.code}/talks"
    assert aino.post(path, {"who": "mother", "consent": False}).status_code == 422
    assert aino.post(path, {"who": "mother", "consent": True}).status_code == 201
    aino.patch(f"{path}/1", {"touchpoint": "TP-1", "felt": "late"})
    told = aino.patch(f"{path}/1", {"touchpoint": "TP-1", "expected": "a ramp"}).json()
    [point] = told["points"]
    assert (point["touchpoint"], point["answers"][0]["felt"]) == ("TP-1", "late")
    assert point["answers"][0]["expected"] == "a ramp"
    reading = f"journeys/{journey.code}/readings"
    body = {"touchpoint": "TP-1", "problems": "The bell", "base": {"problems": ""}}
    kept = aino.send("PUT", reading, body).json()["points"][0]
    assert kept["problems"] == {"en": "The bell"}
    late = aino.send("PUT", reading, {**body, "problems": "Stairs"})
    assert late.status_code == 409
    assert late.json()["fields"]["problems"]["theirs"] == "The bell"
    assert aino.patch(f"{path}/1", {"touchpoint": "TP-9", "felt": "x"}).status_code == 422
    gone = aino.delete(f"{path}/1").json()
    assert (gone["items"], gone["forgotten"]) == ([], 1)
    assert not InterviewAnswer.objects.exists()
    assert aino.patch(f"{path}/1", {"touchpoint": "TP-1", "felt": "x"}).status_code == 409


def test_a_repeated_request_gives_no_word_back_that_was_forgotten(
    journey: Journey, aino: Caller
) -> None:
    path, body = f"journeys/{journey.code}/talks", {"who": "mother of two", "consent": True}
    first = aino.post(path, body, Idempotency_Key="one")
    assert [row["who"] for row in first.json()["items"]] == ["mother of two"]
    assert aino.post(path, body, Idempotency_Key="one").json() == first.json()
    aino.delete(f"{path}/1")
    again = aino.post(path, body, Idempotency_Key="one")
    assert (again.status_code, again["Idempotency-Replayed"]) == (201, "true")
    assert (again.json()["items"], again.json()["forgotten"]) == ([], 1)
    assert not IdempotencyKey.objects.filter(answer__contains="mother").exists()


def test_people_are_set(cast: Cast, journey: Journey, aino: Caller) -> None:
    family = make("persona", cast.aino.actor, label="Family")
    path = f"journeys/{journey.code}/people"
    told = aino.send("PUT", path, {"people": [family.code]}).json()
    assert [row["code"] for row in told["items"]] == [family.code]
    talks = f"journeys/{journey.code}/talks"
    aino.post(talks, {"who": "mother", "consent": True, "persona": family.code})
    aino.patch(f"{talks}/1", {"touchpoint": "TP-1", "felt": "late"})
    [row] = aino.get(path).json()["items"]
    assert (row["pains"], row["touchpoints"], row["talks"]) == ([], [], 1)
    assert row["told"] == {"TP-1": 1}
    told = aino.patch(f"{talks}/1", {"persona": ""}).json()
    assert told["items"][0]["persona"] is None
    assert aino.patch(f"{talks}/1", {"felt": "x"}).status_code == 422
    assert aino.patch(f"{talks}/1", {"persona": "PER-99"}).status_code == 422
    assert aino.send("PUT", path, {"people": ["PER-99"]}).status_code == 422
    assert aino.send("PUT", path, {"people": []}).json()["items"] == []
    assert token_of(cast.liisa).send("PUT", path, {"people": []}).status_code == 403
