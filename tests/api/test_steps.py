"""States through the API: steps taken, planned, taken back; and how things stood on a day."""

import datetime as dt
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone

from tests.api.callers import Caller, problem
from tests.cast import Cast, make

DAY = dt.timedelta(days=1)


def today() -> dt.date:
    """The day where the museum is."""
    return timezone.localdate(timezone=ZoneInfo("Europe/Helsinki"))


def test_offered_steps_say_who_may_and_what_is_asked(
    cast: Cast, aino: Caller, liisa: Caller
) -> None:
    make("service_product", cast.aino.actor, name="Tour", managed_state="idea")
    offered = aino.get("services/SRV-1/transitions").json()
    assert offered["state"] == "idea"
    assert {row["to"] for row in offered["offered"]} == {
        "being_made", "in_test", "live", "on_hold", "ended",
    }  # fmt: skip
    assert all(row["allowed"] for row in offered["offered"])
    opening = next(row for row in offered["offered"] if row["to"] == "live")
    assert {"code": "date_set", "text": "Is the first day set?"} in opening["questions"]
    denied = liisa.get("services/SRV-1/transitions").json()["offered"]
    assert not any(row["allowed"] for row in denied)
    assert all(row["reason"] for row in denied)


def test_a_step_is_taken_with_its_answers_and_leaves_a_decision(aino: Caller) -> None:
    aino.post("services", {"name": "Tour"})
    sent = {"to": "live", "reason": "All is ready", "answers": {"date_set": "yes"}}
    taken = aino.post("services/SRV-1/transitions", sent)
    assert taken.status_code == 201
    assert taken.json()["state"] == "live"
    assert taken.json()["decision"] == "DEC-1"
    assert aino.get("decisions/DEC-1").json()["unknowns"] == 3
    assert aino.get("services/SRV-1").json()["managed_state"] == "live"
    refused = problem(aino.post("services/SRV-1/transitions", {"to": "ended"}), 409, "refused")
    assert "two steps" in refused["detail"]
    for body, field in (
        ({"to": "nowhere"}, "to"), ({}, "to"), ({"to": "on_hold"}, "reason"),
        ({"to": "on_hold", "reason": "x", "answers": {"who": "yes"}}, "answers.who"),
        ({"to": "on_hold", "reason": "x", "effective_on": "soon"}, "effective_on"),
        ({"to": "on_hold", "reason": "x", "why": "y"}, "why"),
    ):  # fmt: skip
        found = problem(aino.post("services/SRV-1/transitions", body), 422, "bad-input")
        assert list(found["errors"]) == [field]


def test_a_planned_step_waits_and_can_be_taken_back(aino: Caller) -> None:
    aino.post("goals", {"statement": "Everybody feels welcome"})
    day = str(today() + 30 * DAY)
    plan = aino.post(
        "goals/GOAL-1/transitions", {"to": "reached", "reason": "Soon", "effective_on": day}
    ).json()
    assert plan["planned"] is True
    assert plan["state"] == "active"
    gone = aino.delete(f"goals/GOAL-1/transitions/{plan['id']}", {"reason": "Not so soon"})
    assert gone.json()["cancelled_at"]
    problem(aino.delete(f"goals/GOAL-1/transitions/{plan['id']}"), 409, "refused")
    problem(aino.delete("goals/GOAL-1/transitions/999999"), 404, "not-found")
    problem(aino.delete("goals/GOAL-1/transitions/x"), 404, "not-found")


def test_a_wrong_step_is_corrected_by_a_new_one(aino: Caller) -> None:
    aino.post("goals", {"statement": "Everybody feels welcome"})
    taken = aino.post("goals/GOAL-1/transitions", {"to": "reached", "reason": "x"}).json()
    back = aino.post(f"goals/GOAL-1/transitions/{taken['id']}/correct", {"reason": "Wrong goal"})
    assert back.status_code == 201
    assert back.json()["state"] == "active"
    assert len(aino.get("goals/GOAL-1/transitions").json()["items"]) == 3


def test_an_offering_is_published_with_its_languages_or_not_at_all(
    cast: Cast, aino: Caller
) -> None:
    make("service_product", cast.aino.actor, name="Tour", managed_state="live")
    aino.post("offerings", {"title": "Sunday tour", "product": "SRV-1"})
    for path, body in (("publish", None), ("transitions", {"to": "published"})):
        found = problem(aino.post(f"offerings/OFR-1/{path}", body), 422, "bad-input")
        assert list(found["errors"]) == ["summary"]
    aino.patch("offerings/OFR-1", {"summary": "Along the quay"})
    assert aino.post("offerings/OFR-1/publish").json()["state"] == "published"


def test_what_people_receive_is_replaced_as_a_whole(cast: Cast, aino: Caller) -> None:
    make("service_product", cast.aino.actor, name="Tour")
    aino.post("offerings", {"title": "Sunday tour", "product": "SRV-1"})
    items = [
        {"kind": "action", "text": {"en": "We walk", "fi": "Kävelemme"}},
        {"kind": "goods", "text": "A map", "quantity": "2.50", "unit": "sheets"},
    ]
    told = aino.send("PUT", "offerings/OFR-1/elements", {"items": items}).json()
    assert told["items"] == [
        {"number": 1, "kind": "action", "text": {"en": "We walk", "fi": "Kävelemme"}, "unit": "",
         "quantity": None},
        {"number": 2, "kind": "goods", "text": {"en": "A map"}, "unit": "sheets",
         "quantity": "2.5"},
    ]  # fmt: skip
    assert aino.get("offerings/OFR-1/elements").json() == told
    late = {"items": items[:1], "revision": told["revision"] - 1}
    problem(aino.send("PUT", "offerings/OFR-1/elements", late), 409, "conflict")
    wrong = aino.send("PUT", "offerings/OFR-1/elements", {"items": [{"kind": "wish"}]})
    assert set(problem(wrong, 422, "bad-input")["errors"]) == {"items.0.kind", "items.0.text"}
    assert aino.get("offerings/OFR-1/elements").json() == told


