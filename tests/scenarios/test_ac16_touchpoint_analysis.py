"""AC16, part: a touchpoint analysis of three talks. What they come to stands at the very record of
the meeting point that journeys, wishes and later follow-ups use."""

import pytest

from polku.journeys.documents import read_document
from polku.journeys.models import InterviewAnswer, Touchpoint
from polku.journeys.operations import meet_at
from polku.journeys.talks import readings_at
from tests.cast import Cast, make
from tests.journeys.ways import visit_of

pytestmark = [pytest.mark.django_db, pytest.mark.scenario("AC16", part="touchpoint-analysis")]

VOICES = {
    "mother of two": ("A door at the height of a pram.", "We carried it up eight steps."),
    "uncle in a wheelchair": ("What I was told: we will see.", "Eleven minutes at the bell."),
    "grandmother": ("Somebody who says hello.", "He came down before I rang."),
}


def test_three_talks_side_by_side_and_what_they_come_to(cast: Cast) -> None:
    by = cast.aino.actor
    journey, other = visit_of(cast.aino), visit_of(cast.aino)
    door = make("touchpoint", by, name="Front door")
    for way in (journey, other):
        first = way.steps.order_by("stage__position", "position").first()
        assert first is not None
        meet_at(way, first.pk, [door], by=by)
    client = cast.aino.client()
    room = f"/w/museum/journeys/{journey.code}/analysis/"

    refused = client.post(room, {"who": "somebody who said no", "held_on": "2026-05-01"})
    assert refused.status_code == 422
    for number, (who, (expected, happened)) in enumerate(VOICES.items(), 1):
        begun = client.post(room, {"who": who, "held_on": "2026-05-01", "consent": "on"})
        assert begun["Location"] == f"{room}talks/{number}/{door.code}/"
        client.post(begun["Location"], {"expected": expected, "happened": happened})
    result = {"in_short": "All three came prepared for stairs.", "problems": "The bell.",
              "missing": "A page that shows the way in on wheels."}  # fmt: skip
    client.post(f"{room}points/{door.code}/", result)

    beside = client.get(f"{room}points/{door.code}/").content.decode()
    strips = client.get(f"{room}strips/").content.decode()
    for page in (beside, strips):
        for who, words in VOICES.items():
            assert who in page
            assert all(said in page for said in words)
        assert all(said in page for said in result.values())
    assert "somebody who said no" not in beside

    # The same record everywhere: in both journeys, on its own page, in the library
    assert Touchpoint.objects.count() == 1
    for way in (journey, other):
        doc = read_document(by, way)
        assert [point.id for point in doc.steps[0].touchpoints] == [door.pk]
    [found] = readings_at(by, door)
    assert found.journey == journey
    page = client.get(f"/w/museum/touchpoints/{door.code}/").content.decode()
    assert result["in_short"] in page
    library = client.get("/w/museum/touchpoints/library/").content.decode()
    assert library.count(f"/journeys/{journey.code}/") == 1
    assert library.count(f"/journeys/{other.code}/") == 1

    # One of the three takes it back: every word goes, the other two stay
    client.post(f"{room}talks/2/forget/")
    beside = client.get(f"{room}points/{door.code}/").content.decode()
    assert "Eleven minutes" not in beside
    assert "eight steps" in beside
    assert InterviewAnswer.objects.count() == 2
