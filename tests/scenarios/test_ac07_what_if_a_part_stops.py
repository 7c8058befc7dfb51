"""AC07: a part that three services need over two levels; one need ended last year.

Services, offerings, packages, meeting points and customers come with the path to each, on the page
and through the API. Clauses count when they exist.
"""

import datetime as dt
from typing import Any

import pytest

from polku.kernel.clock import today_in
from polku.kernel.links import tie
from polku.portfolio.operations import set_elements, set_members
from tests.api.callers import ROOM, token_of
from tests.cast import Cast, make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.scenario("AC07", part="services-offerings-customers"),
]


@pytest.fixture
def machine(cast: Cast) -> Any:
    """Ticket machine <- ticket sale <- school visit; the old night tour needed it until May."""
    by = cast.aino.actor
    today = today_in(cast.museum)
    part = make("component", by, name="Ticket machine")
    sale = make("service_product", by, name="Ticket sale", state="live")
    visit = make("service_product", by, name="School visit", state="live")
    tour = make("service_product", by, name="Night tour", state="live")
    ended = today - dt.timedelta(days=200)
    for start, end, more in (
        (sale, part, {}), (visit, sale, {}), (tour, part, {"valid_to": ended.isoformat()}),
    ):  # fmt: skip
        make("dependency", by, **{"from": start}, to=end, criticality="stops", **more)
    ticket = make("offering", by, title="Day ticket", summary="One day", product=sale)
    set_elements(ticket, [{"kind": "goods", "text": "A paper ticket"}], by=by)
    door = make("touchpoint", by, name="The door", state="live")
    tie("L05", ticket.elements.get(), door, by=by)
    tie("L32", cast.school, ticket, by=by, valid_from=today - dt.timedelta(days=500))
    day = make("service_package", by, name="A class day")
    set_members(day, [{"product": visit.code}], by=by)
    return part


def asked(cast: Cast, part: Any, **query: str) -> dict[str, Any]:
    pairs = "&".join(f"{name}={value}" for name, value in query.items())
    answer = token_of(cast.aino).get(f"{ROOM}/impact/I1/{part.code}?{pairs}")
    assert answer.status_code == 200, answer.content[:500]
    found: dict[str, Any] = answer.json()
    return found


def test_everything_that_falls_is_named_with_its_path(cast: Cast, machine: Any) -> None:
    text = str(asked(cast, machine, limit="100"))
    page = cast.aino.client().get(f"/w/museum/impact/I1/{machine.code}/").content.decode()
    for name in (
        "Ticket sale", "School visit", "Day ticket", "Rantakylä School", "A class day", "The door",
    ):  # fmt: skip
        assert name in text, name
        assert name in page, name
    path = "Ticket machine → needed by Ticket sale → offered as Day ticket"
    assert f"{path} → used by Rantakylä School" in text


def test_what_ended_is_gone_today_and_there_as_of_then(cast: Cast, machine: Any) -> None:
    then = (today_in(cast.museum) - dt.timedelta(days=365)).isoformat()
    assert "Night tour" not in str(asked(cast, machine))
    assert "Night tour" in str(asked(cast, machine, as_of=then))
    client, at = cast.aino.client(), f"/w/museum/impact/I1/{machine.code}/"
    assert "Night tour" not in client.get(at).content.decode()
    assert "Night tour" in client.get(at, {"as_of": then}).content.decode()


def test_only_the_team_may_ask(cast: Cast, machine: Any) -> None:
    at = f"/w/museum/impact/I1/{machine.code}/"
    assert cast.tuomas.client().get(at).status_code in {403, 404}
    assert cast.mallory.client().get(at).status_code == 404
