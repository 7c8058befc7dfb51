"""The sheets of wishes, users and needs."""

import datetime as dt
from collections.abc import Callable

from polku.kernel.models import Link
from polku.people.models import Segment
from polku.portfolio.models import Component, Dependency, Offering, Requirement
from polku.tenancy.models import Party, Relationship, Workspace
from tests.exchange.desk import Desk

SERVICES = (("name", "for whom"), ("Tour", "Families"), ("Visit", "Schools"))


def test_wishes_are_tied_to_what_they_ask_of(desk: Desk, xlsx: Callable[..., bytes]) -> None:
    book = xlsx(
        Services=SERVICES,
        Requirements=(
            ("id", "wish", "service", "from", "date", "priority", "state"),
            ("7", "A ramp at the door", "Tour", "Piotr Zieliński", "2026-01-05", "must", "agreed"),
            ("8", "More benches", "No such service", "", "soon", "", ""),
        ),
    )
    run = desk.bring(book, "all.xlsx")
    ramp, benches = Requirement.objects.order_by("id")
    assert (str(ramp.statement), ramp.state, ramp.priority) == (
        "A ramp at the door", "will_do", "must",
    )  # fmt: skip
    assert ramp.raised_on == dt.date(2026, 1, 5)
    assert ramp.raised_by_party == Party.objects.get(name="Piotr Zieliński")
    tie = Link.objects.get(kind="L02", state="live", pending_run=None)
    assert (tie.from_id, tie.to_id) == (ramp.pk, desk.services()["Tour"].pk)
    assert benches.attributes == {"date": "soon", "service": "No such service"}
    assert sorted(desk.told(run)[3]) == ["no_such_service", "not_a_date"]
    again = desk.bring(book, "all.xlsx")
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)


def test_users_are_customers_or_groups_with_their_days(
    desk: Desk, xlsx: Callable[..., bytes]
) -> None:
    book = xlsx(
        Services=SERVICES,
        Users=(
            ("customer", "service", "since", "until", "agreement", "notes"),
            ("Rantakylä School", "Visit", "2025-09-01", "2026-06-01", "yes", "two classes"),
            ("Families", "Tour", "", "", "", ""),
            ("Harbour Hotel Oy", "Night walk", "", "", "", ""),
        ),
    )
    run = desk.bring(book, "all.xlsx")
    school = Relationship.objects.get(consumer_party__name="Rantakylä School")
    visit = Offering.objects.get(product=desk.services()["Visit"], is_default=True)
    tie = Link.objects.get(kind="L32", from_kind="relationship")
    assert (tie.from_id, tie.to_id, tie.valid_from, tie.valid_to) == (
        school.pk, visit.pk, dt.date(2025, 9, 1), dt.date(2026, 6, 1),
    )  # fmt: skip
    families = Segment.objects.get(sort_title="families")
    assert Link.objects.get(kind="L32", from_kind="segment").from_id == families.pk
    assert desk.told(run) == {4: ["no_such_service"]}
    again = desk.bring(book, "all.xlsx")
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)
    assert Link.objects.filter(kind="L32").count() == 2


def test_needs_switch_their_room_on_and_refuse_circles(
    desk: Desk, xlsx: Callable[..., bytes]
) -> None:
    assert not desk.by.workspace.has("components")
    book = xlsx(
        Services=SERVICES,
        Dependencies=(
            ("service", "needs", "kind", "critical", "where", "supplier"),
            ("Tour", "Headphones", "asset", "stops", "cupboard 4", "Sound Oy"),
            ("Tour", "Visit", "requires", "", "", ""),
            ("Visit", "Tour", "requires", "", "", ""),
            ("Tour", "Tour", "", "", "", ""),
            ("Tour", "Headphones", "asset", "", "", ""),
        ),
    )
    run, plan = desk.try_file(book, "all.xlsx")
    assert plan.switches == ("components",)
    run = desk.bring(book, "all.xlsx")
    assert Workspace.objects.get(pk=desk.by.workspace.pk).has("components")
    part = Component.objects.get(name="Headphones")
    assert (part.kind, part.supplier_name, part.real_world_ref) == (
        "asset", "Sound Oy",
        [{"system": "other", "value": "cupboard 4", "checked_on": None}],
    )  # fmt: skip
    assert Dependency.objects.filter(pending_run=None).count() == 2
    assert desk.told(run) == {4: ["circle"], 5: ["itself"], 6: ["twice"]}
    again = desk.bring(book, "all.xlsx")
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)


def test_a_sheet_of_something_else_is_left_alone(desk: Desk, xlsx: Callable[..., bytes]) -> None:
    book = xlsx(Services=SERVICES, Colours=(("shade", "hex"), ("red", "#f00")))
    run, plan = desk.try_file(book, "all.xlsx")
    assert {row.sheet for row in plan.rows} == {"Services"}
    assert [seen["sheet"] for seen in run.report["layout"]] == ["Services"]
