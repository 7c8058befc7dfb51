"""The published contract: the document, its page, and the errors that it promises."""

import json
import os
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

from polku.api.problems import TITLES
from polku.api.v1 import api
from polku.kernel.registry import entities
from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = ROOT / "tests" / "snapshots" / "openapi.json"


def document() -> str:
    found = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def test_the_contract_is_the_one_kept() -> None:
    """After a wished change: POLKU_UPDATE_SNAPSHOTS=1 python -m pytest tests/api/test_openapi.py"""
    if os.environ.get("POLKU_UPDATE_SNAPSHOTS"):
        SNAPSHOT.parent.mkdir(exist_ok=True)
        SNAPSHOT.write_text(document(), encoding="utf-8")
    assert document() == SNAPSHOT.read_text(encoding="utf-8")


def test_the_document_is_published_and_holds_every_kind(client: Client) -> None:
    found = client.get("/api/v1/openapi.json").json()
    for row in entities():
        assert f"/api/v1/w/{{workspace}}/{row.plural}" in found["paths"]
    service = found["components"]["schemas"]["Service"]["properties"]
    assert service["criticality"]["enum"] == ["unknown", "low", "medium", "high"]
    assert service["name"]["additionalProperties"] == {"type": "string"}
    new = found["components"]["schemas"]["ServiceNew"]
    assert new["required"] == ["name"]
    assert set(found["components"]["securitySchemes"]) == {"PersonalToken", "SignedIn"}


def test_every_reference_leads_somewhere_and_every_name_is_one_operation() -> None:
    found = json.loads(document())
    text = document()
    known = {f"#/components/schemas/{name}" for name in found["components"]["schemas"]}
    used = {part.split('"')[0] for part in text.split('"$ref": "')[1:]}
    assert used <= known
    names = [op["operationId"] for path in found["paths"].values() for op in path.values()]
    assert len(names) == len(set(names)) > 100


def test_the_page_takes_everything_from_here(client: Client) -> None:
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    text = page.content.decode()
    assert "http://" not in text
    assert "https://" not in text
    scripts = text.split("<script")[1:]
    assert scripts
    assert all(part.startswith(" src=") and "></script>" in part for part in scripts)
    assert "style=" not in text
    assert "'self'" in page["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]
    for name in ("ninja/swagger-ui-bundle.js", "ninja/swagger-ui.css", "api/docs.js"):
        assert f"static/{name}" in text
        assert finders.find(name)


def test_every_problem_has_a_heading() -> None:
    lines = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8").splitlines()
    headings = {line.removeprefix("## ") for line in lines if line.startswith("## ")}
    assert set(TITLES) <= headings


def test_private_answers_are_not_kept_by_caches(cast: Cast) -> None:
    answer = cast.aino.client().get("/api/v1/w/museum/services")
    assert "private" in answer["Cache-Control"]
