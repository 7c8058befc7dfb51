"""Putting away and taking out again, with a reason."""

from typing import Any

import pytest

from polku.kernel.models import AuditEvent
from tests.cast import Cast, make


@pytest.fixture
def service(cast: Cast) -> Any:
    return make("service_product", cast.aino.actor, name={"en": "School visit"})


def test_a_thing_is_put_away_and_comes_back(cast: Cast, service: Any) -> None:
    client, address = cast.aino.client(), f"/w/museum/services/{service.code}/"
    assert client.get(f"{address}archive/").status_code == 200
    client.post(f"{address}archive/", {"reason": "Nobody <b>came</b>."})
    service.refresh_from_db()
    assert service.archived
    assert AuditEvent.objects.filter(name="service_product.archived").get().note == (
        "Nobody <b>came</b>."
    )
    page = client.get(f"{address}history/").content.decode()
    assert "put this away" in page
    assert "Nobody &lt;b&gt;came&lt;/b&gt;." in page
    client.post(f"{address}restore/", {})
    service.refresh_from_db()
    assert not service.archived


def test_asking_puts_nothing_away(cast: Cast, service: Any) -> None:
    cast.aino.client().get(f"/w/museum/services/{service.code}/archive/")
    service.refresh_from_db()
    assert not service.archived


def test_a_reason_may_be_too_long(cast: Cast, service: Any) -> None:
    address = f"/w/museum/services/{service.code}/archive/"
    response = cast.aino.client().post(address, {"reason": "x" * 401})
    assert response.status_code == 409
    assert "x" * 401 in response.content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [("piotr", 302), ("heikki", 403), ("liisa", 403), ("tuomas", 404), ("mallory", 404)],
)
def test_who_may(cast: Cast, service: Any, name: str, status: int) -> None:
    client = getattr(cast, name).client()
    address = f"/w/museum/services/{service.code}/archive/"
    assert client.post(address, {}).status_code == status
    service.refresh_from_db()
    assert service.archived == (status == 302)
