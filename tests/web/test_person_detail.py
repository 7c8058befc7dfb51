"""A person's page, their role, their leaving."""

import pytest
from django.urls import reverse

from polku.portfolio.models import ServiceProduct
from polku.tenancy.models import Membership, Party
from tests.cast import Cast, Person, make

pytestmark = pytest.mark.django_db


def url(name: str, person: Person, workspace: str = "museum") -> str:
    return reverse(name, kwargs={"workspace": workspace, "code": person.party.code})


def place(person: Person) -> Membership:
    assert person.membership is not None
    return Membership.objects.get(pk=person.membership.pk)


def test_it_shows_access_and_what_they_own(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name="Tour", owner_party=cast.piotr.party.code)
    page = cast.aino.client().get(url("person_detail", cast.piotr)).content.decode()
    for words in ("Piotr Zieliński", "piotr@example.org", "may come in", "Tour", "second step off"):
        assert words in page, words


NAMES = ["person_detail", "person_leave"]


@pytest.mark.parametrize("name", NAMES)
def test_others_may_not_open_it(cast: Cast, name: str) -> None:
    for person in (cast.piotr, cast.liisa, cast.tuomas):
        assert person.client().get(url(name, cast.heikki)).status_code == 403
    for stranger in (cast.olga, cast.mallory):
        assert stranger.client().get(url(name, cast.heikki)).status_code == 404
    school = reverse(name, kwargs={"workspace": "museum", "code": cast.school.consumer_party.code})
    assert cast.aino.client().get(school).status_code == 404


@pytest.mark.scenario("AC31", part="people")
@pytest.mark.parametrize(
    "name", ["person_role", "person_switch_off", "person_switch_on", "person_leave"]
)
def test_ids_of_another_workspace_change_nothing(cast: Cast, name: str) -> None:
    code = cast.liisa.party.code
    before = list(Membership.objects.order_by("pk").values_list("pk", "access_role", "state"))
    client = cast.olga.client()
    here = client.post(reverse(name, kwargs={"workspace": "norrvik", "code": code}))
    random = client.post(reverse(name, kwargs={"workspace": "norrvik", "code": "PTY-98765"}))
    there = client.post(reverse(name, kwargs={"workspace": "museum", "code": code}))
    assert {here.status_code, random.status_code, there.status_code} == {404}
    now = list(Membership.objects.order_by("pk").values_list("pk", "access_role", "state"))
    assert now == before


def test_a_role_changes_with_a_way_back(cast: Cast) -> None:
    client = cast.aino.client()
    client.post(url("person_role", cast.piotr), {"role": "reader"})
    assert place(cast.piotr).access_role == "reader"
    page = client.get("/w/museum/settings/").content.decode()
    assert "Piotr Zieliński may now: reads inside." in page
    assert 'name="role" value="editor"' in page


def test_the_last_admin_is_refused_with_the_reason(cast: Cast) -> None:
    client = cast.aino.client()
    answer = client.post(url("person_role", cast.aino), {"role": "reader"})
    assert answer.status_code == 403
    assert "Nobody else looks after settings and people." in answer.content.decode()
    page = client.get(url("person_detail", cast.aino)).content.decode()
    assert 'aria-disabled="true"' in page
    leave = client.get(url("person_leave", cast.aino)).content.decode()
    assert "Nobody else looks after settings and people." in leave
    assert "Write down that they left" not in leave


def test_a_customers_person_keeps_their_customer(cast: Cast) -> None:
    client = cast.aino.client()
    address = url("person_role", cast.tuomas)
    bad = client.post(address, {"role": "co_creator", "customers_asked": "yes", "from": "person"})
    assert bad.status_code == 422
    assert "Say which customer" in bad.content.decode()
    good = {"role": "co_creator", "customers_asked": "yes", "customers": cast.school.code}
    assert client.post(address, good).status_code == 302
    assert list(place(cast.tuomas).relationships.all()) == [cast.school]


def test_switching_off_ends_the_visit_at_once(cast: Cast) -> None:
    reader, client = cast.liisa.client(), cast.aino.client()
    assert reader.get("/w/museum/start/").status_code == 200
    client.post(url("person_switch_off", cast.liisa))
    assert reader.get("/w/museum/start/").status_code == 404
    assert "Liisa Korpi is switched off" in client.get("/w/museum/settings/").content.decode()
    client.post(url("person_switch_on", cast.liisa))
    assert reader.get("/w/museum/start/").status_code == 200


@pytest.mark.scenario("AC33", part="leaver")
def test_a_leaver_with_fourteen_things_through_the_page(cast: Cast) -> None:
    owned = [
        make("service_product", cast.aino.actor, name=f"Service {n}",
             owner_party=cast.piotr.party.code)
        for n in range(14)
    ]  # fmt: skip
    make("service_product", cast.aino.actor, name="Other", owner_party=cast.heikki.party.code)
    visitor, client = cast.piotr.client(), cast.aino.client()
    page = client.get(url("person_leave", cast.piotr)).content.decode()
    heikki = cast.heikki.party.code
    assert page.count(f'<option value="{heikki}" selected>') == 14
    assert "owns most of this kind" in page
    given = {f"owner_{row.code}": heikki for row in owned} | {"left_on": "2026-05-01"}
    given[f"owner_{owned[0].code}"] = "nobody"
    forgotten = {k: v for k, v in given.items() if k != f"owner_{owned[5].code}"}
    refused = client.post(url("person_leave", cast.piotr), forgotten)
    assert refused.status_code == 422
    kept = refused.content.decode()
    assert "Say who takes this over" in kept
    assert kept.count('<option value="nobody" selected>') == 1
    assert Party.objects.get(pk=cast.piotr.party.pk).state == "active"
    done = client.post(url("person_leave", cast.piotr), given, follow=True)
    assert "Handed over: 13. Without an owner now: 1." in done.content.decode()
    assert ServiceProduct.objects.get(pk=owned[0].pk).owner_party is None
    assert ServiceProduct.objects.get(pk=owned[5].pk).owner_party == cast.heikki.party
    assert visitor.get("/w/museum/start/").status_code == 302


def test_a_bad_day_keeps_the_choices(cast: Cast) -> None:
    row = make("service_product", cast.aino.actor, name="Tour", owner_party=cast.piotr.party.code)
    for day in ("31.02.", "2999-01-01", ""):
        given = {f"owner_{row.code}": cast.liisa.party.code, "left_on": day}
        answer = cast.aino.client().post(url("person_leave", cast.piotr), given)
        assert answer.status_code == 422
        assert f'<option value="{cast.liisa.party.code}" selected>' in answer.content.decode()
    assert place(cast.piotr).state == "active"
