"""The package builder: put together without a script, checked beside, refused by name."""

from typing import Any

import pytest
from django.test import Client

from polku.kernel.transitions import Step, move
from polku.portfolio.models import ServicePackage
from polku.portfolio.operations import set_members
from polku.portfolio.packages import members_of
from tests.cast import Cast, make


@pytest.fixture
def services(cast: Cast) -> dict[str, Any]:
    by = cast.aino.actor
    names = ("Visit", "Loft", "Audio", "Lantern walk")
    return {name: make("service_product", by, name=name, state="live") for name in names}


@pytest.fixture
def package(cast: Cast, services: dict[str, Any]) -> ServicePackage:
    by = cast.aino.actor
    made = make("service_package", by, name={"en": "Class day"}, purpose={"en": "A morning"})
    return set_members(
        made, [{"product": services["Visit"].code}, {"product": services["Loft"].code}], by=by
    )


def address(package: ServicePackage, page: str = "builder/") -> str:
    return f"/w/museum/packages/{package.code}/{page}"


def form(package: ServicePackage, **more: Any) -> dict[str, Any]:
    """What the form sends as it stands."""
    rows = members_of(package)
    package.refresh_from_db()
    sent = {
        "revision": package.revision, "lang": "en", "q": "",
        "member": [f"product:{row.product.code}" for row in rows if row.product],
        "taken": ["choice" if row.optional else "always" for row in rows],
        "label-en": [row.option_label.text("en") for row in rows],
        "label-fi": [row.option_label.text("fi") for row in rows],
    }  # fmt: skip
    for name in ("default_n", "min_n", "max_n"):
        sent[name] = [str(getattr(row, name)) for row in rows]
    return sent | more


def names(package: ServicePackage) -> list[str]:
    return [str(row) for row in members_of(package)]


def test_a_service_is_added_moved_and_taken_out(
    cast: Cast, package: ServicePackage, services: dict[str, Any]
) -> None:
    client, audio = cast.aino.client(), f"product:{services['Audio'].code}"
    assert client.post(address(package), form(package, add=audio)).status_code == 302
    assert names(package) == ["Visit", "Loft", "Audio"]
    client.post(address(package), form(package, up=audio))
    assert names(package) == ["Visit", "Audio", "Loft"]
    client.post(address(package), form(package, down=audio))
    client.post(address(package), form(package, down=audio))
    assert names(package) == ["Visit", "Loft", "Audio"]
    client.post(address(package), form(package, out=audio))
    assert names(package) == ["Visit", "Loft"]


def test_numbers_words_and_choice_are_kept(cast: Cast, package: ServicePackage) -> None:
    sent = form(package, taken=["always", "choice"], default_n=["1", "0"], min_n=["1", "0"])
    sent |= {"max_n": ["1", "30"], "label-en": ["", "one for each pupil"]}
    assert cast.aino.client().post(address(package), sent).status_code == 302
    row = members_of(package)[1]
    assert (row.optional, row.min_n, row.default_n, row.max_n) == (True, 0, 0, 30)
    page = cast.aino.client().get(address(package)).content.decode()
    assert "one for each pupil" in page
    assert "(up to 30)" in page
    assert "1 always, 1 by choice" in page


def test_a_change_in_place_brings_checks_sheet_and_revision(
    cast: Cast, package: ServicePackage
) -> None:
    client = cast.aino.client()
    answer = client.post(
        address(package), form(package, max_n=["1", "4"]), headers={"hx-request": "true"}
    )
    text = answer.content.decode()
    package.refresh_from_db()
    assert answer.status_code == 200
    assert 'id="checks"' in text
    assert 'id="seen" aria-labelledby="seen-head" hx-swap-oob="true"' in text
    assert f'name="revision" value="{package.revision}" hx-swap-oob="true"' in text
    assert 'id="builder"' not in text


def test_a_button_in_place_brings_the_builder_and_leads_the_next_key(
    cast: Cast, package: ServicePackage, services: dict[str, Any]
) -> None:
    code = services["Audio"].code
    sent = form(package, add=f"product:{code}")
    answer = cast.aino.client().post(address(package), sent, headers={"hx-request": "true"})
    text = answer.content.decode()
    assert 'id="builder"' in text
    assert "<!doctype" not in text
    field = text[text.index(f'id="usual-{code}"') :][:300]
    assert "autofocus" in field


