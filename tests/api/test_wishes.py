"""Wishes split, merged, narrowed and counted through the API."""

from typing import Any

import pytest

from polku.kernel.links import tie
from polku.kernel.transitions import Step
from polku.portfolio.models import Requirement
from polku.portfolio.operations import take_step
from tests.api.callers import Caller, problem, token_of
from tests.cast import Cast, make

PARTS = [{"statement": "Warm"}, {"statement": {"en": "Light"}, "priority": "must"}]


@pytest.fixture
def wishes(cast: Cast) -> dict[str, Any]:
    by = cast.aino.actor
    shop, tours = (make("service_product", by, name=name) for name in ("Shop", "Tours"))
    new = make("product_version", by, label="2", product=tours)
    found = {
        "cards": make("requirement", by, statement="Cards", raised_by_party=cast.piotr.party,
                      priority="must", raised_on="2026-05-01"),
        "cash": make("requirement", by, statement="Cash", raised_by_party=cast.heikki.party,
                     also_asked_by=[cast.piotr.party], raised_on="2026-02-01"),
        "loose": make("requirement", by, statement="Loose", priority="must"),
        "done": make("requirement", by, statement="Done", state="will_do"),
    }  # fmt: skip
    tie("L02", found["cards"], shop, by=by)
    tie("L02", found["cash"], new, by=by)
    take_step(found["done"], Step("done"), by=by)
    return {**found, "shop": shop, "tours": tours, "new": new}


def codes(caller: Caller, query: str) -> list[str]:
    return [row["code"] for row in caller.get(f"requirements?{query}").json()["items"]]


def test_lists_narrow_by_service_version_and_everybody_who_asked(
    piotr: Caller, cast: Cast, wishes: dict[str, Any]
) -> None:
    def of(*names: str) -> list[str]:
        return [wishes[name].code for name in names]

    giver = cast.piotr.party.code
    assert codes(piotr, f"service={wishes['shop'].code}") == of("cards")
    assert codes(piotr, f"service={wishes['tours'].code}") == of("cash")
    assert codes(piotr, f"version={wishes['new'].code}") == of("cash")
    assert codes(piotr, "service=none&sort=code") == of("loose", "done")
    assert codes(piotr, f"raised_by_party={giver}&sort=code") == of("cards", "cash")
    assert codes(piotr, "raised_by_party=none&sort=code") == of("loose", "done")
    assert codes(piotr, "state=asked&sort=raised_on") == of("cash", "cards", "loose")
    assert codes(piotr, "state=asked&sort=-raised_on") == of("cards", "cash", "loose")
    waiting = "priority=must&version=none&state=asked,will_do,later&sort=code"
    assert codes(piotr, waiting) == of("cards", "loose")
    assert codes(piotr, "state=done&without=verified_on") == of("done")
    problem(piotr.get("services?service=SRV-1"), 422, "bad-input")


def test_groups_count_all_and_those_still_open(piotr: Caller, wishes: dict[str, Any]) -> None:
    found = piotr.get("requirements/groups?by=service").json()
    rows = [(row["of"], row["count"], row["open"], row["filter"]) for row in found["items"]]
    shop, tours = wishes["shop"].code, wishes["tours"].code
    assert rows == [
        (shop, 1, 1, f"service={shop}"), (tours, 1, 1, f"service={tours}"),
        (None, 2, 1, "service=none"),
    ]  # fmt: skip
    assert piotr.get("requirements/groups?by=giver&priority=must").json()["count"] == 2
    assert piotr.get("requirements/groups?by=release&limit=1").json()["next"]
    problem(piotr.get("requirements/groups?by=colour"), 422, "bad-input")
    problem(piotr.get("requirements/groups?by=service&colour=red"), 422, "bad-input")


def test_split_once_only(piotr: Caller, wishes: dict[str, Any]) -> None:
    at = f"requirements/{wishes['cards'].code}/split"
    body = {"parts": PARTS, "revision": wishes["cards"].revision}
    first = piotr.post(at, body, Idempotency_Key="split-cards-1")
    assert first.status_code == 201, first.content
    again = piotr.post(at, body, Idempotency_Key="split-cards-1")
    assert again.json() == first.json()
    assert [row["priority"] for row in first.json()["items"]] == ["must", "must"]
    assert {row["part_of"] for row in first.json()["items"]} == {wishes["cards"].code}
    problem(piotr.post(at, {"parts": PARTS}), 409, "refused")
    assert Requirement.objects.count() == 6


def test_what_is_wrong_with_a_split_is_told(
    piotr: Caller, cast: Cast, wishes: dict[str, Any]
) -> None:
    at = f"requirements/{wishes['cards'].code}/split"
    assert "parts" in problem(piotr.post(at, {"parts": PARTS[:1]}), 422, "bad-input")["errors"]
    late = problem(piotr.post(at, {"parts": PARTS, "revision": 99}), 409, "conflict")
    assert late["fields"][wishes["cards"].code] == {
        "base": 99, "theirs": wishes["cards"].revision, "mine": 99,
    }  # fmt: skip
    problem(token_of(cast.liisa).post(at, {"parts": PARTS}), 403, "not-allowed")
    foreign = token_of(cast.olga)
    problem(foreign.post(f"/api/v1/w/norrvik/{at}", {"parts": PARTS}), 404, "not-found")
    assert Requirement.objects.count() == 4


def test_merge_asks_where_they_differ(piotr: Caller, wishes: dict[str, Any]) -> None:
    kept, other = wishes["cards"], wishes["loose"]
    piotr.patch(f"requirements/{other.code}", {"priority": "could"})
    at, body = f"requirements/{kept.code}/merge", {"others": [other.code]}
    asked = problem(piotr.post(at, body), 422, "bad-input")
    assert list(asked["errors"]) == ["answers.priority"]
    assert other.code in asked["errors"]["answers.priority"]
    found = piotr.post(at, {**body, "answers": {"priority": other.code}}).json()
    assert found["priority"] == "could"


def test_merge_and_read_both(piotr: Caller, wishes: dict[str, Any]) -> None:
    kept, other = wishes["cash"], wishes["cards"]
    at, body = f"requirements/{kept.code}/merge", {"others": [other.code.lower()]}
    found = piotr.post(at, {**body, "revisions": {kept.code: kept.revision}}).json()
    assert found["priority"] == "must"
    assert found["also_asked_by"] == [found["also_asked_by"][0]]
    gone = piotr.get(f"requirements/{other.code}").json()
    assert (gone["state"], gone["goes_on"], gone["merged_into"]) == (
        "will_not_do", "other", kept.code,
    )  # fmt: skip
    problem(piotr.post(at, body), 409, "refused")
    problem(piotr.post(at, {"others": ["REQ-4711"]}), 422, "bad-input")
    problem(piotr.post(at, {"others": []}), 422, "bad-input")
