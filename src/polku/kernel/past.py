"""Lists and objects as they were on a day (DECISIONS 16).

``day`` is time in the world, ``known_on`` is when we had learnt it. Both cover states; every other
field answers from history, as it was written down at the end of that day, and each row says so.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.fields import TRUE_WORDS
from polku.kernel.history import states_on
from polku.kernel.listing import ANY, NOTHING, listing
from polku.kernel.models import AuditEvent
from polku.kernel.plain_rows import Plain, plain_rows
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import visible_kind
from polku.kernel.registry import Entity
from polku.kernel.timelines import Change, Placed, changes_since, end_of_day, values_before


@dataclass(frozen=True)
class Past:
    """A day to look at, and the day up to which we knew things (None: all that we know now)."""

    day: dt.date
    known_on: dt.date | None = None

    @property
    def written_by(self) -> dt.date:
        """The day at whose end the values of undated fields are read."""
        return min(self.day, self.known_on) if self.known_on else self.day


type Standing = dict[int, Placed | None]


def standing_on(
    actor: Actor, entity: Entity, query: Mapping[str, str], when: Past, *, strict: bool = False
) -> Standing:
    """What was there on that day, by inner number, in the order of the list, and its place.

    *query* is that of :func:`polku.kernel.listing.listing`: a filter by state means the state of
    that day, the other filters mean what holds now. For the provider's people only.
    """
    require(may_read_inside(actor))
    _hold_dated(entity)
    rest = {k: v for k, v in query.items() if k not in {entity.state_field, "archived"}}
    rows = listing(actor, entity, rest | {"archived": ANY}, strict=strict).rows
    found = _existing(actor, entity, rows.filter(_valid_on(entity, when)), when)
    wanted = _wanted_states(entity, query)
    put_away = str(query.get("archived", "")).lower()
    return {
        number: placed
        for number, placed, archived in found
        if (wanted is None or (placed.state if placed else "") in wanted)
        and (put_away == ANY or archived == (put_away in TRUE_WORDS))
    }


def _hold_dated(entity: Entity) -> None:
    if entity.machine is None and "valid_from" not in entity.by_name:
        raise BadInput({"as_of": _("Things of this kind have no dates to look back by.")})


def _valid_on(entity: Entity, when: Past) -> Q:
    if entity.machine is not None:
        return Q()
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=when.day)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=when.day))


def _wanted_states(entity: Entity, query: Mapping[str, str]) -> set[str] | None:
    raw = str(query.get(entity.state_field, "") or "")
    if entity.machine is None or not raw.strip():
        return None
    wanted = {part.strip() for part in raw.split(",")}
    if unknown := wanted - {*entity.machine.codes, NOTHING}:
        problem = _("There is no “%(value)s” to filter by.") % {"value": min(unknown)[:40]}
        raise BadInput({entity.state_field: problem})
    return {"" if part == NOTHING else part for part in wanted}


def _existing(
    actor: Actor, entity: Entity, rows: Any, when: Past
) -> Iterable[tuple[int, Placed | None, bool]]:
    places = _places(actor, entity, when)
    written_by = end_of_day(actor.workspace, when.written_by)
    known_by = end_of_day(actor.workspace, when.known_on) if when.known_on else None
    moves = changes_since(actor, entity, when.written_by, ["archived"])
    before = values_before(moves, written_by)
    for number, made_at, archived in rows.values_list("pk", "created_at", "archived"):
        placed = places.get(number)
        if (known_by and made_at >= known_by) or (
            placed is None and made_at >= written_by and entity.machine is not None
        ):
            continue
        yield number, placed, bool(before.get(number, {}).get("archived", archived))


def _places(actor: Actor, entity: Entity, when: Past) -> dict[int, Placed]:
    if entity.machine is None:
        return {}
    return states_on(actor, entity, when.day, known_on=when.known_on)


def rows_on(actor: Actor, entity: Entity, standing: Standing, when: Past) -> list[Plain]:
    """Objects as JSON-ready rows of that day, in the order given; each carries ``as_of``."""
    numbers = list(standing)
    rows = visible_kind(actor, entity, archived=True).filter(pk__in=numbers)
    found = plain_rows(actor, entity, rows)
    moment = end_of_day(actor.workspace, when.written_by)
    before = values_before(_changes_of(actor, entity, numbers, moment), moment)
    for number, row in found.items():
        _put_back(entity, row, before.get(number, {}), standing[number])
        row["as_of"] = _note(row, when, standing[number], moment)
    return [found[number] for number in numbers if number in found]


def _changes_of(
    actor: Actor, entity: Entity, numbers: list[int], moment: dt.datetime
) -> list[Change]:
    rows = AuditEvent.objects.filter(
        workspace=actor.workspace, object_kind=entity.kind, object_id__in=numbers, at__gte=moment
    ).exclude(name=f"{entity.kind}.created")
    return [Change(*row) for row in rows.order_by("id").values_list("object_id", "at", "changes")]


def _put_back(entity: Entity, row: Plain, before: Mapping[str, Any], placed: Placed | None) -> None:
    for name, value in before.items():
        plain_name = name.removesuffix("_code") if name not in row else name
        if plain_name in row:
            row[plain_name] = value
    if entity.machine is not None:
        row[entity.state_field] = placed.state if placed else ""


def _note(row: Plain, when: Past, placed: Placed | None, moment: dt.datetime) -> dict[str, Any]:
    known = dt.datetime.fromisoformat(row["created_at"]) < moment
    return {
        "day": when.day.isoformat(),
        "known_on": when.known_on.isoformat() if when.known_on else None,
        "state_since": placed.since.isoformat() if placed else None,
        "state_planned": placed.planned if placed else False,
        "other_fields": "written_by_then" if known else "first_written_later",
    }
