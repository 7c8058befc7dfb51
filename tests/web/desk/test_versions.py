"""Versions on the page of their service and their own; releasing, bringing back, wishes done."""

import re
from typing import Any

import pytest

from polku.kernel.links import tie
from polku.kernel.transitions import Step
from polku.portfolio.models import ProductVersion
from polku.portfolio.operations import add_wish, take_step
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = gather()
    found.museum.features["releases"] = True
    found.museum.save()
    return found


@pytest.fixture
def mail(cast: Cast) -> Any:
    return make("service_product", cast.aino.actor, name="Mail", contact="help@museum.example")


@pytest.fixture
def first(cast: Cast, mail: Any) -> ProductVersion:
    version = make("product_version", cast.aino.actor, product=mail, label="1.0", notes="It begins")
    take_step(version, Step("candidate"), by=cast.aino.actor)
    version.refresh_from_db()
    return version


def at(obj: Any, rest: str = "", plural: str = "versions") -> str:
    return f"/w/museum/{plural}/{obj.code}/{rest}"


def test_a_version_is_added_from_its_service_and_listed_there(cast: Cast, mail: Any) -> None:
    client = cast.aino.client()
    html = client.get(at(mail, plural="services")).content.decode()
    assert f"/w/museum/versions/new/?product={mail.code}" in html
    given = {"label": "2.0", "product": mail.code, "notes": "Faster"}
    made = client.post("/w/museum/versions/new/", given, follow=True).content.decode()
    assert "Mail 2.0" in made
    section = client.get(at(mail, plural="services")).content.decode().split('id="versions"')[1]
    for words in ("2.0", "draft", "Faster"):
        assert words in section.split("</section>")[0], words


def test_the_gate_of_the_first_release_tells_what_is_known(
    cast: Cast, first: ProductVersion
) -> None:
    client, url = cast.aino.client(), at(first, "move/live/")
    html = client.get(url).content.decode()
    assert "Has it been tried or rehearsed?" in html
    assert "Is it said what changed?" not in html
    done = client.post(url, {"effective_on": "", "answer_rehearsed": "yes"}, follow=True)
    assert "Mail 1.0 is now “live”." in done.content.decode()
    first.refresh_from_db()
    assert first.live_from is not None


def test_facts_stand_beside_the_questions_and_answer_nothing(
    cast: Cast, first: ProductVersion
) -> None:
    make("offering", cast.aino.actor, title="Mailbox", product=first.product)
    cast.museum.size_profile = "provider"
    cast.museum.save()
    html = cast.aino.client().get(at(first, "move/live/")).content.decode()
    assert "Contact: help@museum.example" in html
    assert "0 of 1 thing to get is published." in html
    radios = re.findall(r'<input type="radio"[^>]*>', html)
    chosen = [radio for radio in radios if "checked" in radio]
    assert chosen
    assert all('value="unknown"' in radio for radio in chosen)


def test_the_next_one_replaces_it_and_it_can_be_brought_back(
    cast: Cast, mail: Any, first: ProductVersion
) -> None:
    by, client = cast.aino.actor, cast.aino.client()
    take_step(first, Step("live"), by=by)
    second = make("product_version", by, product=mail, label="2.0")
    take_step(second, Step("candidate"), by=by)
    assert client.post(at(second, "move/live/"), {"effective_on": ""}).status_code == 302
    html = client.get(at(first)).content.decode()
    assert "Replaced" in html
    assert "Bring it back" in html
    url = at(first, "bring-back/")
    assert client.post(url, {"label": ""}).status_code == 422
    same = client.post(url, {"label": "2.0"})
    assert same.status_code == 409
    made = client.post(url, {"label": "2.1"}, follow=True).content.decode()
    assert "Mail 2.1" in made
    assert ProductVersion.objects.get(label="2.1").restores == first


def test_wishes_of_a_live_version_are_noted_as_done_by_somebody(
    cast: Cast, mail: Any, first: ProductVersion
) -> None:
    by, client = cast.aino.actor, cast.aino.client()
    wishes = [add_wish(mail, by=by, statement=words) for words in ("Faster", "Lighter")]
    for wish in wishes:
        tie("L02", wish, first, by=by)
    take_step(wishes[0], Step("will_do"), by=by)
    early = client.post(at(first, "wishes-done/"))
    assert early.status_code == 409
    take_step(first, Step("live"), by=by)
    wishes[0].refresh_from_db()
    assert wishes[0].state == "will_do"  # nothing is noted by itself
    assert "1 wish in it is not noted as done" in client.get(at(first)).content.decode()
    html = client.post(at(first, "wishes-done/"), follow=True).content.decode()
    assert "1 wish is noted as done." in html
    assert [type(w).objects.get(pk=w.pk).state for w in wishes] == ["done", "asked"]


def test_rights(cast: Cast, first: ProductVersion) -> None:
    for person, status in ((cast.liisa, {403}), (cast.tuomas, {404}), (cast.olga, {404}),
                           (cast.mallory, {404})):  # fmt: skip
        assert person.client().get(at(first, "bring-back/")).status_code in status
        assert person.client().post(at(first, "wishes-done/")).status_code in status


def test_made_to_learn_is_refused_without_its_bet(cast: Cast, mail: Any) -> None:
    given = {"label": "0.1", "product": mail.code, "is_mvp": "yes"}
    answer = cast.aino.client().post("/w/museum/versions/new/", given)
    assert answer.status_code == 422
    assert "write what we believe" in answer.content.decode()
