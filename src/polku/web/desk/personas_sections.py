"""The page of a typical customer: the card, what is missing, and the evidence it rests on."""

from typing import Any

from django.template.loader import render_to_string

from polku.kernel.clock import today_in
from polku.people.entities import INSIGHT, PERSONA
from polku.people.models import Insight, Persona
from polku.people.queries import newest_first
from polku.people.queries.personas import FRESH_FOR
from polku.web.desk.addresses import page_url
from polku.web.desk.objects import ObjectPage, section
from polku.web.desk.objects_head import editable
from polku.web.desk.objects_sections import shown_elsewhere
from polku.web.desk.personas import EvidenceForm
from polku.web.desk.personas_cards import LISTS, card_of, gaps_of, picture_of
from polku.web.desk.ties_sections import tied
from polku.web.desk.values import enum_html, link_html

COPIES = ("confidence", "evidence_count", "newest_evidence_on")
BESIDE = ("archetype_of", "segment", "channels", "languages", "validated_on")


def how_sure(page: ObjectPage) -> str:
    """In the head: how sure we are, on how much, and how new that is."""
    if not page.actor.is_internal:
        return ""
    context = {"card": card_of(page.actor, page.obj), "page": page}
    return render_to_string("personas/head_facts.html", context, request=page.request)


def card(page: ObjectPage) -> str:
    """The card with its figure; every list is changed where it stands."""
    persona: Persona = page.obj
    shown = card_of(page.actor, persona)
    about = [tie.other for tie in tied(page, "L06", forward=False)]
    context = {
        "card": shown, "page": page,
        "figure": picture_of(page.actor, persona, is_link=True),
        "picture_url": page.page_url("picture") if page.can_edit else "",
        "lists": [editable(page, name) for name in LISTS],
        "quotes": shown.quotes, "quotes_row": editable(page, "quotes"),
        "beside": [editable(page, name) for name in BESIDE if name in page.readable],
        "gaps": gaps_of(persona, is_old=shown.is_old, is_tied=bool(about))
        if page.actor.is_internal else [],
        "for_them": [link_html(obj, page.actor.workspace) for obj in about],
        "print_url": f"{page_url(page.actor.workspace, PERSONA, 'print')}?who={persona.code}",
        "compare_url": f"{page_url(page.actor.workspace, PERSONA, 'compare')}?who={persona.code}",
        "tie_url": f"{page.page_url('tie_create')}?way=L06-from"
        if page.can_edit and page.actor.is_internal else "",
    }  # fmt: skip
    return render_to_string("personas/section_card.html", context, request=page.request)


def evidence(page: ObjectPage) -> str:
    """What it rests on, the newest first, and a form for one more."""
    if not page.actor.is_internal:
        return ""
    ties = [tie for tie in tied(page, "L34", forward=True) if not tie.other.archived]
    fresh_from = today_in(page.actor.workspace) - FRESH_FOR
    can = page.can_edit
    context = {
        "rows": [_row(page, tie, fresh_from) for tie in newest_first(ties)], "page": page,
        "form": EvidenceForm() if can else None,
        "add_url": page.page_url("evidence_add") if can else "",
        "tie_url": f"{page.page_url('tie_create')}?way=L34-to" if can else "",
        "people": sum(tie.other.n or 0 for tie in ties if isinstance(tie.other, Insight)),
    }  # fmt: skip
    return render_to_string("personas/section_evidence.html", context, request=page.request)


def _row(page: ObjectPage, tie: Any, fresh_from: Any) -> dict[str, Any]:
    insight: Insight = tie.other
    change = page.page_url("tie_change", link=tie.link.pk) if page.may_change else ""
    return {
        "link": link_html(insight, page.actor.workspace), "thread": tie.thread,
        "method": enum_html(INSIGHT, INSIGHT.by_name["method"], insight.method),
        "insight": insight, "change_url": change,
        "is_old": insight.learnt_on is not None and insight.learnt_on < fresh_from,
    }  # fmt: skip


shown_elsewhere("persona", *LISTS, *COPIES, *BESIDE, "quotes", "picture")
section("persona", "head_facts", how_sure)
section("persona", "body", card, order=10)
section("persona", "body", evidence, order=20)
section("stakeholder", "body", evidence, order=30)
