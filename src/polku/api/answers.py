"""Answers: JSON, written quickly, and once only for requests that carry a key."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from polku.kernel.actor import Actor
from polku.kernel.idempotency import Told, once, print_of

JSON = "application/json"
REPLAYED = "Idempotency-Replayed"


def who(request: HttpRequest) -> Actor:
    """The actor whom the door let in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def answer(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """*data* as JSON."""
    return HttpResponse(
        msgspec.json.encode(data), status=status, content_type=JSON, headers=dict(headers or {})
    )


def answer_object(plain: Mapping[str, Any], status: int = 200, location: str = "") -> HttpResponse:
    """One object with its revision as ETag, and where it stands when it is new."""
    headers = {"ETag": f'"{plain["revision"]}"'}
    if location:
        headers["Location"] = location
    return answer(plain, status, headers)


def answer_once(request: HttpRequest, do: Callable[[], HttpResponse]) -> HttpResponse:
    """What *do* answers; with the header Idempotency-Key the same answer again for a repetition."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return do()
    whole = print_of(str(request.method).encode(), request.get_full_path().encode(), request.body)
    found = once(key, whole, lambda: _kept(do()), by=who(request))
    headers = {**found.told.headers, **({REPLAYED: "true"} if found.again else {})}
    return HttpResponse(
        found.told.text, status=found.told.status, content_type=JSON, headers=headers
    )


def _kept(response: HttpResponse) -> Told:
    headers = {name: response[name] for name in ("ETag", "Location") if name in response}
    return Told(response.status_code, response.content.decode(), headers)