def test_still_true_sets_the_next_look(aino: Caller) -> None:
    aino.post("services", {"name": "Tour"})
    coming = str(today() + 190 * DAY)
    seen = aino.post("services/SRV-1/review", {"next_on": coming}).json()
    assert (seen["last_reviewed_on"], seen["review_due"]) == (str(today()), coming)


def test_a_list_of_a_day_tells_the_state_of_then_and_how_it_knows(cast: Cast, aino: Caller) -> None:
    start = timezone.now().replace(hour=10) - 30 * DAY  # one day in every zone of ours
    by = cast.aino.actor
    with time_machine.travel(start, tick=False):
        aino.post("services", {"name": "Tour", "purpose": "Old", "managed_state": "idea"})
        aino.post("services", {"name": "Gone"})
    with time_machine.travel(start + 10 * DAY, tick=False):
        aino.post("services/SRV-1/transitions", {"to": "live", "reason": "Ready"})
        aino.patch("services/SRV-1", {"purpose": "New"})
        aino.delete("services/SRV-2")
    make("service_product", by, name="Late")

    day5, day12 = (start + n * DAY for n in (5, 12))
    listed = aino.get(f"services?as_of={day5:%Y-%m-%d}&sort=code").json()
    assert [row["code"] for row in listed["items"]] == ["SRV-1", "SRV-2"]
    first = listed["items"][0]
    assert (first["managed_state"], first["purpose"]) == ("idea", {"en": "Old"})
    assert listed["items"][1]["archived"] is False
    assert first["as_of"] == {
        "day": f"{day5:%Y-%m-%d}", "known_on": None, "state_since": f"{start:%Y-%m-%d}",
        "state_planned": False, "other_fields": "written_by_then",
    }  # fmt: skip
    later = aino.get(f"services?as_of={day12:%Y-%m-%d}").json()
    assert [row["managed_state"] for row in later["items"]] == ["live"]
    assert later["items"][0]["purpose"] == {"en": "New"}
    by_state = aino.get(f"services?as_of={day5:%Y-%m-%d}&managed_state=live").json()
    assert by_state["count"] == 0
    one = aino.get(f"services/SRV-1?as_of={day5:%Y-%m-%d}")
    assert one.json() == first
    problem(aino.get(f"services/SRV-3?as_of={day5:%Y-%m-%d}"), 404, "not-found")
    problem(aino.get("parties?as_of=2026-01-01"), 422, "bad-input")


def test_what_was_known_on_a_day_leaves_out_what_was_learnt_later(cast: Cast, aino: Caller) -> None:
    start = timezone.now().replace(hour=10) - 30 * DAY  # one day in every zone of ours
    with time_machine.travel(start, tick=False):
        aino.post("services", {"name": "Tour", "managed_state": "idea"})
    with time_machine.travel(start + 10 * DAY, tick=False):
        # Learnt on the tenth day, true since the fifth.
        aino.post("services/SRV-1/transitions", {
            "to": "live", "reason": "It was open", "effective_on": f"{start + 5 * DAY:%Y-%m-%d}",
        })  # fmt: skip
    day = f"{start + 7 * DAY:%Y-%m-%d}"
    known = f"{start + 8 * DAY:%Y-%m-%d}"
    assert aino.get(f"services/SRV-1?as_of={day}").json()["managed_state"] == "live"
    then = aino.get(f"services/SRV-1?as_of={day}&known_on={known}").json()
    assert then["managed_state"] == "idea"
    assert then["as_of"]["known_on"] == known


def test_an_imported_past_is_shown_with_the_oldest_words_we_have(cast: Cast, aino: Caller) -> None:
    aino.post("services", {"name": "Tour"})
    day = f"{today() - 400 * DAY}"
    aino.post("services/SRV-1/transitions", {"to": "live", "reason": "Since long",
                                             "effective_on": day})  # fmt: skip
    then = aino.get(f"services/SRV-1?as_of={today() - 300 * DAY}").json()
    assert then["managed_state"] == "live"
    assert then["name"] == {"en": "Tour"}
    assert then["as_of"]["other_fields"] == "first_written_later"


def test_dependencies_of_a_day_are_those_that_held(cast: Cast, aino: Caller) -> None:
    by = cast.aino.actor
    make("service_product", by, name="Tour")
    make("component", by, name="Boat")
    aino.post("dependencies", {"from": "SRV-1", "to": "CMP-1", "valid_from": "2024-01-01",
                               "valid_to": "2024-12-31"})  # fmt: skip
    for day, n in (("2023-06-01", 0), ("2024-06-01", 1), ("2025-06-01", 0)):
        assert aino.get(f"dependencies?as_of={day}").json()["count"] == n
