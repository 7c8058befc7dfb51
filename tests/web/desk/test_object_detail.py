"""The page of any one thing."""

from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from polku.kernel.changes import archive_object, change_object
from polku.kernel.links import tie
from polku.kernel.registry import Entity, entities, entity
from polku.web.desk import objects
from polku.web.desk.objects import ObjectPage
from tests.cast import Cast, make

KINDS = [pytest.param(row, id=row.kind) for row in entities()]


def text(response: Any) -> str:
    return str(response.content.decode())


def one_of(cast: Cast, kind: str) -> Any:
    """One object of a kind with everything that its kind needs."""
    by, named = cast.aino.actor, {"en": f"A thing of kind {kind}"}
    match kind:
        case "party":
            return make(kind, by, name="Net guild", owner_party=cast.aino.party.code)
        case "relationship":
            return cast.school
        case "decision":
            from polku.kernel.decisions import take_decision

            about = make("service_product", by, name=named)
            return take_decision(about, by=by, question="Shall we?", reason="People asked.")
        case "offering":
            about = make("service_product", by, name=named)
            return make(kind, by, title=named, product=about.code)
        case "product_version":
            about = make("service_product", by, name=named)
            return make(kind, by, label="2.1", product=about.code)
        case "dependency":
            about, part = (
                make("service_product", by, name=named),
                make("component", by, name="Loft"),
            )
            return make(kind, by, **{"from": about.code, "to": part.code})
        case _:
            return make(kind, by, **least_of(cast, kind, named))


def least_of(cast: Cast, kind: str, named: dict[str, str]) -> dict[str, Any]:
    """What names a thing of a kind that needs nothing else."""
    if kind == "component":
        return {"name": "Net loft"}
    field = {"strategy_goal": "statement", "requirement": "statement", "insight": "statement",
             "persona": "label", "stakeholder": "group_name"}.get(kind, "name")  # fmt: skip
    return {field: named, "owner_party": cast.piotr.party.code}


@pytest.fixture(autouse=True)
def _no_hidden_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reference that a page shows and did not fetch with the page breaks the test."""
    monkeypatch.setattr(objects, "FETCH", models.FETCH_RAISE)


@pytest.mark.parametrize("row", KINDS)
def test_each_kind_has_a_page_for_those_inside(cast: Cast, row: Entity) -> None:
    obj = one_of(cast, row.kind)
    for person in cast.insiders:
        response = person.client().get(f"/w/museum/{row.plural}/{obj.code}/")
        assert response.status_code == 200, person.user
        assert obj.code in text(response)
        assert text(response).count("<h1>") == 1


@pytest.mark.parametrize("row", KINDS)
def test_a_stranger_and_the_uninvited_other_side_meet_nothing(cast: Cast, row: Entity) -> None:
    obj = one_of(cast, row.kind)
    address = f"/w/museum/{row.plural}/{obj.code}/"
    assert cast.mallory.client().get(address).status_code == 404
    assert cast.olga.client().get(address).status_code == 404
    if row.kind != "relationship":
        assert cast.tuomas.client().get(address).status_code == 404


@pytest.mark.parametrize("row", KINDS)
def test_a_missing_code_and_a_stranger_read_the_same(cast: Cast, row: Entity) -> None:
    response = cast.aino.client().get(f"/w/museum/{row.plural}/{row.prefix}-99999/")
    assert response.status_code == 404


def test_a_code_may_be_written_small(cast: Cast) -> None:
    service = one_of(cast, "service_product")
    assert cast.aino.client().get(f"/w/museum/services/{service.code.lower()}/").status_code == 200


def test_the_other_side_reads_what_is_for_it_without_the_inside(cast: Cast) -> None:
    service = make(
        "service_product", cast.aino.actor, name={"en": "Open tour"}, audience="customers",
        managed_state="live", cost_class="high", attributes={"Cost centre": "1042"},
        owner_party=cast.aino.party.code,
    )  # fmt: skip
    page = text(cast.tuomas.client().get(f"/w/museum/services/{service.code}/"))
    assert "Open tour" in page
    for inside in ("1042", "What it costs us", "Aino Salmi", "/fields/", "/history/", "/archive/"):
        assert inside not in page, inside


def test_a_reader_reads_why_nothing_can_be_changed(cast: Cast) -> None:
    service = one_of(cast, "service_product")
    page = text(cast.liisa.client().get(f"/w/museum/services/{service.code}/"))
    assert "You may read here, not change." in page
    assert "/fields/" not in page


def test_what_nobody_said_stands_as_unknown(cast: Cast) -> None:
    service = one_of(cast, "service_product")
    page = text(cast.aino.client().get(f"/w/museum/services/{service.code}/"))
    assert "state-unknown" in page
    assert "State not said" in page


def test_ties_are_sentences_and_only_to_what_the_reader_may_see(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name={"en": "Tour"}, audience="customers",
                   managed_state="live")  # fmt: skip
    goal = make("strategy_goal", cast.aino.actor, statement={"en": "Every child visits"})
    tie("L01", service, goal, by=cast.aino.actor, why="the school said so")
    inside = text(cast.aino.client().get(f"/w/museum/services/{service.code}/"))
    assert "serves the goal" in inside
    assert "Every child visits" in inside
    assert "the school said so" in inside
    outside = text(cast.tuomas.client().get(f"/w/museum/services/{service.code}/"))
    assert "Every child visits" not in outside


def test_more_ties_and_more_history_cost_no_more_statements(cast: Cast) -> None:
    service = one_of(cast, "service_product")
    client, address = cast.aino.client(), f"/w/museum/services/{service.code}/"

    def grow(n: int) -> None:
        for place in range(n):
            goal = make("strategy_goal", cast.aino.actor, statement={"en": f"Goal {n} {place}"})
            tie("L01", service, goal, by=cast.aino.actor)
            owner = cast.insiders[place % 3].party.code
            values = {"owner_party": owner, "sector": f"{n}{place}"}
            change_object(entity("service_product"), service, values, by=cast.aino.actor)

    grow(2)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    grow(9)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many)


def test_what_was_put_away_says_so_and_offers_the_way_back(cast: Cast) -> None:
    service = one_of(cast, "service_product")
    archive_object(entity("service_product"), service, by=cast.aino.actor)
    page = text(cast.aino.client().get(f"/w/museum/services/{service.code}/"))
    assert "This was put away." in page
    assert f"/w/museum/services/{service.code}/restore/" in page
    assert "/fields/" not in page


def test_a_room_adds_a_section_and_may_take_the_place_of_another(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "_sections", list(objects._sections))

    def weather(page: ObjectPage) -> str:
        return f"<p>Rain over {page.obj.code}</p>"

    objects.section("segment", "body", weather, instead_of="facts")
    segment, service = one_of(cast, "segment"), one_of(cast, "service_product")
    page = text(cast.aino.client().get(f"/w/museum/segments/{segment.code}/"))
    assert f"Rain over {segment.code}" in page
    assert "What we know" not in page
    other = text(cast.aino.client().get(f"/w/museum/services/{service.code}/"))
    assert "Rain" not in other


def test_a_section_needs_a_place_that_is_there() -> None:
    with pytest.raises(ValueError, match="attic"):
        objects.section("segment", "attic", lambda _page: "")  # type: ignore[arg-type]
