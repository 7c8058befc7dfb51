"""AC38: an inventory with tags, services above it with effects; map, impact, owners, days, table.

The inventory comes in as a file, as people have it; what it brought is then read on the pages.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from polku.kernel.links import tie
from polku.portfolio.models import Component, Offering, ServiceProduct
from polku.portfolio.references import references_of
from polku.tenancy.models import Relationship
from tests.api.callers import token_of
from tests.cast import Cast, make
from tests.exchange.conftest import xlsx as xlsx
from tests.exchange.desk import Desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.scenario("AC38")]

SERVICES = (
    ("name", "state", "owner"), ("Ticket shop", "live", "Olga Lind"),
    ("Mail", "live", "Jari Koski"), ("Archive", "live", ""), ("Statistics", "live", "Jari Koski"),
)  # fmt: skip
INVENTORY = (
    ("service", "needs", "kind", "effect", "tag"),
    ("Ticket shop", "South hall", "space", "stops", "ROOM-S1"),
    ("Mail", "Mail server", "asset", "degrades", "NV-0040"),
    ("Archive", "South hall", "space", "inconvenience", ""),
    ("Mail", "South hall", "space", "degrades", ""),
    ("Statistics", "Ticket shop", "requires", "", ""),
)  # fmt: skip


@pytest.fixture
def hall(cast: Cast, xlsx: Callable[..., bytes]) -> Any:
    """The room below everything, as the file brought it, and a customer above."""
    run = Desk(cast.aino.actor).bring(
        xlsx(Services=SERVICES, Dependencies=INVENTORY), "inventory.xlsx"
    )
    assert run.counts["look"] == 0
    by = cast.aino.actor
    shop = ServiceProduct.objects.get(sort_title="ticket shop")
    offer = Offering.objects.filter(product=shop).first() or make(
        "offering", by, title="Shop", summary="It sells", product=shop
    )
    tie("L32", Relationship.objects.get(pk=cast.school.pk), offer, by=by, valid_from="2026-03-01")
    return Component.objects.get(name="South hall")


def page(client: Client, path: str) -> str:
    response = client.get(f"/w/museum/{path}")
    assert response.status_code == 200, path
    return response.content.decode()


def rows_of(html: str) -> list[list[str]]:
    table = html[html.index("<tbody") : html.index("</tbody>")]
    plain = [re.sub(r"<[^>]+>", "\t", row).split("\t") for row in table.split("</tr>")]
    found = [[cell.strip() for cell in row if cell.strip()] for row in plain]
    return [row for row in found if row]


def test_the_tag_says_where_the_part_is(cast: Cast, hall: Any) -> None:
    assert [(row.system, row.value) for row in references_of(hall.real_world_ref)] == [
        ("asset_tag", "ROOM-S1")
    ]
    assert "ROOM-S1" in page(cast.liisa.client(), f"components/{hall.code}/")


def test_impact_is_sorted_by_effect_with_the_business_owner(cast: Cast, hall: Any) -> None:
    items = token_of(cast.liisa).get(f"impact/I1/{hall.code}").json()["items"]
    found = {row["title"]: (row["effect"], row["owner_name"]) for row in items}
    assert found["Ticket shop"] == ("stops", "Olga Lind")
    assert found["Mail"] == ("degrades", "Jari Koski")
    assert found["Archive"] == ("inconvenience", None)
    assert found["Statistics"] == ("unknown", "Jari Koski")
    assert found["Rantakylä School"][0] == "stops"
    html = page(cast.liisa.client(), f"impact/I1/{hall.code}/")
    who = html[html.index('id="who"') : html.index('id="twin"')]
    places = [who.index(f">{name}</a> <span") for name in ("Olga Lind", "Jari Koski")]
    assert places == sorted(places)


def test_the_table_has_each_thing_with_effect_and_days(cast: Cast, hall: Any) -> None:
    html = page(cast.liisa.client(), f"impact/I1/{hall.code}/")
    rows = {row[0]: row for row in rows_of(html)}
    assert "stops" in rows["Ticket shop"]
    assert "gets worse" in rows["Mail"]
    assert "1 Mar" in " ".join(rows["Rantakylä School"])
    early = page(cast.liisa.client(), f"impact/I1/{hall.code}/?as_of=2026-02-28")
    assert "Rantakylä School" not in early


def test_the_map_and_its_table_name_the_same_things(cast: Cast, hall: Any) -> None:
    wall = page(cast.liisa.client(), f"services/wall/?start={hall.code}&far=2&rows=all")
    picture = wall[wall.index("<svg") : wall.rindex("</svg>")]
    table = wall[wall.index("<table") : wall.index("</table>")]
    for name in ("South hall", "Ticket shop", "Mail", "Archive"):
        assert name in picture, name
        assert name in table, name
