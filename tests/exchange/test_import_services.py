"""The sheet of services from file to workspace, rule by rule (handbook, portfolio 7)."""

import datetime as dt

import pytest
from time_machine import travel

from polku.exchange.operations.uploads import try_import
from polku.exchange.spreadsheet.mapping_json import load_mapping
from polku.journeys.models import Touchpoint
from polku.kernel.answers import NotAllowed
from polku.kernel.changes import change_object
from polku.kernel.listing import listing
from polku.kernel.models import (
    AuditEvent,
    ExternalRef,
    ImportRow,
    ImportRun,
    Link,
    LooseEnd,
    Transition,
)
from polku.kernel.queries import visible
from polku.portfolio.entities import SERVICE
from polku.portfolio.models import Dependency, Offering, ServiceProduct
from polku.tenancy.models import Party, Relationship
from tests.cast import Cast, make
from tests.exchange.desk import Desk

FULL = """id,name_en,name_fi,aliases,owner,state,purpose,for_whom,channels,contact,page,supplier,\
cost_class,price,when,languages,last_reviewed,notes,Floor
A-1,Guided tour,Opastus,GT; Tour,Piotr Zieliński,live,See the ships,Families; Schools,"web, phone",\
tour@museum.example,https://museum.example/tour,Harbour Sound Oy,low,12 €,Sat 12-14,"en, fi",\
2026-03-04,ask Piotr,1
"""


def test_every_column_finds_its_home(desk: Desk) -> None:
    desk.bring(FULL)
    tour = desk.services()["Guided tour"]
    assert tour.name.texts == {"en": "Guided tour", "fi": "Opastus"}
    assert tour.aliases == ["GT", "Tour"]
    assert str(tour.purpose) == "See the ships"
    assert (tour.contact, tour.web) == ("tour@museum.example", "https://museum.example/tour")
    assert (tour.cost_class, tour.languages) == ("low", ["en", "fi"])
    assert tour.last_reviewed_on == dt.date(2026, 3, 4)
    assert tour.attributes == {"notes": "ask Piotr", "Floor": "1"}
    assert tour.owner_party is not None
    assert tour.owner_party.name == "Piotr Zieliński"
    offering = Offering.objects.get(product=tour, is_default=True)
    assert (str(offering.when), str(offering.price_note)) == ("Sat 12-14", "12 €")
    groups = Link.objects.filter(kind="L06", from_id=tour.pk, state="live", pending_run=None)
    assert groups.count() == 2
    points = {str(point.name): point.channel_kind for point in tour.touchpoints.all()}
    assert points == {"web": "web", "phone": "phone"}
    supplier = Party.objects.get(name="Harbour Sound Oy")
    assert (supplier.kind, supplier.kind_is_guess) == ("organisation", True)
    assert Relationship.objects.get(provider_party=supplier).state == "active"
    need = Dependency.objects.get(from_kind="service_product", from_id=tour.pk)
    assert (need.to_kind, need.kind) == ("component", "requires")


def test_a_state_comes_from_nothing_and_asks_no_gate(desk: Desk) -> None:
    desk.bring("name,state\nTour,käytössä\nVisit,ei uusille\nWalk,tauolla\n")
    services = desk.services()
    assert {name: row.managed_state for name, row in services.items()} == {
        "Tour": "live", "Visit": "live", "Walk": "on_hold",
    }  # fmt: skip
    assert services["Visit"].closed_to_new
    step = Transition.objects.get(object_kind="service_product", object_id=services["Tour"].pk)
    assert (step.from_state, step.to_state, step.decision, step.pending_run) == (
        "", "live", None, None,
    )  # fmt: skip


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    desk.bring(FULL)
    before = AuditEvent.objects.count()
    again = desk.bring(FULL)
    assert again.counts["same"] == 1
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)
    assert AuditEvent.objects.count() == before + 1  # the import itself
    assert Party.objects.filter(name="Harbour Sound Oy").count() == 1
    assert Touchpoint.objects.filter(workspace=desk.by.workspace).count() == 2


def test_a_dry_run_writes_nothing_but_itself(desk: Desk) -> None:
    run, plan = desk.try_file(FULL.encode())
    assert plan.counts["new"] == 1
    assert run.state == ImportRun.State.TRIED
    assert not ServiceProduct.objects.exists()
    assert not Party.objects.filter(name="Harbour Sound Oy").exists()
    assert not ExternalRef.objects.exists()


