"""Verbs of the portfolio: one function, one transaction, one entry of history."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.changes import change_object, create_object
from polku.kernel.clock import today_in
from polku.kernel.policy import may_change
from polku.kernel.transitions import Step, move
from polku.portfolio.entities import OFFERING, SERVICE
from polku.portfolio.models import Offering, OfferingElement, ServiceProduct
from polku.tenancy.translated import Translated

REVIEW_EVERY = dt.timedelta(days=90)


def create_service(*, by: Actor, **values: Any) -> ServiceProduct:
    """A new service; a lone maker gets its one offering with it (entities.md 2.7)."""
    with transaction.atomic(), one_operation():
        service: ServiceProduct = create_object(SERVICE, values, by=by)
        if by.workspace.size_profile == "solo":
            default_offering(service, by=by)
    return service


def default_offering(service: ServiceProduct, *, by: Actor) -> Offering:
    """The service's default offering, made as a draft when it is missing."""
    known = service.offerings.filter(is_default=True, archived=False).first()
    if known is not None:
        return known
    with transaction.atomic(), one_operation():
        values = {"title": service.name, "summary": service.purpose, "product": service}
        offering: Offering = create_object(OFFERING, values, by=by)
        offering.is_default = True
        offering.save(update_fields=["is_default"])
    return offering


def review_service(service: ServiceProduct, *, by: Actor, next_on: dt.date | None = None) -> Any:
    """Press "still true": looked at today, and again by *next_on* (in three months if not said)."""
    today = today_in(by.workspace)
    values = {"last_reviewed_on": today, "review_due": next_on or today + REVIEW_EVERY}
    return change_object(SERVICE, service, values, by=by)


def publish_offering(offering: Offering, *, by: Actor) -> Offering:
    """Publish in every language that has both title and summary."""
    languages = [
        lang for lang in by.workspace.languages
        if offering.title.text(lang) and offering.summary.text(lang)
    ]  # fmt: skip
    if not languages:
        raise BadInput(
            {"summary": _("Write the title and one line in at least one language; then publish.")}
        )
    if offering.product.managed_state in {"", "idea", "being_made", "ended"}:
        raise Refused(_("The service is not open to anybody yet, or has ended."))
    with transaction.atomic(), one_operation():
        move(offering, Step("published"), by=by)
        offering.refresh_from_db()
        offering.published_langs = languages
        offering.save(update_fields=["published_langs"])
    return offering


def set_elements(offering: Offering, elements: list[dict[str, Any]], *, by: Actor) -> Offering:
    """Replace the list of what one receives: ``[{"kind": "action", "text": {...}}]`` in order."""
    require(may_change(by, offering))
    before = [str(element.text) for element in offering.elements.all()]
    rows = [_element(offering, given, place, by) for place, given in enumerate(elements, 1)]
    with transaction.atomic(), one_operation():
        offering.elements.all().delete()
        OfferingElement.objects.bulk_create(rows)
        after = [str(row.text) for row in rows]
        record("offering.elements_set", by=by, obj=offering, changes={"elements": [before, after]})
    return offering


def _element(offering: Offering, given: dict[str, Any], place: int, by: Actor) -> OfferingElement:
    kind = given.get("kind", "action")
    texts = given.get("text", "")
    text = (
        Translated.of(texts, by.lang_for_writing)
        if isinstance(texts, str)
        else Translated.from_mapping(texts, by.lang_for_writing)
    )
    if kind not in OfferingElement.Kind.values or not text:
        raise BadInput({f"elements.{place}": _("Say what kind of thing it is, and what.")})
    return OfferingElement(
        workspace=offering.workspace, offering=offering, kind=kind, text=text, position=place,
        unit=given.get("unit", ""), quantity=given.get("quantity"),
    )  # fmt: skip
