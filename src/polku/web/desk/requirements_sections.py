"""The page of a wish: what it asks for, where it comes from, and whether its giver was told."""

from typing import Any

from django.template.loader import render_to_string

from polku.portfolio.models import Requirement
from polku.portfolio.telling import language_of_giver, sentence_for_giver
from polku.web.desk.objects import ObjectPage, section
from polku.web.desk.objects_head import editable, steps_of
from polku.web.desk.objects_sections import shown_elsewhere
from polku.web.desk.ties_sections import tied
from polku.web.desk.values import link_html

ORIGIN = ("raised_by_party", "raised_on", "origin_kind")


def is_told(wish: Requirement, steps: list[Any]) -> bool:
    """Whether the giver was told since the last step was written down."""
    if wish.giver_told_at is None:
        return False
    recorded = [row.recorded_at for row in steps if row.applied_at and not row.cancelled_at]
    return wish.giver_told_at >= max(recorded, default=wish.created_at)


def giver(page: ObjectPage) -> str:
    """Who asked, in which words they are told, and the button for having told them."""
    wish: Requirement = page.obj
    if not page.actor.is_internal:
        return ""
    lang = language_of_giver(wish, page.actor)
    context = {
        "wish": wish, "lang": lang, "sentence": sentence_for_giver(wish, lang),
        "rows": [editable(page, name) for name in ORIGIN if name in page.readable],
        "told": is_told(wish, steps_of(page)),
        "tell_url": page.page_url("tell") if page.can_edit and wish.raised_by_party else "",
        "goals": _linked(page, "L03"), "products": _linked(page, "L02"),
    }  # fmt: skip
    return render_to_string("requirements/section_giver.html", context)


def _linked(page: ObjectPage, code: str) -> list[Any]:
    return [link_html(tie.other, page.actor.workspace) for tie in tied(page, code, forward=True)]


def own_words(page: ObjectPage) -> str:
    """What people of the other side read of their own wish: how it stands, in their language."""
    if page.actor.is_internal:
        return ""
    sentence = sentence_for_giver(page.obj, page.actor.lang)
    return render_to_string("requirements/section_own_words.html", {"sentence": sentence})


shown_elsewhere("requirement", *ORIGIN)
section("requirement", "body", own_words, order=5)
section("requirement", "body", giver, order=10)
