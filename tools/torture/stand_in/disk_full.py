"""Middleware: a full disk is answered with 507 and a sentence."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from polku.storage.errors import disk_full, is_disk_full
from polku.storage.locations import home

log = logging.getLogger(__name__)


class DiskFull:
    """Also writes a line into the log for each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        log.info("%s %s", request.method, request.path)
        return self._get_response(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        if is_disk_full(error):
            return JsonResponse({"detail": str(disk_full(home()))}, status=507)
        return None
