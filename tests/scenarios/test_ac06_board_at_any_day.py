"""AC06: 40 steps over two years, one planned for next month; the board at any day, as known then.

The steps are taken through the gate's page, each on the day it was written down. What the board
must show is worked out apart, from the plain list of steps.
"""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from polku.insight.portfolio_board import board
from polku.kernel.history import states_on
from polku.portfolio.entities import SERVICE
from tests.cast import Cast, gather, make

pytestmark = [pytest.mark.django_db, pytest.mark.scenario("AC06")]

NOW = dt.datetime(2026, 5, 14, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
URL = "/w/museum/services/board/"
WAY = ("idea", "being_made", "in_test", "live", "ending")
LATE = ("Service 3", "ending", -150, 0)  # happened five months ago, written down today
PLANNED = ("Service 5", "ending", 25, -3)

type Row = tuple[str, str, int, int]


def rows() -> list[Row]:
    """(service, state, day it counts from, day it was written down), in the order of writing."""
    found: list[Row] = []
    for number in range(8):
        for place, state in enumerate(WAY):
            day = -725 + number * 17 + place * 130
            if (f"Service {number}", state) not in {LATE[:2], PLANNED[:2]}:
                found.append((f"Service {number}", state, day, day))
    return sorted([*found, LATE, PLANNED], key=lambda row: row[3])


def expected(day: int, known: int | None = None) -> dict[str, str]:
    """State of each service on a day, from the list alone."""
    seen = [row for row in rows() if row[2] <= day and (known is None or row[3] <= known)]
    return {name: state for name, state, _day, _known in sorted(seen, key=lambda row: row[2])}


def date(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


@pytest.fixture
def told() -> Iterator[Cast]:
    """Eight services with their forty steps, each written on its own day; the clock stands now."""
    with time_machine.travel(NOW - dt.timedelta(days=726), tick=False):
        cast = gather()
        services = {f"Service {n}": make("service_product", cast.aino.actor, name=f"Service {n}")
                    for n in range(8)}  # fmt: skip
    for name, state, day, written in rows():
        with time_machine.travel(NOW + dt.timedelta(days=written), tick=False):
            given = {"effective_on": str(date(day)), "reason": "As it happened"}
            gate = f"/w/museum/services/{services[name].code}/move/{state}/"
            response = cast.aino.client().post(gate, given)
            assert response.status_code == 302, (name, state, response.content.decode())
    with time_machine.travel(NOW, tick=False):
        yield cast


def shown(client: Client, **query: str) -> dict[str, str]:
    """{service: state} as the columns of the page have it."""
    html = client.get(URL, query).content.decode()
    found = {}
    for part in html.split("data-column=")[1:]:
        state = part.split('"')[1]
        for name in re.findall(r'draggable="false">([^<]+)</a>', part.split("</section>")[0]):
            found[name] = state
    return found


def with_silent(states: dict[str, str]) -> dict[str, str]:
    """Services of which nothing was said yet stand in the first column."""
    return {f"Service {n}": states.get(f"Service {n}", "") for n in range(8)}


def test_forty_steps_over_two_years() -> None:
    assert len(rows()) == 40
    assert len({row[2] for row in rows()}) > 30


def test_each_card_stands_where_it_stood(told: Cast) -> None:
    client = told.aino.client()
    for offset in (-724, -600, -431, -250, -149, -1):
        assert shown(client, as_of=str(date(offset))) == with_silent(expected(offset))
        placed = states_on(told.aino.actor, SERVICE, date(offset)).values()
        assert sorted(p.state for p in placed) == sorted(expected(offset).values())
        assert not any(p.planned for p in placed)
    assert shown(client) == shown(client, as_of=str(TODAY)) == with_silent(expected(0))


def test_next_month_shows_the_plan_and_then_only_what_was_known(told: Cast) -> None:
    client = told.aino.client()
    assert shown(client, as_of=str(date(30))) == with_silent(expected(30))
    assert shown(client)["Service 5"] == "live"
    html = client.get(URL, {"as_of": str(date(30))}).content.decode()
    planned = re.findall(r'board-card-planned".*?</li>', html, re.DOTALL)
    assert html.count('board-card board-card-planned"') == 1
    assert len(planned) == 1
    assert "Service 5" in html.split("board-card-planned")[1].split("</h3>")[0]
    assert "Planned from 8 Jun 2026" in html
    assert [c.service.title for c in board(told.aino.actor, day=date(30)).cards if c.planned] == [
        "Service 5"
    ]

    leaves_out_what_was_written_later(client)


def leaves_out_what_was_written_later(client: Client) -> None:
    """As we knew it then: the late row and the plan made since are not there."""
    day = date(-100)
    now = shown(client, as_of=str(day))
    then = shown(client, as_of=str(day), known_on="then")
    assert now == with_silent(expected(-100))
    assert then == with_silent(expected(-100, known=-100))
    assert (now["Service 3"], then["Service 3"]) == ("ending", "live")
    html = client.get(URL, {"as_of": str(day), "known_on": "then"}).content.decode()
    assert "as we knew it on" in html
    assert "What was written down later is left out." in html
    before_the_plan = shown(client, as_of=str(date(30)), known_on=str(date(-10)))
    assert before_the_plan["Service 5"] == "live"