def test_a_bad_value_keeps_the_row_and_its_text(desk: Desk) -> None:
    run = desk.bring("name,last reviewed,state,page\nTour,31.2.2026,sleeping,no page\n")
    tour = desk.services()["Tour"]
    assert (tour.last_reviewed_on, tour.managed_state, tour.web) == (None, "", "")
    assert tour.attributes == {
        "last reviewed": "31.2.2026", "state": "sleeping", "page": "no page",
    }  # fmt: skip
    assert set(desk.told(run)[2]) == {"no_such_day", "unknown_word", "not_an_address"}
    problem = ImportRow.objects.get(run=run).problems[0]
    assert problem["column"] in {"last reviewed", "state", "page"}
    desk.bring("name,last reviewed,state,page\nTour,28.2.2026,live,https://museum.example\n")
    tour.refresh_from_db()
    assert tour.attributes == {}
    assert tour.last_reviewed_on == dt.date(2026, 2, 28)


def test_a_row_without_a_name_is_left_out_and_listed(desk: Desk) -> None:
    run = desk.bring("name,owner\n,ask Piotr\nTour,\n")
    assert run.counts["left_out"] == 1
    row = ImportRow.objects.get(run=run, outcome="left_out")
    assert (row.row_number, row.problems[0]["raw"]) == (2, "ask Piotr")


def test_an_empty_cell_says_nothing_and_a_word_clears(desk: Desk) -> None:
    desk.bring("id,name,purpose,contact,Floor\n1,Tour,See ships,mail@x.example,2\n")
    desk.bring("id,name,purpose,contact,Floor\n1,Tour,,,\n")
    tour = desk.services()["Tour"]
    assert (str(tour.purpose), tour.contact, tour.attributes) == (
        "See ships", "mail@x.example", {"Floor": "2"},
    )  # fmt: skip
    desk.bring("id,name,purpose,contact,Floor\n1,Tour,[clear],-clear-,[clear]\n")
    tour.refresh_from_db()
    assert (str(tour.purpose), tour.contact, tour.attributes) == ("", "", {})


def test_identity_is_key_then_name_then_alias(desk: Desk) -> None:
    desk.bring("id,name,aliases\n1,Guided tour,Tour\n2,Visit,\n")
    run = desk.bring("id,name\n1,Guided tour of the harbour\n")
    assert (run.counts["changed"], run.counts["new"]) == (1, 0)
    assert "Guided tour of the harbour" in desk.services()
    other = desk.bring("name,contact\nTOUR,a@b.example\nvisit,c@d.example\n")
    assert (other.counts["changed"], other.counts["new"]) == (2, 0)
    assert desk.services()["Visit"].contact == "c@d.example"
    assert "Guided tour of the harbour" in desk.services()


def test_two_rows_of_one_name_are_never_merged(desk: Desk) -> None:
    run = desk.bring("name,Floor\nTour,1\nTour,2\n")
    assert run.counts["new"] == 2
    assert desk.told(run) == {2: ["alike_name"], 3: ["alike_name"]}
    again = desk.bring("name,Floor\nTour,1\nTour,2\n")
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)


def test_likely_twins_are_reported_within_the_file_and_against_what_is_here(desk: Desk) -> None:
    make("service_product", desk.by, name="Guided tours of the ships")
    run, _plan = desk.try_file(b"name\nGuided tour of the ships\nNight walk\n")
    assert desk.told(run) == {2: ["alike_name"]}


def test_a_row_that_left_the_file_is_listed_and_stays(desk: Desk) -> None:
    desk.bring("name\nTour\nVisit\n")
    run = desk.bring("name\nTour\n")
    assert [title for _code, title in run.report["missing"]] == ["Visit"]
    assert "Visit" in desk.services()


def test_three_values_are_shown_where_both_changed(desk: Desk) -> None:
    desk.bring("id,name,contact\n1,Tour,a@x.example\n")
    tour = desk.services()["Tour"]
    change_object(SERVICE, tour, {"contact": "b@x.example"}, by=desk.by)
    same = desk.bring("id,name,contact\n1,Tour,a@x.example\n")
    assert (same.counts["same"], desk.services()["Tour"].contact) == (1, "b@x.example")
    run, plan = desk.try_file(b"id,name,contact\n1,Tour,c@x.example\n")
    assert desk.told(run) == {2: ["conflict"]}
    assert plan.rows[0].troubles[0].facts == {
        "base": "a@x.example", "here": "b@x.example", "file": "c@x.example",
    }  # fmt: skip
    desk.bring("id,name,contact\n1,Tour,c@x.example\n", file_wins=True)
    assert desk.services()["Tour"].contact == "c@x.example"


