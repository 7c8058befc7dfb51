"""Objects through the API: made, read, changed, put away, listed."""

import pytest

from polku.kernel.listing import as_plain, with_references
from polku.kernel.models import AuditEvent
from polku.kernel.queries import visible_kind
from polku.kernel.registry import entities, entity
from tests.api.callers import ROOM, Caller, problem
from tests.cast import Cast, make


def test_a_service_is_made_read_changed_put_away_and_brought_back(piotr: Caller) -> None:
    made = piotr.post("services", {"name": {"en": "Guided tour", "fi": "Opastus"}, "tags": ["a"]})
    assert made.status_code == 201
    assert made["Location"] == f"{ROOM}/services/SRV-1"
    read = piotr.get(made["Location"])
    assert read.json() == made.json()
    assert read["ETag"] == '"1"'
    assert read.json()["name"] == {"en": "Guided tour", "fi": "Opastus"}

    changed = piotr.patch("services/srv-1", {"purpose": "For families"}, If_Match='"1"')
    assert changed.json()["purpose"] == {"en": "For families"}
    assert changed.json()["revision"] == 2

    away = piotr.delete("services/SRV-1", {"reason": "twice"})
    assert away.json()["archived"] is True
    assert piotr.get("services").json()["count"] == 0
    assert piotr.get("services?archived=any").json()["count"] == 1
    assert piotr.post("services/SRV-1/restore").json()["archived"] is False
    names = [row["name"] for row in piotr.get("services/SRV-1/history").json()["items"]]
    assert names == [f"service_product.{verb}" for verb in ("restored", "archived", "changed",
                                                           "created")]  # fmt: skip
    assert set(
        AuditEvent.objects.filter(object_code="SRV-1").values_list("channel", flat=True)
    ) == {"api"}


def test_two_who_change_the_same_field_meet_with_both_texts_kept(
    piotr: Caller, aino: Caller
) -> None:
    piotr.post("services", {"name": "Tour", "purpose": "Old"})
    aino.patch("services/SRV-1", {"purpose": "Theirs", "revision": 1})
    late = piotr.patch("services/SRV-1", {"purpose": "Mine", "revision": 1})
    found = problem(late, 409, "conflict")
    assert found["revision"] == 2
    assert found["fields"] == {
        "purpose": {"base": {"en": "Old"}, "theirs": {"en": "Theirs"}, "mine": {"en": "Mine"}}
    }
    other = piotr.patch("services/SRV-1", {"sector": "museums"}, If_Match='"1"')
    assert other.status_code == 200
    assert other.json()["purpose"] == {"en": "Theirs"}


def test_a_thousand_come_in_one_call_all_or_none(piotr: Caller) -> None:
    rows = [{"name": f"Service {n}"} for n in range(1000)]
    wrong = [*rows[:999], {"name": ""}]
    found = problem(piotr.post("services", wrong), 422, "bad-input")
    assert list(found["errors"]) == ["999.name"]
    assert piotr.get("services").json()["count"] == 0
    made = piotr.post("services", rows)
    assert made.status_code == 201
    assert made.json()["count"] == 1000
    assert made.json()["items"][999]["name"] == {"en": "Service 999"}
    problem(piotr.post("services", [*rows, {"name": "one more"}]), 422, "bad-input")
    problem(piotr.post("services", []), 422, "bad-input")


def test_lists_come_in_pages_that_lead_to_each_other(cast: Cast, liisa: Caller) -> None:
    for n in range(5):
        make("service_product", cast.aino.actor, name=f"Service {n}")
    codes, url = [], "services?limit=2&sort=-code"
    while url:
        page = liisa.get(url).json()
        assert page["count"] == 5
        codes += [row["code"] for row in page["items"]]
        url = page["next"]
    assert codes == ["SRV-5", "SRV-4", "SRV-3", "SRV-2", "SRV-1"]
    assert liisa.get("services?offset=9").json() == {"items": [], "count": 5, "next": None}


def test_lists_are_narrowed_by_fields_and_words(cast: Cast, liisa: Caller) -> None:
    by = cast.aino.actor
    make("service_product", by, name="Wool class", owner_party=cast.piotr.party.code)
    make("service_product", by, name="Łódź tour", managed_state="live")

    def codes(query: str) -> list[str]:
        return [row["code"] for row in liisa.get(f"services?{query}").json()["items"]]

    assert codes("managed_state=live") == ["SRV-2"]
    assert codes("managed_state=none,idea") == ["SRV-1"]
    assert codes(f"owner_party={cast.piotr.party.code}") == ["SRV-1"]
    assert codes("q=lodz") == ["SRV-2"]
    assert codes("q=nothing+like+this") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("managed_stat=live", "managed_stat"), ("managed_state=alive", "managed_state"),
        ("sort=owner", "sort"), ("sort=--code", "sort"), ("limit=0", "limit"),
        ("limit=1001", "limit"), ("limit=ten", "limit"), ("offset=-1", "offset"),
        ("offset=99999999999999999999", "offset"), ("as_of=yesterday", "as_of"),
        ("known_on=2026-01-01", "as_of"), ("archived=perhaps", "archived"),
        ("closed_to_new=maybe", "closed_to_new"),
    ],
)  # fmt: skip
def test_a_wrong_question_is_told_by_its_key(liisa: Caller, query: str, field: str) -> None:
    found = problem(liisa.get(f"services?{query}"), 422, "bad-input")
    assert list(found["errors"]) == [field]


