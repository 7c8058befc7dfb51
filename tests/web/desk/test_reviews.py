"""Ties that need a look: the list of changes, one change with its ties, and the answers."""

from typing import Any

import pytest

from polku.kernel.changes import change_object
from polku.kernel.links import tie
from polku.kernel.models import Link
from polku.kernel.registry import entity
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db

LIST = "/w/museum/reviews/"


@pytest.fixture
def goal(cast: Cast) -> Any:
    return make("strategy_goal", cast.aino.actor, statement="Every child visits once")


@pytest.fixture
def ties(cast: Cast, goal: Any) -> list[Link]:
    """One of Heikki's, one of Aino's, one that nobody owns and Piotr made."""
    owners = (cast.heikki.party.code, cast.aino.party.code, None)
    names = ("School visit", "Family visit", "Boat trip")
    found = []
    for owner, name in zip(owners, names, strict=True):
        service = make("service_product", cast.aino.actor, name=name, owner_party=owner)
        found.append(tie("L01", service, goal, by=cast.piotr.actor, why=f"why {name}"))
    change_object(entity("strategy_goal"), goal, {"statement": "Every child visits twice"},
                  by=cast.piotr.actor, note="said so in May")  # fmt: skip
    return found


def page(goal: Any) -> str:
    return f"{LIST}{goal.code}/"


def answers(*rows: tuple[Link, str], **words: str) -> dict[str, str]:
    given = {f"verdict-{link.pk}-to": verdict for link, verdict in rows}
    return given | {name.replace("_", "-", 1): text for name, text in words.items()}


def test_nothing_to_look_at_says_so(cast: Cast, goal: Any) -> None:
    client = cast.aino.client()
    assert "Nothing needs a look" in client.get(LIST).content.decode()
    response = client.get(page(goal), follow=True)
    assert response.redirect_chain[0][0].endswith(f"/goals/{goal.code}/")
    assert "waits for a look" in response.content.decode()


def test_the_list_is_by_whose_look_it_is(cast: Cast, goal: Any, ties: list[Link]) -> None:
    assert len(ties) == 3
    html = cast.heikki.client().get(LIST).content.decode()
    assert "Asked of you" in html
    assert "1 tie of yours waits" in html
    assert page(goal) in html
    liisa = cast.liisa.client().get(LIST).content.decode()
    assert "Asked of others" in liisa
    assert "Asked of you" not in liisa


def test_before_and_after_are_marked_by_more_than_colour(
    cast: Cast, goal: Any, ties: list[Link]
) -> None:
    assert ties
    html = cast.aino.client().get(page(goal)).content.decode()
    assert "visits <del>once</del>" in html
    assert "visits <ins>twice</ins>" in html
    assert "by Piotr Zieliński" in html
    assert "said so in May" in html
    assert "Waits for Heikki Laine" in html
    assert html.count("<fieldset>") == 3


def test_three_answers_at_once(cast: Cast, goal: Any, ties: list[Link]) -> None:
    right, other, gone = ties
    given = answers((right, "still_right"), (other, "changed"), (gone, "removed"))
    client = cast.aino.client()
    missing = client.post(page(goal), given)
    assert missing.status_code == 422
    html = missing.content.decode()
    assert "Say why this tie goes" in html
    assert "Write what changes about the tie" in html
    assert Link.objects.filter(suspect_ends=["to"]).count() == 3
    given[f"why-{other.pk}-to"] = "Twice as many boats"
    given[f"reason-{gone.pk}-to"] = "Grown-ups only"
    done = client.post(page(goal), given, follow=True)
    assert "3 answers are saved" in done.content.decode()
    for link in ties:
        link.refresh_from_db()
    assert [link.verdict for link in ties] == ["still_right", "changed", "removed"]
    assert [link.suspect_ends for link in ties] == [[], [], []]
    assert (other.why, gone.state, gone.removed_reason) == (
        "Twice as many boats", "removed", "Grown-ups only",
    )  # fmt: skip


def test_the_rest_is_chosen_and_not_saved(cast: Cast, goal: Any, ties: list[Link]) -> None:
    html = cast.heikki.client().post(page(goal), {"rest": "right"}).content.decode()
    assert "1 answer is chosen" in html
    assert html.count(" checked>") == 1
    assert Link.objects.filter(suspect_ends=["to"]).count() == len(ties)


