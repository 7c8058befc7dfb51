"""Two people wrote at one place of a journey, or what was written does not fit: nothing is lost."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.journeys.documents import JourneyDoc, read_document
from polku.journeys.lanes import BY_KEY
from polku.journeys.models import Journey
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict
from polku.kernel.pictures import own_picture
from polku.tenancy.translated import Translated
from polku.web.desk.journeys_words import numbered
from polku.web.navigation import url_or_none
from polku.web.pictures import address_in, picture_html
from polku.web.readings import before_and_after, page_language


def clash_html(request: HttpRequest, actor: Actor, journey: Journey, error: Conflict) -> str:
    """Both texts with three ways on: mine, theirs, or a third made of both."""
    post = request.POST
    writes = post.get("at", "") != "" and "text" in post
    name, clash = next(iter(error.fields.items()))
    theirs, mine = side_words(clash, "theirs"), side_words(clash, "mine")
    went, came = before_and_after(theirs, mine)
    context = {
        **_place(request, actor, journey), "removed": clash.get("removed", False),
        "who": clash.get("by", ""), "at": _moment(clash.get("at")), "theirs": theirs, "mine": mine,
        "before": side_words(clash, "base"), "went": went, "came": came, "field": name,
        "writes": writes and not clash.get("removed"), "others": len(error.fields) - 1,
    }  # fmt: skip
    return render_to_string("journeys/both.html", context, request=request)


def mended_html(request: HttpRequest, actor: Actor, journey: Journey, error: BadInput) -> str:
    """What was written, with the reason why it was not saved, to be mended."""
    problem = " ".join(str(text) for text in error.fields.values())
    context = {
        **_place(request, actor, journey), "mine": request.POST.get("text", ""),
        "theirs": request.POST.get("base", ""), "problem": problem,
        "writes": bool(request.POST.get("at")) and "text" in request.POST,
    }  # fmt: skip
    return render_to_string("journeys/both.html", context, request=request)


def _place(request: HttpRequest, actor: Actor, journey: Journey) -> dict[str, Any]:
    post = request.POST
    row, _dash, number = post.get("at", "").rpartition("-")
    doc = read_document(actor, journey)
    write_url = url_or_none("journey_write", actor.workspace, code=journey.code)
    query = request.GET.urlencode()
    return {
        "at_cell": post.get("at", ""), "lane": _lane(row, actor),
        "where": _where(doc, row, number, actor),
        "lang": post.get("lang", "") or actor.lang_for_writing,
        "write_url": f"{write_url}?{query}" if query else write_url,
        "back": post.get("back", ""), "place": post.get("place", ""),
    }  # fmt: skip


def _lane(row: str, actor: Actor) -> str:
    if row in BY_KEY:
        return BY_KEY[row].name(actor.vocabulary)
    return {"name": _("Short name"), "stage": _("Stage")}.get(row, "")


def _where(doc: JourneyDoc, row: str, number: str, actor: Actor) -> str:
    lang = actor.lang_for_writing
    if row == "stage":
        found = next((stage for stage in doc.stages if str(stage.id) == number), None)
        return found.name.reading(lang).text if found else ""
    step = next((step for step in doc.steps if str(step.id) == number), None)
    return numbered(step, lang) if step else ""


def side_words(clash: Mapping[str, Any], side: str) -> str:
    """What stands on one side of a clash; of a picture, what is to be seen."""
    if "theirs_words" not in clash:
        return words_of(clash.get(side))
    texts = clash.get(f"{side}_words") or {}
    return str(texts.get(page_language()) or next(iter(texts.values()), ""))


def both_pictures(actor: Actor, clash: Mapping[str, Any]) -> dict[str, Any]:
    """The pictures of both sides, as far as one hangs or shall hang there."""
    address = address_in(actor.workspace)
    found = {side: own_picture(actor, clash.get(side) or 0) for side in ("theirs", "mine")}
    shown = {side: picture_html(row, address) for side, row in found.items()}
    return {**shown, "was": clash.get("theirs") or 0, "number": clash.get("mine") or 0}


def words_of(value: Any) -> str:
    """A stored value as one reads it: a text in languages by its source."""
    if isinstance(value, dict):
        return Translated.from_json(value).source_text or ", ".join(map(str, value.values()))
    if isinstance(value, list):
        return ", ".join(words_of(part) for part in value)
    return "" if value in (None, False) else str(value)


def _moment(text: Any) -> dt.datetime | None:
    return timezone.localtime(dt.datetime.fromisoformat(text)) if text else None
