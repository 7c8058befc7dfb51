"""What one gets, piece by piece."""

from typing import Any

import pytest

from tests.cast import Cast, make


@pytest.fixture
def offering(cast: Cast) -> Any:
    service = make("service_product", cast.aino.actor, name={"en": "School visit"})
    return make("offering", cast.aino.actor, title={"en": "Class visit"}, product=service.code)


def address(offering: Any) -> str:
    return f"/w/museum/offerings/{offering.code}/elements/"


def texts(offering: Any) -> list[tuple[str, dict[str, str]]]:
    return [(row.kind, dict(row.text.texts)) for row in offering.elements.all()]


def test_the_list_is_written_in_order_and_languages(cast: Cast, offering: Any) -> None:
    values = {"kind": ["action", "goods", "access"], "text-en": ["We tie", "", "The loft"],
              "text-fi": ["Solmimme", "", ""]}  # fmt: skip
    client = cast.aino.client()
    assert client.post(address(offering), values).status_code == 302
    assert texts(offering) == [
        ("action", {"en": "We tie", "fi": "Solmimme"}), ("access", {"en": "The loft"}),
    ]  # fmt: skip
    page = client.get(f"/w/museum/offerings/{offering.code}/").content.decode()
    assert "The loft" in page
    assert 'value="Solmimme"' in client.get(address(offering)).content.decode()


def test_an_unknown_kind_is_refused_and_nothing_is_lost(cast: Cast, offering: Any) -> None:
    values = {"kind": ["magic"], "text-en": ["Spells & <b>tea</b>"], "text-fi": [""]}
    response = cast.aino.client().post(address(offering), values)
    assert response.status_code == 422
    assert "Spells &amp; &lt;b&gt;tea&lt;/b&gt;" in response.content.decode()
    assert texts(offering) == []


def test_who_may(cast: Cast, offering: Any) -> None:
    values = {"kind": ["action"], "text-en": ["x"], "text-fi": [""]}
    for name, status in (("liisa", 403), ("heikki", 403), ("tuomas", 404), ("mallory", 404)):
        client = getattr(cast, name).client()
        assert client.post(address(offering), values).status_code == status
    assert texts(offering) == []
