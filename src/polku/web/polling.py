"""Answers the editor's question whether anything moved before anything else is looked at."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from polku.journeys.polling import Asked, stands_still

type Respond = Callable[[HttpRequest], HttpResponse]


class PollMiddleware:
    """304 for a poll of a journey where nothing moved; everything else goes its whole way."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.endswith("/poll/") and request.method == "GET":
            tag = request.headers.get("If-None-Match", "")
            if tag and stands_still(_asked(request, tag)):
                answer = HttpResponseNotModified()
                answer["ETag"] = tag
                return answer
        return self.get_response(request)


def place_asked(request: HttpRequest) -> tuple[int | None, str]:
    """Where the asker is: the inner number of a step, and the row."""
    row, _dash, step = request.GET.get("at", "").rpartition("-")
    fits = step.isascii() and step.isdecimal() and len(step) < 18 and row.isascii()
    return (int(step), row) if fits and row.isidentifier() else (None, "")


def _asked(request: HttpRequest, tag: str) -> Asked:
    step, row = place_asked(request)
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return Asked(request.GET.get("ticket", "")[:300], session, tag, step, row)
