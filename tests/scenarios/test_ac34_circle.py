"""AC34, the circle: with A > B > C, a need of C for A is refused with its path, nothing saved."""

from typing import Any

import pytest

from polku.kernel.models import AuditEvent
from polku.portfolio.models import Dependency
from tests.api.callers import token_of
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = gather()
    found.museum.features["components"] = True
    found.museum.save()
    return found


@pytest.fixture
def chain(cast: Cast) -> list[Any]:
    by = cast.aino.actor
    things = [make("component", by, name=name) for name in ("Shop", "Server", "Power")]
    for start, end in ((0, 1), (1, 2)):
        make("dependency", by, **{"from": things[start], "to": things[end]})
    return things


@pytest.mark.scenario("AC34", part="cycle")
def test_on_the_page(cast: Cast, chain: list[Any]) -> None:
    shop, _server, power = chain
    before = AuditEvent.objects.count()
    answer = cast.aino.client().post(
        f"/w/museum/components/{power.code}/needs/new/",
        {"kind": "requires", "other": shop.code, "criticality": "stops", "note": "kept words"},
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Power → Shop → Server → Power. Nothing was saved." in html
    assert "kept words" in html
    assert (Dependency.objects.count(), AuditEvent.objects.count()) == (2, before)


@pytest.mark.scenario("AC34", part="cycle")
def test_through_the_api(cast: Cast, chain: list[Any]) -> None:
    shop, _server, power = chain
    api = token_of(cast.aino)
    before = AuditEvent.objects.count()
    given = {"from": power.code, "to": shop.code, "kind": "requires", "criticality": "stops"}
    answer = api.post("dependencies", given)
    assert answer.status_code == 409
    assert "Power → Shop → Server → Power" in answer.json()["detail"]
    assert (Dependency.objects.count(), AuditEvent.objects.count()) == (2, before)
