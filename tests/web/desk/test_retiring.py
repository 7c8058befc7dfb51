"""Before a service ends: what hangs on it, the gates gone past, the list of whom to tell."""

from typing import Any

import pytest

from polku.kernel.links import tie
from polku.kernel.models import Decision
from polku.kernel.transitions import Step, move
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return gather()


@pytest.fixture
def tour(cast: Cast) -> Any:
    by = cast.aino.actor
    service = make("service_product", by, name="Tour", managed_state="live")
    offer = make("offering", by, title="Guided hour", product=service)
    pupils = cast.school.consumer_party
    pupils.contact = {"email": "office@school.example"}
    pupils.save()
    tie("L32", cast.school, offer, by=by)
    return service


def at(obj: Any, rest: str) -> str:
    return f"/w/museum/services/{obj.code}/{rest}"


def test_the_gate_shows_whom_it_touches_and_locks_nothing(cast: Cast, tour: Any) -> None:
    client, url = cast.aino.client(), at(tour, "move/ending/")
    html = client.get(url).content.decode()
    falling = html.split('id="falling"')[1].split("</section>")[0]
    for words in ("Guided hour", "Rantakylä School", "nobody answers for these", "who-to-tell"):
        assert words in falling, words
    assert "1 customer or group is known to use it." in html
    assert client.post(url, {"effective_on": "", "reason": "Nobody comes"}).status_code == 302


def test_the_list_of_whom_to_tell_on_paper_and_as_a_table(cast: Cast, tour: Any) -> None:
    client, url = cast.aino.client(), at(tour, "who-to-tell/")
    html = client.get(url).content.decode()
    for words in ("Whom to tell when Tour ends", "Rantakylä School", "office@school.example",
                  "Guided hour"):  # fmt: skip
        assert words in html, words
    table = client.get(f"{url}?format=csv")
    assert table["Content-Type"].startswith("text/csv")
    rows = table.content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Whom to tell,Over,How to reach them")
    assert len(rows) == 2
    assert "Rantakylä School,Guided hour,office@school.example" in rows[1]


def test_what_came_back_is_not_said_to_end(cast: Cast, tour: Any) -> None:
    for to, reason in (("ending", "Nobody comes"), ("live", "They came again")):
        move(tour, Step(to, reason=reason), by=cast.aino.actor)
        tour.refresh_from_db()
    html = cast.aino.client().get(at(tour, "who-to-tell/")).content.decode()
    assert "Ending since" not in html
    assert "Guided hour" in html


def test_only_the_team_reads_the_list(cast: Cast, tour: Any) -> None:
    assert cast.liisa.client().get(at(tour, "who-to-tell/")).status_code == 200
    for person, status in ((cast.tuomas, 403), (cast.olga, 404), (cast.mallory, 404)):
        assert person.client().get(at(tour, "who-to-tell/")).status_code == status


def test_gates_gone_past_are_told_before_and_kept_in_the_decision(cast: Cast) -> None:
    idea = make("service_product", cast.aino.actor, name="Idea", managed_state="idea")
    client, url = cast.aino.client(), at(idea, "move/live/")
    html = client.get(url).content.decode()
    skipped = html.split("gate-skipped")[1].split("</p>")[0]
    assert "being made" in skipped
    assert "in test" in skipped
    client.post(url, {"effective_on": ""})
    decision = Decision.objects.get(subject_kind="service_product")
    assert decision.skipped_gates == ["being_made", "in_test"]
    page = client.get(f"/w/museum/decisions/{decision.code}/").content.decode()
    assert "Gone past" in page


def test_a_way_back_and_one_that_was_asked_are_not_gone_past(cast: Cast) -> None:
    made = make("service_product", cast.aino.actor, name="Made", managed_state="idea")
    client = cast.aino.client()
    client.post(at(made, "move/being_made/"), {"effective_on": ""})
    html = client.get(at(made, "move/live/")).content.decode()
    skipped = html.split("gate-skipped")[1].split("</p>")[0]
    assert "in test" in skipped
    assert "being made" not in skipped
    drop = client.get(at(made, "move/ended/")).content.decode()
    assert "gate-skipped" not in drop
