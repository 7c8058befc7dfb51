"""Verbs of the portfolio: one function, one transaction, one entry of history."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.audit import kind_of, one_operation, record
from polku.kernel.changes import (
    STAMPED,
    change_object,
    create_object,
    create_objects,
    hold_both,
    stamp,
)
from polku.kernel.clock import today_in
from polku.kernel.fields import plain
from polku.kernel.links import tie
from polku.kernel.models import Transition
from polku.kernel.policy import may_change
from polku.kernel.transitions import Step, move
from polku.portfolio.entities import OFFERING, REQUIREMENT, SERVICE
from polku.portfolio.models import Offering, OfferingElement, Requirement, ServiceProduct
from polku.tenancy.translated import Translated

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


def take_step(obj: Any, step: Step, *, by: Actor) -> Transition:
    """Take a step with what belongs to it for this kind of object; others simply move."""
    verb = STEP_VERBS.get((kind_of(obj), step.to))
    return verb(obj, step, by=by) if verb else move(obj, step, by=by)


def publish_offering(offering: Offering, *, by: Actor, step: Step | None = None) -> Offering:
    """Publish in every language that has both title and summary."""
    _publish(offering, step or Step("published"), by=by)
    return offering


def _publish(offering: Offering, step: Step, *, by: Actor) -> Transition:
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
        row = move(offering, step, by=by)
        offering.refresh_from_db()
        offering.published_langs = languages
        stamp(offering, by)
        offering.save(update_fields=["published_langs", *STAMPED])
    return row


def _decline(wish: Requirement, step: Step, *, by: Actor) -> Transition:
    """Saying no to a wish keeps the reason on the wish too: its giver is told that sentence."""
    with transaction.atomic(), one_operation():
        row = move(wish, step, by=by)
        if reason := step.reason.strip():
            # The whole text: what another "no" said, in any language, is not the reason of this one
            said = Translated.of(reason, by.lang_for_writing)
            change_object(REQUIREMENT, wish, {"reason_rejected": said}, by=by)
    return row


STEP_VERBS: dict[tuple[str, str], Callable[..., Transition]] = {
    ("offering", "published"): _publish,
    ("requirement", "will_not_do"): _decline,
}


def tell_giver(wish: Requirement, *, by: Actor, words: str = "") -> Requirement:
    """Note that whoever asked has been told how their wish stands; *words* are what was said."""
    require(may_change(by, wish))
    if wish.raised_by_party_id is None:
        raise Refused(_("Nobody is written down as the one who asked. Say first who it was."))
    before = wish.giver_told_at
    with transaction.atomic(), one_operation():
        wish.giver_told_at = timezone.now()
        wish.save(update_fields=["giver_told_at"])
        changes = {"giver_told_at": [plain(before), plain(wish.giver_told_at)]}
        record("requirement.giver_told", by=by, obj=wish, changes=changes, note=words.strip()[:600])
    return wish


def add_wish(service: ServiceProduct, *, by: Actor, **values: Any) -> Requirement:
    """A new wish that asks something of this service: made and tied in one go."""
    with transaction.atomic(), one_operation():
        wish: Requirement = create_object(REQUIREMENT, values, by=by)
        tie("L02", wish, service, by=by)
    return wish


def set_elements(
    offering: Offering, elements: Sequence[Mapping[str, Any]], *, by: Actor,
    revision: int | None = None,
) -> Offering:  # fmt: skip
    """Say what one receives, in order: ``[{"kind": "action", "text": {...}}, ...]``.

    A row with the ``id`` of a stored piece, or with its very kind and text, changes that piece:
    what is not given (``unit``, ``quantity``, a language) stays. Pieces not named go. Raises
    Conflict when somebody changed the list after *revision*; then nothing is saved.
    """
    require(may_change(by, offering))
    with transaction.atomic(), one_operation():
        held = Offering.objects.select_for_update(of=("self",)).get(pk=offering.pk)
        stored = {row.pk: row for row in held.elements.all()}
        before = [_plain_element(row) for row in stored.values()]
        rows = [_element(held, given, place, by, stored) for place, given in enumerate(elements, 1)]
        changes = {"elements": [before, [_plain_element(row) for row in rows]]}
        if revision is not None and revision != held.revision:
            hold_both(held, changes, revision)
        held.elements.exclude(pk__in=[row.pk for row in rows if row.pk]).delete()
        for row in rows:
            row.save()
        stamp(held, by)
        held.save(update_fields=STAMPED)
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
    kind = given.get("kind", "action")
    same = (pk for pk, row in stored.items() if (row.kind, dict(row.text.texts)) == (kind, texts))
    return stored.pop(next(same, 0), None)


def _plain_element(row: OfferingElement) -> dict[str, Any]:
    """Everything about one piece, for the history: nothing that goes is lost."""
    component = row.resource_component
    return {
        "kind": row.kind, "text": row.text.to_json(), "unit": row.unit,
        "quantity": plain(row.quantity), "terms": row.terms.to_json(),
        "resource_component": component.code if component else None,
    }  # fmt: skip
