"""Loose ends through the API: the list, what one does with one, the checks, the line."""

import pytest

from polku.insight.operations import note_progress
from tests.api.callers import Caller, problem, token_of
from tests.cast import Cast, make


@pytest.fixture
def caller(cast: Cast) -> Caller:
    make("service_product", cast.aino.actor, name="Tour", state="live")
    return token_of(cast.aino)


def first(caller: Caller) -> dict[str, object]:
    found: dict[str, object] = caller.get("loose-ends").json()["items"][0]
    return found


def test_the_list_says_what_hangs_loose_and_since_when(caller: Caller) -> None:
    answer = caller.get("loose-ends").json()
    assert answer["count"] == 1
    end = answer["items"][0]
    assert (end["check"], end["code"], end["severity"]) == ("L38", "SRV-1", "urgent")
    assert end["sentence"] == "Nobody answers for it, and people use it today."
    assert caller.get(f"loose-ends/{end['id']}").json() == end


@pytest.mark.parametrize(
    ("query", "count"),
    [("severity=urgent", 1), ("severity=note", 0), ("check=L38", 1), ("whose=nobody", 1),
     ("whose=mine", 1), ("about=segment", 0), ("state=dismissed", 0), ("limit=1", 1)],
)  # fmt: skip
def test_filters_narrow_it(caller: Caller, query: str, count: int) -> None:
    assert caller.get(f"loose-ends?{query}").json()["count"] == count


@pytest.mark.parametrize("query", ["severity=grave", "check=X1", "state=gone", "colour=red"])
def test_what_does_not_exist_is_refused(caller: Caller, query: str) -> None:
    problem(caller.get(f"loose-ends?{query}"), 422, "bad-input")


def test_dismissed_with_a_reason_and_opened_again(caller: Caller) -> None:
    path = f"loose-ends/{first(caller)['id']}"
    problem(caller.post(f"{path}/dismiss", {"reason": ""}), 422, "bad-input")
    end = caller.post(f"{path}/dismiss", {"reason": "fine", "until": "2099-01-01"}).json()
    assert (end["state"], end["reason"], end["until"]) == ("dismissed", "fine", "2099-01-01")
    assert caller.get("loose-ends").json()["count"] == 0
    assert caller.post(f"{path}/reopen").json()["state"] == "open"


def test_it_becomes_a_wish_or_a_decision(caller: Caller, cast: Cast) -> None:
    path = f"loose-ends/{first(caller)['id']}"
    answer = caller.post(f"{path}/wish", {"statement": "Find an owner"})
    assert answer.status_code == 201
    code = answer.json()["turned_into"]
    assert caller.get(f"requirements/{code}").json()["origin_kind"] == "evaluation"
    sent = {"question": "So?", "reason": "Because."}
    problem(caller.post(f"{path}/decision", sent), 409, "refused")
    assert caller.post(f"{path}/reopen").json()["turned_into"] is None
    assert caller.post(f"{path}/decision", sent).json()["turned_into"].startswith("DEC-")


def test_checks_tell_their_rule_and_take_a_limit(caller: Caller) -> None:
    caller.post("loose-ends/again")
    rows = {row["check"]: row for row in caller.get("loose-ends/checks").json()["items"]}
    assert (rows["L38"]["run"]["n"], rows["L38"]["run"]["found"]) == (1, 1)
    changed = caller.patch("loose-ends/checks", {"check": "D14", "limits": {"days": 60}}).json()
    assert "60 days" in changed["rule"]
    assert changed["limits"][0]["value"] == 60
    problem(caller.patch("loose-ends/checks", {"check": "D99"}), 404, "not-found")
    wrong = {"check": "D14", "limits": {"days": 9999}}
    problem(caller.patch("loose-ends/checks", wrong), 422, "bad-input")


def test_the_line_of_progress_is_a_list_of_days(caller: Caller, cast: Cast) -> None:
    note_progress(cast.museum)
    items = caller.get("loose-ends/trend?days=7").json()["items"]
    assert [(row["open"], row["urgent"]) for row in items] == [(1, 1)]


def test_looking_again_is_not_for_readers_and_nothing_for_customers(
    caller: Caller, cast: Cast
) -> None:
    assert caller.post("loose-ends/again").json() == {"open": 1}
    problem(token_of(cast.liisa).post("loose-ends/again"), 403, "not-allowed")
    problem(token_of(cast.tuomas).get("loose-ends"), 403, "not-allowed")
    problem(token_of(cast.tuomas).get("loose-ends/checks"), 403, "not-allowed")
