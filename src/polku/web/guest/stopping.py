"""Stopping the mails with news by the link in one of them, without signing in.

Looking changes nothing, since mail programs open links before people do. The form changes it, and
so does the mail program's own button (RFC 8058): its POST has no form of ours and comes from
elsewhere, so the signature in the address is what lets it in. All that it opens is silence.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from polku.insight.notices.places import membership_of_token
from polku.kernel.operations_notices import stop_mails
from polku.web.errors import error_page
from polku.web.limits import MISSES, too_many, was_too_many
from polku.web.quiet_posts import without_referrer


@csrf_exempt
@without_referrer
@require_http_methods(["GET", "HEAD", "POST"])
def mails_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the mails shall stop; stop them."""
    if was_too_many(request, "stop", MISSES):
        return error_page(request, 429)
    membership = membership_of_token(token)
    if membership is None:
        too_many(request, "stop", MISSES)
        raise Http404
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(membership.user.lang)
        request.LANGUAGE_CODE = translation.get_language()
    stopped = request.method == "POST"
    if stopped:
        stop_mails(membership)
    context = {"place": membership.workspace, "stopped": stopped}
    return render(request, "guest/mails_stop.html", context)
