"""Calling the API: one of the cast with a personal token, and problems read back."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from polku.kernel.tokens import make_token
from tests.cast import Person

ROOM = "/api/v1/w/museum"


@dataclass
class Caller:
    """Sends JSON with a token; paths are within the museum unless they begin with /api."""

    secret: str

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        url = path if path.startswith(("/api", "http")) else f"{ROOM}/{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        client = Client(raise_request_exception=False)
        return client.generic(
            method, url, data=_text(body),
            content_type=named.pop("Content-Type", "application/json"),
            headers={"Authorization": f"Bearer {self.secret}", **named},
        )  # fmt: skip

    def get(self, path: str, **headers: str) -> Any:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("PATCH", path, body, **headers)

    def delete(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("DELETE", path, body, **headers)


def _text(body: Any) -> str | bytes:
    if body is None:
        return ""
    return body if isinstance(body, bytes | str) else json.dumps(body)


def token_of(person: Person, **more: Any) -> Caller:
    assert person.membership is not None
    _row, secret = make_token(person.membership, "test", by=person.actor, **more)
    return Caller(secret)


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The answer as a problem of this kind, or the test fails."""
    assert response.status_code == status, response.content[:800]
    assert response["Content-Type"] == "application/problem+json"
    found = response.json()
    assert found["type"] == f"/problems/{code}"
    assert found["status"] == status
    assert found["title"]
    assert found["detail"]
    return found
