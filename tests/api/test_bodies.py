"""What strangers send: each wrong body gets a clear problem, nothing is half saved."""

import pytest

from polku.portfolio.models import ServiceProduct
from tests.api.callers import ROOM, Caller, problem
from tests.cast import Cast


@pytest.mark.parametrize(
    "body",
    [b"{", b"{'name': 'x'}", b'{"name": "\xff"}', b"[" * 5000, b'{"name": NaN}', b"nul",
     b'{"name": "\\ud800"}', b'{"name": 1e999}', b'{"name": "a\\u0000b"}',
     b'{"attributes": {"a\\u0000": 1}, "name": "x"}', b'{"n": ' * 60 + b"1" + b"}" * 60],
)  # fmt: skip
def test_what_is_no_json_is_refused_whole(piotr: Caller, body: bytes) -> None:
    problem(piotr.post("services", body), 400, "bad-request")
    assert not ServiceProduct.objects.exists()


@pytest.mark.parametrize("body", ["1", '"x"', "null", "true", "[1]", "[[]]", "[null]"])
def test_json_that_is_no_object_is_bad_input(piotr: Caller, body: str) -> None:
    problem(piotr.post("services", body), 422, "bad-input")
    if not body.startswith("["):
        problem(piotr.patch("services/SRV-1", body), 422, "bad-input")


def test_other_media_are_named(piotr: Caller) -> None:
    for media in ("text/plain", "application/x-www-form-urlencoded", "application/jsonp"):
        problem(piotr.post("services", b'{"name": "x"}', Content_Type=media), 415,
                "wrong-media-type")  # fmt: skip
    made = piotr.post("services", b'{"name": "x"}', Content_Type="application/merge-patch+json")
    assert made.status_code == 201


def test_a_huge_body_is_refused_before_it_is_read(piotr: Caller) -> None:
    body = b'{"name": "' + b"x" * (10 * 1024 * 1024) + b'"}'
    problem(piotr.post("services", body), 413, "too-large")


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ["x"]), ("name", {"en": 1}), ("name", {"": "x"}), ("name", {"en fi": "x"}),
     ("name", "x" * 121), ("kind", "thing"),
     ("kind", {"a": 1}), ("kind", ["internal"]), ("owner_party", "PTY-999"),
     ("owner_party", {"code": "PTY-1"}), ("review_due", "31.5.2026"), ("review_due", 5),
     ("closed_to_new", "perhaps"), ("tags", {"a": 1}), ("tags", 7), ("attributes", "text"),
     ("sector", "x" * 200), ("sector", ["x"]), ("audience", "relationship"),
     ("relationship", 10**30)],
)  # fmt: skip
def test_each_wrong_value_is_told_by_its_field(piotr: Caller, field: str, value: object) -> None:
    answer = piotr.post("services", {"name": "Tour", field: value})
    if field == "audience":
        problem(answer, 409, "refused")
    else:
        assert field in problem(answer, 422, "bad-input")["errors"]
    assert not ServiceProduct.objects.exists()


@pytest.mark.parametrize("tag", ["x", '"x"', '"1", "2"', "-1", '"99999999999"'])
def test_a_revision_that_is_none(piotr: Caller, tag: str) -> None:
    piotr.post("services", {"name": "Tour"})
    found = problem(piotr.patch("services/SRV-1", {"sector": "x"}, If_Match=tag), 422, "bad-input")
    assert list(found["errors"]) == ["revision"]


def test_unknown_addresses_and_methods_are_problems_too(cast: Cast, piotr: Caller) -> None:
    for path in (
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v2/w/museum/services",
        f"{ROOM}/things",
        f"{ROOM}/services/",
        f"{ROOM}/services/SRV-1/nothing",
        "/api/v1/w//services",
    ):
        problem(piotr.get(path), 404, "not-found")
    wrong = piotr.send("PUT", "services/SRV-1")
    problem(wrong, 405, "wrong-method")
    assert {"GET", "PATCH", "DELETE"} == set(wrong["Allow"].split(", "))
    problem(piotr.get("services/%00"), 404, "not-found")
    for query in ("q=%00", "q=%00&q=lamp", "q=lamp&q=%00&q=oil", "q%00=lamp"):
        problem(piotr.get(f"services?{query}"), 400, "bad-request")


def test_a_host_that_is_not_ours_is_a_problem(piotr: Caller) -> None:
    problem(piotr.get("services", Host="evil.example"), 400, "bad-request")


def test_what_breaks_is_told_without_its_inside(
    piotr: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from polku.api import lists

    def breaks(*_args: object, **_more: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(lists, "plain_rows", breaks)
    answer = piotr.get("services")
    problem(answer, 500, "broken")
    assert b"secret" not in answer.content
    assert b"Traceback" not in answer.content
    assert "secret inside" in caplog.text


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [("database or disk is full", 507, "disk-full"), ("database is locked", 503, "busy")],
)
def test_storage_without_room_or_turn_says_so(
    piotr: Caller, monkeypatch: pytest.MonkeyPatch, words: str, status: int, code: str
) -> None:
    from django.db import OperationalError

    from polku.api import objects

    def breaks(*_args: object, **_more: object) -> None:
        raise OperationalError(words)

    monkeypatch.setitem(objects.CREATE, "service_product", breaks)
    problem(piotr.post("services", {"name": "x"}), status, code)
