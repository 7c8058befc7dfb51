"""Prices, pieces and members through the API: whole lists, whole numbers, stable numbers."""

from typing import Any

import pytest

from polku.kernel.changes import change_object
from polku.kernel.registry import entity
from polku.kernel.transitions import Step, move
from tests.api.callers import ROOM, Caller, problem, token_of
from tests.cast import Cast, make


@pytest.fixture
def things(cast: Cast) -> dict[str, Any]:
    by = cast.aino.actor
    visit = make("service_product", by, name="Visit", state="live")
    loft = make("service_product", by, name="Loft", state="live")
    return {
        "visit": visit, "loft": loft, "offer": make("offering", by, title="A visit", product=visit),
        "package": make("service_package", by, name="A day"),
    }  # fmt: skip


def put(caller: Caller, path: str, items: list[Any], **more: Any) -> Any:
    return caller.send("PUT", f"{ROOM}/{path}", {"items": items, **more})


def test_prices_are_whole_numbers_and_keep_their_number(
    piotr: Caller, things: dict[str, Any]
) -> None:
    at = f"offerings/{things['offer'].code}/prices"
    made = put(piotr, at, [{"amount": 1200, "currency": "EUR", "condition": {"en": "a grown-up"}},
                           {"kind": "free"}]).json()  # fmt: skip
    assert [(row["number"], row["amount"]) for row in made["items"]] == [(1, 1200), (2, None)]
    again = put(piotr, at, [{"number": 1, "amount": 1400}], revision=made["revision"]).json()
    (row,) = piotr.get(at).json()["items"]
    assert row == again["items"][0]
    assert (row["amount"], row["currency"], row["condition"]) == (
        1400, "EUR", {"en": "a grown-up"},
    )  # fmt: skip
    late = put(piotr, at, [], revision=made["revision"])
    assert "prices" in problem(late, 409, "conflict")["fields"]


@pytest.mark.parametrize("wrong", [
    {"amount": 12.5, "currency": "EUR"}, {"amount": -1, "currency": "EUR"},
    {"amount": 1, "currency": "QQQ"}, {"kind": "recurring", "amount": 1, "currency": "EUR"},
    {"kind": "gift"}, {"colour": "red"},
])  # fmt: skip
def test_a_price_that_does_not_fit_is_told(
    piotr: Caller, things: dict[str, Any], wrong: dict[str, Any]
) -> None:
    at = f"offerings/{things['offer'].code}/prices"
    problem(put(piotr, at, [wrong]), 422, "bad-input")
    assert piotr.get(at).json()["count"] == 0


def test_a_piece_is_changed_by_its_number(piotr: Caller, things: dict[str, Any]) -> None:
    at = f"offerings/{things['offer'].code}/elements"
    rope = {"kind": "goods", "text": "A rope", "unit": "metre", "quantity": "2"}
    made = put(piotr, at, [rope]).json()["items"]
    changed = put(piotr, at, [{"number": made[0]["number"], "kind": "goods", "text": "A line"},
                              {"text": "Tea"}]).json()["items"]  # fmt: skip
    assert [(row["number"], row["text"]["en"], row["unit"]) for row in changed] == [
        (1, "A line", "metre"), (2, "Tea", ""),
    ]  # fmt: skip


def test_members_are_written_whole(piotr: Caller, things: dict[str, Any]) -> None:
    at = f"packages/{things['package'].code}/members"
    rows = [{"product": things["visit"].code}, {"offering": things["offer"].code, "max_n": 3}]
    made = put(piotr, at, rows).json()
    assert [(row["product"], row["offering"], row["max_n"]) for row in made["items"]] == [
        ("SRV-1", None, 1), (None, "OFR-1", 3),
    ]  # fmt: skip
    turned = put(piotr, at, [{"offering": "OFR-1"}, {"product": "SRV-2"}]).json()["items"]
    assert [(row["number"], row["max_n"]) for row in turned] == [(2, 3), (3, 1)]
    problem(put(piotr, at, [{"product": "SRV-2", "min_n": 5}]), 422, "bad-input")
    problem(put(piotr, at, [{}]), 422, "bad-input")


def test_the_other_side_sees_the_members_it_may_see(
    cast: Cast, piotr: Caller, things: dict[str, Any]
) -> None:
    by, package = cast.aino.actor, things["package"]
    at = f"packages/{package.code}/members"
    put(piotr, at, [{"product": things["visit"].code}, {"product": things["loft"].code}])
    for kind, obj in (("service_package", package), ("service_product", things["visit"])):
        change_object(entity(kind), obj, {"audience": "customers"}, by=by)
    tuomas = token_of(cast.tuomas)
    problem(tuomas.get(at), 404, "not-found")
    package.refresh_from_db()
    move(package, Step("published"), by=by)
    assert [row["product"] for row in tuomas.get(at).json()["items"]] == ["SRV-1"]
    problem(tuomas.get(f"packages/{package.code}/checks"), 403, "not-allowed")
    problem(put(tuomas, at, []), 403, "not-allowed")


def test_an_offering_names_its_package(piotr: Caller, things: dict[str, Any]) -> None:
    code = things["package"].code
    made = piotr.post("offerings", {"title": "A day", "package": code}).json()
    assert (made["package"], made["product"]) == (code, None)
    problem(piotr.post("offerings", {"title": "Of nothing"}), 422, "bad-input")
    assert piotr.get(f"offerings?package={code}").status_code in {200, 422}
