"""The line that says what was just saved, with its way back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import trigger_client_event

from polku.kernel.actor import Actor
from polku.web import formats

KEY = "polku_saved"

type Undo = tuple[str, dict[str, Any]]


def acting(request: HttpRequest) -> Actor:
    """Who acts on this page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def saved(
    request: HttpRequest, words: Any, *, undo: Undo | None = None, page: str = "settings",
    **kwargs: Any,
) -> HttpResponse:  # fmt: skip
    """Remember what was saved and go (back) to a page; *undo* is (address, fields to post)."""
    slug = acting(request).workspace.slug
    request.session[KEY] = {
        "words": str(words), "at": formats.clock(timezone.now()),
        "url": undo[0] if undo else "", "fields": list(undo[1].items()) if undo else [],
    }  # fmt: skip
    return redirect(reverse(page, kwargs={"workspace": slug, **kwargs}))


def take_saved(request: HttpRequest) -> dict[str, Any] | None:
    """What was just saved, once."""
    found: dict[str, Any] | None = request.session.pop(KEY, None)
    return found


def say_saved(request: HttpRequest, response: HttpResponse, line: dict[str, Any] | None) -> None:
    """Let the page say it aloud when only a part of it was exchanged."""
    if line and getattr(request, "htmx", False):
        trigger_client_event(response, "say", {"value": line["words"]})
