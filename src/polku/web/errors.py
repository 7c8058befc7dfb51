"""Pages for what went wrong: what happened, what was kept, what to do. No traceback leaves here."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from polku.kernel.answers import PolkuError

# Statuses that have a page of their own; any other speaks through the page of its kind
PAGES = frozenset({400, 403, 404, 409, 413, 429, 500, 503})
STANDS_FOR = {405: 400, 422: 400}

# Django calls each handler with the request and what went wrong, whether it needs them or not


def error_page(request: HttpRequest, status: int, happened: str = "") -> HttpResponse:
    """The page of a status; *happened* takes the place of its first sentence."""
    page = status if status in PAGES else STANDS_FOR.get(status, 400)
    return render(request, f"{page}.html", {"happened": happened}, status=status)


def told(request: HttpRequest, error: PolkuError) -> HttpResponse:
    """The page for a refusal of the domain that no view showed in its own place."""
    return error_page(request, error.status, str(error))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return error_page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; the reason stands there when the refusal came from a policy."""
    return error_page(request, HTTPStatus.FORBIDDEN, str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; the same for what is missing and for what is not for this reader."""
    return error_page(request, HTTPStatus.NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponse:
    """500; rendered without the request, since anything about it may be what broke."""
    return HttpResponse(render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page stood open too long, or came from elsewhere."""
    happened = _("This form was opened too long ago, or in another window where you signed out.")
    return error_page(request, HTTPStatus.FORBIDDEN, happened)