def test_unknown_and_read_only_fields_are_refused_by_name(piotr: Caller) -> None:
    found = problem(
        piotr.post("services", {"nam": "x", "code": "SRV-9", "workspace": 1}), 422, "bad-input"
    )
    assert set(found["errors"]) == {"nam", "code", "workspace", "name"}
    assert piotr.get("services").json()["count"] == 0
    piotr.post("services", {"name": "Tour"})
    found = problem(piotr.patch("services/SRV-1", {"managed_state": "live"}), 422, "bad-input")
    assert set(found["errors"]) == {"managed_state"}


def test_decisions_are_made_only_about_something(aino: Caller) -> None:
    refused = problem(aino.post("decisions", {"question": "Why?"}), 405, "wrong-method")
    assert "detail" in refused
    aino.post("goals", {"statement": "Everybody feels welcome"})
    made = aino.post(
        "goals/GOAL-1/decisions", {"question": "Is it still ours?", "reason": "We asked all"}
    )
    assert made.status_code == 201
    assert made["Location"] == f"{ROOM}/decisions/DEC-1"
    assert made.json()["subject"] == "GOAL-1"
    again = aino.post(
        "goals/GOAL-1/decisions", {"question": "And now?", "reason": "New year", "revises": "DEC-1"}
    )
    assert again.json()["revises"] == "DEC-1"
    listed = aino.get("goals/GOAL-1/decisions").json()
    assert {row["code"] for row in listed["items"]} == {"DEC-1", "DEC-2"}
    problem(aino.post("goals/GOAL-1/decisions", {"question": " "}), 422, "bad-input")


def test_a_lone_maker_gets_the_offering_with_the_service(cast: Cast, aino: Caller) -> None:
    cast.museum.size_profile = "solo"
    cast.museum.save()
    aino.post("services", [{"name": "Tour"}, {"name": "Talk"}])
    assert [row["product"] for row in aino.get("offerings?sort=code").json()["items"]] == [
        "SRV-1", "SRV-2",
    ]  # fmt: skip


def full(cast: Cast) -> None:
    """Something of each kind, with as many fields said as can be."""
    by = cast.aino.actor
    goal = make(
        "strategy_goal",
        by,
        statement={"en": "Welcome", "fi": "Tervetuloa"},
        horizon_to="2027-12-31",
        parent=make("strategy_goal", by, statement="All").code,
    )
    service = make(
        "service_product",
        by,
        name={"en": "Tour “é”", "ru": "Экскурсия"},
        aliases=["Round"],
        owner_party=cast.aino.party.code,
        managed_state="live",
        benefit={"hours": 3, "ü": [1, None]},
        funding=["city"],
        closed_to_new=True,
    )
    make(
        "service_product",
        by,
        name="Talk",
        is_activity_of=service.code,
        review_due="2027-01-31",
        last_reviewed_on="2026-02-03",
        attributes={"own": "x"},
    )
    make("segment", by, name="Families", size=120, attractiveness=5, size_as_of="2026-01-01")
    make("requirement", by, statement="Larger letters", raised_by_party=cast.tuomas.party.code)
    make("offering", by, title="Tour on Sundays", product=service.code, places=["Harbour"])
    part = make("component", by, name="Boat", capacity="12.50", capacity_unit="people")
    make("dependency", by, **{"from": service.code, "to": part.code})
    make("touchpoint", by, name="The door", services=[service.code, "SRV-2"], importance=4)
    make("journey", by, name={"en": "I visit", "fi": "Käyn"}, services=[service.code], tags=["x"])
    make("persona", by, label="A family", goals={"en": "Rest", "fi": "Lepo"}, channels=["phone"])
    make("insight", by, statement="The stairs are steep", n=12, learnt_on="2026-03-01")
    make("stakeholder", by, group_name="Neighbours", interest=4)
    make("product_version", by, label="2.1", product=service.code, market="Museum shop")
    make("service_package", by, name="A day out", purpose={"ru": "Отдых"})
    from polku.kernel.decisions import take_decision

    take_decision(goal, by=by, question="Really?", reason="Yes")


def test_rows_read_as_columns_equal_rows_read_as_objects(cast: Cast, liisa: Caller) -> None:
    full(cast)
    actor = cast.liisa.actor
    for row in entities():
        rows = with_references(row, visible_kind(actor, row, archived=True)).order_by("id")
        answered = liisa.get(f"{row.plural}?sort=code&archived=any").json()
        assert answered["count"] > 0, row.kind
        assert answered["items"] == as_plain(row, rows, actor), row.kind
        code = answered["items"][0]["code"]
        assert liisa.get(f"{row.plural}/{code}").json() == answered["items"][0]


def test_the_number_of_statements_does_not_grow_with_the_rows(
    cast: Cast, liisa: Caller, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    full(cast)
    by = cast.aino.actor

    def statements(path: str) -> int:
        liisa.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert liisa.get(path).status_code == 200
        return len(captured)

    paths = ["services", "touchpoints", "services?as_of=2030-01-01", "links", "relationships"]
    before = {path: statements(path) for path in paths}
    for n in range(10):
        make("service_product", by, name=f"More {n}", owner_party=cast.piotr.party.code)
        make("touchpoint", by, name=f"Door {n}", services=["SRV-1"])
    assert {path: statements(path) for path in paths} == before
    assert before["services"] <= 4


def test_every_kind_has_its_list_and_its_new_one(aino: Caller) -> None:
    for row in entities():
        assert aino.get(row.plural).status_code == 200
        wanted = 405 if not row.changeable else 422
        assert aino.post(row.plural, {"no such field": 1}).status_code == wanted
    assert entity("decision").changeable is False
