"""The page of a service: its life, its dials, how it is made and how it is used."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.insight.portfolio import dials_of
from polku.kernel.clock import today_in
from polku.kernel.links import live_links
from polku.kernel.policy import may_create
from polku.kernel.queries import find_many, named, visible_kind
from polku.kernel.registry import entity as entity_row
from polku.kernel.registry import has_entity
from polku.portfolio.entities import OFFERING, REQUIREMENT, SERVICE
from polku.portfolio.models import Offering, Requirement, ServiceProduct
from polku.portfolio.operations import DIAL_FIELDS
from polku.web.desk.addresses import page_url
from polku.web.desk.deciding_sections import decisions_about
from polku.web.desk.objects import ObjectPage, section
from polku.web.desk.objects_sections import shown_elsewhere
from polku.web.desk.services_dials import NAMES, shown, value_word
from polku.web.desk.ties_facts import offers_of
from polku.web.desk.ties_sections import tied, yarn
from polku.web.desk.values import enum_html, link_html, state_html
from polku.web.prices import price_text

BY_HAND = ("agreement", "cost", "importance", "continuity")
MOST = 6


def service_facts(page: ObjectPage) -> str:
    """In the head: phase of life, closed to new, when it was looked at, the button for that."""
    service: ServiceProduct = page.obj
    inside = page.actor.is_internal
    note = (service.dial_notes or {}).get("phase", {})
    context = {
        "phase": enum_html(SERVICE, SERVICE.by_name["lifespan_phase"], service.lifespan_phase)
        if inside else "",
        "phase_reason": note.get("reason", ""), "service": service, "inside": inside,
        "phase_url": page.page_url("dial", dial="phase") if page.can_edit else "",
        "review_url": page.page_url("review") if page.can_edit and inside else "",
        "page": page,
    }  # fmt: skip
    return render_to_string("services/head_facts.html", context, request=page.request)


def service_verbs(page: ObjectPage) -> str:
    """Beside the steps: the mark closed to new, for what is live."""
    service: ServiceProduct = page.obj
    if not page.can_edit or not (service.is_live or service.closed_to_new):
        return ""
    label = _("Open to new again") if service.closed_to_new else _("Close to new customers")
    return format_html(
        '<a class="button button-quiet" href="{}">{}</a>', page.page_url("close"), label
    )


def dials(page: ObjectPage) -> str:
    """Five dials with what they rest on; people of the other side do not see them."""
    if not page.actor.is_internal:
        return ""
    service: ServiceProduct = page.obj
    notes = service.dial_notes or {}
    rows = [
        {
            "dial": one, "note": _note(notes.get(one.code, {})),
            "url": page.page_url("dial", dial=one.code)
            if page.can_edit and one.code in BY_HAND else "",
        }
        for one in shown(dials_of(service))
    ]  # fmt: skip
    return render_to_string("services/section_dials.html", {"rows": rows})


def _note(stored: dict[str, Any]) -> dict[str, Any]:
    """What is kept beside a dial set by hand, with its day as a day."""
    try:
        day = dt.date.fromisoformat(str(stored.get("set_on", ""))[:10])
    except ValueError:
        day = None
    return {**stored, "day": day}


def chains(page: ObjectPage) -> str:
    """Two columns that meet in what one can get: how it is made, how it is used."""
    context = {
        "make": _make(page) if page.actor.is_internal else [], "use": _use(page), "page": page,
        **_shortcuts(page),
    }  # fmt: skip
    return render_to_string("services/section_chains.html", context)


def _make(page: ObjectPage) -> list[dict[str, Any]]:
    goals = [tie.other for tie in tied(page, "L01", forward=True)]
    wishes: list[Any] = [tie.other for tie in tied(page, "L02", forward=False)]
    needs = [row.other for row in yarn(page) if row.is_needed]
    decisions = decisions_about(page)
    rows = [
        _fact(_("Goals"), _linked(page, goals), _("serves no goal yet")),
        _fact(_("Wishes"), _wishes(page, wishes), _("nobody has asked for anything yet")),
        _fact(_("Needs"), _joined(needs), "")
        if page.actor.workspace.has("components") or needs else None,
        _fact(_("Decisions"), _decisions(page, decisions), _("none written down")),
        _fact(_("What it costs us"), _unless_unknown(page, "cost_class"), ""),
    ]  # fmt: skip
    return [row for row in rows if row and (row["html"] or row["missing"])]


def _fact(label: str, html: SafeString | str, missing: str) -> dict[str, Any]:
    return {"label": label, "html": html, "missing": "" if html else missing}


def _linked(page: ObjectPage, objects: list[Any]) -> SafeString | str:
    return _joined([link_html(obj, page.actor.workspace) for obj in objects])


def _joined(links: list[SafeString]) -> SafeString | str:
    if not links:
        return ""
    more = len(links) - MOST
    html = format_html_join(" · ", "{}", ((link,) for link in links[:MOST]))
    rest = _("and %(n)d more, below") % {"n": more} if more > 0 else ""
    return format_html("{} <span class='note'>{}</span>", html, rest) if rest else html


def _wishes(page: ObjectPage, wishes: list[Requirement]) -> SafeString | str:
    if not wishes:
        return ""
    counts = Counter(wish.state for wish in wishes)
    words = dict(Requirement.State.choices)
    parts = [f"{counts[code]} {words[code]}" for code in Requirement.State.values if counts[code]]
    newest = max(wishes, key=lambda wish: wish.pk)
    return format_html(
        "{}: {}. <span class='note'>{}</span> {}", len(wishes), ", ".join(parts), _("Newest:"),
        link_html(newest, page.actor.workspace),
    )  # fmt: skip


def _decisions(page: ObjectPage, rows: list[Any]) -> SafeString | str:
    if not rows:
        return ""
    return format_html(
        '<a href="#decisions">{}</a> <span class="note">{}</span> {}', len(rows), _("Newest:"),
        link_html(rows[0], page.actor.workspace),
    )  # fmt: skip


def _unless_unknown(page: ObjectPage, name: str) -> str:
    value = getattr(page.obj, name)
    words = dict(page.entity.by_name[name].choices(page.entity.model))
    return "" if value == "unknown" else str(words.get(value, value))


def _use(page: ObjectPage) -> list[dict[str, Any]]:
    service: ServiceProduct = page.obj
    inside = page.actor.is_internal
    offers = offers_of(page)
    prefetch_related_objects(offers, "prices")
    groups = [tie.other for tie in tied(page, "L06", forward=True)]
    rows = [
        _fact(_("For whom"), _linked(page, groups), _("not said for whom") if inside else ""),
        _fact(_("What you can get"), _offers(page, offers),
              _("nothing is offered yet") if inside else ""),
        _fact(_("Meeting points"), _linked(page, _touchpoints(page)), ""),
        _fact(_("Contact"), service.contact, _("no contact") if inside else ""),
        _fact(_("Languages"), ", ".join(str(one) for one in service.languages), ""),
        _fact(_("Used by"), _linked(page, _users(page, offers)),
              _("nobody that we know of") if inside and service.is_live else ""),
    ]  # fmt: skip
    return [row for row in rows if row["html"] or row["missing"]]


def _offers(page: ObjectPage, offers: list[Offering]) -> SafeString | str:
    lang, today = page.actor.lang, today_in(page.actor.workspace)
    lines = []
    for offer in offers:
        terms = [offer.when.reading(lang).text, price_text(offer, lang, today)]
        note = ", ".join(term for term in terms if term)
        lines.append((
            link_html(offer, page.actor.workspace), note,
            "" if offer.state == "published" else state_html(OFFERING, offer.state),
        ))  # fmt: skip
    shape = '<div class="offer-line">{} <span class="note">{}</span> {}</div>'
    return format_html_join("", shape, lines[: MOST * 2]) if lines else ""


def _touchpoints(page: ObjectPage) -> list[Any]:
    if not has_entity("touchpoint"):
        return []
    row = entity_row("touchpoint")
    rows = named(row, visible_kind(page.actor, row)).filter(services=page.obj)
    return list(rows.order_by("sort_title", "id"))


def _users(page: ObjectPage, offers: list[Offering]) -> list[Any]:
    if not offers:
        return []
    rows = live_links(page.actor).filter(
        kind="L32", to_kind="offering", to_id__in=[offer.pk for offer in offers]
    )
    ends = list(rows.order_by("id").values_list("from_kind", "from_id"))
    found = find_many(page.actor, set(ends))
    return [found[end] for end in dict.fromkeys(ends) if end in found]


def _shortcuts(page: ObjectPage) -> dict[str, str]:
    workspace = page.actor.workspace
    if page.obj.archived:
        return {}
    urls = {}
    if may_create(page.actor, REQUIREMENT) and page.may_change and workspace.has("requirements"):
        urls["wish_url"] = page.page_url("wish_create")
    if may_create(page.actor, OFFERING):
        urls["offer_url"] = f"{page_url(workspace, OFFERING, 'create')}?product={page.obj.code}"
    return urls


def dial_name(dial: str) -> str:
    """The name of a dial at the beginning of a line."""
    name = str(NAMES[dial])
    return name[:1].upper() + name[1:]


def dial_value(dial: str, value: str) -> str:
    """The word of a dial's value."""
    return value_word(dial, value)


shown_elsewhere("service_product", *DIAL_FIELDS.values(), "closed_to_new", "last_reviewed_on")
section("service_product", "head_facts", service_facts)
section("service_product", "next_step", service_verbs, order=60)
section("service_product", "body", chains, order=10)
section("service_product", "body", dials, order=20)
