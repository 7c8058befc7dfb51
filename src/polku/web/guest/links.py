"""Opening a magic link (DECISIONS 14).

The address with the secret answers with a cookie and a clean address; the secret stands in no
history, no log and no referrer. Showing the page changes nothing; only its form does.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from polku.kernel.answers import NotFound
from polku.kernel.magic_links import Found, handler_of, open_link
from polku.people.operations import ask_for_new_link
from polku.web.errors import error_page
from polku.web.limits import MISSES, OPENINGS, too_many, was_too_many
from polku.web.quiet_posts import accepts_quiet_posts, without_referrer

COOKIE = "polku_link"
COOKIE_PATH = "/m/"
COOKIE_AGE = 60 * 60 * 12


@without_referrer
@require_safe
def link_take(request: HttpRequest, token: str) -> HttpResponse:
    """Move the secret from the address into a cookie; nothing is used up."""
    if busy := _too_often(request):
        return busy
    find_link(request, token)
    response = redirect("link_open")
    response.set_cookie(
        COOKIE, token, max_age=COOKIE_AGE, path=COOKIE_PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@accepts_quiet_posts
@without_referrer
@require_http_methods(["GET", "HEAD", "POST"])
def link_open(request: HttpRequest) -> HttpResponse:
    """The page behind the link: its task, its receipt, or the offer to ask anew."""
    if busy := _too_often(request):
        return busy
    found = find_link(request, request.COOKIES.get(COOKIE, ""))
    _speak(request, found.link.lang)
    if found.standing == "expired":
        return _expired(request, found)
    handler = handler_of(found.link.purpose)
    if handler is None:
        raise Http404
    response: HttpResponse = handler(request, found)
    return response


def _too_often(request: HttpRequest) -> HttpResponse | None:
    if was_too_many(request, "miss", MISSES) or too_many(request, "open", OPENINGS):
        return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    return None


def find_link(request: HttpRequest, token: str) -> Found:
    """What a secret opens; each miss is counted."""
    try:
        return open_link(token)
    except NotFound:
        too_many(request, "miss", MISSES)
        raise Http404 from None


def _speak(request: HttpRequest, lang: str) -> None:
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(lang)
        request.LANGUAGE_CODE = translation.get_language()


def _expired(request: HttpRequest, found: Found) -> HttpResponse:
    asked = request.method == "POST"
    if asked:
        ask_for_new_link(found.link)
    context = {"found": found, "place": found.link.workspace, "asked": asked}
    return render(request, "guest/link_expired.html", context)
