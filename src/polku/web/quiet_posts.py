"""Forms on pages that must not say where a reader came from.

With ``Referrer-Policy: no-referrer`` a browser sends ``Origin: null`` along with a form, also to
its own site, and Django takes that for a stranger. The token of the form and the ``Lax`` cookie
still have to be there, so nothing is lost by letting this one word pass.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt

type View = Callable[..., HttpResponse]


class _NullOriginToo(CsrfViewMiddleware):
    def _origin_verified(self, request: HttpRequest) -> bool:
        return request.META["HTTP_ORIGIN"] == "null" or super()._origin_verified(request)  # type: ignore[misc]


_with_token = decorator_from_middleware(_NullOriginToo)


def accepts_quiet_posts(view: View) -> View:
    """The view checks the form's token itself, and lets a browser keep its origin to itself."""
    return cast("View", csrf_exempt(_with_token(view)))


def without_referrer(view: View) -> View:
    """Nothing about this address, or that one came from it, is told to anybody."""

    @wraps(view)
    def quiet(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store, private"
        return response

    return quiet
