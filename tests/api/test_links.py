"""Ties through the API."""

import pytest

from polku.kernel.models import Link
from tests.api.callers import Caller, problem
from tests.cast import Cast, make


@pytest.fixture
def two(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name="Tour", audience="customers",
         managed_state="live")  # fmt: skip
    make("strategy_goal", cast.aino.actor, statement="Welcome")


def test_a_tie_is_made_confirmed_ended_and_removed(two: None, piotr: Caller) -> None:
    sent = {"kind": "L01", "from": "srv-1", "to": "GOAL-1", "why": "It brings families",
            "confidence": "guess", "valid_from": "2026-01-01"}  # fmt: skip
    made = piotr.post("links", sent)
    assert made.status_code == 201
    tie = made.json()
    assert (tie["from"], tie["to"], tie["confidence"]) == ("SRV-1", "GOAL-1", "guess")
    path = f"links/{tie['id']}"
    assert piotr.get(path).json() == tie
    for place in (
        "links",
        "links?of=GOAL-1",
        "links?kind=L01",
        "services/SRV-1/links",
        "goals/GOAL-1/links",
        "links?as_of=2026-05-01",
    ):
        assert piotr.get(place).json()["items"] == [tie], place
    assert piotr.get("links?as_of=2025-05-01").json()["count"] == 0
    assert piotr.get("links?kind=L02").json()["count"] == 0
    problem(piotr.post("links", sent), 409, "refused")
    assert piotr.post(f"{path}/confirm").json()["confidence"] == "confirmed"
    problem(piotr.post(f"{path}/end", {"on": "2025-01-01"}), 422, "bad-input")
    assert piotr.post(f"{path}/end", {"on": "2026-03-01"}).json()["valid_to"] == "2026-03-01"
    assert piotr.get("links").json()["count"] == 0
    problem(piotr.delete(path), 422, "bad-input")
    assert piotr.delete(path, {"reason": "It was another goal"}).json()["state"] == "removed"


def test_a_tie_that_makes_no_sense_is_refused_by_its_part(two: None, piotr: Caller) -> None:
    for sent, field in (
        ({"kind": "L01", "from": "SRV-9", "to": "GOAL-1"}, "from"),
        ({"kind": "L01", "from": "SRV-1", "to": "XYZ-1"}, "to"),
        ({"kind": "L99", "from": "SRV-1", "to": "GOAL-1"}, "kind"),
        ({"kind": "L01", "from": "SRV-1"}, "to"),
    ):
        found = problem(piotr.post("links", sent), 422, "bad-input")
        assert list(found["errors"]) == [field]
    problem(piotr.post("links", {"kind": "L02", "from": "SRV-1", "to": "GOAL-1"}), 409, "refused")
    for number in ("0", "999999", "x", "9" * 40):
        problem(piotr.get(f"links/{number}"), 404, "not-found")


def test_a_tie_is_seen_by_those_who_see_both_ends(
    two: None, piotr: Caller, tuomas: Caller, olga: Caller, liisa: Caller
) -> None:
    number = piotr.post("links", {"kind": "L01", "from": "SRV-1", "to": "GOAL-1"}).json()["id"]
    assert tuomas.get("links").json() == {"items": [], "count": 0, "next": None}
    assert tuomas.get("services/SRV-1/links").json()["count"] == 0
    problem(tuomas.get(f"links/{number}"), 404, "not-found")
    problem(olga.get(f"/api/v1/w/norrvik/links/{number}"), 404, "not-found")
    problem(olga.delete(f"/api/v1/w/norrvik/links/{number}", {"reason": "x"}), 404, "not-found")
    problem(liisa.delete(f"links/{number}", {"reason": "x"}), 403, "not-allowed")
    assert Link.objects.get().state == "live"


def test_the_other_side_reads_a_tie_without_our_notes(cast: Cast, tuomas: Caller) -> None:
    by = cast.aino.actor
    for name in ("Old", "New"):
        make("service_product", by, name=name, audience="customers", managed_state="live")
    from polku.kernel.links import tie
    from polku.portfolio.models import ServiceProduct

    old, new = ServiceProduct.objects.order_by("id")
    tie("L35", new, old, by=by, why="CANARY")
    answer = tuomas.get("links")
    assert answer.json()["items"][0]["from"] == "SRV-2"
    assert "CANARY" not in answer.content.decode()


def test_a_verdict_is_on_what_was_seen(two: None, cast: Cast, piotr: Caller) -> None:
    tie = piotr.post("links", {"kind": "L01", "from": "SRV-1", "to": "GOAL-1"}).json()
    reworded = piotr.patch("goals/GOAL-1", {"statement": "Welcome everybody"})
    assert reworded.status_code == 200
    seen = piotr.get("reviews").json()["items"][0]["print"]
    assert piotr.patch("goals/GOAL-1", {"statement": "Welcome nobody"}).status_code == 200
    now = piotr.get("reviews").json()["items"][0]["print"]
    path = f"links/{tie['id']}/verdict"
    refused = problem(
        piotr.post(path, {"verdict": "still_right", "ends": ["to"], "seen": {"to": seen}}),
        409, "refused",
    )  # fmt: skip
    assert refused["fields"] == {"to": {"seen": seen, "now": now}}
    assert seen != now
    assert piotr.get(f"links/{tie['id']}").json()["needs_a_look"] is True
    unknown = {"verdict": "still_right", "seen": {"beside": now}}
    problem(piotr.post(path, unknown), 422, "bad-input")
    kept = piotr.post(path, {"verdict": "still_right", "ends": ["to"], "seen": {"to": now}})
    assert kept.status_code == 200
    assert kept.json()["needs_a_look"] is False
