"""Changing one field in its place, alone and against somebody else."""

import json
from typing import Any

import pytest
from django.test import Client

from polku.kernel.changes import archive_object, change_object
from polku.kernel.registry import entities, entity
from polku.tenancy.translated import Translated
from tests.cast import Cast, make

SERVICE = entity("service_product")
HTMX = {"HTTP_HX_REQUEST": "true"}


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def service(cast: Cast) -> Any:
    return make(
        "service_product", cast.aino.actor,
        name={"en": "School visit", "fi": "Kouluvierailu"}, purpose={"en": "Children learn knots."},
        attributes={"Cost centre": "1042", "Hours": 12},
    )  # fmt: skip


def field_url(service: Any, field: str) -> str:
    return f"/w/museum/services/{service.code}/fields/{field}/"


def send(client: Client, service: Any, field: str, values: dict[str, Any], **more: Any) -> Any:
    given = {"revision": service.revision, **values}
    return client.post(field_url(service, field), given, **more)


ALL_FIELDS = [
    pytest.param(row, found, id=f"{row.kind}-{found.name}")
    for row in entities()
    if row.kind in {"service_product", "requirement", "touchpoint"}
    for found in row.fields
    if found.editable
]


@pytest.mark.parametrize(("row", "found"), ALL_FIELDS)
def test_every_field_has_a_form(cast: Cast, row: Any, found: Any) -> None:
    named = {row.title_field: {"en": "A thing"}}
    obj = make(row.kind, cast.aino.actor, **named)
    response = cast.aino.client().get(f"/w/museum/{row.plural}/{obj.code}/fields/{found.name}/")
    assert response.status_code == 200
    assert f'name="{found.name}' in text(response) or "nothing to choose from" in text(response)


def test_a_saved_field_leads_back_to_the_page(cast: Cast, service: Any) -> None:
    response = send(cast.aino.client(), service, "criticality", {"criticality": "high"})
    assert response.url == f"/w/museum/services/{service.code}/"
    service.refresh_from_db()
    assert service.criticality == "high"


def test_with_script_the_value_comes_back_and_is_announced(cast: Cast, service: Any) -> None:
    response = send(
        cast.aino.client(), service, "criticality", {"criticality": "high"}, **HTMX
    )  # fmt: skip
    assert response.status_code == 200
    assert "<html" not in text(response)
    assert 'id="value-criticality"' in text(response)
    assert json.loads(response["HX-Trigger"])["say"]["value"] == "Saved"


def test_the_form_and_the_value_are_parts_when_asked_for(cast: Cast, service: Any) -> None:
    client = cast.aino.client()
    form = text(client.get(field_url(service, "purpose"), **HTMX))
    assert form.lstrip().startswith("<form")
    assert "Ctrl+Enter" in form
    shown = text(client.get(f"{field_url(service, 'purpose')}?show=1&as=lead", **HTMX))
    assert '<p class="lead">Children learn knots.</p>' in shown


def test_all_languages_stand_in_one_form_and_what_is_stale_is_marked(
    cast: Cast, service: Any
) -> None:
    change_object(SERVICE, service, {"name": {"en": "Class visit"}}, by=cast.aino.actor)
    form = text(cast.aino.client().get(field_url(service, "name")))
    assert "English, the first text" in form
    assert 'value="Kouluvierailu"' in form
    assert "The first text changed since." in form


def test_a_translation_can_be_called_still_right(cast: Cast, service: Any) -> None:
    change_object(SERVICE, service, {"name": {"en": "Class visit"}}, by=cast.aino.actor)
    service.refresh_from_db()
    values = {"name-en": "Class visit", "was-name-en": "Class visit", "name-fi": "Kouluvierailu",
              "was-name-fi": "Kouluvierailu", "still-name-fi": "yes"}  # fmt: skip
    send(cast.aino.client(), service, "name", values)
    service.refresh_from_db()
    assert not service.name.is_stale("fi")


