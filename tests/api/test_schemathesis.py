"""Schemathesis asks every operation of the document; the time for it is capped (DECISIONS 26)."""

import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from polku.kernel.registry import entities, entity_by_plural
from tests.api.callers import Caller, token_of
from tests.api.test_objects import full
from tests.cast import Cast

SECONDS = 25
EXAMPLES = 4
QUIET = settings(
    deadline=None, database=None, derandomize=True,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip


def operations() -> list[Any]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    return [found.ok() for found in schema.get_all_operations()]


def aim(case: Any, place: int) -> None:
    """Ask in the museum, and mostly about something that is there."""
    asked = case.path_parameters or {}
    if "workspace" in asked:
        asked["workspace"] = "museum"
    plural = case.operation.path.split("/")[5] if case.operation.path.count("/") > 4 else ""
    row = entity_by_plural(plural)
    if "code" in asked and row and place:
        asked["code"] = f"{row.prefix}-{place}"
    if "number" in asked and place:
        asked["number"] = str(place)


def promised(case: Any, status: int) -> set[str]:
    """The kinds of answer that the contract names; JSON where it names none."""
    if status >= 300:
        return {"application/problem+json"}
    said = case.operation.definition.raw["responses"].get(str(status), {})
    return set(said.get("content", {})) or {"application/json"}


def hold(case: Any, response: Any) -> None:
    """2xx in the shape promised, or a problem; never our mistake."""
    media = response.headers.get("content-type", [""])[0]
    told = f"{case.operation.label}: {response.status_code} {response.text[:500]}"
    assert response.status_code < 500, told
    assert 200 <= response.status_code < 300 or response.status_code >= 400, told
    assert media.partition(";")[0] in promised(case, response.status_code), told
    if media.endswith("json"):
        case.validate_response(response, checks=[not_a_server_error, response_schema_conformance])


@pytest.fixture
def one_connection(cast: Cast) -> Iterator[None]:
    """As Django's own client does: the rows of a test live in a transaction of one connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.usefixtures("one_connection")
def test_every_operation_answers_whatever_is_sent(cast: Cast) -> None:
    full(cast)
    caller: Caller = token_of(cast.aino)
    found, asked, end = operations(), Counter[str](), time.monotonic() + SECONDS
    assert len(found) > len(tuple(entities())) * 6
    headers = {"Authorization": f"Bearer {caller.secret}"}
    for operation in found:
        ask(partial(send, operation, headers, asked), EXAMPLES if time.monotonic() < end else 1)
    assert all(asked[operation.label] for operation in found)


def ask(send_one: Any, examples: int) -> None:
    """So many requests to one operation; once the time is up, one to each."""

    @settings(QUIET, max_examples=examples)
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        send_one(data)

    run()


def send(operation: Any, headers: dict[str, str], asked: Counter[str], data: st.DataObject) -> None:
    asked[operation.label] += 1
    case = data.draw(operation.as_strategy())
    aim(case, data.draw(st.sampled_from([1, 1, 2, 0])))
    hold(case, case.call(headers=headers))
