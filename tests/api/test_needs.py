"""Needs, places and versions over the API: made, ended, refused; the registry does the rest."""

from typing import Any

import pytest

from polku.portfolio.models import Component, ProductVersion
from tests.api.callers import Caller, problem
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ends(cast: Cast) -> tuple[Any, Any]:
    by = cast.aino.actor
    return make("service_product", by, name="Shop"), make("component", by, name="Server")


def test_a_need_is_made_read_and_ended(aino: Caller, ends: tuple[Any, Any]) -> None:
    shop, server = ends
    given = {"from": shop.code, "to": server.code, "kind": "requires", "criticality": "stops",
             "valid_from": "2026-01-01"}  # fmt: skip
    made = aino.post("dependencies", given)
    assert made.status_code == 201, made.content
    code, revision = made.json()["code"], made.json()["revision"]
    ended = aino.patch(f"dependencies/{code}", {"valid_to": "2026-05-31", "revision": revision})
    assert ended.json()["valid_to"] == "2026-05-31"
    again = aino.post("dependencies", given | {"valid_from": "2026-03-01"})
    problem(again, 409, "refused")
    later = aino.post("dependencies", given | {"valid_from": "2026-06-01"})
    assert later.status_code == 201
    backwards = aino.patch(f"dependencies/{code}", {"valid_to": "2025-12-31"})
    assert "valid_to" in problem(backwards, 422, "bad-input")["errors"]


def test_places_of_a_part_are_read_and_checked(aino: Caller, ends: tuple[Any, Any]) -> None:
    _shop, server = ends
    rows = [{"system": "asset_tag", "value": "NV-1", "checked_on": "2026-02-03"}]
    sent = aino.patch(f"components/{server.code}", {"real_world_ref": rows, "replace_time": "2 kk"})
    assert (sent.json()["real_world_ref"], sent.json()["replace_time"]) == (rows, "P2M")
    wrong = aino.patch(
        f"components/{server.code}",
        {"real_world_ref": [{"system": "url", "value": "javascript:alert(1)"}]},
    )
    problem(wrong, 422, "bad-input")
    assert Component.objects.get(pk=server.pk).real_world_ref == rows


def test_a_version_is_released_and_replaces_the_former(
    cast: Cast, aino: Caller, ends: tuple[Any, Any]
) -> None:
    shop, _server = ends
    for label in ("1", "2"):
        code = aino.post("versions", {"label": label, "product": shop.code}).json()["code"]
        for to in ("candidate", "live"):
            step = aino.post(f"versions/{code}/transitions", {"to": to})
            assert step.status_code == 201, step.content
    states = dict(ProductVersion.objects.values_list("label", "release_state"))
    assert states == {"1": "superseded", "2": "live"}
    former = ProductVersion.objects.get(label="1")
    refused = aino.post(f"versions/{former.code}/transitions", {"to": "live"})
    assert "brings it back" in problem(refused, 409, "refused")["detail"]
    by_hand = aino.patch(f"versions/{former.code}", {"live_from": "2026-01-01"})
    problem(by_hand, 422, "bad-input")
