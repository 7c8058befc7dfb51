"""The page of a wish: what it asks for, where it comes from, whether its givers were told, and
what became of it when it was split or merged."""

from typing import Any

from django.template.loader import render_to_string

from polku.portfolio.models import Requirement
from polku.portfolio.operations import may_split
from polku.portfolio.queries import visible_requirements
from polku.portfolio.telling import (
    givers_of,
    is_told,
    languages_of_givers,
    sentence_for_giver,
)
from polku.portfolio.wish_groups import OPEN_STATES
from polku.web.desk.objects import ObjectPage, section
from polku.web.desk.objects_head import editable
from polku.web.desk.objects_sections import shown_elsewhere
from polku.web.desk.requirements_views import said
from polku.web.desk.ties_sections import tied
from polku.web.desk.values import link_html

ORIGIN = ("raised_by_party", "also_asked_by", "raised_on", "origin_kind")
FAMILY = ("part_of", "merged_into", "goes_on")


def giver(page: ObjectPage) -> str:
    """Who asked, in which words they are told, and the button for having told them."""
    wish: Requirement = page.obj
    if not page.actor.is_internal:
        return ""
    givers = givers_of(wish)
    context = {
        "wish": wish, "givers": givers,
        "sentences": [(lang, sentence_for_giver(wish, lang))
                      for lang in languages_of_givers(wish, page.actor)],
        "rows": [editable(page, name) for name in ORIGIN if name in page.readable],
        "told": is_told(wish),
        "tell_url": page.page_url("tell") if page.can_edit and givers else "",
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


def family(page: ObjectPage) -> str:
    """What it was split into or merged into, what came of others, and the way to do so."""
    wish: Requirement = page.obj
    if not page.actor.is_internal:
        return ""
    rows = visible_requirements(page.actor, archived=True).select_related("raised_by_party")
    near = list(rows.filter(part_of=wish)) + list(rows.filter(merged_into=wish))
    gone = wish.goes_on if wish.state == Requirement.State.WILL_NOT_DO else ""
    may = page.can_edit and wish.state in OPEN_STATES and may_split(page.actor, wish)
    context = {
        "merged_into": _line(page, wish.merged_into) if gone == "other" else None,
        "part_of": link_html(wish.part_of, page.actor.workspace) if wish.part_of else "",
        "parts": [_line(page, row) for row in near if row.part_of_id == wish.pk],
        "merged": [_line(page, row) for row in near if row.merged_into_id == wish.pk],
        "went_on": bool(gone),
        "split_url": page.page_url("split") if may else "",
        "merge_url": page.page_url("merge") if may else "",
    }  # fmt: skip
    return render_to_string("requirements/section_family.html", context)


def _line(page: ObjectPage, wish: Requirement | None) -> dict[str, Any] | None:
    if wish is None:
        return None
    giver = wish.raised_by_party.name if wish.raised_by_party else ""
    return {"link": link_html(wish, page.actor.workspace), "state": said(wish), "giver": giver}


shown_elsewhere("requirement", *ORIGIN, *FAMILY)
section("requirement", "body", own_words, order=5)
section("requirement", "body", giver, order=10)
section("requirement", "body", family, order=20)
