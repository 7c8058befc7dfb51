"""What one can get, as the customer will read it, in each language; drafts too."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from polku.kernel.actor import Actor, reader_actor
from polku.kernel.clock import today_in
from polku.portfolio.entities import OFFERING
from polku.portfolio.models import Offering
from polku.tenancy.models.workspace import LANGUAGES
from polku.web.desk.objects import ObjectPage, fetch, section
from polku.web.offers import Shown, languages_shown
from polku.web.prices import price_lines

# Texts of the page; the two that every language needs stand first
PARTS = ("what_you_get", "what_is_not_included", "when", "price_note", "how_to_get",
         "channels_note", "terms")  # fmt: skip
NAMES = dict(LANGUAGES)


def offering_preview(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """``?lang=fi``: the page as its reader meets it, and what that language still lacks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, OFFERING, fetch(actor, OFFERING, code))
    lang = asked_language(request, actor)
    context = {
        "page": page, "object": page.obj, "lang": lang, "views": language_views(actor, lang),
        "shown": shown_html(page.obj, actor, lang), "missing": missing_in(page.obj, lang),
        "published": lang in page.obj.published_langs, "open_url": open_url(page.obj, lang),
    }  # fmt: skip
    return render(request, "services/offering_preview.html", context)


def asked_language(request: HttpRequest, actor: Actor) -> str:
    """The language asked for by ``?lang=``, else the one the reader writes in."""
    asked = request.GET.get("lang", "")
    return asked if asked in actor.workspace.languages else actor.lang_for_writing


def language_views(actor: Actor, lang: str, around: str = "") -> list[dict[str, Any]]:
    """The languages of the workspace as ways to look at the same page."""
    return [
        {"label": NAMES.get(tag, tag), "url": f"?lang={tag}{around}", "current": tag == lang,
         "tag": tag}
        for tag in actor.workspace.languages
    ]  # fmt: skip


def shown_for(offer: Offering | None, actor: Actor, lang: str, package: Any = None) -> Shown:
    """It as somebody of its audience reads it; customers read as themselves."""
    subject = offer or package
    reader = actor
    if actor.is_internal:
        reader = reader_actor(actor.workspace, lang, subject.audience, subject.relationship_id)
    return Shown(offer, reader, lang, package)


def shown_html(offer: Offering | None, actor: Actor, lang: str, package: Any = None) -> str:
    """The same drawn, in its own language."""
    with translation.override(lang):
        context = {"shown": shown_for(offer, actor, lang, package), "level": 2, "below": 3}
        return render_to_string("offers/shown.html", context)


def open_url(offer: Offering, lang: str = "") -> str:
    """Where everybody reads it; nothing while they do not."""
    if offer.audience != "public" or offer.state != "published" or offer.archived:
        return ""
    languages = languages_shown(offer)
    at = {"place": offer.workspace.slug, "code": offer.code}
    if lang in languages:
        return reverse("offering_open", kwargs={**at, "lang": lang})
    return reverse("offering_open", kwargs=at) if languages and not lang else ""


def missing_in(offer: Offering, lang: str) -> list[str]:
    """Labels of what is written in some language but not in this one; title and line always."""
    wanted = ["title", "summary", *(name for name in PARTS if getattr(offer, name))]
    return [
        OFFERING.by_name[name].label(Offering)
        for name in wanted
        if not getattr(offer, name).text(lang)
    ]


def preview(page: ObjectPage) -> str:
    """On the page of what one can get: the way to read it as a customer."""
    if not page.actor.is_internal:
        return ""
    offer: Offering = page.obj
    context = {
        "url": page.page_url("preview"), "open_url": open_url(offer),
        "languages": [
            {"name": NAMES.get(tag, tag), "code": tag, "published": tag in offer.published_langs,
             "missing": missing_in(offer, tag)[:3]}
            for tag in page.actor.workspace.languages
        ],
    }  # fmt: skip
    return render_to_string("services/section_preview.html", context)


def prices(page: ObjectPage) -> str:
    """On the same page: what it costs, row by row."""
    offer: Offering = page.obj
    lines = price_lines(offer, page.actor.lang, today_in(page.actor.workspace))
    edit_url = page.page_url("prices") if page.can_edit else ""
    if not lines and not edit_url:
        return ""
    context = {"lines": lines, "edit_url": edit_url, "note": offer.price_note,
               "lang": page.actor.lang}  # fmt: skip
    return render_to_string("services/section_prices.html", context)


section("offering", "body", preview, order=10)
section("offering", "body", prices, order=45)
