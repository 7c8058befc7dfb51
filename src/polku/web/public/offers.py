"""Open pages of what one can get: read by anybody, in the languages in which it was published.

What is not for everyone, was withdrawn or never was is answered alike, and so is a workspace that
shows nothing to everyone. Nothing on these pages depends on who reads them.
"""

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe

from polku.kernel.actor import Actor, visitor_actor
from polku.kernel.clock import today_in
from polku.people.queries import living_workspace
from polku.portfolio.models import Offering
from polku.portfolio.queries import whole_offerings
from polku.tenancy.models import Workspace
from polku.tenancy.models.workspace import LANGUAGES
from polku.web.errors import error_page
from polku.web.limits import too_many
from polku.web.offers import Shown, languages_shown
from polku.web.offers_schema import block, service_data
from polku.web.prices import price_text

OPENINGS = 600  # of open pages by one visitor in ten minutes
NAMES = dict(LANGUAGES)

type Show = Callable[[], HttpResponse]


@require_safe
def offering_open(request: HttpRequest, place: str, code: str, lang: str = "") -> HttpResponse:
    """One thing one can get; without *lang* in the reader's language, or the first one."""
    if too_many(request, "offers", OPENINGS):
        return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    room = _room(place)
    offer = whole_offerings(visitor_actor(room, "en")).filter(code=code).first()
    languages = languages_shown(offer) if offer else []
    if offer is None or not languages or (lang and lang not in languages):
        raise Http404
    used = lang or _choose(languages, offer.title.source_lang)
    at = {"place": room.slug, "code": offer.code}
    return _told(request, room, used, languages, "offering_open", at,
                 lambda reader, urls: _detail(offer, reader, urls))  # fmt: skip


def _detail(offer: Offering, reader: Actor, urls: dict[str, Any]) -> dict[str, Any]:
    shown = Shown(offer, reader, reader.lang)
    return {"shown": shown, "data": block(service_data(shown, urls["canonical"], urls["index"])),
            "page_of": urls["index_url"]}  # fmt: skip


@require_safe
def offering_range(request: HttpRequest, place: str, lang: str = "") -> HttpResponse:
    """Everything that everybody can get here."""
    if too_many(request, "offers", OPENINGS):
        return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    room = _room(place)
    today = today_in(room)
    told = {
        offer: languages_shown(offer)
        for offer in whole_offerings(visitor_actor(room, "en")).order_by("sort_title", "id")
        if offer.valid_to is None or offer.valid_to >= today
    }
    languages = [tag for tag in room.languages if any(tag in tags for tags in told.values())]
    if not languages or (lang and lang not in languages):
        raise Http404
    used = lang or _choose(languages, room.default_lang)
    mine = [offer for offer, tags in told.items() if used in tags]
    others = sum(bool(tags) and used not in tags for tags in told.values())
    return _told(request, room, used, languages, "offering_range", {"place": room.slug},
                 lambda reader, _urls: _list(mine, others, reader))  # fmt: skip


def _list(offers: list[Offering], others: int, reader: Actor) -> dict[str, Any]:
    today, lang = today_in(reader.workspace), reader.lang
    rows = [
        {"url": _url("offering_open", {"place": reader.workspace.slug, "code": offer.code}, lang),
         "title": offer.title.reading(lang), "summary": offer.summary.reading(lang),
         "when": offer.when.reading(lang).text, "price": price_text(offer, lang, today),
         "since": offer.valid_from if offer.valid_from and offer.valid_from > today else None}
        for offer in offers
    ]  # fmt: skip
    words = ngettext(
        "%(n)d more is told in another language.", "%(n)d more are told in another language.",
        others,
    )  # fmt: skip
    return {"rows": rows, "elsewhere": words % {"n": others} if others else ""}


def _room(place: str) -> Workspace:
    room = living_workspace(place)
    if room is None:
        raise Http404
    return room


def _choose(languages: list[str], first: str) -> str:
    """The reader's own if it is there, else the one it was written in."""
    own = (get_language() or "").split("-")[0]
    if own in languages:
        return own
    return first if first in languages else languages[0]


def _url(name: str, at: dict[str, str], lang: str = "") -> str:
    return reverse(name, kwargs={**at, "lang": lang} if lang else at)


def _told(
    request: HttpRequest, room: Workspace, lang: str, languages: list[str], name: str,
    at: dict[str, str], page: Callable[[Actor, dict[str, Any]], dict[str, Any]],
) -> HttpResponse:  # fmt: skip
    """The page in one language; a browser that has this very page is told so."""
    full = {tag: settings.BASE_URL + _url(name, at, tag) for tag in languages}
    index_url = _url("offering_range", {"place": room.slug})
    urls = {"canonical": full[lang], "index": settings.BASE_URL + index_url, "index_url": index_url}
    alternates = [*full.items(), ("x-default", settings.BASE_URL + _url(name, at))]
    views = [{"tag": tag, "label": NAMES.get(tag, tag), "url": _url(name, at, tag),
              "current": tag == lang} for tag in languages]  # fmt: skip
    with translation.override(lang), timezone.override(room.timezone):
        context = {
            "room": room, "lang": lang, "views": views, "alternates": alternates, **urls,
            **page(visitor_actor(room, lang), urls),
        }  # fmt: skip
        response = render(request, f"public/{name}.html", context)
        response["Content-Language"] = lang
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
