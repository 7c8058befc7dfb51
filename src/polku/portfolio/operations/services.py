"""Verbs about services."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.audit import one_operation
from polku.kernel.changes import change_object, create_objects
from polku.kernel.clock import today_in
from polku.portfolio.entities import SERVICE
from polku.portfolio.models import ServiceProduct
from polku.portfolio.operations.offerings import default_offering

REVIEW_EVERY = dt.timedelta(days=90)

# The dials that a person sets by hand, and the phase of life beside them
DIAL_FIELDS = {
    "agreement": "dial_agreement",
    "cost": "dial_cost",
    "importance": "criticality",
    "continuity": "dial_continuity",
    "phase": "lifespan_phase",
}


def create_service(*, by: Actor, **values: Any) -> ServiceProduct:
    """A new service; a lone maker gets its one offering with it (entities.md 2.7)."""
    return create_services([values], by=by)[0]


def create_services(rows: Sequence[Mapping[str, Any]], *, by: Actor) -> list[ServiceProduct]:
    """Many new services, all or none, each as :func:`create_service` makes it."""
    if by.workspace.size_profile != "solo":
        return create_objects(SERVICE, rows, by=by)
    with transaction.atomic(), one_operation():
        services: list[ServiceProduct] = create_objects(SERVICE, rows, by=by)
        for service in services:
            default_offering(service, by=by)
    return services


def review_service(service: ServiceProduct, *, by: Actor, next_on: dt.date | None = None) -> Any:
    """Press "still true": looked at today, and again by *next_on* (in three months if not said)."""
    today = today_in(by.workspace)
    values = {"last_reviewed_on": today, "review_due": next_on or today + REVIEW_EVERY}
    return change_object(SERVICE, service, values, by=by)


def set_dial(
    service: ServiceProduct, dial: str, value: str, *, reason: str, by: Actor
) -> ServiceProduct:
    """Set a dial (or the phase of life) by hand; the reason, who and when stay beside it.

    *dial* is a key of :data:`DIAL_FIELDS`. Raises BadInput without a reason or for another value.
    """
    name = DIAL_FIELDS.get(dial)
    if name is None:
        raise BadInput({"dial": _("There is no such dial.")})
    if not reason.strip():
        raise BadInput({"reason": _("Say on what you base it; one line is enough.")})
    known = {code for code, _label in SERVICE.by_name[name].choices(ServiceProduct)}
    if value not in known:
        raise BadInput({"value": _("Choose one of the values, or unknown.")})
    note = {
        "reason": reason.strip()[:400],
        "set_by": by.name,
        "set_on": str(today_in(by.workspace)),
    }
    values = {name: value, "dial_notes": {**service.dial_notes, dial: note}}
    return _with_reason(service, values, reason, by)


def close_to_new(
    service: ServiceProduct, *, closed: bool, reason: str, by: Actor
) -> ServiceProduct:
    """Mark a live service as closed to new customers, or open to them again; both say why."""
    if not reason.strip():
        raise BadInput({"reason": _("Say why in a few words; it is kept with the mark.")})
    if closed and not service.is_live:
        raise Refused(_("Only a live service can be closed to new customers."))
    return _with_reason(service, {"closed_to_new": closed}, reason, by)


def _with_reason(
    service: ServiceProduct, values: dict[str, Any], reason: str, by: Actor
) -> ServiceProduct:
    note = reason.strip()
    changed: ServiceProduct = change_object(
        SERVICE, service, values, by=by, note=note, by_verb=True
    )
    return changed
