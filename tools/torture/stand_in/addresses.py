"""The addresses of the stand-in."""

import json
import secrets
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from polku.storage.locations import home
from tools.torture.stand_in.models import Event, SearchText, Service, create_service

View = Callable[..., HttpResponse]


def token_needed(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, **parts: str) -> HttpResponse:
        given = request.headers.get("Authorization", "")
        if not secrets.compare_digest(given, f"Bearer {settings.TOKEN}"):
            return JsonResponse({"detail": "A token is needed."}, status=401)
        return view(request, **parts)

    return guarded


@token_needed
def services(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        service = create_service(json.loads(request.body)["name"]["en"])
        return JsonResponse({"code": service.code}, status=201)
    newest = Service.objects.order_by("-pk")[:20]
    return JsonResponse({"items": [{"code": service.code} for service in newest]})


@token_needed
def service(_request: HttpRequest, code: str) -> HttpResponse:
    known = Service.objects.filter(pk=_number(code)).exists()
    return JsonResponse({"code": code}, status=200 if known else 404)


@token_needed
def history(_request: HttpRequest, code: str) -> HttpResponse:
    events = Event.objects.filter(service=_number(code)).values("name")
    return JsonResponse({"items": list(events)})


@token_needed
def search(request: HttpRequest) -> HttpResponse:
    word = f"torture {request.GET['q'].casefold()}"
    rows = SearchText.objects.filter(folded__startswith=word).select_related("service")
    exact = [row for row in rows if word in (row.folded, row.folded[: row.folded.rfind(" ")])]
    return JsonResponse({"items": [{"code": row.service.code} for row in exact]})


@token_needed
def uploads(request: HttpRequest) -> HttpResponse:
    """Written beside and renamed, so that a full disk leaves no half file."""
    folder = home() / "files"
    name = secrets.token_hex(8)
    draft = Path(folder / f"{name}.part")
    try:
        with draft.open("wb") as file:
            for chunk in request.FILES["file"].chunks():  # type: ignore[union-attr]
                file.write(chunk)
        draft.rename(folder / name)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return JsonResponse({"name": name}, status=201)


def _number(code: str) -> int:
    return int(code.removeprefix("SRV-"))


urlpatterns = [
    path("api/v1/w/torture/services", services),
    path("api/v1/w/torture/services/<code>", service),
    path("api/v1/w/torture/services/<code>/history", history),
    path("api/v1/w/torture/search", search),
    path("uploads", uploads),
]