def test_part_of_the_answers_leaves_the_rest_waiting(
    cast: Cast, goal: Any, ties: list[Link]
) -> None:
    client = cast.aino.client()
    response = client.post(page(goal), answers((ties[0], "still_right")), follow=True)
    html = response.content.decode()
    assert "1 of 3 decided" in html
    assert "Looked at by Aino Salmi" in html
    assert client.post(page(goal), {}).status_code == 422


def test_a_change_meanwhile_is_shown_again(cast: Cast, goal: Any, ties: list[Link]) -> None:
    client = cast.aino.client()
    html = client.get(page(goal)).content.decode()
    seen = html.split(f'name="seen-{ties[0].pk}-to" value="')[1].split('"')[0]
    change_object(entity("strategy_goal"), goal, {"statement": "Every child visits thrice"},
                  by=cast.piotr.actor)  # fmt: skip
    given = answers((ties[0], "still_right")) | {f"seen-{ties[0].pk}-to": seen}
    response = client.post(page(goal), given)
    assert response.status_code == 409
    html = response.content.decode()
    assert "changed again while you were looking" in html
    assert "<ins>thrice</ins>" in html
    assert 'value="still_right" checked' in html


def test_rights(cast: Cast, goal: Any, ties: list[Link]) -> None:
    given = answers((ties[0], "still_right"))
    assert cast.liisa.client().get(page(goal)).status_code == 200
    assert cast.liisa.client().post(page(goal), given).status_code == 403
    assert cast.heikki.client().post(page(goal), given).status_code == 302  # his
    mine = answers((ties[1], "still_right"))
    assert cast.heikki.client().post(page(goal), mine).status_code == 403
    for client in (cast.tuomas.client(),):
        assert client.get(LIST).status_code == 403
        assert client.get(page(goal)).status_code == 403
    assert cast.mallory.client().get(LIST).status_code == 404
    assert cast.olga.client().get(page(goal)).status_code == 404
    assert cast.aino.client().get(f"{LIST}GOAL-99/").status_code == 404
    assert cast.aino.client().get(f"{LIST}XYZ-1.1/").status_code == 404


def test_the_page_of_a_thing_leads_to_the_change(cast: Cast, goal: Any, ties: list[Link]) -> None:
    client = cast.aino.client()
    html = client.get("/w/museum/services/SRV-1/").content.decode()
    assert f"{page(goal)}#tie-{ties[0].pk}-to" in html
    assert "#thread-suspect" in html
    there = client.get(f"/w/museum/goals/{goal.code}/").content.decode()
    assert "3 need a look" in there


def test_a_piece_has_a_page_of_its_change(cast: Cast) -> None:
    from polku.portfolio.operations import set_elements

    by, client = cast.aino.actor, cast.aino.client()
    service = make("service_product", by, name="School visit")
    offer = make("offering", by, title="Class visit", product=service)
    set_elements(offer, [{"text": "A guide meets you"}], by=by)
    door = make("touchpoint", by, name="The door", channel_kind="place")
    (piece,) = offer.elements.all()
    html = client.get(f"/w/museum/offerings/{offer.code}/").content.decode()
    assert "Say where it happens" in html
    url = f"/w/museum/offerings/{offer.code}/ties/new/?piece=1&way=L05-to"
    assert "A guide meets you happens at …" in client.get(url).content.decode()
    made = client.post(url, {"other": door.code, "confidence": "confirmed"}, follow=True)
    assert "A guide meets you happens at The door" in made.content.decode()
    link = Link.objects.get()
    assert (link.from_kind, link.from_id) == ("offering_element", piece.pk)
    assert "is where one gets" in client.get(f"/w/museum/touchpoints/{door.code}/").content.decode()
    assert client.get(f"/w/museum/offerings/{offer.code}/ties/{link.pk}/").status_code == 200
    set_elements(offer, [{"id": piece.pk, "text": "Two guides meet you"}], by=by)
    told = client.get(f"{LIST}{offer.code}.1/").content.decode()
    assert "<del>A guide meets</del>" in told
    assert "Two guides meet you happens at" in told
