"""What went wrong, as ``application/problem+json`` with a stable ``type`` (RFC 9457).

``type`` is a relative address whose last word is a heading of docs/reference/errors.md.
"""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from polku.kernel.answers import BadInput, Conflict, NotFound, PolkuError, Sentence
from polku.kernel.operations_links import ChangedAgain
from polku.storage.errors import is_busy, is_disk_full

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

TITLES: Mapping[str, Sentence] = {
    "not-signed-in": gettext_lazy("Not signed in"),
    "not-allowed": gettext_lazy("Not allowed"),
    "forged": gettext_lazy("Not sent from a page of ours"),
    "not-found": gettext_lazy("Not found"),
    "wrong-method": gettext_lazy("Not possible here"),
    "wrong-media-type": gettext_lazy("Not JSON"),
    "bad-request": gettext_lazy("Not understood"),
    "bad-input": gettext_lazy("Some fields need another look"),
    "too-large": gettext_lazy("Too large"),
    "too-many": gettext_lazy("Too many at once"),
    "refused": gettext_lazy("Against a rule of the data"),
    "conflict": gettext_lazy("Changed by somebody else"),
    "idempotency-key-reused": gettext_lazy("The key was used before"),
    "busy": gettext_lazy("Busy"),
    "disk-full": gettext_lazy("The disk is full"),
    "broken": gettext_lazy("Something broke"),
}


class NotSignedIn(PolkuError):
    """No token and no session, or one that opens nothing; 401."""

    code = "not-signed-in"
    status = 401

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Send a personal token of this server: Authorization: Bearer polku_…")
        )


class BadRequest(PolkuError):
    """The request cannot be read at all; 400."""

    code = "bad-request"
    status = 400


class WrongMediaType(PolkuError):
    """A body that is not said to be JSON; 415."""

    code = "wrong-media-type"
    status = 415


class Forged(PolkuError):
    """A write by session without the page's own mark; 403."""

    code = "forged"
    status = 403


def problem(
    code: str, status: int, detail: Sentence = "", *, headers: Mapping[str, str] | None = None,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """An answer that says what happened, what was kept and what to do."""
    content = {
        "type": f"/problems/{code}",
        "title": str(TITLES.get(code, TITLES["bad-request"])),
        "status": int(status),
        "detail": str(detail),
        **more,
    }
    return HttpResponse(
        msgspec.json.encode(content), status=int(status), content_type=MEDIA_TYPE, headers=headers
    )


def told(error: PolkuError) -> HttpResponse:
    """The problem of a refusal."""
    more: dict[str, Any] = {}
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, NotSignedIn) else None
    if isinstance(error, BadInput):
        more["errors"] = {name: str(text) for name, text in error.fields.items()}
    if isinstance(error, Conflict):
        more |= {"fields": error.fields, "revision": error.revision}
    if isinstance(error, ChangedAgain):
        more["fields"] = error.fields
    return problem(error.code, error.status, error.message, headers=headers, **more)


def for_status(status: int, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The problem for a status that no view chose: an unknown address, a method, a broken line."""
    code, detail = _standing(status)
    return problem(code, status, detail, headers=headers)


def _standing(status: int) -> tuple[str, Sentence]:
    return {
        401: ("not-signed-in", NotSignedIn().message),
        403: ("not-allowed", _("You may not do this.")),
        404: ("not-found", NotFound().message),
        405: ("wrong-method", _("This address answers other methods; see the header Allow.")),
        413: ("too-large", _("Too much at once. Nothing was saved; send it in parts.")),
        429: ("too-many", _("Too many requests in a short time. Wait a little.")),
        503: ("busy", _("Many are writing just now. Nothing was saved; try again in a moment.")),
        507: (
            "disk-full",
            _("The disk of the server is full. Nothing was saved; reading goes on."),
        ),
    }.get(
        status,
        ("bad-request", _("The request could not be understood. Nothing was saved."))
        if status < HTTPStatus.INTERNAL_SERVER_ERROR
        else ("broken", _("Something broke here. Nothing was saved; it is written in the log.")),
    )


def _http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, PolkuError):
        return told(error.__cause__)
    return for_status(error.status_code)


def _validation_error(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {".".join(map(str, row["loc"][1:])): _("This does not fit here.")
              for row in error.errors}  # fmt: skip
    return told(BadInput(fields))


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    if is_disk_full(error):
        return for_status(507)
    if is_busy(error):
        return for_status(503, {"Retry-After": "2"})
    log.error("%s %s broke", request.method, request.path, exc_info=error)
    return for_status(500)


type Telling = Callable[[HttpRequest, Any], HttpResponse]

TELLINGS: Mapping[type[Exception], Telling] = {
    Exception: _broken,
    PolkuError: lambda _request, error: told(error),
    ValidationError: _validation_error,
    HttpError: _http_error,
    AuthenticationError: lambda _request, _error: told(NotSignedIn()),
    Throttled: lambda _request, _error: for_status(429),
    Http404: lambda _request, _error: for_status(404),
    RequestDataTooBig: lambda _request, _error: for_status(413),
    SuspiciousOperation: lambda _request, _error: for_status(400),
    UnreadablePostError: lambda _request, _error: for_status(400),
}


def handle_all(api: NinjaAPI) -> None:
    """Let every error of the API be told as a problem."""
    for kind, telling in TELLINGS.items():
        api.add_exception_handler(kind, telling)
