"""What one gets, piece by piece."""

from typing import Any

import pytest

from polku.kernel.models import AuditEvent
from polku.portfolio.models import Offering, OfferingElement
from polku.portfolio.operations import set_elements
from polku.tenancy.translated import Translated
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


def piece(cast: Cast, offering: Any) -> OfferingElement:
    """One piece with everything that the form does not show, and a stale Finnish text."""
    part = make("component", cast.aino.actor, name="Loft key")
    text = Translated.of("A map", "en").with_text("fi", "Kartta").with_text("en", "A big map")
    row: OfferingElement = OfferingElement.objects.create(
        workspace=offering.workspace, offering=offering, kind="goods",
        text=text.with_text("sv", "En karta"), quantity=2, unit="sheets",
        terms=Translated.of("Bring it back", "en"), resource_component=part, number=1,
    )  # fmt: skip
    Offering.objects.filter(pk=offering.pk).update(last_number=1)
    return row


def test_what_the_form_does_not_ask_stays(cast: Cast, offering: Any) -> None:
    row = piece(cast, offering)
    values = {"id": [row.pk, ""], "kind": ["access", "action"], "text-en": ["A big map", "Tea"],
              "text-fi": ["Kartta", ""], "text-sv": ["Kartan", ""]}  # fmt: skip
    assert cast.aino.client().post(address(offering), values).status_code == 302
    now = OfferingElement.objects.get(pk=row.pk)
    assert (now.kind, now.quantity, now.unit) == ("access", 2, "sheets")
    assert (str(now.terms), now.resource_component) == ("Bring it back", row.resource_component)
    assert now.text.is_stale("fi")
    assert not now.text.is_stale("sv")
    assert [text["en"] for _kind, text in texts(offering)] == ["A big map", "Tea"]


def test_what_went_stands_in_the_history_in_full(cast: Cast, offering: Any) -> None:
    row = piece(cast, offering)
    before = Offering.objects.get(pk=offering.pk).revision
    set_elements(offering, [], by=cast.aino.actor)
    event = AuditEvent.objects.get(name="offering.elements_set")
    (gone,), left = event.changes["elements"]
    assert (gone["quantity"], gone["unit"], gone["terms"]["en"]) == ("2", "sheets", "Bring it back")
    assert (gone["text"]["sv"], gone["resource_component"]) == ("En karta", "CMP-1")
    assert left == []
    assert Offering.objects.get(pk=offering.pk).revision == before + 1 == event.object_revision
    assert not OfferingElement.objects.filter(pk=row.pk).exists()


def test_two_who_write_the_list_at_once_lose_nothing(cast: Cast, offering: Any) -> None:
    row = piece(cast, offering)
    client = cast.aino.client()
    opened = Offering.objects.get(pk=offering.pk).revision
    theirs = [{"id": row.pk, "kind": "goods", "text": {"en": "Their map"}},
              {"kind": "action", "text": {"en": "Their tea"}}]  # fmt: skip
    set_elements(offering, theirs, by=cast.piotr.actor)
    values = {"revision": opened, "id": [row.pk], "kind": ["goods"], "text-en": ["My map"],
              "text-fi": ["Kartta"], "text-sv": ["En karta"]}  # fmt: skip
    response = client.post(address(offering), values)
    page = response.content.decode()
    assert response.status_code == 409
    for words in ("My map", "Their map", "Their tea", "Somebody changed this list"):
        assert words in page
    assert [text["en"] for _kind, text in texts(offering)] == ["Their map", "Their tea"]
    again = response.context["revision"]
    assert client.post(address(offering), {**values, "revision": again}).status_code == 302
    assert str(OfferingElement.objects.get(pk=row.pk).text) == "My map"


def test_the_same_list_sent_again_without_numbers_keeps_the_pieces(
    cast: Cast, offering: Any
) -> None:
    row = piece(cast, offering)
    same = {"kind": "goods", "text": dict(row.text.texts), "unit": "sheets", "quantity": 3}
    set_elements(offering, [same], by=cast.aino.actor)
    now = OfferingElement.objects.get(offering=offering)
    assert (now.pk, now.quantity, str(now.terms)) == (row.pk, 3, "Bring it back")
