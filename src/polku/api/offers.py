"""Lists of offerings and packages: pieces, prices, members, and what does not hold."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from polku.api.answers import answer, who
from polku.api.bodies import read_json, shaped
from polku.api.objects import found
from polku.api.shapes import ElementsIn, MembersIn, PricesIn
from polku.kernel.actor import Actor
from polku.kernel.answers import require
from polku.kernel.fields import plain
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import find_many
from polku.kernel.registry import Entity
from polku.portfolio.operations import set_elements, set_members, set_prices
from polku.portfolio.operations.packages import plain_member
from polku.portfolio.operations.prices import plain_price
from polku.portfolio.package_checks import findings
from polku.portfolio.packages import members_of


def list_elements(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """What people receive, in order."""
    return _elements(found(who(request), entity, code))


def set_all_elements(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Replace the list of what people receive; a row with a known number changes that piece."""
    actor, sent = who(request), shaped(ElementsIn, read_json(request))
    rows = [element.said() for element in sent.items]
    obj = found(actor, entity, code)
    return _elements(set_elements(obj, rows, by=actor, revision=sent.revision))


def _elements(offering: Any) -> HttpResponse:
    items = [
        {"number": row.number, "kind": row.kind, "text": dict(row.text.texts), "unit": row.unit,
         "quantity": plain(row.quantity)}
        for row in offering.elements.all()
    ]  # fmt: skip
    return answer(
        {"items": items, "count": len(items), "next": None, "revision": offering.revision}
    )


def list_prices(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """What it costs, in order; amounts are whole minor units of their currency."""
    return _prices(found(who(request), entity, code))


def set_all_prices(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Replace the prices; a row with a known number changes that price."""
    actor, sent = who(request), shaped(PricesIn, read_json(request))
    rows = [price.said() for price in sent.items]
    obj = found(actor, entity, code)
    return _prices(set_prices(obj, rows, by=actor, revision=sent.revision))


def _prices(offering: Any) -> HttpResponse:
    items = [{"number": row.number, **plain_price(row)} for row in offering.prices.all()]
    return answer(
        {"items": items, "count": len(items), "next": None, "revision": offering.revision}
    )


def list_members(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """What stands in the package, in order, as far as the caller may see it."""
    actor = who(request)
    return _members(actor, found(actor, entity, code))


def set_all_members(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Replace what stands in the package; what a row does not say of a known member stays."""
    actor, sent = who(request), shaped(MembersIn, read_json(request))
    rows = [member.said() for member in sent.items]
    obj = found(actor, entity, code)
    return _members(actor, set_members(obj, rows, by=actor, revision=sent.revision))


def _members(actor: Actor, package: Any) -> HttpResponse:
    rows = [
        (row, ("service_product", row.product_id or 0) if row.product_id
         else ("offering", row.offering_id or 0))
        for row in members_of(package)
    ]  # fmt: skip
    seen = find_many(actor, {pair for _row, pair in rows})
    items = [{"number": row.number, **plain_member(row)} for row, pair in rows if pair in seen]
    return answer({"items": items, "count": len(items), "next": None, "revision": package.revision})


def list_checks(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """What of the package does not hold now: the check, how grave, and the codes it is about."""
    actor = who(request)
    require(may_read_inside(actor))
    items = [
        {"check": row.code, "sign": row.sign, "about": [obj.code for obj in row.about]}
        for row in findings(found(actor, entity, code), by=actor)
    ]
    return answer({"items": items, "count": len(items), "next": None})
