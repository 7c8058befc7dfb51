"""Answers that no view of the API made (unknown addresses, methods, hosts) as problems too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from polku.api.problems import for_status

type Respond = Callable[[HttpRequest], HttpResponse]

KEPT_HEADERS = ("Allow", "Retry-After", "Content-Security-Policy")


class ProblemMiddleware:
    """Turns every page of error below /api/ into ``application/problem+json``."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith("/api/") or response.status_code < 400:
            return response
        if "json" in response.get("Content-Type", ""):
            return response
        kept = {name: response[name] for name in KEPT_HEADERS if name in response}
        return for_status(response.status_code, kept)
