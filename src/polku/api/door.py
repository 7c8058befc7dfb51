"""Who comes in: a personal token, or the session of a signed-in person."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from polku.api.problems import BadRequest, Forged, NotSignedIn
from polku.kernel.actor import Actor, actor_at
from polku.kernel.answers import NotAllowed, NotFound
from polku.kernel.tokens import open_token

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class PersonalToken(HttpBearer):
    """``Authorization: Bearer polku_…``: it opens one workspace and may do what its person may."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The token's actor; the same "not found" for every other workspace, there or not."""
        bearer = open_token(token.strip())
        if bearer is None:
            raise NotSignedIn
        speak(request, bearer.actor.lang)
        if _slug(request) not in {None, bearer.actor.workspace.slug}:
            raise NotFound
        if bearer.read_only and request.method not in SAFE:
            raise NotAllowed(_("This token may only read. Nothing was changed."))
        return enter(request, bearer.actor)


class SignedIn(APIKeyCookie):
    """The session of a person who signed in on a page; writes carry the page's CSRF mark."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any:
        """Only where no token was shown: a bad token is not helped by a good session."""
        user = request.user
        if "Authorization" in request.headers or not user.is_authenticated:
            return None
        speak(request, user.lang)
        if request.method not in SAFE and check_csrf(request):
            raise Forged(_("Send the header X-CSRFToken, or use a personal token."))
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002
        """The person's actor in the workspace of the address."""
        slug = _slug(request)
        if slug is None:
            return request.user
        actor = actor_at(request.user, slug, "api")  # type: ignore[arg-type]
        if actor is None:
            raise NotFound
        return enter(request, actor)


def _slug(request: HttpRequest) -> str | None:
    match = request.resolver_match
    return match.kwargs.get("workspace") if match else None


def enter(request: HttpRequest, actor: Actor) -> Actor:
    """Let the actor in, unless the address holds what no name can hold."""
    if "\x00" in request.path:
        raise NotFound
    if any("\x00" in part for name, values in request.GET.lists() for part in (name, *values)):
        raise BadRequest(_("A sign in the address cannot be read."))
    request.actor = actor  # type: ignore[attr-defined]
    return actor


def speak(request: HttpRequest, lang: str) -> None:
    """Answer in a language that the request asks for, else in the person's own."""
    asked = request.headers.get("Accept-Language", "")
    for tag, _weight in parse_accept_lang_header(asked):
        try:
            translation.activate(translation.get_supported_language_variant(tag))
        except LookupError:
            continue
        return
    translation.activate(lang)


DOORS = [PersonalToken(), SignedIn()]
