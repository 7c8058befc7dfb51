"""Verbs about the parts that services rest on: where they are, who brings them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused
from polku.kernel.audit import one_operation
from polku.kernel.changes import change_object, create_object
from polku.kernel.clock import today_in
from polku.people.entities import PARTY, RELATIONSHIP
from polku.portfolio.entities import COMPONENT
from polku.portfolio.models import Component
from polku.portfolio.references import Reference, checked_again, references_of
from polku.tenancy.models import Party, Relationship


def add_reference(
    part: Component, *, by: Actor, system: str, value: str, checked_on: dt.date | None = None
) -> Component:
    """Say one more place where the part is found in the real world."""
    known = [row.plain() for row in references_of(part.real_world_ref)]
    day = checked_on.isoformat() if checked_on else None
    sent = {"system": system, "value": value.strip(), "checked_on": day}
    return _set_references(part, [*known, sent], by)


def remove_reference(part: Component, *, by: Actor, system: str, value: str) -> Component:
    """Take one reference away; the history keeps it."""
    known = references_of(part.real_world_ref)
    left = [row for row in known if (row.system, row.value) != (system, value)]
    if len(left) == len(known):
        raise NotFound
    return _set_references(part, [row.plain() for row in left], by)


def check_reference(
    part: Component, *, by: Actor, system: str, value: str, on: dt.date | None = None
) -> Component:
    """Somebody looked, today if no day is said, and it is where it is said to be."""
    known = references_of(part.real_world_ref)
    if Reference(system, value) not in [Reference(row.system, row.value) for row in known]:
        raise NotFound
    rows = checked_again(known, system, value, on or today_in(by.workspace))
    return _set_references(part, [row.plain() for row in rows], by)


def _set_references(part: Component, rows: list[dict[str, Any]], by: Actor) -> Component:
    changed: Component = change_object(COMPONENT, part, {"real_world_ref": rows}, by=by)
    return changed


def supply_from(
    part: Component, *, by: Actor, party: Party | None = None, name: str = "", **values: Any
) -> Component:
    """Say who brings a part, with other *values* of it in the same go.

    The supplier is the other side of a relationship in which we are the customer: it is made when
    there is none. *name* writes down an organisation that is not here yet.
    """
    with transaction.atomic(), one_operation():
        if party is None and name.strip():
            party = create_object(PARTY, {"name": name.strip(), "kind": "organisation"}, by=by)
        tie = _relationship_with(party, by) if party is not None else None
        named = {"supplier_relationship": tie, "supplier_name": party.name if party else ""}
        changed: Component = change_object(COMPONENT, part, {**named, **values}, by=by)
    return changed


def _relationship_with(party: Party, by: Actor) -> Relationship:
    home = by.workspace.home_party
    if home is None:
        raise Refused(_("Say first in the settings which organisation this is."))
    if party.pk == home.pk:
        raise BadInput({"supplier": _("Choose somebody else: we do not supply ourselves.")})
    known = Relationship.objects.filter(
        workspace=by.workspace, consumer_party=home, provider_party=party
    )
    found = known.exclude(state="ended").first()
    values = {"consumer_party": home, "provider_party": party, "state": "active"}
    return found or create_object(RELATIONSHIP, values, by=by)
