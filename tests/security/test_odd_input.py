"""Input nobody would type: it is refused in words or kept as text, and never breaks a page."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from polku.kernel.registry import entities
from tests.access.browsing import Browser
from tests.access.canaries import Side
from tests.access.people import browser_of
from tests.access.world import World

pytestmark = pytest.mark.django_db

SCRIPTS = "Ääkkönen Zażółć Ёлка 日本語 עברית 🧭 e\u0301 \u202egnp"
NUMBERS = ("²", "١", "-1", "0", "9" * 30, "1e3", "0x10", " 1", "1;drop", "\x00", "None")
LONG = "x" * 5000


CODES = ("SRV-" + "9" * 400, "x" * 3000, "SRV-²", "..", "%2e%2e", "SRV-0", "srv-41001'--",
         "SRV-99999999999999999999", "SRV-1%00")  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_odd_codes_are_not_found(world: World, code: str) -> None:
    browser = browser_of(world, "admin")
    for row in entities():
        for path in (f"/w/museum/{row.plural}/{code}/", f"/api/v1/w/museum/{row.plural}/{code}"):
            answer = browser.ask("GET", path)
            assert answer.status in {302, 400, 404}, (path, answer.status, answer.broke)


@pytest.mark.parametrize("path", [
    "/static/../settings.py", "/static/..%2f..%2fsettings.py", "/w/../../etc/passwd",
    "/w/museum/services/../../../etc/passwd/", "/api/v1/../../polku.sqlite3", "/static/%2e%2e/x",
    "/files/polku.sqlite3", "/media/x", "/.git/config", "/keys/secret_key",
])  # fmt: skip
def test_no_path_leads_out(world: World, path: str) -> None:
    for browser in (Browser(), browser_of(world, "admin")):
        answer = browser.ask("GET", path)
        assert answer.status in {301, 302, 400, 404}, (path, answer.status)
        assert b"SECRET_KEY" not in answer.content
        assert b"SQLite format" not in answer.content


@pytest.mark.parametrize("number", NUMBERS)
def test_odd_numbers_break_nothing(world: World, number: str) -> None:
    browser = browser_of(world, "admin")
    service = world.code(Side.SHARED, "service_product")
    reads = [
        ("/w/museum/services/", {"page": number}), ("/w/museum/loose-ends/", {"page": number}),
        (f"/w/museum/services/{service}/history/", {"before": number, "field": number}),
        ("/w/museum/board/", {"as_of": number, "known_on": number, "all": number}),
        ("/w/museum/services/", {"as_of": number, "sort": number, "managed_state": number}),
        ("/api/v1/w/museum/services", {"limit": number}),
        ("/api/v1/w/museum/services", {"offset": number}),
        ("/api/v1/w/museum/services", {"as_of": number}),
        ("/api/v1/w/museum/search", {"q": "a", "per_kind": number}),
        ("/w/museum/search/", {"q": number}),
    ]  # fmt: skip
    for path, query in reads:
        answer = browser.ask("GET", path, query)
        assert answer.status < 500, (path, query, answer.broke)
    writes = [
        ("/w/museum/services/kept/delete/", {"view": number}),
        (f"/w/museum/services/{service}/fields/name/", {"name-en": "a", "revision": number}),
        ("/w/museum/settings/portfolio-owner/", {"person": number}),
        (f"/w/museum/services/{service}/fields/criticality/", {"criticality": number}),
        ("/w/museum/services/new/", {"name": number, "once": number, "lang": number, "seen": "1"}),
    ]
    for path, body in writes:
        answer = browser.ask("POST", path, body)
        assert answer.status < 500, (path, body, answer.broke)
    answer = browser.ask("PATCH", f"/api/v1/w/museum/services/{service}", {"revision": number})
    assert answer.status in {200, 400, 422}


def test_four_scripts_and_more_come_back_as_they_were(world: World) -> None:
    browser = browser_of(world, "admin")
    made = browser.ask("POST", "/api/v1/w/museum/services", {"name": SCRIPTS}, keep=True)
    assert made.status == 201
    import unicodedata

    page = browser.ask("GET", f"/w/museum/services/{json.loads(made.text)['code']}/")
    assert unicodedata.normalize("NFC", "Ääkkönen Zażółć Ёлка 日本語 עברית") in page.text
    found = browser.ask("GET", "/w/museum/search/", {"q": "елка aakkonen"})
    assert "Ёлка" in found.text


def test_a_zero_sign_is_refused_or_left_out_everywhere(world: World) -> None:
    browser = browser_of(world, "admin")
    for row in entities():
        if not row.changeable:
            continue
        body = {field.name: "a\x00b" for field in row.fields}
        form = browser.ask("POST", f"/w/museum/{row.plural}/new/", {**body, "seen": "1"})
        assert form.status < 500, (row.kind, form.broke)
        sent = browser.ask("POST", f"/api/v1/w/museum/{row.plural}", body)
        assert sent.status in {400, 422}, row.kind
        for query in ({"q": "a\x00b"}, {"sort": "\x00"}, {row.filters[0]: "\x00"}):
            for path in (f"/w/museum/{row.plural}/", f"/api/v1/w/museum/{row.plural}"):
                assert browser.ask("GET", path, query).status < 500, (path, query)


def test_a_zero_sign_goes_no_further_than_the_door(world: World) -> None:
    """No database keeps it as text, and not every one says so in the same way."""
    service = world.code(Side.SHARED, "service_product")
    name = f"/w/museum/services/{service}/fields/name/"
    for browser in (Browser(), browser_of(world, "admin")):
        for answer in (
            browser.ask("GET", "/w/museum/loose-ends/?whose=%00"),
            browser.ask("GET", "/w/museum/loose-ends/?whose=%00&whose=me"),
            browser.ask("GET", "/w/museum/loose-ends/?%00=me"),
            browser.ask("POST", name, {"name-en": "a\x00b", "revision": "1"}),
            browser.ask("POST", "/accounts/login/", {"login": "a\x00b", "password": "x"}),
        ):
            assert (answer.status, answer.broke) == (400, None)
            assert "Nothing was changed." in answer.text
            assert "Traceback" not in answer.text


def test_a_file_may_hold_any_byte(world: World) -> None:
    browser = browser_of(world, "admin")
    file = SimpleUploadedFile("services.csv", b"name\nA\x00B\n", "text/csv")
    answer = browser.ask("POST", "/w/museum/import/", {"file": file})
    assert answer.status in {200, 302, 422}
    assert answer.broke is None


def test_long_texts_are_told_so(world: World) -> None:
    browser = browser_of(world, "admin")
    for row in entities():
        if not row.changeable:
            continue
        body = {field.name: LONG for field in row.fields}
        form = browser.ask("POST", f"/w/museum/{row.plural}/new/", {**body, "seen": "1"})
        assert form.status in {409, 422}, (row.kind, form.status, form.broke)
        sent = browser.ask("POST", f"/api/v1/w/museum/{row.plural}", body)
        assert sent.status == 422, (row.kind, sent.status, sent.broke)


def test_a_form_of_thousands_of_fields_is_refused(world: World) -> None:
    body = {f"field-{number}": "x" for number in range(6000)}
    answer = browser_of(world, "admin").ask("POST", "/w/museum/services/new/", body)
    assert answer.status == 400


def test_a_body_over_the_limit_is_refused(world: World) -> None:
    browser = browser_of(world, "admin")
    sent = browser.ask("POST", "/api/v1/w/museum/services", {"name": "x" * 11_000_000})
    assert sent.status == 413
    form = browser.ask("POST", "/w/museum/services/new/", {"name": "x" * 11_000_000})
    assert form.status in {400, 413}


@pytest.mark.parametrize("body", ["[" * 5000 + "]" * 5000, "{", "nul", '"text"', "[1]", "\ud800",
                                  '{"name": 1e999}', '{"name": {"en": {"a": 1}}}'])  # fmt: skip
def test_bodies_that_are_no_object_are_refused(world: World, body: str) -> None:
    browser = browser_of(world, "admin")
    response = browser.generic(
        "POST", "/api/v1/w/museum/services", body.encode("utf-8", "surrogatepass"),
        "application/json",
    )  # fmt: skip
    assert response.status_code in {400, 422}