def test_bad_input_keeps_what_was_written(cast: Cast, service: Any) -> None:
    response = send(cast.aino.client(), service, "purpose", {"purpose-en": "x" * 301}, **HTMX)
    assert response.status_code == 422
    assert "x" * 301 in text(response)
    assert "aria-invalid" in text(response)
    service.refresh_from_db()
    assert str(service.purpose) == "Children learn knots."


def test_a_needed_text_cannot_be_taken_away(cast: Cast, service: Any) -> None:
    values = {"name-en": "", "was-name-en": "School visit", "name-fi": "",
              "was-name-fi": "Kouluvierailu"}  # fmt: skip
    assert send(cast.aino.client(), service, "name", values).status_code == 422
    service.refresh_from_db()
    assert str(service.name) == "School visit"


def test_own_columns_keep_the_shape_of_what_was_not_touched(cast: Cast, service: Any) -> None:
    values = {"attributes-name": ["Cost centre", "Hours", "Päivystys", ""],
              "attributes-value": ["1043", "12", "kyllä", ""]}  # fmt: skip
    send(cast.aino.client(), service, "attributes", values)
    service.refresh_from_db()
    assert service.attributes == {"Cost centre": "1043", "Hours": 12, "Päivystys": "kyllä"}


@pytest.mark.parametrize("name", ["liisa", "heikki"])
def test_who_may_not_change_is_told_why_in_its_place(cast: Cast, service: Any, name: str) -> None:
    client = getattr(cast, name).client()
    response = send(client, service, "criticality", {"criticality": "high"})
    assert response.status_code == 403
    assert "You " in text(response)
    part = client.get(field_url(service, "criticality"), **HTMX)
    assert 'id="value-criticality"' in text(part)
    service.refresh_from_db()
    assert service.criticality == "unknown"


def test_the_other_side_changes_nothing(cast: Cast, service: Any) -> None:
    assert send(cast.tuomas.client(), service, "name", {"name-en": "x"}).status_code == 404
    change_object(SERVICE, service, {"audience": "customers"}, by=cast.aino.actor)
    from polku.kernel.transitions import Step, move

    move(service, Step("live"), by=cast.aino.actor)
    client = cast.tuomas.client()
    assert send(client, service, "name", {"name-en": "x"}).status_code == 403
    assert client.get(field_url(service, "cost_class")).status_code == 404
    assert cast.mallory.client().get(field_url(service, "name")).status_code == 404


def test_states_and_made_up_fields_have_no_form(cast: Cast, service: Any) -> None:
    client = cast.aino.client()
    for name in ("managed_state", "code", "workspace", "revision"):
        assert client.get(field_url(service, name)).status_code == 404


def test_what_was_put_away_is_not_changed(cast: Cast, service: Any) -> None:
    archive_object(SERVICE, service, by=cast.aino.actor)
    response = send(cast.aino.client(), service, "criticality", {"criticality": "high"})
    assert response.status_code == 409
    assert "put away" in text(response)


def write(client: Client, service: Any, words: str, was: str, **more: Any) -> Any:
    values = {"purpose-en": words, "was-purpose-en": was}
    return send(client, service, "purpose", values, **more)


@pytest.mark.scenario("AC37", part="two-edit-one-field")
def test_two_write_in_one_field_and_the_second_chooses(cast: Cast, service: Any) -> None:
    first = "Children learn to tie knots."
    write(cast.piotr.client(), service, first, "Children learn knots.")
    late = write(
        cast.aino.client(), service, "Children learn knots and songs.", "Children learn knots."
    )  # fmt: skip
    page = text(late)
    assert late.status_code == 409
    assert "Saved by Piotr Zieliński" in page
    assert "<del>to tie knots.</del>" in page
    assert "<ins>knots and songs.</ins>" in page
    assert "Before both:" in page
    service.refresh_from_db()
    assert str(service.purpose) == first


