"""The board: where every service stands on a day, with its dials, in a fixed number of statements.

Four statements whatever the number of services: services with their loose ends, dated steps,
changes of dials, days to look again.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from polku.insight.portfolio import MONTH, DialCount, Due, dials_of, open_look_agains
from polku.kernel.actor import Actor
from polku.kernel.clock import today_in
from polku.kernel.models import LooseEnd
from polku.kernel.timelines import (
    Change,
    DatedStep,
    Placed,
    changes_since,
    end_of_day,
    places_on,
    steps_of_kind,
    values_before,
)
from polku.portfolio.entities import SERVICE
from polku.portfolio.models import ServiceProduct
from polku.portfolio.operations import DIAL_FIELDS
from polku.portfolio.queries import visible_services
from polku.tenancy.models import Party

FORMER = (*DIAL_FIELDS.values(), "closed_to_new", "archived")
NOBODY = "none"
_COLUMNS = (
    "code", "workspace", "name", "sort_title", "managed_state", "held_from_state", "closed_to_new",
    "lifespan_phase", "criticality", "dial_agreement", "dial_cost", "dial_continuity", "archived",
    "review_due", "last_reviewed_on", "created_at", "owner_party__name",
    "owner_party__code", "owner_party__sort_title",
)  # fmt: skip


@dataclass(frozen=True)
class Card:
    """A service as it stands on the day of the board.

    ``planned``: it stands here only by a plan; ``since`` is then the planned day. ``next_step`` is
    the next planned step of today's board; ``due`` the first thing to decide about it.
    """

    service: ServiceProduct
    state: str
    dials: Mapping[str, str]
    phase: str
    closed_to_new: bool
    since: dt.date | None = None
    planned: bool = False
    loose: int = 0
    pressing: int = 0
    next_step: DatedStep | None = None
    due: Due | None = None


@dataclass(frozen=True)
class Sums:
    """What stands above the board; ``unknown_before`` is None where history does not reach."""

    dials: DialCount
    unknown_before: int | None
    due: int
    first_due: dt.date | None
    loose: int
    pressing: int
    ownerless: int
    first_ownerless: ServiceProduct | None


@dataclass(frozen=True)
class Board:
    """All cards of a day, and the days between which there is something to see."""

    day: dt.date
    today: dt.date
    known_on: dt.date | None
    first_day: dt.date
    last_day: dt.date
    cards: list[Card]
    owners: list[Party]
    sums: Sums
    changed_on: list[dt.date] = field(default_factory=list)

    @property
    def is_today(self) -> bool:
        """Whether the board shows how things are, not how they were or will be."""
        return self.day == self.today and self.known_on is None


@dataclass(frozen=True)
class _Material:
    """What was read, before anything is worked out."""

    services: list[ServiceProduct]
    steps: list[DatedStep]
    changes: list[Change]
    looks: dict[int, list[dt.date]]


def board(
    actor: Actor, *, day: dt.date | None = None, known_on: dt.date | None = None, owner: str = ""
) -> Board:
    """The board of *day* (default today), past or planned.

    *known_on* leaves out what was recorded later; *owner* is a party's code or ``none``. People of
    the other side see today only, and neither dials nor dates of what they may not see.
    """
    today = today_in(actor.workspace)
    shown = (day or today) if actor.is_internal else today
    known = known_on if actor.is_internal else None
    material = _read(actor, min(shown, today), today)
    cards = _cards(actor, material, shown, today, known)
    owners = {c.service.owner_party for c in cards if c.service.owner_party}
    chosen = [card for card in cards if _owned(card.service, owner)]
    days = sorted({step.effective_on for step in material.steps if step.cancelled_at is None})
    return Board(
        shown, today, known, min([*days[:1], today]), max([*days[-1:], today]), chosen,
        sorted(owners, key=lambda party: party.sort_title or party.name),
        _sums(actor, material, chosen, today), days,
    )  # fmt: skip


def _read(actor: Actor, shown: dt.date, today: dt.date) -> _Material:
    past = shown < today
    services = list(_services(actor, archived=past))
    if not actor.is_internal:
        return _Material(services, [], [], {})
    since = min(shown, today - MONTH)
    looks: dict[int, list[dt.date]] = defaultdict(list)
    rows = open_look_agains(actor).filter(subject_kind=SERVICE.kind)
    for number, look in rows.values_list("subject_id", "look_again_on"):
        if number is not None and look is not None:
            looks[number].append(look)
    return _Material(
        services, steps_of_kind(actor, SERVICE),
        changes_since(actor, SERVICE, since, FORMER), looks,
    )  # fmt: skip


def _services(actor: Actor, *, archived: bool) -> QuerySet[ServiceProduct]:
    rows = visible_services(actor, archived=archived).select_related("owner_party")
    rows = rows.only(*_COLUMNS).order_by("sort_title", "id")
    if not actor.is_internal:
        return rows
    return rows.annotate(
        loose_n=_loose(actor), pressing_n=_loose(actor, severity__in=["attention", "urgent"])
    )


def _loose(actor: Actor, **more: Any) -> Coalesce:
    ends = LooseEnd.objects.filter(
        workspace=actor.workspace, object_kind=SERVICE.kind, object_id=OuterRef("pk"),
        state=LooseEnd.State.OPEN, **more,
    )  # fmt: skip
    counted = ends.order_by().values("object_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _owned(service: ServiceProduct, owner: str) -> bool:
    if not owner:
        return True
    if owner.lower() == NOBODY:
        return service.owner_party is None
    return service.owner_party is not None and service.owner_party.code == owner.upper()


def _cards(
    actor: Actor, material: _Material, day: dt.date, today: dt.date, known: dt.date | None
) -> list[Card]:
    if day == today and known is None:
        return _today(material)
    places = places_on(material.steps, day, actor.workspace, known)
    moment = end_of_day(actor.workspace, min(known or day, today))
    former = values_before(material.changes, moment)
    return [
        _former_card(service, places.get(service.pk), former.get(service.pk, {}))
        for service in material.services
        if _was_here(service, places, former.get(service.pk, {}), moment)
    ]


def _was_here(
    service: ServiceProduct, places: Mapping[int, Placed], former: Mapping[str, Any],
    moment: dt.datetime,
) -> bool:  # fmt: skip
    if former.get("archived", service.archived):
        return False
    return service.pk in places or service.created_at < moment


def _former_card(service: ServiceProduct, place: Placed | None, former: Mapping[str, Any]) -> Card:
    state = place.state if place else ""
    return Card(
        service, state, dials_of(service, state, former),
        former.get("lifespan_phase", service.lifespan_phase),
        former.get("closed_to_new", service.closed_to_new),
        place.since if place else None, bool(place and place.planned),
    )  # fmt: skip


def _today(material: _Material) -> list[Card]:
    ahead: dict[int, DatedStep] = {}
    since: dict[int, dt.date] = {}
    for step in material.steps:
        if step.cancelled_at is None and step.applied_at is None:
            ahead.setdefault(step.object_id, step)
        elif step.cancelled_at is None:
            since[step.object_id] = step.effective_on
    return [
        Card(
            service, service.managed_state, dials_of(service), service.lifespan_phase,
            service.closed_to_new, since.get(service.pk), False,
            getattr(service, "loose_n", 0), getattr(service, "pressing_n", 0),
            ahead.get(service.pk), _first(_dues(service, ahead.get(service.pk), material)),
        )
        for service in material.services
        if not service.archived
    ]  # fmt: skip


def _dues(service: ServiceProduct, step: DatedStep | None, material: _Material) -> list[Due]:
    seen = service.last_reviewed_on
    found = [
        Due(day, "look_again", service.pk)
        for day in material.looks.get(service.pk, [])
        if not (seen and seen >= day)
    ]
    if step:
        found.append(Due(step.effective_on, "planned", service.pk, step.to_state))
    if service.review_due and service.managed_state != "ended":
        found.append(Due(service.review_due, "review", service.pk))
    return found


def _first(dues: Iterable[Due]) -> Due | None:
    return min(dues, key=lambda due: due.on, default=None)


def _sums(actor: Actor, material: _Material, cards: list[Card], today: dt.date) -> Sums:
    standing = [card for card in cards if card.state != "ended"]
    ownerless = [c.service for c in standing if c.state == "live" and c.service.owner_party is None]
    due = [
        due.on
        for card in cards
        for due in _dues(card.service, card.next_step, material)
        if due.on <= today + MONTH
    ]
    return Sums(
        DialCount.of(card.dials for card in standing),
        _unknown_before(actor, material, {card.service.pk for card in cards}, today - MONTH),
        len(due), min(due, default=None), sum(card.loose for card in cards),
        sum(card.pressing for card in cards), len(ownerless), next(iter(ownerless), None),
    )  # fmt: skip


def _unknown_before(
    actor: Actor, material: _Material, chosen: set[int], day: dt.date
) -> int | None:
    """How many dials were unknown at the end of *day*; None when nothing was here then."""
    moment = end_of_day(actor.workspace, day)
    places = places_on(material.steps, day, actor.workspace)
    former = values_before(material.changes, moment)
    there = [row for row in material.services if row.pk in chosen and row.created_at < moment]
    if not there:
        return None
    states = {row.pk: places[row.pk].state if row.pk in places else "" for row in there}
    dials = [
        dials_of(row, states[row.pk], former.get(row.pk, {}))
        for row in there
        if states[row.pk] != "ended"
    ]
    return DialCount.of(dials).unknown
