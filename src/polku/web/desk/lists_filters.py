"""What a list can be narrowed by: the filters of the registry row, as fields of a form."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from polku.kernel.actor import Actor
from polku.kernel.fields import FALSE_WORDS, TRUE_WORDS, Field
from polku.kernel.listing import NOTHING, OWN, WITHOUT
from polku.kernel.queries import named, visible_kind
from polku.kernel.registry import Entity, Narrowing
from polku.kernel.registry import entity as entity_row
from polku.web.desk.values import title_text

SHOWN_FIRST = 2
MOST_NAMES = 200
WITHOUT_WORDS = {
    "meeting_point": gettext_lazy("a meeting point"),
    "feedback_channel": gettext_lazy("a way to give feedback"),
}


@dataclass(frozen=True)
class Choice:
    """One value that can be chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """One select of the toolbar."""

    name: str
    label: str
    choices: list[Choice] = field(default_factory=list)

    @property
    def used(self) -> bool:
        """Whether it narrows the list now."""
        return any(choice.chosen and choice.value for choice in self.choices)


@dataclass(frozen=True)
class Filters:
    """The filters that stand in the row, and those that are folded away.

    ``names`` are the names of all that the list points at, as far as the filters offer them.
    """

    first: list[Filter]
    more: list[Filter]
    words: str
    archived: bool
    as_of: dt.date | None

    names: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def folded_used(self) -> bool:
        """Whether anything folded away is in use, so that it is shown open."""
        return self.archived or self.as_of is not None or any(row.used for row in self.more)


def filters_of(
    actor: Actor, entity: Entity, query: Mapping[str, str], as_of: dt.date | None
) -> Filters:
    """The filters of a list as *query* sets them; one statement for each kind of reference."""
    readable = {found.name: found for found in entity.fields_for(actor)}
    names = [name for name in entity.filters if name in readable]
    people = _names(actor, entity, [readable[name] for name in names])
    rows = [_filter(entity, readable[name], query.get(name, ""), people) for name in names]
    rows += [_tied(actor, way, query.get(way.name, "")) for way in entity.narrowings_for(actor)
             if not entity_row(way.ref).feature or actor.workspace.has(entity_row(way.ref).feature)
             ]  # fmt: skip
    known = {(kind, number): name for kind, those in people.items() for _c, name, number in those}
    archived = query.get("archived", "").lower() in TRUE_WORDS
    first, more = rows[:SHOWN_FIRST], rows[SHOWN_FIRST:]
    return Filters(first, more, query.get("q", ""), archived, as_of, known)


def _names(
    actor: Actor, entity: Entity, fields: Iterable[Field]
) -> dict[str, list[tuple[str, str, int]]]:
    """(code, name, number) of what the list points at, by kind and name."""
    by_kind: dict[str, list[str]] = {}
    for found in fields:
        if found.type == "ref":
            by_kind.setdefault(found.ref, []).append(found.name)
            if found.also and actor.is_internal:
                by_kind[found.ref].append(found.also)
    return {kind: _pointed_at(actor, entity, kind, names) for kind, names in by_kind.items()}


def _pointed_at(
    actor: Actor, entity: Entity, kind: str, names: list[str]
) -> list[tuple[str, str, int]]:
    target = entity_row(kind)
    used = visible_kind(actor, entity).order_by()
    pointed = [used.filter(**{f"{name}__isnull": False}).values(name) for name in names]
    numbers = pointed[0].union(*pointed[1:]) if len(pointed) > 1 else pointed[0].distinct()
    rows = named(target, visible_kind(actor, target, archived=True)).filter(pk__in=numbers)
    return [(obj.code, title_text(obj), obj.pk) for obj in rows.order_by("sort_title")[:MOST_NAMES]]


def _filter(
    entity: Entity, found: Field, now: str, people: Mapping[str, list[tuple[str, str, int]]]
) -> Filter:
    pairs = _PAIRS[found.type](entity, found, people)
    return Filter(found.name, found.label(entity.model), _choices(pairs, now))


def _tied(actor: Actor, way: Narrowing, now: str) -> Filter:
    """What the list can be narrowed to by its ties: things of that kind, or none."""
    target = entity_row(way.ref)
    rows = named(target, visible_kind(actor, target)).order_by("sort_title")[:MOST_NAMES]
    named_ = [(obj.code, title_text(obj)) for obj in rows]
    pairs = [("", pgettext("filter", "any")), (NOTHING, _("none")), *named_]
    return Filter(way.name, way.shown, _choices(pairs, now))


def _choices(pairs: list[tuple[str, str]], now: str) -> list[Choice]:
    """The choices of a select; several values at once, from an address, are one more choice."""
    known = dict(pairs)
    if now and now not in known:
        parts = [known.get(part.strip(), part.strip()) for part in now.split(",")]
        pairs = [*pairs, (now, ", ".join(parts))]
    return [Choice(value, label[:1].upper() + label[1:], value == now) for value, label in pairs]


def _of_enum(entity: Entity, found: Field, _people: Any) -> list[tuple[str, str]]:
    pairs = [("", pgettext("filter", "any")), *found.choices(entity.model)]
    can_be_empty = found.column(entity.model).blank
    return [*pairs, (NOTHING, _("not said"))] if can_be_empty else pairs


def _of_ref(_entity: Entity, found: Field, people: Any) -> list[tuple[str, str]]:
    is_person = found.ref == "party"
    every = pgettext("filter", "everyone") if is_person else pgettext("filter", "any")
    nobody = _("nobody") if is_person else _("none")
    names = [(code, name) for code, name, _number in people[found.ref]]
    return [("", every), (NOTHING, nobody), *names]


def _of_bool(_entity: Entity, _found: Field, _people: Any) -> list[tuple[str, str]]:
    return [("", pgettext("filter", "any")), ("yes", _("yes")), ("no", _("no"))]


_PAIRS: dict[str, Any] = {"enum": _of_enum, "ref": _of_ref, "bool": _of_bool}


def clean_query(entity: Entity, given: Mapping[str, str]) -> dict[str, str]:
    """The parts of an address that this list knows, without the empty ones."""
    known = {
        *entity.filters,
        *(way.name for way in entity.narrowings),
        "q",
        "sort",
        "page",
        "archived",
        "as_of",
    }
    kept = {
        name: str(value).strip()[:200]
        for name, value in given.items()
        if name in known or name == WITHOUT or name.startswith(OWN)
    }
    for name in entity.filters:
        if entity.by_name[name].type == "bool" and kept.get(name):
            kept[name] = _yes_or_no(kept[name])
    return {name: value for name, value in kept.items() if value}


def narrowed(entity: Entity, query: Mapping[str, str]) -> list[str]:
    """What narrows the list beyond the filters of its toolbar, each as a sentence."""
    found = []
    for name in query.get(WITHOUT, "").split(","):
        field = entity.by_name.get(name)
        label = field.label(entity.model) if field else str(WITHOUT_WORDS.get(name, name))
        if name:
            found.append(_("Only those that do not say: %(field)s") % {"field": label})
    for name, value in query.items():
        if name.startswith(OWN):
            facts = {"column": name.removeprefix(OWN), "value": value}
            found.append(_("Only those with “%(value)s” in the column %(column)s") % facts)
    return found


def _yes_or_no(word: str) -> str:
    if word.lower() in TRUE_WORDS:
        return "yes"
    return "no" if word.lower() in FALSE_WORDS else ""


def day_of(text: str) -> dt.date | None:
    """The day in an address; nothing when it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