def test_my_text_can_be_taken_after_seeing_both(cast: Cast, service: Any) -> None:
    old = "Children learn knots."
    write(cast.piotr.client(), service, "Children learn to tie knots.", old)
    late = write(cast.aino.client(), service, "Songs.", old)
    assert 'name="choice" value="mine"' in text(late)
    now = type(service).objects.get(pk=service.pk)
    values = {"choice": "mine", "mine": json.dumps({"en": "Songs."}), "purpose-en": "ignored"}
    send(cast.aino.client(), now, "purpose", values)
    now.refresh_from_db()
    assert str(now.purpose) == "Songs."


def test_a_third_text_can_be_written(cast: Cast, service: Any) -> None:
    old = "Children learn knots."
    write(cast.piotr.client(), service, "Children learn to tie knots.", old)
    now = type(service).objects.get(pk=service.pk)
    values = {"choice": "anew", "purpose-en": "Knots and songs.",
              "was-purpose-en": "Children learn to tie knots."}  # fmt: skip
    send(cast.aino.client(), now, "purpose", values)
    now.refresh_from_db()
    assert str(now.purpose) == "Knots and songs."


def test_two_languages_of_one_text_do_not_meet(cast: Cast, service: Any) -> None:
    write(cast.piotr.client(), service, "Children tie knots.", "Children learn knots.")
    values = {"purpose-en": "Children learn knots.", "was-purpose-en": "Children learn knots.",
              "purpose-fi": "Lapset oppivat solmuja.", "was-purpose-fi": ""}  # fmt: skip
    assert send(cast.aino.client(), service, "purpose", values).status_code == 302
    service.refresh_from_db()
    assert service.purpose.text("en") == "Children tie knots."
    assert service.purpose.text("fi") == "Lapset oppivat solmuja."


def test_two_own_columns_do_not_meet(cast: Cast, service: Any) -> None:
    client, other = cast.aino.client(), cast.piotr.client()
    send(other, service, "attributes", {"attributes-name": ["Cost centre", "Hours"],
                                        "attributes-value": ["1042", "20"]})  # fmt: skip
    send(client, service, "attributes", {"attributes-name": ["Cost centre", "Hours"],
                                         "attributes-value": ["2000", "12"]})  # fmt: skip
    service.refresh_from_db()
    assert service.attributes == {"Cost centre": "2000", "Hours": "20"}


def test_two_fields_do_not_meet(cast: Cast, service: Any) -> None:
    write(cast.piotr.client(), service, "Children tie knots.", "Children learn knots.")
    response = send(cast.aino.client(), service, "criticality", {"criticality": "high"})
    assert response.status_code == 302


FOUR_SCRIPTS = ("Żółć & <b>łódź</b>", "Музей <script>alert(1)</script>", "Ääkkösiä \u00e4 a\u0308",
                "ναυτικό “τέχνη”")  # fmt: skip


@pytest.mark.scenario("AC37", part="four-scripts")
@pytest.mark.parametrize("words", FOUR_SCRIPTS)
def test_text_in_any_script_stays_text_and_is_found(cast: Cast, service: Any, words: str) -> None:
    client = cast.aino.client()
    write(client, service, words, "Children learn knots.")
    page = text(client.get(f"/w/museum/services/{service.code}/"))
    stored = type(service).objects.get(pk=service.pk).purpose
    assert stored == Translated.of(words, "en")
    for raw in ("<b>łódź", "<script>alert"):
        assert raw not in page
    first = words.split()[0]
    for question in (first, first.upper(), first[:3]):
        found = text(client.get("/w/museum/search/", {"q": question}))
        assert f"/services/{service.code}/" in found, question


@pytest.mark.scenario("AC37", part="four-scripts")
@pytest.mark.parametrize("question", ["aakkosia", "ÄÄKKÖSIÄ", "a\u0308a\u0308kko\u0308sia\u0308"])
def test_mixed_accents_are_found_in_either_form(cast: Cast, service: Any, question: str) -> None:
    client = cast.aino.client()
    write(client, service, "Ääkkösiä", "Children learn knots.")
    assert service.code in text(client.get("/w/museum/search/", {"q": question}))
