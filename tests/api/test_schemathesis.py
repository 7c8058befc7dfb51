"""Schemathesis asks every operation of the document; the time for it is capped (DECISIONS 26)."""

import time
from functools import partial
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from polku.kernel.registry import entities, entity_by_plural
from tests.api.callers import Caller, token_of
from tests.api.test_objects import full
from tests.cast import Cast

SECONDS = 55
EXAMPLES = 8
QUIET = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
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


def hold(case: Any, response: Any) -> None:
    """2xx in the shape promised, or a problem; never our mistake."""
    media = response.headers.get("content-type", [""])[0]
    told = f"{case.operation.label}: {response.status_code} {response.text[:500]}"
    assert response.status_code < 500, told
    assert 200 <= response.status_code < 300 or response.status_code >= 400, told
    wanted = "application/json" if response.status_code < 300 else "application/problem+json"
    assert media == wanted, told
    case.validate_response(response, checks=[not_a_server_error, response_schema_conformance])


@pytest.mark.slow
def test_every_operation_answers_whatever_is_sent(cast: Cast) -> None:
    full(cast)
    caller: Caller = token_of(cast.aino)
    found, asked, end = operations(), {}, time.monotonic() + SECONDS
    assert len(found) > len(tuple(entities())) * 6
    headers = {"Authorization": f"Bearer {caller.secret}"}
    for operation in found:
        asked[operation.label] = 0
        ask(partial(send, operation, headers, asked, end))
    assert all(asked.values())


def ask(send_one: Any) -> None:
    @QUIET
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        send_one(data)

    run()


def send(
    operation: Any, headers: dict[str, str], asked: dict[str, int], end: float, data: st.DataObject
) -> None:
    """One request; once the time is up, one for each operation that had none."""
    if asked[operation.label] and time.monotonic() > end:
        return
    asked[operation.label] += 1
    case = data.draw(operation.as_strategy())
    aim(case, data.draw(st.sampled_from([1, 1, 2, 0])))
    hold(case, case.call(headers=headers))
