"""Finding anything by words: what, for whom, in which order."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polku.kernel.changes import archive_object, create_objects
from polku.kernel.finding import PER_KIND
from polku.kernel.registry import entity
from tests.cast import Cast, make


def found(person: Any, question: str) -> str:
    return str(person.client().get("/w/museum/search/", {"q": question}).content.decode())


def test_hits_stand_by_kind_with_counts(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name={"en": "Harbour walk"})
    make("requirement", cast.aino.actor, statement={"en": "A bench on the harbour"})
    page = found(cast.aino, "harb")
    assert "1 service" in page
    assert "1 wish" in page
    assert page.index("Harbour walk") < page.index("A bench on the harbour")


def test_more_than_a_few_lead_to_the_list(cast: Cast) -> None:
    rows = [{"name": {"en": f"Rope class {n}"}} for n in range(PER_KIND + 3)]
    create_objects(entity("service_product"), rows, by=cast.aino.actor)
    page = found(cast.aino, "rope")
    assert f"{PER_KIND + 3} services" in page
    assert 'href="/w/museum/services/?q=rope"' in page
    assert page.count(">Rope class") == PER_KIND


def test_every_word_must_fit_and_each_may_be_a_beginning(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name={"en": "Night walk"}, aliases=["Tähtikävely"])
    assert "Night walk" in found(cast.aino, "nig wal")
    assert "Night walk" in found(cast.aino, "TAHTI")
    assert "Nothing here has" in found(cast.aino, "night song")


def test_a_code_leads_straight_to_its_page(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name={"en": "Night walk"})
    response = cast.aino.client().get("/w/museum/search/", {"q": f" {service.code.lower()} "})
    assert response.url == f"/w/museum/services/{service.code}/"
    assert cast.tuomas.client().get("/w/museum/search/", {"q": service.code}).status_code == 200


def test_what_may_not_be_seen_is_neither_shown_nor_counted(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name={"en": "Rope secret"}, managed_state="live")
    make("service_product", cast.aino.actor, name={"en": "Rope class"}, managed_state="live",
         audience="customers")  # fmt: skip
    make("strategy_goal", cast.aino.actor, statement={"en": "Rope for all"})
    outside = found(cast.tuomas, "rope")
    assert "1 service" in outside
    assert "Rope secret" not in outside
    assert "Rope for all" not in outside
    assert "2 services" in found(cast.liisa, "rope")


def test_what_was_put_away_is_not_found(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name={"en": "Rope class"})
    archive_object(entity("service_product"), service, by=cast.aino.actor)
    assert "Nothing here has" in found(cast.aino, "rope")


def test_another_house_is_never_searched(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name={"en": "Rope class"})
    assert "Rope class" not in cast.olga.client().get("/w/norrvik/search/?q=rope").content.decode()
    assert cast.olga.client().get("/w/museum/search/?q=rope").status_code == 404
    assert cast.mallory.client().get("/w/museum/search/?q=rope").status_code == 404


@pytest.mark.parametrize("question", ["", "  ", "<script>alert(1)</script>", "???", '"*" OR 1=1 --',
                                      "a" * 5000, "ъ\u0301", "NEAR(a b)"])  # fmt: skip
def test_any_question_is_answered_in_peace(cast: Cast, question: str) -> None:
    response = cast.aino.client().get("/w/museum/search/", {"q": question})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_more_hits_cost_no_more_statements(cast: Cast) -> None:
    client = cast.aino.client()
    rows = [{"name": {"en": f"Rope class {n}"}} for n in range(40)]
    create_objects(entity("service_product"), rows, by=cast.aino.actor)
    client.get("/w/museum/search/?q=rope")
    with CaptureQueriesContext(connection) as few:
        client.get("/w/museum/search/?q=rope")
    create_objects(entity("service_product"), rows, by=cast.aino.actor)
    with CaptureQueriesContext(connection) as many:
        client.get("/w/museum/search/?q=rope")
    assert len(few) == len(many)
