"""What one can get, as the customer will read it, in each language."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from polku.kernel.actor import Actor
from polku.portfolio.entities import OFFERING
from polku.portfolio.models import Offering
from polku.tenancy.models.workspace import LANGUAGES
from polku.web.desk.objects import ObjectPage, fetch, section

PARTS = ("what_you_get", "what_is_not_included", "when", "price_note", "how_to_get",
         "channels_note", "terms")  # fmt: skip


def offering_preview(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """``?lang=fi``: the page as its reader meets it, and what that language still lacks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, OFFERING, fetch(actor, OFFERING, code))
    languages = actor.workspace.languages
    asked = request.GET.get("lang", "")
    lang = asked if asked in languages else actor.lang_for_writing
    with translation.override(lang):
        shown = render_to_string("services/offering_shown.html", _shown(page.obj, lang))
    context = {
        "page": page, "object": page.obj, "shown": shown, "lang": lang,
        "views": [
            {"label": dict(LANGUAGES).get(tag, tag), "url": f"?lang={tag}", "current": tag == lang}
            for tag in languages
        ],
        "missing": missing_in(page.obj, lang), "published": lang in page.obj.published_langs,
    }  # fmt: skip
    return render(request, "services/offering_preview.html", context)


def _shown(offer: Offering, lang: str) -> dict[str, Any]:
    parts = [
        {"name": name, "label": OFFERING.by_name[name].label(Offering),
         "text": getattr(offer, name).reading(lang)}
        for name in PARTS
        if getattr(offer, name)
    ]  # fmt: skip
    elements = [
        {"kind": element.get_kind_display(), "text": element.text.reading(lang)}
        for element in offer.elements.all()
    ]
    return {
        "title": offer.title.reading(lang), "summary": offer.summary.reading(lang),
        "parts": parts, "elements": elements, "order": offer.get_order_kind_display(),
        "offer": offer,
    }  # fmt: skip


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
    names = dict(LANGUAGES)
    context = {
        "url": page.page_url("preview"),
        "languages": [
            {"name": names.get(tag, tag), "code": tag, "published": tag in offer.published_langs,
             "missing": missing_in(offer, tag)[:3]}
            for tag in page.actor.workspace.languages
        ],
    }  # fmt: skip
    return render_to_string("services/section_preview.html", context)


section("offering", "body", preview, order=10)