def test_two_that_rule_each_other_out_are_refused_with_both_names(
    cast: Cast, package: ServicePackage, services: dict[str, Any]
) -> None:
    loft, walk = services["Loft"], services["Lantern walk"]
    values = {"from": loft.code, "to": walk.code, "kind": "excludes"}
    make("dependency", cast.aino.actor, **values)
    sent = form(package, add=f"product:{walk.code}")
    for headers in ({}, {"hx-request": "true"}):
        answer = cast.aino.client().post(address(package), sent, headers=headers)
        assert answer.status_code == 409
        assert "Loft and Lantern walk rule each other out" in answer.content.decode()
    assert answer["HX-Retarget"] == "#builder"
    assert names(package) == ["Visit", "Loft"]


@pytest.mark.parametrize(("wrong", "words"), [
    ({"default_n": ["5", "1"]}, "The numbers must rise"),
    ({"max_n": ["many", "1"]}, "A whole number is needed"),
    ({"member": ["product:SRV-99", "product:SRV-98"]}, "nothing of that code"),
])  # fmt: skip
def test_what_does_not_fit_is_said_and_stays_in_the_form(
    cast: Cast, package: ServicePackage, wrong: dict[str, Any], words: str
) -> None:
    answer = cast.aino.client().post(address(package), form(package, **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert all(value in page for value in next(iter(wrong.values())))
    assert names(package) == ["Visit", "Loft"]


def test_somebody_was_quicker(cast: Cast, package: ServicePackage) -> None:
    sent = form(package, max_n=["3", "3"])
    set_members(package, [], by=cast.piotr.actor)
    answer = cast.aino.client().post(address(package), sent)
    assert answer.status_code == 409
    assert "Somebody changed the package" in answer.content.decode()
    assert names(package) == []


def test_what_does_not_hold_stands_beside(
    cast: Cast, package: ServicePackage, services: dict[str, Any]
) -> None:
    by = cast.aino.actor
    move(services["Loft"], Step("ending", reason="The floor"), by=by)
    rope = make("service_product", by, name="Rope store", state="live")
    values = {"from": services["Visit"].code, "to": rope.code, "kind": "requires"}
    make("dependency", by, **values)
    page = cast.aino.client().get(address(package)).content.decode()
    for words in (
        "Loft is going away or takes nobody new", "Visit needs Rope store",
        "Nothing says what one gets of Visit", "Nobody can get the package yet",
        "Nothing shuts out another", "lines open",
    ):  # fmt: skip
        assert words in page, words


def test_services_are_found_by_words_of_any_language(
    cast: Cast, package: ServicePackage, services: dict[str, Any]
) -> None:
    make("service_product", cast.aino.actor, name={"en": "Choir", "fi": "Kuoro"}, state="live")
    page = cast.aino.client().get(address(package), {"q": "kuoro"}).content.decode()
    have = page[page.index('id="have"') : page.index('id="members-head"')]
    assert "Choir" in have
    assert "Audio" not in have


def test_who_may(cast: Cast, package: ServicePackage) -> None:
    for name, reading, writing in (
        ("liisa", 200, 403), ("heikki", 200, 403), ("tuomas", 404, 404), ("mallory", 404, 404),
    ):  # fmt: skip
        client = getattr(cast, name).client()
        assert client.get(address(package)).status_code == reading
        assert client.post(address(package), form(package, member=[])).status_code == writing
    assert Client().get(address(package)).status_code == 302
    assert names(package) == ["Visit", "Loft"]
    page = cast.liisa.client().get(address(package)).content.decode()
    assert 'name="member"' not in page
    assert "Does it hold?" in page


def test_customers_see_the_members_that_they_may_see(
    cast: Cast, package: ServicePackage, services: dict[str, Any]
) -> None:
    from polku.kernel.changes import change_object
    from polku.kernel.registry import entity

    by = cast.aino.actor
    for kind, obj in (("service_package", package), ("service_product", services["Visit"])):
        change_object(entity(kind), obj, {"audience": "customers"}, by=by)
    package.refresh_from_db()
    move(package, Step("published"), by=by)
    page = cast.tuomas.client().get(address(package, "")).content.decode()
    assert "Visit" in page
    assert "Loft" not in page
    sheet = cast.tuomas.client().get(address(package, "sheet/")).content.decode()
    assert "Visit" in sheet
    assert "Loft" not in sheet


def test_the_sheet_is_told_in_each_language(cast: Cast, package: ServicePackage) -> None:
    make("offering", cast.aino.actor, package=package, title={"en": "A day", "fi": "Päivä"})
    client = cast.aino.client()
    assert "Päivä" in client.get(address(package, "sheet/"), {"lang": "fi"}).content.decode()
    english = client.get(address(package, "sheet/"), {"lang": "en"}).content.decode()
    assert "A day" in english
    assert "Missing in this language" in english