def test_repeated_keys_are_settled_by_the_rule_and_listed(desk: Desk) -> None:
    mapping = load_mapping(
        '{"polku_mapping": 1, "source": "list", "sheets": [{"sheet": "*", "kind": "services",'
        ' "keys": ["nr"], "repeated": {"rule": "latest", "by": "year"},'
        ' "columns": [{"header": "title", "field": "name", "lang": "en"}]}]}'
    )
    run = desk.bring("nr,title,year\n1,Old tour,2023\n1,New tour,2024\n", mapping=mapping)
    assert set(desk.services()) == {"New tour"}
    assert run.counts["left_out"] == 1
    assert desk.told(run) == {2: ["repeated"]}
    ref = ExternalRef.objects.get()
    assert (ref.source, ref.kind, ref.key) == ("list", "service_product", "1")


def test_a_period_is_its_last_day_and_the_word_is_kept(desk: Desk) -> None:
    mapping = load_mapping(
        '{"polku_mapping": 1, "sheets": [{"sheet": "*", "kind": "services", "columns": ['
        '{"header": "title", "field": "name"}, {"header": "seen", "field": "last_reviewed",'
        ' "period": "end", "year_ends": "03-31"}]}]}'
    )
    run = desk.bring("title,seen\nTour,2022-2023\n", mapping=mapping)
    tour = desk.services()["Tour"]
    assert tour.last_reviewed_on == dt.date(2023, 3, 31)
    assert tour.attributes == {"seen": "2022-2023"}
    assert desk.told(run) == {}


def test_our_own_code_counts_only_with_a_name_like_it(desk: Desk) -> None:
    make("service_product", desk.by, name="Guided tour")
    run = desk.bring("id,name,contact\nSRV-1,Guided tour,a@x.example\n")
    assert (run.counts["changed"], run.counts["new"]) == (1, 0)
    other = desk.bring("id,name\nSRV-1,Payroll of the town\n", name="other.csv")
    assert other.counts["new"] == 1 or desk.told(other)[2] == ["other_name"]


def test_loose_ends_are_counted_once_an_import(desk: Desk) -> None:
    desk.bring("name,state\n" + "".join(f"Service {n} of {n * 7},live\n" for n in range(30)))
    ends = LooseEnd.objects.filter(workspace=desk.by.workspace, state="open")
    told = ends.filter(object_kind="import_run")
    counted = {end.check_code: end.parameters["n"] for end in told}
    assert counted == {"L38": 30, "L32": 30}
    assert not ends.filter(object_kind="service_product").exists()


def test_own_columns_are_filters(desk: Desk) -> None:
    desk.bring("name,Floor,Cost centre\nTour,1,4000\nVisit,2,4000\n")
    rows = listing(desk.by, SERVICE, {"own.Floor": "2"}, strict=True).rows
    assert [row.title for row in rows] == ["Visit"]
    assert listing(desk.by, SERVICE, {"own.Cost centre": "4000"}).rows.count() == 2
    assert listing(desk.by, SERVICE, {"without": "last_reviewed_on"}).rows.count() == 2


def test_only_those_who_change_everything_may_import(cast: Cast) -> None:
    for person in (cast.liisa, cast.heikki, cast.tuomas):
        with pytest.raises(NotAllowed):
            Desk(person.actor).try_file(b"name\nTour\n")


def test_nothing_of_it_is_seen_in_the_other_workspace(desk: Desk, cast: Cast) -> None:
    desk.bring(FULL)
    olga = Desk(cast.olga.actor)
    assert olga.services() == {}
    run = olga.bring(FULL)
    assert run.counts["new"] == 1
    assert {row.workspace_id for row in visible(desk.by, ServiceProduct)} == {cast.museum.pk}
    assert ExternalRef.objects.filter(workspace=cast.norrvik).count() == 1


def test_a_file_cannot_be_tried_again_once_saved(desk: Desk) -> None:
    run = desk.bring("name\nTour\n")
    with pytest.raises(Exception, match="saved already"):
        try_import(run, load_mapping(run.mapping["mapping"]), by=desk.by)


def test_a_state_said_anew_is_dated_today(desk: Desk) -> None:
    with travel(dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)):
        desk.bring("id,name,state\n1,Tour,pilot\n")
    with travel(dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)):
        desk.bring("id,name,state\n1,Tour,live\n")
    tour = desk.services()["Tour"]
    steps = Transition.objects.filter(object_kind="service_product", object_id=tour.pk)
    assert [(s.from_state, s.to_state, str(s.effective_on)) for s in steps.order_by("id")] == [
        ("", "in_test", "2026-05-01"), ("", "live", "2026-06-01"),
    ]  # fmt: skip
    assert tour.managed_state == "live"
