"""Verbs about what one can get."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.changes import STAMPED, create_object, hold_both, stamp
from polku.kernel.fields import plain
from polku.kernel.models import Transition
from polku.kernel.operations_pieces import untie_pieces
from polku.kernel.policy import may_change
from polku.kernel.transitions import Step, move
from polku.portfolio.entities import OFFERING
from polku.portfolio.models import Offering, OfferingElement, ServiceProduct
from polku.tenancy.translated import Translated


def default_offering(service: ServiceProduct, *, by: Actor) -> Offering:
    """The service's default offering, made as a draft when it is missing."""
    known = service.offerings.filter(is_default=True, archived=False).first()
    if known is not None:
        return known
    with transaction.atomic(), one_operation():
        values = {"title": service.name, "summary": service.purpose, "product": service}
        offering: Offering = create_object(OFFERING, values, by=by)
        offering.is_default = True
        stamp(offering, by)
        offering.save(update_fields=["is_default", *STAMPED])
    return offering


def publish_offering(offering: Offering, *, by: Actor, step: Step | None = None) -> Offering:
    """Publish in every language that has both title and summary."""
    publish(offering, step or Step("published"), by=by)
    return offering


def publish(offering: Offering, step: Step, *, by: Actor) -> Transition:
    """The step that publishes: notes the languages that are complete."""
    languages = [
        lang for lang in by.workspace.languages
        if offering.title.text(lang) and offering.summary.text(lang)
    ]  # fmt: skip
    if not languages:
        raise BadInput(
            {"summary": _("Write the title and one line in at least one language; then publish.")}
        )
    _hold_open(offering)
    with transaction.atomic(), one_operation():
        row = move(offering, step, by=by)
        offering.refresh_from_db()
        offering.published_langs = languages
        stamp(offering, by)
        offering.save(update_fields=["published_langs", *STAMPED])
    return row


def _hold_open(offering: Offering) -> None:
    """What one gets opens with its service or package, not before and not after."""
    service, package = offering.product, offering.package
    if service is not None and service.managed_state in {"", "idea", "being_made", "ended"}:
        raise Refused(_("The service is not open to anybody yet, or has ended."))
    if package is not None and (package.state != "published" or package.archived):
        raise Refused(_("Publish the package first; then what one gets of it."))


def set_elements(
    offering: Offering, elements: Sequence[Mapping[str, Any]], *, by: Actor,
    revision: int | None = None,
) -> Offering:  # fmt: skip
    """Say what one receives, in order: ``[{"kind": "action", "text": {...}}, ...]``.

    A row with the ``id`` or the ``number`` of a stored piece, or with its very kind and text,
    changes that piece: what is not given (``unit``, ``quantity``, a language) stays. Pieces not
    named go, with their ties. Raises Conflict when somebody changed the list after *revision*; then
    nothing is saved.
    """
    require(may_change(by, offering))
    with transaction.atomic(), one_operation():
        held = Offering.objects.select_for_update(of=("self",)).get(pk=offering.pk)
        stored = {row.pk: row for row in held.elements.all()}
        before = [_plain_element(row) for row in stored.values()]
        rows = [_element(held, given, place, by, stored) for place, given in enumerate(elements, 1)]
        for row in rows:
            if row.pk is None:
                held.last_number += 1
                row.number = held.last_number
        changes = {"elements": [before, [_plain_element(row) for row in rows]]}
        if revision is not None and revision != held.revision:
            hold_both(held, changes, revision)
        gone = [*stored.values()]  # what no given row meant
        untie_pieces(gone, by=by, reason=_("This was taken out of the list of what one gets."))
        held.elements.filter(pk__in=[row.pk for row in gone]).delete()
        for row in rows:
            row.save()
        stamp(held, by)
        held.save(update_fields=["last_number", *STAMPED])
        record("offering.elements_set", by=by, obj=held, changes=changes)
    return held


def _element(
    offering: Offering, given: Mapping[str, Any], place: int, by: Actor,
    stored: dict[int, OfferingElement],
) -> OfferingElement:  # fmt: skip
    """The stored piece that *given* means, taken out of *stored* and changed; else a new one."""
    texts = given.get("text", "")
    if isinstance(texts, str):
        texts = {by.lang_for_writing: texts}
    row = _known(given, texts, stored) or OfferingElement(
        workspace=offering.workspace, offering=offering, text=Translated({}, by.lang_for_writing)
    )
    # Only what differs: writing the same words again must not make an old translation look new.
    changed = {lang: text for lang, text in texts.items() if text != row.text.text(lang)}
    if not row.text:
        row.text = Translated.from_mapping(changed, by.lang_for_writing)
    elif changed:
        row.text = row.text.merged(changed)
    row.kind, row.position = given.get("kind", "action"), place
    if row.kind not in OfferingElement.Kind.values or not row.text:
        raise BadInput({f"elements.{place}": _("Say what kind of thing it is, and what.")})
    for name in ("unit", "quantity"):
        if name in given:
            setattr(row, name, given[name])
    return row


def _known(
    given: Mapping[str, Any], texts: Mapping[str, str], stored: dict[int, OfferingElement]
) -> OfferingElement | None:
    if given.get("id") is not None:
        return stored.pop(given["id"], None)
    if given.get("number") is not None:
        named = (pk for pk, row in stored.items() if row.number == given["number"])
        return stored.pop(next(named, 0), None)
    kind = given.get("kind", "action")
    same = (pk for pk, row in stored.items() if (row.kind, dict(row.text.texts)) == (kind, texts))
    return stored.pop(next(same, 0), None)


def _plain_element(row: OfferingElement) -> dict[str, Any]:
    """Everything about one piece, for the history: nothing that goes is lost."""
    component = row.resource_component
    return {
        "number": row.number, "kind": row.kind, "text": row.text.to_json(), "unit": row.unit,
        "quantity": plain(row.quantity), "terms": row.terms.to_json(),
        "resource_component": component.code if component else None,
    }  # fmt: skip
