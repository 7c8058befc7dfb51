"""The page of a group: why them, how many, who stands for it, and what is meant for it."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from polku.kernel.clock import today_in
from polku.kernel.policy import may_create
from polku.kernel.registry import entity_of
from polku.people.entities import PERSONA
from polku.people.models import Segment
from polku.people.queries import meant_for, personas_of
from polku.people.queries.personas import FRESH_FOR
from polku.web.desk.addresses import page_url
from polku.web.desk.objects import ObjectPage, section
from polku.web.desk.objects_head import editable
from polku.web.desk.objects_sections import shown_elsewhere
from polku.web.desk.personas_cards import card_of
from polku.web.desk.values import link_html, state_html

WORDS = ("why_targeted", "alternatives")
SIZE = ("size", "size_quality", "size_as_of", "basis", "attractiveness", "market")


def group(page: ObjectPage) -> str:
    """Why them and what they would do otherwise; how many; faces; what is meant for them."""
    segment: Segment = page.obj
    offers = meant_for(page.actor, segment)
    cards = [card_of(page.actor, row) for row in personas_of(page.actor, segment)]
    inside = page.actor.is_internal
    context = {
        "page": page, "cards": cards,
        "texts": [editable(page, name) for name in WORDS if name in page.readable],
        "numbers": [editable(page, name) for name in SIZE if name in page.readable],
        "offers": [_offer(page, obj) for obj in offers],
        "gaps": _gaps(page, offers, bool(cards)) if inside else [],
        "tie_url": f"{page.page_url('tie_create')}?way=L06-from"
        if page.can_edit and inside else "",
        "persona_url": f"{page_url(page.actor.workspace, PERSONA, 'create')}?segment={segment.code}"
        if inside and not segment.archived and may_create(page.actor, PERSONA) else "",
    }  # fmt: skip
    return render_to_string("segments/section_group.html", context, request=page.request)


def _offer(page: ObjectPage, obj: Any) -> dict[str, Any]:
    row = entity_of(obj)
    state = getattr(obj, row.state_field, "") if row.machine else None
    return {
        "link": link_html(obj, page.actor.workspace), "one": row,
        "state": state_html(row, state) if state is not None else "",
    }  # fmt: skip


def _gaps(page: ObjectPage, offers: list[Any], has_face: bool) -> list[str]:
    """What keeps the group from being served on purpose, in words."""
    segment: Segment = page.obj
    if segment.state == Segment.State.DROPPED:
        return []
    gaps = []
    chosen = segment.state == Segment.State.TARGETED
    if chosen and not segment.why_targeted:
        gaps.append(_("It is chosen, and nothing says why them."))
    if chosen and not any(getattr(obj, "state", "") == "published" for obj in offers):
        gaps.append(_("It is chosen, and nothing that is published is meant for it."))
    if segment.size is None:
        gaps.append(_("Nobody knows how many they are."))
    elif segment.size_as_of is None:
        gaps.append(_("Nothing says on which day they were counted."))
    elif segment.size_as_of < today_in(page.actor.workspace) - FRESH_FOR:
        gaps.append(_("They were counted more than a year ago."))
    if not segment.alternatives:
        gaps.append(_("Nobody wrote what they would do otherwise."))
    if not has_face:
        gaps.append(_("It has no face: nobody drew a typical customer of it."))
    return gaps


shown_elsewhere("segment", *WORDS, *SIZE)
section("segment", "body", group, order=10)
