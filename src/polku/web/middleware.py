"""From a request to an actor, and from a domain error to a page."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor, actor_of, memberships_of
from polku.kernel.answers import PolkuError
from polku.people.operations import note_seen
from polku.storage.errors import is_busy, is_disk_full
from polku.web import errors

type Respond = Callable[[HttpRequest], HttpResponse]


class WorkspaceMiddleware:
    """Puts ``request.actor`` on every page of a workspace; a stranger meets the same 404 as nobody.

    Only addresses that carry a ``workspace`` are concerned. The reader's language is their own.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _speak_language(request)
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response = _with_page(request, response)
        lasts = "immutable" in response.get("Cache-Control", "")  # what never changes
        if getattr(request, "actor", None) is not None and not lasts:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Find the actor before the view runs; what cannot be read goes no further."""
        if getattr(view, "api_door", False) or request.path.startswith("/api/"):
            return None
        if "\x00" in request.path:
            raise Http404
        if _has_zero_sign(request.GET) or _has_zero_sign(request.POST):
            return errors.error_page(request, HTTPStatus.BAD_REQUEST)
        slug = kwargs.get("workspace")
        if slug is None:
            return None
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        actor = actor_in(request, slug)
        if actor is None:
            raise Http404
        request.actor = actor  # type: ignore[attr-defined]
        timezone.activate(ZoneInfo(actor.workspace.timezone))
        note_seen(actor)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A domain error that no view caught becomes its page, never a traceback."""
        if request.path.startswith("/api/"):
            return None
        if isinstance(error, PolkuError):
            return errors.told(request, error)
        if is_disk_full(error):
            return errors.error_page(request, 503, _("There is no room left on the disk."))
        if is_busy(error):
            return errors.error_page(request, 503, _("Many people are saving just now."))
        return None


def _has_zero_sign(sent: QueryDict) -> bool:
    """Whether a name or value holds the sign that no database keeps as text.

    Files are no part of this: who reads one judges its bytes.
    """
    return any("\x00" in part for name, values in sent.lists() for part in (name, *values))


def _with_page(request: HttpRequest, refusal: HttpResponse) -> HttpResponse:
    """The page for an address that only a button may call, with the header of the refusal."""
    page = errors.error_page(request, refusal.status_code)
    page["Allow"] = refusal["Allow"]
    return page


def actor_in(request: HttpRequest, slug: str) -> Actor | None:
    """The signed-in person's actor in the workspace of this slug, or None.

    All their places are read at once and kept: the frame offers the others.
    """
    mine = memberships_of(request.user)  # type: ignore[arg-type]
    request.memberships = mine  # type: ignore[attr-defined]
    membership = next((row for row in mine if row.workspace.slug == slug), None)
    return actor_of(membership) if membership else None


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    from django.contrib.auth.views import redirect_to_login

    return redirect_to_login(request.get_full_path())


def _speak_language(request: HttpRequest) -> None:
    user = request.user
    if user.is_authenticated and "polku_language" not in request.COOKIES:
        translation.activate(user.lang)
        request.LANGUAGE_CODE = translation.get_language()
