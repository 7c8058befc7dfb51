"""Imports and exports by program: shapes, refusals, other workspaces."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from polku.kernel.models import ImportRun
from polku.kernel.tokens import make_token
from polku.portfolio.models import ServiceProduct
from tests.cast import Cast, Person

BASE = "/api/v1/w/museum"


def key(person: Person) -> dict[str, str]:
    assert person.membership is not None
    _token, secret = make_token(person.membership, "test", by=person.actor)
    return {"Authorization": f"Bearer {secret}"}


def upload(content: bytes, name: str = "list.csv") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content)}


def test_a_plan_comes_first_and_is_run_when_told(cast: Cast, client: Client) -> None:
    mine = key(cast.aino)
    tried = client.post(f"{BASE}/imports", upload(b"name,state\nTour,live\n,x\n"), headers=mine)
    assert tried.status_code == 201
    assert tried.json()["state"] == "tried"
    assert not ServiceProduct.objects.exists()
    at = f"{BASE}/imports/{tried.json()['id']}"
    rows = client.get(f"{at}/rows", headers=mine).json()
    assert [row["outcome"] for row in rows["items"]] == ["new", "left_out"]
    assert rows["items"][1]["problems"][0]["text"].startswith("A row needs a name")
    assert client.post(f"{at}/run", headers=mine).json()["state"] == "complete"
    assert client.get(at, headers=mine).json()["counts"]["new"] == 1
    assert client.post(f"{at}/undo", headers=mine).json()["state"] == "undone"
    assert client.post(f"{at}/undo", headers=mine).status_code == 403
    assert client.get(f"{BASE}/imports", headers=mine).json()["count"] == 1


def test_wrong_files_mappings_and_words_are_told(cast: Cast, client: Client) -> None:
    mine = key(cast.aino)
    for sent, field in (
        (upload(b"%PDF-1.7"), "file"),
        ({}, "file"),
        (upload(b"colour\nred\n"), "mapping"),
        ({**upload(b"name\nTour\n"), "mapping": "no such"}, "mapping"),
        ({**upload(b"name\nTour\n"), "mapping": "{"}, "mapping"),
        ({**upload(b"name\nTour\n"), "conflicts": "both"}, "conflicts"),
    ):
        told = client.post(f"{BASE}/imports", sent, headers=mine)
        assert told.status_code == 422, told.content
        assert field in told.json()["errors"]
    assert not ImportRun.objects.exists()


def test_readers_and_others_may_not(cast: Cast, client: Client) -> None:
    run = client.post(
        f"{BASE}/imports", {**upload(b"name\nTour\n", "services.csv"), "dry_run": "false"},
        headers=key(cast.aino),
    ).json()  # fmt: skip
    reader = key(cast.liisa)
    told = client.post(f"{BASE}/imports", upload(b"name\nTour\n"), headers=reader)
    assert told.status_code == 403
    assert client.post(f"{BASE}/imports/{run['id']}/undo", headers=reader).status_code == 403
    olga = key(cast.olga)
    there = f"/api/v1/w/norrvik/imports/{run['id']}"
    for path in (there, f"{there}/rows", f"{BASE}/imports/{run['id']}", f"{BASE}/export"):
        assert client.get(path, headers=olga).status_code == 404
    assert client.get(f"{BASE}/export", headers=key(cast.tuomas)).status_code == 403


def test_an_export_takes_filters(cast: Cast, client: Client) -> None:
    mine = key(cast.aino)
    sent = {**upload(b"name,contact,Floor\nTour,,1\nVisit,,2\n"), "dry_run": "false"}
    client.post(f"{BASE}/imports", sent, headers=mine)
    out = client.get(f"{BASE}/export?list=services&own.Floor=2&format=csv", headers=mine)
    assert out.status_code == 200, out.content
    assert (out.content.count(b"Visit"), out.content.count(b"Tour")) == (1, 0)
    assert len(client.get(f"{BASE}/export", headers=mine).json()["services"]) == 2
    assert client.get(f"{BASE}/export?format=pdf", headers=mine).status_code == 422
    assert client.get(f"{BASE}/export?list=nothing", headers=mine).status_code == 422
