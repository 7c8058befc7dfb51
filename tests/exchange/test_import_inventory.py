"""An inventory of parts: tags, days of looking, what services require and with which effect."""

import datetime as dt
from collections.abc import Callable

import pytest

from polku.exchange.exporting.sheets import Writer
from polku.portfolio.models import Component, Dependency
from polku.portfolio.references import references_of
from tests.exchange.desk import Desk

SERVICES = (("name", "state"), ("Mail", "live"), ("Office network", "live"))
INVENTORY = (
    ("service", "needs", "kind", "effect", "tag", "checked", "supplier"),
    ("Mail", "Mail server", "asset", "stops", "NV-0040; NV-0041", "2026-02-03", ""),
    ("Office network", "Core switch", "asset", "degrades", "https://cmdb.example/ci/7", "3.2.2026",
     "Kivisilta Oy"),
    ("Mail", "Office network", "requires", "degrades", "", "", ""),
    ("Mail", "Spam list", "data", "inconvenience", "the list of the provider", "31.2.2026", ""),
)  # fmt: skip


@pytest.mark.scenario("AC38", part="inventory")
@pytest.mark.django_db(transaction=True)
def test_an_inventory_brings_parts_with_tags_and_what_rests_on_them(
    desk: Desk, xlsx: Callable[..., bytes]
) -> None:
    book = xlsx(Services=SERVICES, Dependencies=INVENTORY)
    run = desk.bring(book, "inventory.xlsx")
    server = Component.objects.get(name="Mail server")
    looked = dt.date(2026, 2, 3)
    found = references_of(server.real_world_ref)
    places = [(row.system, row.value, row.checked_on) for row in found]
    assert places == [("asset_tag", "NV-0040", looked), ("asset_tag", "NV-0041", looked)]
    switch = Component.objects.get(name="Core switch")
    (place,) = references_of(switch.real_world_ref)
    assert (place.address, place.checked_on) == ("https://cmdb.example/ci/7", dt.date(2026, 2, 3))
    supplier = switch.supplier_relationship
    assert supplier is not None
    assert (supplier.provider_party.name, supplier.consumer_party_id) == (
        "Kivisilta Oy", desk.by.workspace.home_party_id,
    )  # fmt: skip
    effects = dict(Dependency.objects.values_list("to_code", "criticality"))
    assert sorted(effects.values()) == ["degrades", "degrades", "inconvenience", "stops"]
    # The day that is none is told, the row stays, and the place keeps its words
    assert run.counts["new"] == 6
    spam = references_of(Component.objects.get(name="Spam list").real_world_ref)
    assert [(row.system, row.value, row.checked_on) for row in spam] == [
        ("other", "the list of the provider", None)
    ]
    again = desk.bring(book, "inventory.xlsx")
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_places_and_days_go_out_as_they_came_in(desk: Desk, xlsx: Callable[..., bytes]) -> None:
    desk.bring(xlsx(Services=SERVICES, Dependencies=INVENTORY), "inventory.xlsx")
    writer = Writer(desk.by)
    table = writer.table("dependencies", writer.needs())
    rows = [dict(zip(table.headers, row, strict=True)) for row in table.rows]
    told = {row["needs"]: (row["where"], row["checked"]) for row in rows}
    assert told["Mail server"] == ("NV-0040; NV-0041", dt.date(2026, 2, 3))
    assert told["Spam list"] == ("the list of the provider", None)
