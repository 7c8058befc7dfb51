"""AC28: in a workspace of one, she proposes, decides, builds and verifies; nobody else is asked."""

import datetime as dt

import pytest

from polku.kernel.models import Decision
from polku.kernel.transitions import rebuild_state
from polku.portfolio.models import Offering, Requirement, ServiceProduct
from polku.tenancy.models import Workspace
from tests.cast import Person, person, workspace

pytestmark = [pytest.mark.django_db, pytest.mark.scenario("AC28")]


@pytest.fixture
def alone() -> tuple[Workspace, Person]:
    room = workspace("loft", "The net loft", size="solo", languages="en")
    room.features["requirements"] = True
    room.save()
    return room, person(room, "Aino Salmi", "admin")


def test_she_does_it_all(alone: tuple[Workspace, Person]) -> None:
    _room, aino = alone
    client = aino.client()

    def does(url: str, **given: str) -> str:
        response = client.post(f"/w/loft/{url}", given, follow=True)
        html = response.content.decode()
        assert response.redirect_chain, (url, html)
        assert response.status_code == 200
        return html

    does("services/new/", name="Net mending evening", managed_state="idea")
    service = ServiceProduct.objects.get()
    at = f"services/{service.code}"

    # She proposes: her own wish and her own idea
    does(f"{at}/wishes/new/", statement="Light enough to see the knots")
    wish = Requirement.objects.get()

    # She decides: nothing is known, nothing stops her
    gate = client.get(f"/w/loft/{at}/move/being_made/").content.decode()
    assert "same person" in gate
    assert "You sign for what is unknown" in gate
    html = does(f"{at}/move/being_made/")
    assert "same person" in html
    does(f"requirements/{wish.code}/move/will_do/")

    # She builds and tries it out
    does(f"{at}/move/in_test/", answer_test_planned="yes")
    does(f"{at}/dials/importance/", value="medium", reason="Two people asked in the street")

    # She verifies her own work, and opens: the four lines of a small workspace
    does(f"requirements/{wish.code}/move/done/", reason="Read a newspaper under the lamp")
    opening = client.get(f"/w/loft/{at}/move/live/").content.decode()
    assert opening.count('class="gate-question"') == 4
    does(f"{at}/move/live/", answer_rehearsed="yes", answer_date_set="yes",
         look_again_on=str(dt.datetime.now(dt.UTC).date() + dt.timedelta(days=90)))  # fmt: skip
    offer = Offering.objects.get()  # one default offering came with the service
    does(f"offerings/{offer.code}/fields/summary/", **{"summary-en": "Bring a torn net."})
    does(f"offerings/{offer.code}/move/published/")
    does(f"{at}/decide/", question="Every week?", outcome="yes", reason="Two evenings went well")

    service.refresh_from_db()
    wish.refresh_from_db()
    offer.refresh_from_db()
    assert (service.managed_state, wish.state, offer.state) == ("live", "done", "published")
    assert rebuild_state(service) == "live"

    # The record says so, on every decision
    decisions = Decision.objects.filter(subject_id=service.pk)
    assert decisions.count() == 4
    assert all(row.same_person for row in decisions)
    assert max(row.unknowns for row in decisions) > 0
    page = client.get(f"/w/loft/{at}/").content.decode()
    assert page.split('id="decisions"')[1].split('id="steps"')[0].count("same person") == 4
    one = decisions.order_by("id").first()
    shown = client.get(f"/w/loft/decisions/{one.code}/").content.decode()
    assert "same person as the one who proposed it" in shown


def test_no_step_of_any_kind_waits_for_somebody_else(alone: tuple[Workspace, Person]) -> None:
    """Every step of every machine, from every state, is open to the one person there."""
    from polku.kernel.policy import may_move
    from polku.kernel.registry import entities

    _room, aino = alone
    asked = 0
    for row in entities():
        if row.machine is None:
            continue
        obj = row.model(workspace=aino.actor.workspace, created_by_id=aino.user.pk)
        for moves in row.machine.moves.values():
            for found in moves:
                if found.who != "sys":
                    asked += 1
                    assert may_move(aino.actor, obj, found), (row.kind, found.to)
    assert asked > 40
