"""The language of the pages, for this browser and for the account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from polku.people.operations import change_person
from polku.web.quiet_posts import accepts_quiet_posts

YEAR = 60 * 60 * 24 * 365


@accepts_quiet_posts
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language and go back to the page it was chosen on."""
    response = HttpResponseRedirect(_way_back(request))
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        change_person(request.user, lang=chosen)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR, samesite="Lax", httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own else "/"
