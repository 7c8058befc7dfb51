"""The page of a package: what stands in it, what one gets of it; and the sheet that is printed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from polku.kernel.actor import Actor
from polku.kernel.clock import today_in
from polku.kernel.policy import may_create, may_read_inside
from polku.kernel.queries import find_many
from polku.portfolio.entities import OFFERING, PACKAGE
from polku.portfolio.models import Offering, PackageMember, ServicePackage
from polku.portfolio.packages import is_going, members_of, service_of
from polku.portfolio.queries import visible_offerings
from polku.web.desk.addresses import page_url
from polku.web.desk.objects import ObjectPage, fetch, section
from polku.web.desk.offerings import asked_language, language_views, missing_in, shown_html
from polku.web.desk.values import link_html, state_html
from polku.web.offers import much_of
from polku.web.prices import price_text


def package_sheet(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """``?lang=fi``: the offer on one A4 sheet, as its target group reads it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, PACKAGE, fetch(actor, PACKAGE, code))
    lang = asked_language(request, actor)
    offer = offering_of(page.obj, actor)
    context = {
        "page": page, "object": page.obj, "lang": lang, "views": language_views(actor, lang),
        "shown": shown_html(offer, actor, lang, page.obj), "offer": offer,
        "missing": missing_in(offer, lang) if offer else [],
    }  # fmt: skip
    return render(request, "packages/package_sheet.html", context)


def offering_of(package: ServicePackage, actor: Actor) -> Offering | None:
    """What one gets of a package: the published one first, else the newest draft."""
    rows = visible_offerings(actor).filter(package=package).exclude(state="withdrawn")
    found = list(rows.prefetch_related("prices").order_by("-id"))
    return next((row for row in found if row.state == "published"), found[0] if found else None)


def members(page: ObjectPage) -> str:
    """What stands in it, in order, as far as the reader may see each."""
    rows = [_row(page, row) for row in _seen(page, members_of(page.obj))]
    inside = bool(may_read_inside(page.actor))
    context = {
        "rows": rows, "builder_url": page.page_url("builder") if inside else "",
        "can_edit": page.can_edit,
    }  # fmt: skip
    return render_to_string("packages/section_members.html", context)


def _seen(page: ObjectPage, rows: list[PackageMember]) -> list[PackageMember]:
    pairs = {pair_of(row) for row in rows}
    seen = find_many(page.actor, pairs)
    return [row for row in rows if pair_of(row) in seen]


def pair_of(row: PackageMember) -> tuple[str, int]:
    """The (kind, number) of what a member is."""
    if row.product_id:
        return "service_product", row.product_id
    return "offering", row.offering_id or 0


def _row(page: ObjectPage, row: PackageMember) -> dict[str, Any]:
    thing = row.product or row.offering
    service = service_of(row)
    return {
        "link": link_html(thing, page.actor.workspace), "optional": row.optional,
        "much": much_of(row), "words": row.option_label,
        "going": page.actor.is_internal and is_going(row), "service": service,
    }  # fmt: skip


def offers(page: ObjectPage) -> str:
    """What one gets of it: each with its state and price."""
    actor = page.actor
    found = visible_offerings(actor).filter(package=page.obj).prefetch_related("prices")
    rows = [
        {"link": link_html(row, actor.workspace), "state": state_html(OFFERING, row.state),
         "price": price_text(row, actor.lang, today_in(actor.workspace))}
        for row in found.order_by("sort_title", "id")
    ]  # fmt: skip
    new_url = ""
    if may_create(actor, OFFERING) and not page.obj.archived:
        new_url = f"{page_url(actor.workspace, OFFERING, 'create')}?package={page.obj.code}"
    if not rows and not new_url:
        return ""
    sheet_url = page.page_url("sheet") if actor.is_internal else ""
    context = {"rows": rows, "new_url": new_url, "sheet_url": sheet_url}
    return render_to_string("packages/section_offers.html", context)


section("service_package", "body", members, order=10)
section("service_package", "body", offers, order=20)
