"""The pictures of a journey that a link shows: those of its rows and its version alone."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from polku.journeys.outside import share_of
from polku.journeys.pictures import shared_picture
from polku.kernel.answers import NotFound
from polku.web.errors import error_page
from polku.web.guest.links import COOKIE, find_link
from polku.web.limits import MISSES, was_too_many
from polku.web.picture_sending import picture_response

# The address says nothing of the link: who opens another one may meet the same number again
ASK_EACH_TIME = "private, no-cache"


@require_safe
def link_picture(request: HttpRequest, number: str, size: str) -> HttpResponseBase:
    """One picture, small or large, for whoever holds the link; nothing is used up."""
    if was_too_many(request, "miss", MISSES):
        return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    found = find_link(request, request.COOKIES.get(COOKIE, ""))
    if found.standing == "expired":
        raise Http404
    try:
        picture = shared_picture(share_of(found.link), int(number))
        return picture_response(request, picture, small=size == "small", keep=ASK_EACH_TIME)
    except NotFound:
        raise Http404 from None
