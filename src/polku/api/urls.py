"""Addresses of the API; what none of them knows is told as a problem too."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from polku.api.documents import docs
from polku.api.problems import for_status
from polku.api.v1 import api


@csrf_exempt
def missing(_request: HttpRequest) -> HttpResponse:
    """Any other address below /api/."""
    return for_status(404)


urlpatterns = [
    path("v1/docs", docs, name="api_docs"),
    path("v1/", api.urls),
    re_path(r"", missing, name="api_missing"),
]
